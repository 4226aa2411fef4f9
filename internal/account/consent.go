package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

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

// answers returns the new consents of a registered customer. Some of them wait for a proof. An answer that repeats
// the previous one is not a new consent.
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

		wait := consentWaits(account, channel, answer.Value)
		if wait == waits && sameAnswer(present, answer.Value) { // guard: an answer that stays is no consent
			continue
		}

		consent := s.consent(account.ID, channel, answer.Value, source)
		consent.Pending = wait
		consents = append(consents, consent)
	}

	return consents, nil
}

// presentAnswer returns the account's current answer, and whether it waits for a proof.
func (s *Service) presentAnswer(
	ctx context.Context, tx Tx, account *models.Account, before models.Agreements, channel models.ConsentChannel,
) (answer *bool, waits bool, err error) {
	yes := true
	if !consentWaits(account, channel, &yes) {
		return *before.Channel(channel), false, nil
	}

	pending, err := tx.PendingConsent(ctx, account.ID, channel)
	if err != nil {
		return *before.Channel(channel), false, notFoundAs(err, nil)
	}

	return pending.Value, true, nil
}

func (s *Service) consent(
	accountID string, channel models.ConsentChannel, value *bool, source OperationName,
) models.Consent {
	return models.Consent{
		ID: s.NewID(), AccountID: accountID, Channel: channel, Value: value, Source: string(source),
		RecordedAt: s.now(),
	}
}

// recordConsent appends one consent to a customer's history.
func (s *Service) recordConsent(
	ctx context.Context, tx Tx, accountID string, channel models.ConsentChannel, value *bool, source OperationName,
) error {
	return tx.RecordConsents(ctx, []models.Consent{s.consent(accountID, channel, value, source)})
}

func sameAnswer(a, b *bool) bool { return a == b || a != nil && b != nil && *a == *b }

// grantConsent applies the consent that waited for the proof of the address or number. It returns the changed
// columns.
func (s *Service) grantConsent(
	ctx context.Context, tx Tx, account *models.Account, channel models.ConsentChannel, source OperationName,
) ([]string, error) {
	pending, err := tx.PendingConsent(ctx, account.ID, channel)
	if err != nil {
		return nil, notFoundAs(err, nil)
	}

	*account.Agreements.Channel(channel) = pending.Value
	columns := []string{"agreement_" + string(channel)}

	return columns, s.recordConsent(ctx, tx, account.ID, channel, pending.Value, source)
}

// consentWaits reports whether a consent waits for the proof of its address or number. Until then it reads as not
// given. A refusal never waits.
func consentWaits(account *models.Account, channel models.ConsentChannel, answer *bool) bool {
	if answer == nil || !*answer {
		return false
	}
	// guard: consent waits for the proof; consent waits for the number
	return channel == models.ConsentEmail && account.EmailClaimed() ||
		channel == models.ConsentSMS && !account.PhoneVerified()
}
