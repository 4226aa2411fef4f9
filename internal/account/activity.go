package account

import (
	"context"
	"encoding/base64"
	"strconv"
	"time"

	"github.com/accountql/accountql/internal/device"
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
	// ShopReason is why the shop did it, in the operator's words.
	ShopReason *string
	IP         *string
	UserAgent  *string
}

// Device returns what the event's client was, in words, or nil if that is unknown.
func (e *ActivityEvent) Device() *models.Device {
	if e.UserAgent == nil {
		return nil
	}
	parsed := device.Parse(*e.UserAgent, "")
	return &parsed
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

	page := &ActivityConnection{Edges: []*ActivityEdge{}}
	for _, event := range events[:min(len(events), first)] {
		page.Edges = append(page.Edges, &ActivityEdge{Cursor: cursorOf(event.Number), Node: customersView(event)})
	}

	page.PageInfo = pageInfo(len(events) > first, after, page.Edges, func(e *ActivityEdge) *string { return &e.Cursor })

	return page, nil
}

// customersView returns what the customer sees of an event. Of what the shop did it is the reason, and nothing of the
// person who did it.
func customersView(event models.AuditEvent) *ActivityEvent {
	seen := &ActivityEvent{
		At: event.At, Operation: event.Operation, Description: describe(event), Outcome: event.Outcome,
		Reason: reasonOf(event),
	}
	// guard: a customer sees nobody of the shop
	if operationByName[OperationName(event.Operation)].Permission.BackOffice() {
		seen.ShopReason = optionalText(event.Reason)
		return seen
	}

	seen.IP, seen.UserAgent = optionalText(event.IP), optionalText(event.UserAgent)

	return seen
}

// pageInfo describes the bounds of a page of edges.
func pageInfo[E any](more bool, after *string, edges []E, cursor func(E) *string) *PageInfo {
	info := &PageInfo{HasPreviousPage: after != nil, HasNextPage: more}
	if len(edges) > 0 {
		info.StartCursor, info.EndCursor = cursor(edges[0]), cursor(edges[len(edges)-1])
	}
	return info
}

// CheckPage returns INVALID_INPUT if first is out of range, or if after is not a cursor.
func CheckPage(first int, after *string) error {
	var wrong models.Errors
	wrong.Add(checkFirst(first))
	_, err := parseCursor(after)
	wrong.Add(err)

	return wrong.OrNil()
}

// checkFirst returns INVALID_INPUT if a page can't have so many entries.
func checkFirst(first int) error {
	const bounds = "must be 1 to 100"
	switch {
	case first < 1:
		return models.InvalidInput("first", models.ReasonTooSmall, 1, bounds)
	case first > maxActivityPage:
		return models.InvalidInput("first", models.ReasonTooGreat, maxActivityPage, bounds)
	}

	return nil
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
		return 0, errCursor()
	}

	return number, nil
}

func errCursor() error {
	return models.InvalidInput("after", models.ReasonMalformed, 0, "must be a cursor of an earlier page")
}
