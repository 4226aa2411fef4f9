package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/models"
)

// sourceGPC is the source of an objection that a registration's browser sent in the header Sec-GPC.
const sourceGPC OperationName = "Sec-GPC"

// consents returns the consents of a new customer.
func (s *Service) consents(
	accountID string, given models.Optional[models.AgreementsInput], source OperationName,
) []models.Consent {
	if given.Value == nil {
		return nil
	}

	var consents []models.Consent
	for _, channel := range models.ConsentChannels {
		if answer := given.Value.Channel(channel).Value; answer != nil {
			consents = append(consents, s.consent(accountID, channel, answer, source))
		}
	}

	return consents
}

// objections sets every channel that a new customer did not answer to a refusal, if the browser objects and the shop
// asks for that, and returns the refusals. An answer that was given stands.
func (s *Service) objections(caller models.Caller, account *models.Account, given []models.Consent) []models.Consent {
	if !s.Settings.GlobalPrivacyControl || !caller.PrivacyControl {
		return nil
	}

	answered := map[models.ConsentChannel]bool{}
	for _, consent := range given {
		answered[consent.Channel] = true
	}

	var refusals []models.Consent
	for _, channel := range models.ConsentChannels {
		if answered[channel] { // guard: an answer goes before the browser's objection
			continue
		}

		refused := false
		*account.Agreements.Channel(channel) = &refused
		refusals = append(refusals, s.consent(account.ID, channel, &refused, sourceGPC))
	}

	return refusals
}

// answers returns the new consents of a registered customer. Some of them wait for a proof or for the second opt-in.
// An answer that repeats the previous one is not a new consent.
func (s *Service) answers(
	ctx context.Context, tx Tx, account *models.Account,
	before models.Agreements, given *models.AgreementsInput, source OperationName,
) ([]models.Consent, error) {
	var consents []models.Consent
	for _, channel := range models.ConsentChannels {
		answer := *given.Channel(channel)
		if !answer.Set {
			continue
		}

		present, waits, err := s.presentAnswer(ctx, tx, account, before, channel)
		if err != nil {
			return nil, err
		}

		wait := s.consentWaits(account, *before.Channel(channel), channel, answer.Value)
		if wait == waits && sameAnswer(present, answer.Value) { // guard: an answer that stays is no consent
			continue
		}

		consent := s.consent(account.ID, channel, answer.Value, source)
		consent.Pending = wait
		consents = append(consents, consent)
	}

	return consents, nil
}

// presentAnswer returns the account's current answer, and whether it waits.
func (s *Service) presentAnswer(
	ctx context.Context, tx Tx, account *models.Account, before models.Agreements, channel models.ConsentChannel,
) (answer *bool, waits bool, err error) {
	yes, present := true, *before.Channel(channel)
	if !s.consentWaits(account, present, channel, &yes) {
		return present, false, nil
	}

	pending, err := tx.PendingConsent(ctx, account.ID, channel)
	if err != nil {
		return present, false, notFoundAs(err, nil)
	}

	return pending.Value, true, nil
}

func (s *Service) consent(
	accountID string, channel models.ConsentChannel, value *bool, source OperationName,
) models.Consent {
	consent := models.Consent{
		ID: s.NewID(), AccountID: accountID, Channel: channel, Value: value, Source: string(source),
		RecordedAt: s.now(),
	}
	if value != nil && *value {
		consent.Wording = s.Settings.Wordings.current(channel)
	}

	return consent
}

// recordConsent appends one consent to a customer's history.
func (s *Service) recordConsent(
	ctx context.Context, tx Tx, accountID string, channel models.ConsentChannel, value *bool, source OperationName,
) error {
	return s.recordConsents(ctx, tx, accountID, []models.Consent{s.consent(accountID, channel, value, source)})
}

// recordConsents appends consents to a customer's history, and tells the webhook what changed. What answers for
// newsletters takes the mail back that asks for the second opt-in.
func (s *Service) recordConsents(ctx context.Context, tx Tx, accountID string, consents []models.Consent) error {
	if len(consents) == 0 {
		return nil
	}
	if err := tx.RecordConsents(ctx, consents); err != nil {
		return err
	}

	changes := make([]consentChange, len(consents))
	for i, consent := range consents {
		changes[i] = consentChange{consent.Channel, consent.State()}
		if consent.Channel != models.ConsentEmail {
			continue
		}
		// guard: an answer takes the mail of the second opt-in back
		if _, err := tx.VoidChallenges(ctx, accountID, s.now(), models.PurposeConsent); err != nil {
			return err
		}
	}

	return s.enqueueEvent(ctx, tx, models.EventConsentChanged, accountID, eventData{"consents": changes})
}

