package account

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// CustomerBy names one customer: exactly one field is set.
type CustomerBy struct {
	ID       *string
	Email    *models.EmailAddress
	Phone    *models.PhoneNumber
	CustomID *string
}

// Customer returns the customer that by names, or nil if there is none. It fails with INVALID_INPUT, also if several
// customers have the custom id.
func (s *Service) Customer(ctx context.Context, by CustomerBy) (*Customer, error) {
	given := 0
	for _, set := range []bool{by.ID != nil, by.Email != nil, by.Phone != nil, by.CustomID != nil} {
		if set {
			given++
		}
	}
	if given != 1 { // guard: a customer is named by one thing
		return nil, models.InvalidInput("id", models.ReasonRequired, 0,
			"must be given, or else email, phone or customId: exactly one of them")
	}

	account, err := s.customerBy(ctx, by)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil //nolint:nilnil // the schema's field is null
	}
	if err != nil {
		return nil, err
	}

	return &Customer{account}, nil
}

func (s *Service) customerBy(ctx context.Context, by CustomerBy) (*models.Account, error) {
	switch {
	case by.ID != nil:
		return s.Store.AccountByID(ctx, contact.PlainToken(*by.ID))
	case by.Email != nil:
		email, err := contact.ParseEmail("email", *by.Email)
		if err != nil {
			return nil, err
		}
		return s.Store.AccountByEmail(ctx, email)
	case by.Phone != nil:
		phone, err := contact.ParsePhone("phone", *by.Phone)
		if err != nil {
			return nil, err
		}
		return s.Store.AccountByPhone(ctx, phone)
	}

	customID, err := models.ParseText("customId", *by.CustomID, maxTextLength)
	if err != nil {
		return nil, err
	}

	found, err := s.Store.AccountsByCustomID(ctx, customID, 2)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, models.ErrNotFound
	case len(found) > 1:
		return nil, models.InvalidInput("customId", models.ReasonConflicting, 0,
			"must be one customer's, and several have it: search for it with customers")
	}

	return &found[0], nil
}

// CustomerConnection is a page of customers.
type CustomerConnection struct {
	Edges    []*CustomerEdge
	PageInfo *PageInfo
}

// CustomerEdge is a customer and its cursor.
type CustomerEdge struct {
	Cursor string
	Node   *Customer
}

// Customers returns the customers after a cursor that a search finds: by e-mail address, phone number, name, company,
// custom id, UUID or id, or the beginning of any of them. They are in the order of what was found in them. Without a
// search it returns all customers, in the order of their IDs. It fails with INVALID_INPUT.
func (s *Service) Customers(
	ctx context.Context, search *string, first int, after *string,
) (*CustomerConnection, error) {
	var wrong models.Errors
	wanted, err := parseSearch(search)
	wrong.Add(err)
	wrong.Add(checkFirst(first))
	place, err := parsePlace(after)
	wrong.Add(err)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	found, err := s.Store.SearchAccounts(ctx, wanted, place, first+1)
	if err != nil {
		return nil, err
	}

	page := &CustomerConnection{Edges: []*CustomerEdge{}}
	for _, one := range found[:min(len(found), first)] {
		page.Edges = append(page.Edges, &CustomerEdge{Cursor: placeCursor(one.Place), Node: &Customer{one.Account}})
	}

	page.PageInfo = pageInfo(len(found) > first, after, page.Edges, func(e *CustomerEdge) *string { return &e.Cursor })

	return page, nil
}

// FindCustomers returns what Customers does, once the event of the search is written, which is in the chain of nobody's
// account.
func (s *Service) FindCustomers(
	ctx context.Context, search string, first int, after *string,
) (*CustomerConnection, error) {
	page, err := s.Customers(ctx, &search, first, after)
	if err != nil {
		return nil, err
	}
	// guard: a search without its event is not shown
	if err := s.recordShown(ctx, opAccountFind, nobody); err != nil {
		return nil, err
	}

	return page, nil
}

// Shown returns what an operator sees of the customer.
func (c *Customer) Shown() ShownAccount { return show(c.Account) }

// parseSearch returns the beginnings that a text may be.
func parseSearch(search *string) (models.AccountSearch, error) {
	if search == nil {
		return models.AccountSearch{}, nil
	}

	text, err := models.ParseText("search", models.TrimPasted(*search), maxTextLength)
	if err != nil {
		return models.AccountSearch{}, err
	}

	wanted := models.AccountSearch{Names: cases(text)}
	plain := strings.ToLower(models.PlainText(text))
	if !strings.ContainsFunc(plain, unicode.IsSpace) {
		wanted.Emails = []string{plain}
	}
	if email, err := contact.ParseEmail("search", models.EmailAddress(text)); err == nil {
		wanted.Emails = []string{string(email)}
	}
	if phone := contact.PhoneBeginning(text); phone != "" {
		wanted.Phones = []string{phone}
	}
	if strings.Trim(plain, "0123456789abcdef-") == "" {
		wanted.IDs, wanted.UUIDs = []string{plain}, []string{plain}
	}

	return wanted, nil
}

