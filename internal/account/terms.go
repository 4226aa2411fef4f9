package account

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// Terms are the documents of --terms, in the order of the file. The zero value has none.
type Terms []termsHistory

// termsHistory is a document and its versions, oldest first.
type termsHistory struct {
	ID       string                `json:"id"`
	Versions []models.TermsVersion `json:"versions"`
}

// TermsDocument is a document of the shop's terms at one moment.
type TermsDocument struct {
	ID string
	// Required reports whether a new customer must accept the document.
	Required bool
	// Current is the version in effect, and Upcoming the next one; either can be nil.
	Current, Upcoming *models.TermsVersion
}

// AccountTerms is a document, and what a customer accepted of it.
type AccountTerms struct {
	Document *TermsDocument
	// Accepted is the newest version that the customer accepted, or nil.
	Accepted *models.TermsAcceptance
	// AcceptanceRequired reports whether the customer must accept the document before they change the account.
	AcceptanceRequired bool
}

// AcceptTermsInput is the input of acceptTerms.
type AcceptTermsInput struct {
	Terms []TermsAcceptanceInput
}

// TermsAcceptanceInput is a version that a customer accepts.
type TermsAcceptanceInput struct {
	ID, Version string
}

// at returns the document at a moment.
func (h *termsHistory) at(now time.Time) *TermsDocument {
	document, next := &TermsDocument{ID: h.ID, Required: h.required(now) >= 0}, h.inEffect(now)
	if next > 0 {
		document.Current = &h.Versions[next-1]
	}
	if next < len(h.Versions) {
		document.Upcoming = &h.Versions[next]
	}
	return document
}

// documents returns all documents as they are at a time.
func (t Terms) documents(now time.Time) []*TermsDocument {
	documents := make([]*TermsDocument, 0, len(t))
	for i := range t {
		documents = append(documents, t[i].at(now))
	}
	return documents
}

// inEffect returns how many versions have taken effect.
func (h *termsHistory) inEffect(now time.Time) int {
	for i := range h.Versions {
		if h.Versions[i].EffectiveAt.After(now) {
			return i
		}
	}
	return len(h.Versions)
}

// required returns the index of the oldest version that satisfies the shop: the last in effect that must be accepted,
// or -1.
func (h *termsHistory) required(now time.Time) int {
	last := h.inEffect(now) - 1
	for last >= 0 && !h.Versions[last].Required {
		last--
	}
	return last
}

// index returns the place of a version, or -1.
func (h *termsHistory) index(version string) int {
	return slices.IndexFunc(h.Versions, func(v models.TermsVersion) bool { return v.Version == version })
}

// accepted returns the newest version of the document that was accepted, and its index. A version that the file does
// not have any more is older than all others.
func (h *termsHistory) accepted(acceptances []models.TermsAcceptance) (newest *models.TermsAcceptance, index int) {
	index = -1
	for i := range acceptances {
		if acceptances[i].Document != h.ID {
			continue
		}
		if at := h.index(acceptances[i].Version); at >= index {
			newest, index = &acceptances[i], at
		}
	}
	return newest, index
}

// outstanding reports whether the customer must accept the document.
func (h *termsHistory) outstanding(acceptances []models.TermsAcceptance, now time.Time) bool {
	_, index := h.accepted(acceptances)
	return index < h.required(now)
}

// TermsOf returns every document, and what the customer accepted of it.
func (s *Service) TermsOf(ctx context.Context, account *models.Account) ([]*AccountTerms, error) {
	terms := []*AccountTerms{}
	if len(s.Settings.Terms) == 0 {
		return terms, nil
	}

	acceptances, err := s.Store.TermsAcceptances(ctx, account.ID)
	if err != nil {
		return nil, err
	}

	now := s.now()
	for i := range s.Settings.Terms {
		history := &s.Settings.Terms[i]
		accepted, _ := history.accepted(acceptances)
		terms = append(terms, &AccountTerms{
			Document: history.at(now), Accepted: accepted, AcceptanceRequired: history.outstanding(acceptances, now),
		})
	}

	return terms, nil
}

// requireTerms returns TERMS_REQUIRED if the operation waits for terms that the account's customer has not accepted.
// It does nothing without an account.
func (f *flow) requireTerms(ctx context.Context, account *models.Account) error {
	if account == nil || !operationByName[f.operation].Terms {
		return nil
	}
	return f.service.checkTerms(ctx, account.ID)
}

// checkTerms returns TERMS_REQUIRED if the customer must accept a document.
func (s *Service) checkTerms(ctx context.Context, accountID string) error {
	now := s.now()
	required := slices.ContainsFunc(s.Settings.Terms, func(h termsHistory) bool { return h.required(now) >= 0 })
	if !required {
		return nil
	}

	acceptances, err := s.Store.TermsAcceptances(ctx, accountID)
	if err != nil {
		return err
	}

	for i := range s.Settings.Terms {
		if s.Settings.Terms[i].outstanding(acceptances, now) { // guard: terms come first
			return models.NewError(models.CodeTermsRequired, "the customer has to accept the shop's terms first: acceptTerms")
		}
	}

	return nil
}

