package account

import (
	"context"
	"encoding/base64"
	"strconv"
	"time"

	"github.com/accountql/accountql/models"
)

// ActivityConnection is a page of an account's audit events in the customer's view.
type ActivityConnection struct {
	Edges    []*ActivityEdge
	PageInfo *PageInfo
}

// ActivityEdge is an event and its cursor.
type ActivityEdge struct {
	Cursor string
	Node   *ActivityEvent
}

// PageInfo describes the bounds of a page.
type PageInfo struct {
	StartCursor     *string
	EndCursor       *string
	HasPreviousPage bool
	HasNextPage     bool
}

// ActivityEvent is an audit event in the customer's view: without API keys, request IDs and internal references.
type ActivityEvent struct {
	At          time.Time
	Operation   string
	Description string
	Outcome     models.Outcome
	Reason      *models.Code
	IP          *string
	UserAgent   *string
}

// maxActivityPage is the maximum number of events of a page.
const maxActivityPage = 100

// Activity returns the account's audit events after a cursor, newest first. It returns INVALID_INPUT if CheckPage
// does.
func (s *Service) Activity(
	ctx context.Context, account *models.Account, first int, after *string,
) (*ActivityConnection, error) {
	if err := CheckPage(first, after); err != nil {
		return nil, err
	}

	before, err := parseCursor(after)
	if err != nil {
		return nil, err
	}

	events, err := s.Store.Activity(ctx, account.ID, before, first+1)
	if err != nil {
		return nil, err
	}

	page := &ActivityConnection{
		Edges:    []*ActivityEdge{},
		PageInfo: &PageInfo{HasPreviousPage: after != nil, HasNextPage: len(events) > first},
	}
	for _, event := range events[:min(len(events), first)] {
		edge := &ActivityEdge{Cursor: cursorOf(event.Number), Node: &ActivityEvent{
			At: event.At, Operation: event.Operation, Description: describe(event), Outcome: event.Outcome,
			Reason: reasonOf(event), IP: optionalText(event.IP), UserAgent: optionalText(event.UserAgent),
		}}
		page.Edges = append(page.Edges, edge)
	}

	if shown := len(page.Edges); shown > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[shown-1].Cursor
	}

	return page, nil
}

// CheckPage returns INVALID_INPUT if first is out of range, or if after is not a cursor.
func CheckPage(first int, after *string) error {
	var wrong models.Errors
	const bounds = "must be 1 to 100"
	switch {
	case first < 1:
		wrong.Add(models.InvalidInput("first", models.ReasonTooSmall, 1, bounds))
	case first > maxActivityPage:
		wrong.Add(models.InvalidInput("first", models.ReasonTooGreat, maxActivityPage, bounds))
	}

	_, err := parseCursor(after)
	wrong.Add(err)

	return wrong.OrNil()
}

func cursorOf(number int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(number)))
}

func parseCursor(cursor *string) (int, error) {
	if cursor == nil {
		return 0, nil
	}

	text, err := base64.RawURLEncoding.DecodeString(*cursor)
	number, atoiErr := strconv.Atoi(string(text))
	if err != nil || atoiErr != nil || number < 1 {
		return 0, models.InvalidInput("after", models.ReasonMalformed, 0, "must be a cursor of an earlier page")
	}

	return number, nil
}
