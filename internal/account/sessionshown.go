package account

import (
	"cmp"
	"context"
	"slices"

	"github.com/accountql/accountql/internal/device"
	"github.com/accountql/accountql/models"
)

// maxSessionName is in characters.
const maxSessionName = 60

// RenameSessionInput is the input of renameSession.
type RenameSessionInput struct {
	ID string
	// Name is nil to take the name away.
	Name *string
}

// RenameSessionPayload is the payload of renameSession.
type RenameSessionPayload struct {
	Session *models.Session
}

// RenameSession gives a live session of the caller's account a name. It fails with INVALID_INPUT if the name is not one
// line of at most 60 characters, or if the account has no such session.
func (s *Service) RenameSession(
	ctx context.Context, caller models.Caller, input RenameSessionInput,
) (_ *RenameSessionPayload, err error) {
	flow := s.begin(caller, opRenameSession, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	var wrong models.Errors
	wrong.Add(requireText("id", input.ID))
	name := input.Name
	if name != nil {
		plain, invalid := models.ParseText("name", *name, maxSessionName)
		wrong.Add(invalid)
		name = &plain
	}
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	payload := &RenameSessionPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) (err error) {
		payload.Session, err = tx.RenameSession(ctx, flow.accountID, input.ID, name, s.now())
		if err != nil {
			return notFoundAs(err, models.InvalidInput("id", models.ReasonUnknownValue, 0,
				"names no live session of the account"))
		}

		payload.Session.Current = payload.Session.ID == caller.Session.ID

		return nil
	})
}

// DeviceOf returns what a session was begun with, in words.
func (s *Service) DeviceOf(session *models.Session) *models.Device {
	return inWords(session.UserAgent, session.Brands)
}

// PlaceOf returns where a session was begun, or nil if that is unknown.
func (s *Service) PlaceOf(session *models.Session) *models.Place { return s.placeOf(session.IP) }

// inWords returns what headers say of a client.
func inWords(userAgent, brands *string) *models.Device {
	var none string
	parsed := device.Parse(*cmp.Or(userAgent, &none), *cmp.Or(brands, &none))
	return &parsed
}

// placeOf returns where an address is, or nil if that is unknown.
func (s *Service) placeOf(ip *string) *models.Place {
	if s.Places == nil || ip == nil {
		return nil
	}
	return s.Places.Place(*ip)
}

// currentFirst moves the row of the caller to the front of a list.
func currentFirst[T any](rows []T, current func(T) bool) []T {
	if own := slices.IndexFunc(rows, current); own > 0 {
		row := rows[own]
		copy(rows[1:], rows[:own])
		rows[0] = row
	}
	return rows
}