// consentChange is a change of a consent in the data of a webhook event.
type consentChange struct {
	Channel models.ConsentChannel
	State   models.ConsentState
}

// MarshalJSON writes the channel as the schema names it.
func (c consentChange) MarshalJSON() ([]byte, error) {
	return []byte(`{"channel":"` + c.Channel.Name() + `","state":"` + string(c.State) + `"}`), nil
}

func sameAnswer(a, b *bool) bool { return a == b || a != nil && b != nil && *a == *b }

// grantConsent applies the consent that waited for the proof of the address or number, or for the second opt-in. It
// returns the changed columns.
func (s *Service) grantConsent(
	ctx context.Context, tx Tx, account *models.Account, channel models.ConsentChannel, source OperationName,
) ([]string, error) {
	pending, err := tx.PendingConsent(ctx, account.ID, channel)
	if err != nil {
		return nil, notFoundAs(err, nil)
	}

	*account.Agreements.Channel(channel) = pending.Value
	granted := s.consent(account.ID, channel, pending.Value, source)
	granted.Wording = pending.Wording // what was agreed to, not what is asked today

	return []string{"agreement_" + string(channel)}, s.recordConsents(ctx, tx, account.ID, []models.Consent{granted})
}

// grantNewsletter applies the consent to newsletters that waited for the proof of the address, or asks for the second
// opt-in. It returns the changed columns.
func (s *Service) grantNewsletter(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, source OperationName,
) ([]string, error) {
	if !s.Settings.DoubleOptIn {
		return s.grantConsent(ctx, tx, account, models.ConsentEmail, source)
	}

	if _, err := tx.PendingConsent(ctx, account.ID, models.ConsentEmail); err != nil {
		return nil, notFoundAs(err, nil)
	}

	return nil, s.askForOptIn(ctx, tx, caller, account)
}

// consentWaits reports whether an answer waits for the proof of its address or number, or for the second opt-in.
// Until then it reads as not given. A refusal never waits, and neither does a consent that counts already.
func (s *Service) consentWaits(
	account *models.Account, present *bool, channel models.ConsentChannel, answer *bool,
) bool {
	return consentUnproven(account, channel, answer) || s.optInMissing(present, channel, answer)
}

// consentUnproven reports whether a consent waits for the proof of its address or number.
func consentUnproven(account *models.Account, channel models.ConsentChannel, answer *bool) bool {
	if answer == nil || !*answer {
		return false
	}
	// guard: consent waits for the proof; consent waits for the number
	return channel == models.ConsentEmail && account.EmailClaimed() ||
		channel.ByNumber() && !account.PhoneVerified()
}

// optInMissing reports whether an answer waits for the second opt-in.
func (s *Service) optInMissing(present *bool, channel models.ConsentChannel, answer *bool) bool {
	yes := true
	return s.Settings.DoubleOptIn && channel == models.ConsentEmail && // guard: consent waits for the second opt-in
		sameAnswer(answer, &yes) && !sameAnswer(present, &yes)
}

// forgetNumber ends the consents for a number that the account does not have any more. It returns the changed columns.
func (s *Service) forgetNumber(
	ctx context.Context, tx Tx, account *models.Account, source OperationName,
) ([]string, error) {
	var columns []string
	var ended []models.Consent
	for _, channel := range models.NumberChannels {
		answer := account.Agreements.Channel(channel)
		_, err := tx.PendingConsent(ctx, account.ID, channel)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return nil, err
		}
		if channel != models.ConsentSMS && *answer == nil && err != nil {
			continue // text messages have an end of their consent with each end of a number
		}

		*answer = nil
		columns = append(columns, "agreement_"+string(channel))
		ended = append(ended, s.consent(account.ID, channel, nil, source))
	}

	return columns, s.recordConsents(ctx, tx, account.ID, ended)
}