// AcceptTerms records that the customer accepted versions of documents. A version that was accepted before stays as it
// was recorded. It fails with INVALID_INPUT if a document is unknown, or a version is not one that can be accepted now.
func (s *Service) AcceptTerms(
	ctx context.Context, caller models.Caller, input AcceptTermsInput,
) (_ *AccountPayload, err error) {
	flow := s.begin(caller, opAcceptTerms, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if len(input.Terms) == 0 {
		return nil, models.InvalidInput(termsField, models.ReasonRequired, 0, "must name at least one document")
	}

	acceptances, err := s.decideTerms(caller.AccountID(), input.Terms, opAcceptTerms)
	if err != nil {
		return nil, err
	}

	payload := &AccountPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		if payload.Account, err = lockCaller(ctx, tx, caller); err != nil {
			return err
		}

		recorded, err := tx.RecordTerms(ctx, acceptances)
		if err != nil || len(recorded) == 0 {
			return err
		}

		return s.enqueueEvent(ctx, tx, models.EventTermsAccepted, caller.AccountID(), termsAccepted(recorded))
	})
}

// termsField is the field of acceptTerms and registerAccount.
const termsField = "terms"

// decideTerms returns the acceptances of the given versions, or INVALID_INPUT.
func (s *Service) decideTerms(
	accountID string, given []TermsAcceptanceInput, source OperationName,
) ([]models.TermsAcceptance, error) {
	if len(given) > maxTermsDocuments {
		return nil, models.InvalidInput(termsField, models.ReasonTooMany, maxTermsDocuments,
			"must not be more than 20 documents")
	}

	now := s.now()
	var acceptances []models.TermsAcceptance
	for _, one := range given {
		history := s.Settings.Terms.byID(one.ID)
		if history == nil {
			return nil, models.InvalidInput(termsField, models.ReasonUnknownValue, 0, "names a document that is not known")
		}

		twice := slices.ContainsFunc(acceptances, func(a models.TermsAcceptance) bool { return a.Document == one.ID })
		if twice {
			return nil, models.InvalidInput(termsField, models.ReasonConflicting, 0,
				"must not name the document "+one.ID+" twice")
		}
		if err := history.checkAcceptable(one.Version, now); err != nil {
			return nil, err
		}

		acceptances = append(acceptances, models.TermsAcceptance{
			ID: s.NewID(), AccountID: accountID, Document: one.ID, Version: one.Version, Source: string(source),
			AcceptedAt: now,
		})
	}

	return acceptances, nil
}

// byID returns a document, or nil.
func (t Terms) byID(id string) *termsHistory {
	for i := range t {
		if t[i].ID == id {
			return &t[i]
		}
	}
	return nil
}

// checkAcceptable returns INVALID_INPUT unless a customer can accept the version now: one in effect that is no older
// than the shop requires, so that a page that was opened before a correction still works, or one that is announced.
func (h *termsHistory) checkAcceptable(version string, now time.Time) error {
	index, oldest := h.index(version), h.required(now)
	if oldest < 0 {
		oldest = h.inEffect(now) - 1
	}

	switch {
	case index < 0:
		return models.InvalidInput(termsField, models.ReasonUnknownValue, 0,
			"names a version of "+h.ID+" that is not known")
	case index < oldest: // guard: an old version is not accepted
		return models.InvalidInput(termsField, models.ReasonNotAllowed, 0,
			"names a version of "+h.ID+" that was replaced; show the customer the current one")
	}

	return nil
}

// decideRegistrationTerms is decideTerms for a new account, whose customer must accept every required document.
func (s *Service) decideRegistrationTerms(
	accountID string, given []TermsAcceptanceInput,
) ([]models.TermsAcceptance, error) {
	acceptances, err := s.decideTerms(accountID, given, opRegisterAccount)
	if err != nil {
		return nil, err
	}

	var missing []string
	for i := range s.Settings.Terms {
		if s.Settings.Terms[i].outstanding(acceptances, s.now()) {
			missing = append(missing, s.Settings.Terms[i].ID)
		}
	}
	if len(missing) > 0 { // guard: a registration accepts the terms
		return nil, models.InvalidInput(termsField, models.ReasonRequired, 0,
			"must hold the current version of "+strings.Join(missing, ", "))
	}

	return acceptances, nil
}

// termsAccepted is the data of the event of accepted versions.
func termsAccepted(acceptances []models.TermsAcceptance) eventData {
	versions := make([]map[string]string, len(acceptances))
	for i, acceptance := range acceptances {
		versions[i] = map[string]string{"id": acceptance.Document, "version": acceptance.Version}
	}
	return eventData{"terms": versions}
}