// cases returns the spellings of a name that the index distinguishes, which holds ASCII letters in lower case and
// others as they are: all in lower case, all in upper case, each word with a capital, and as it was typed.
func cases(text string) []string {
	capitals := make([]rune, 0, len(text))
	before := ' '
	for _, r := range strings.ToLower(text) {
		if !unicode.IsLetter(before) {
			r = unicode.ToUpper(r)
		}
		capitals = append(capitals, r)
		before = r
	}

	var spellings []string
	for _, spelling := range []string{strings.ToLower(text), strings.ToUpper(text), string(capitals), text} {
		if folded := models.LowerASCII(spelling); !slices.Contains(spellings, folded) {
			spellings = append(spellings, folded)
		}
	}

	return spellings
}

// placeSeparator is in no id.
const placeSeparator = "\n"

func placeCursor(place models.AccountPlace) string {
	return base64.RawURLEncoding.EncodeToString([]byte(place.ID + placeSeparator + place.Found))
}

func parsePlace(cursor *string) (models.AccountPlace, error) {
	if cursor == nil {
		return models.AccountPlace{}, nil
	}

	text, err := base64.RawURLEncoding.DecodeString(*cursor)
	id, found, separated := strings.Cut(string(text), placeSeparator)
	if err != nil || !separated || !utf8.Valid(text) || strings.ContainsRune(string(text), 0) {
		return models.AccountPlace{}, errCursor()
	}

	return models.AccountPlace{ID: id, Found: found}, nil
}

// CustomerActivityConnection is a page of an account's audit events as the shop's people see them.
type CustomerActivityConnection struct {
	Edges    []*CustomerActivityEdge
	PageInfo *PageInfo
}

// CustomerActivityEdge is an event and its cursor.
type CustomerActivityEdge struct {
	Cursor string
	Node   *CustomerActivityEvent
}

// CustomerActivityEvent is an audit event as the shop's people see it.
type CustomerActivityEvent struct {
	At          time.Time
	Operation   string
	Description string
	Outcome     models.Outcome
	Reason      *models.Code
	Operator    *string
	ShopReason  *string
	APIKeyID    *string
	SessionID   *string
	AuthID      *string
	IP          *string
	UserAgent   *string
	RequestID   *string
}

// CustomerActivity returns the audit events of an account after a cursor, newest first, also of an account that was
// deleted. It fails with INVALID_INPUT.
func (s *Service) CustomerActivity(
	ctx context.Context, id string, first int, after *string,
) (*CustomerActivityConnection, error) {
	var wrong models.Errors
	wrong.Add(requireText("id", id))
	wrong.Add(CheckPage(first, after))
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	before, err := parseCursor(after)
	if err != nil {
		return nil, err
	}

	events, err := s.Store.Activity(ctx, contact.PlainToken(id), before, first+1)
	if err != nil {
		return nil, err
	}

	page := &CustomerActivityConnection{Edges: []*CustomerActivityEdge{}}
	for _, event := range events[:min(len(events), first)] {
		page.Edges = append(page.Edges,
			&CustomerActivityEdge{Cursor: cursorOf(event.Number), Node: shopsView(event)})
	}

	page.PageInfo = pageInfo(len(events) > first, after, page.Edges,
		func(e *CustomerActivityEdge) *string { return &e.Cursor })

	return page, nil
}

func shopsView(event models.AuditEvent) *CustomerActivityEvent {
	return &CustomerActivityEvent{
		At: event.At, Operation: event.Operation, Description: describe(event), Outcome: event.Outcome,
		Reason: reasonOf(event), Operator: optionalText(event.Operator), ShopReason: optionalText(event.Reason),
		APIKeyID: optionalText(event.APIKeyID), SessionID: optionalText(event.SessionID),
		AuthID: optionalText(event.AuthID), IP: optionalText(event.IP), UserAgent: optionalText(event.UserAgent),
		RequestID: optionalText(event.RequestID),
	}
}

// CustomerMessage is a message to a customer, without its secret.
type CustomerMessage struct {
	ID, Kind, Channel, Recipient string
	CreatedAt                    time.Time
	SentAt, FailedAt             *time.Time
	LastError                    *string
}

// maxListedMessages limits Customer.messages.
const maxListedMessages = 100

// CustomerMessages returns up to 100 stored messages of the account, newest first.
func (s *Service) CustomerMessages(ctx context.Context, customer *Customer) ([]*CustomerMessage, error) {
	messages, err := s.Store.MessagesOf(ctx, customer.ID)
	if err != nil {
		return nil, err
	}

	slices.Reverse(messages)
	shown := make([]*CustomerMessage, min(len(messages), maxListedMessages))
	for i := range shown {
		m := &messages[i]
		shown[i] = &CustomerMessage{
			ID: m.ID, Kind: string(m.Kind), Channel: string(m.Channel), Recipient: m.Recipient,
			CreatedAt: m.CreatedAt, SentAt: m.SentAt, FailedAt: m.FailedAt, LastError: m.LastError,
		}
	}

	return shown, nil
}
