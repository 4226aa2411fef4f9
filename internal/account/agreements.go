package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// recordAnswers appends the new consents of an update to the history. former are the answers from before it.
func (s *Service) recordAnswers(
	ctx context.Context, tx Tx, account *models.Account, former models.Agreements, removedPhone bool,
	given *models.AgreementsInput, source OperationName,
) error {
	var consents []models.Consent
	for _, channel := range models.NumberChannels {
		if answer := former.Channel(channel); removedPhone && *answer != nil {
			// The consent ends with the number.
			consents = append(consents, s.consent(account.ID, channel, nil, source))
			*answer = nil
		}
	}

	if given != nil {
		answers, err := s.answers(ctx, tx, account, former, given, source)
		if err != nil {
			return err
		}
		consents = append(consents, answers...)
	}

	return s.recordConsents(ctx, tx, account.ID, consents)
}

// askForMissingOptIn sends the mail that asks for the second opt-in, also again, if an update agrees to newsletters and
// nothing but that is missing. former are the answers from before it.
func (s *Service) askForMissingOptIn(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, former models.Agreements,
	given *models.AgreementsInput,
) error {
	if given == nil || account.EmailClaimed() ||
		!s.optInMissing(former.Email, models.ConsentEmail, given.Email.Value) {
		return nil
	}
	return s.askForOptIn(ctx, tx, caller, account)
}

// removedPhone is the change of an account whose number is removed: the consents for it end.
func removedPhone(account *models.Account) columnUpdate {
	columns := []string{"phone", "phone_verified_at"}
	for _, channel := range models.NumberChannels {
		if *account.Agreements.Channel(channel) != nil {
			columns = append(columns, "agreement_"+string(channel))
		}
	}

	return columnUpdate{columns, func(a *models.Account) (bool, error) {
		a.Phone, a.PhoneVerifiedAt = nil, nil
		for _, channel := range models.NumberChannels {
			*a.Agreements.Channel(channel) = nil
		}
		return true, nil
	}}
}

func (s *Service) decideAgreements(
	changes *[]columnUpdate, wrong *models.Errors, given models.Optional[models.AgreementsInput],
) {
	if !given.Set {
		return
	}

	if given.Value == nil {
		wrong.Add(models.InvalidInput("agreements", models.ReasonRequired, 0,
			"must not be null; set the channels in it to null"))
		return
	}

	for _, channel := range models.ConsentChannels {
		answer := *given.Value.Channel(channel)
		if !answer.Set {
			continue
		}

		*changes = append(*changes,
			columnUpdate{[]string{"agreement_" + string(channel)}, func(a *models.Account) (bool, error) {
				value := answer.Value
				if s.consentWaits(a, *a.Agreements.Channel(channel), channel, value) {
					value = nil
				}
				return assign(a.Agreements.Channel(channel), value), nil
			}})
	}
}
