package account

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// Consent is an answer of a customer in the customer's view.
type Consent struct {
	Channel models.ConsentChannel
	State   models.ConsentState
	// Source is the operation or the link that the answer came by; it is nil, like RecordedAt, if there is no answer.
	Source *string
	// Wording is the version of the words that the customer agreed to, or nil.
	Wording    *string
	RecordedAt *time.Time
}

// ConsentConnection is a page of an account's consents.
type ConsentConnection struct {
	Edges    []*ConsentEdge
	PageInfo *PageInfo
}

// ConsentEdge is a consent and its cursor.
type ConsentEdge struct {
	Cursor string
	Node   *Consent
}

// Consents returns what the account's answers amount to now: one consent for each channel, in the schema's order.
func (s *Service) Consents(ctx context.Context, account *models.Account) ([]*Consent, error) {
	history, err := s.Store.Consents(ctx, account.ID)
	if err != nil {
		return nil, err
	}

	last := map[models.ConsentChannel]*models.Consent{}
	for i := range history {
		last[history[i].Channel] = &history[i]
	}

	consents := make([]*Consent, len(models.ConsentChannels))
	for i, channel := range models.ConsentChannels {
		consents[i] = presentConsent(account, channel, last[channel])
	}

	return consents, nil
}

// presentConsent returns what counts for a channel now. The account says what counts; the last answer says since when,
// if it is the answer that counts, or one that waits. An imported customer may have other agreements than answers.
func presentConsent(account *models.Account, channel models.ConsentChannel, last *models.Consent) *Consent {
	counts := models.Consent{Channel: channel, Value: *account.Agreements.Channel(channel)}
	switch {
	case last == nil:
	case last.Pending && counts.Value == nil, !last.Pending && sameAnswer(last.Value, counts.Value):
		return consentView(last)
	}

	return &Consent{Channel: channel, State: counts.State()}
}

func consentView(consent *models.Consent) *Consent {
	return &Consent{
		Channel: consent.Channel, State: consent.State(), Source: &consent.Source, Wording: consent.Wording,
		RecordedAt: &consent.RecordedAt,
	}
}

// ConsentHistory returns the account's answers after a cursor, newest first. It returns INVALID_INPUT if
// CheckConsentPage does.
func (s *Service) ConsentHistory(
	ctx context.Context, account *models.Account, first int, after *string,
) (*ConsentConnection, error) {
	if err := CheckConsentPage(first, after); err != nil {
		return nil, err
	}

	before, err := parseConsentCursor(after)
	if err != nil {
		return nil, err
	}

	consents, err := s.Store.ConsentPage(ctx, account.ID, before, first+1)
	if err != nil {
		return nil, err
	}

	page := &ConsentConnection{Edges: []*ConsentEdge{}}
	for i := range consents[:min(len(consents), first)] {
		consent := &consents[i]
		page.Edges = append(page.Edges, &ConsentEdge{Cursor: consentCursor(consent), Node: consentView(consent)})
	}

	page.PageInfo = pageInfo(len(consents) > first, after, page.Edges, func(e *ConsentEdge) *string { return &e.Cursor })

	return page, nil
}

// CheckConsentPage returns INVALID_INPUT if first is out of range, or if after is not a cursor.
func CheckConsentPage(first int, after *string) error {
	var wrong models.Errors
	wrong.Add(checkFirst(first))
	_, err := parseConsentCursor(after)
	wrong.Add(err)

	return wrong.OrNil()
}

func consentCursor(consent *models.Consent) string {
	place := strconv.FormatInt(consent.RecordedAt.UnixMicro(), 10) + " " + consent.ID
	return base64.RawURLEncoding.EncodeToString([]byte(place))
}

func parseConsentCursor(cursor *string) (*models.ConsentPlace, error) {
	if cursor == nil {
		return nil, nil //nolint:nilnil // it is the first page
	}

	text, err := base64.RawURLEncoding.DecodeString(*cursor)
	at, id, _ := strings.Cut(string(text), " ")
	micros, atErr := strconv.ParseInt(at, 10, 64)
	if err != nil || atErr != nil || micros < 0 || !uuidShape.MatchString(id) {
		return nil, models.InvalidInput("after", models.ReasonMalformed, 0, "must be a cursor of an earlier page")
	}

	return &models.ConsentPlace{RecordedAt: time.UnixMicro(micros).UTC(), ID: id}, nil
}

// proofOfConsent names the pseudonyms of keepConsentProofs.
const proofOfConsent = "proof of consent"

// prepareProofs creates the key of the pseudonyms for an operator's command: it can't be created in a transaction. A
// server has it from its start.
func (s *Service) prepareProofs(ctx context.Context) error {
	if s.Settings.RetainConsentProof == 0 {
		return nil
	}
	_, err := s.RecordKeys.LookupKey(ctx)
	return err
}

// keepConsentProofs keeps the answers of an account that is about to be erased, under pseudonyms of its addresses, if
// the shop asks for that.
func (s *Service) keepConsentProofs(ctx context.Context, tx Tx, account *models.Account) error {
	if s.Settings.RetainConsentProof == 0 { // guard: an erasure takes the consents along
		return nil
	}

	key, err := s.RecordKeys.LookupKey(ctx)
	if err != nil {
		return err
	}

	consents, err := tx.Consents(ctx, account.ID)
	if err != nil {
		return err
	}

	now := s.now()
	var proofs []models.ConsentProof
	for _, consent := range consents {
		address := string(account.Email)
		if consent.Channel.ByNumber() && account.Phone != nil {
			address = string(*account.Phone)
		}

		proofs = append(proofs, models.ConsentProof{
			ID: s.NewID(), Pseudonym: keyed(key, proofOfConsent, address), Channel: consent.Channel,
			Value: consent.Value, Source: consent.Source, Pending: consent.Pending, Wording: consent.Wording,
			RecordedAt: consent.RecordedAt, ErasedAt: now, ExpiresAt: now.Add(s.Settings.RetainConsentProof),
		})
	}

	return tx.KeepConsentProofs(ctx, proofs)
}

// ConsentProofs returns what is kept of the consents that an erased customer gave for an e-mail address or a phone
// number, oldest first, once the event of it is written.
func (s *Service) ConsentProofs(ctx context.Context, address string) ([]models.ConsentProof, error) {
	canonical, err := parseAddress(address)
	if err != nil {
		return nil, err
	}

	key, err := s.RecordKeys.LookupKey(ctx)
	if err != nil {
		return nil, err
	}

	proofs, err := s.Store.ConsentProofs(ctx, keyed(key, proofOfConsent, canonical))
	if err != nil {
		return nil, err
	}

	// guard: a proof without its event is not shown
	if err := s.recordShown(ctx, opConsentProof, nobody); err != nil {
		return nil, err
	}

	return proofs, nil
}

// parseAddress returns an e-mail address or a phone number in its canonical form, or INVALID_INPUT.
func parseAddress(address string) (string, error) {
	if strings.Contains(address, "@") {
		email, err := contact.ParseEmail("address", models.EmailAddress(address))
		return string(email), err
	}
	phone, err := contact.ParsePhone("address", models.PhoneNumber(address))
	return string(phone), err
}
