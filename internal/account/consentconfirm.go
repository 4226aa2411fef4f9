package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// optInTTL is how long the link of the second opt-in works.
const optInTTL = 7 * 24 * time.Hour

// ConfirmConsentInput is the input of confirmConsent.
type ConfirmConsentInput struct {
	Token string
}

// ConfirmConsentPayload is the payload of confirmConsent.
type ConfirmConsentPayload struct {
	Channel models.ConsentChannel
	State   models.ConsentState
}

// ConfirmConsent is the second opt-in: the consent to newsletters counts from now on. It fails with TOKEN_INVALID,
// INVALID_INPUT or RATE_LIMITED.
func (s *Service) ConfirmConsent(
	ctx context.Context, caller models.Caller, input ConfirmConsentInput,
) (_ *ConfirmConsentPayload, err error) {
	flow := s.begin(caller, opConfirmConsent, nobody)
	defer flow.recordRefusal(ctx, &err)

	challenge, err := s.findToken(ctx, caller, models.PurposeConsent, input.Token)
	if err != nil {
		return nil, err
	}

	flow.accountID = challenge.AccountID
	payload := &ConfirmConsentPayload{Channel: models.ConsentEmail, State: models.ConsentGranted}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := tx.LockAccount(ctx, challenge.AccountID)
		if err != nil {
			return notFoundAs(err, errTokenInvalid())
		}

		// A new password does not end it, but another address does.
		if !optInLive(challenge, account, s.now()) {
			return errTokenInvalid()
		}
		if err := tx.UseChallenge(ctx, challenge.ID, s.now()); err != nil {
			return notFoundAs(err, errTokenInvalid())
		}

		granted, err := s.grantConsent(ctx, tx, account, models.ConsentEmail, opConfirmConsent)
		if err != nil {
			return err
		}
		if len(granted) == 0 { // guard: nothing is confirmed that was not given
			return errTokenInvalid()
		}

		account.UpdatedAt = s.now()

		return tx.UpdateAccount(ctx, account, granted...)
	})
}

// optInLive reports whether the token of a second opt-in can be redeemed for the account in its current state.
func optInLive(challenge *models.Challenge, account *models.Account, now time.Time) bool {
	// guard: a second opt-in is for its address
	return challenge.UsedAt == nil && now.Before(challenge.ExpiresAt) &&
		challenge.Target == string(account.Email) && account.Status != models.StatusBlocked
}

// askForOptIn sends the mail that asks for the second opt-in to the account's own address, which is proven. An address
// gets so many of them an hour as of activation mails; beyond them nothing is sent, and the consent goes on waiting.
func (s *Service) askForOptIn(ctx context.Context, tx Tx, caller models.Caller, account *models.Account) error {
	limited, exceeded, err := s.trySpend(ctx, tx, s.ceilingUses(account))
	if err != nil {
		return err
	}
	if limited {
		s.Budgets.suppressed(caller, exceeded)
		return nil
	}

	due, err := s.mailDue(ctx, tx, models.MessageConsentConfirm, account.Email, s.Settings.Limits.ActivationMails)
	if err != nil {
		return err
	}
	if due.IsZero() {
		s.Budgets.suppressed(caller, KindAddressMails)
		return nil
	}

	challenge, token, err := s.newTokenChallenge(account, models.PurposeConsent, string(account.Email), optInTTL)
	if err != nil {
		return err
	}
	if err := replaceChallenge(ctx, tx, challenge); err != nil {
		return err
	}

	mail := s.mail(caller, account, models.MessageConsentConfirm, account.Email)
	mail.NotBefore = due

	return enqueueToken(ctx, tx, mail, challenge, token)
}
