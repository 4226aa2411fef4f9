package account

import (
	"context"
	"encoding/base64"
	"strconv"
	"time"

	"github.com/accountql/accountql/models"
)

// ActivityConnection is a page of an account's audit events, as the customer sees them.
type ActivityConnection struct {
	Edges    []*ActivityEdge
	PageInfo *PageInfo
}

// ActivityEdge is an event and its place.
type ActivityEdge struct {
	Cursor string
	Node   *ActivityEvent
}

// PageInfo says where a page begins and ends.
type PageInfo struct {
	StartCursor     *string
	EndCursor       *string
	HasPreviousPage bool
	HasNextPage     bool
}

// ActivityEvent is one audit event in the customer's view: without keys, request ids and internal references.
type ActivityEvent struct {
	At          time.Time
	Operation   string
	Description string
	Outcome     models.Outcome
	IP          *string
	UserAgent   *string
}

// maxActivityPage is how many events a page has at most.
const maxActivityPage = 100

// Activity returns the account's audit events after a cursor, the newest first. It fails with INVALID_INPUT.
func (s *Service) Activity(ctx context.Context, account *models.Account, first int, after *string) (*ActivityConnection, error) {
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
	page := &ActivityConnection{Edges: []*ActivityEdge{}, PageInfo: &PageInfo{HasPreviousPage: after != nil, HasNextPage: len(events) > first}}
	for _, event := range events[:min(len(events), first)] {
		edge := &ActivityEdge{Cursor: cursorOf(event.Number), Node: &ActivityEvent{
			At: event.At, Operation: event.Operation, Description: describe(event), Outcome: event.Outcome,
			IP: optionalText(event.IP), UserAgent: optionalText(event.UserAgent),
		}}
		page.Edges = append(page.Edges, edge)
	}
	if shown := len(page.Edges); shown > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[shown-1].Cursor
	}
	return page, nil
}

// CheckPage refuses, with INVALID_INPUT, a page that can't be read: first is out of range, or after is no cursor.
func CheckPage(first int, after *string) error {
	var wrong models.Errors
	if first < 1 || first > maxActivityPage {
		wrong.Add(models.InvalidInput("first", "must be 1 to 100"))
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
		return 0, models.InvalidInput("after", "must be a cursor of an earlier page")
	}
	return number, nil
}

// descriptions say in a customer's words what each operation does.
var descriptions = map[string]string{
	"account":                    "Your account was read",
	"updateAccount":              "Your profile was changed",
	"changePassword":             "Your password was changed",
	"requestPasswordReset":       "A new password was asked for",
	"confirmPasswordReset":       "Your password was set anew with the link of a mail",
	"requestEmailChange":         "A change of your e-mail address was asked for",
	"confirmEmailChange":         "Your e-mail address was changed",
	"cancelEmailChange":          "A change of your e-mail address was cancelled",
	"undoEmailChange":            "A change of your e-mail address was undone",
	"requestPhoneUpdate":         "A change of your phone number was asked for",
	"confirmPhoneUpdate":         "Your phone number was changed",
	"cancelPhoneUpdate":          "A change of your phone number was cancelled",
	"deleteAccount":              "Your account was deleted",
	"registerAccount":            "Your account was registered",
	"requestAccountActivation":   "The activation mail was asked for",
	"confirmAccountActivation":   "Your e-mail address was confirmed",
	"signIn":                     "You signed in",
	"signInWithIdentityProvider": "You signed in with another service",
	"signOut":                    "You signed out",
	"revokeSession":              "A session was ended",
	"linkIdentityProvider":       "Another service was linked for signing in",
	"unlinkIdentityProvider":     "Another service was unlinked",
	"account create":             "Your account was created by the shop",
	"customer token":             "Your account was created when you first came with another login",
	displacedOperation:           "Somebody else confirmed the e-mail address that your account had; set another one",
	phoneReleasedOperation:       "Somebody else confirmed the phone number that your account had, so it was removed",
}

// describe words an event; one that did not succeed says so.
func describe(event models.AuditEvent) string {
	words, known := descriptions[event.Operation]
	if !known {
		words = "Your account was changed by the shop"
	}
	switch event.Outcome {
	case models.OutcomeRefused:
		return words + ": tried, and refused"
	case models.OutcomeLimited:
		return words + ": tried, and refused after too many tries"
	case models.OutcomeFailed:
		return words + ": tried, and failed on our side"
	default:
		return words
	}
}
