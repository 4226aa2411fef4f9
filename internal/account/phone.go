package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// RequestPhoneUpdateInput is the input of requestPhoneUpdate.
type RequestPhoneUpdateInput struct {
	ProofInput
	Phone        models.PhoneNumber
	AccountEmail *models.EmailAddress
}

// RequestPhoneUpdate starts a change of the phone number: the new number gets a code. A session whose customer
// proved a factor within --step-up needs no proof; an older session gets REAUTHENTICATION_REQUIRED. The payload is
// the same whether the new number is free or taken (R-RPU3); only the account's own proven number is refused. It
// fails with INVALID_CREDENTIALS, UNAUTHENTICATED, INVALID_INPUT, RATE_LIMITED or MESSAGE_CHANNEL_UNAVAILABLE.
func (s *Service) RequestPhoneUpdate(
	ctx context.Context, caller models.Caller, input RequestPhoneUpdateInput,
) (_ *PendingPayload, err error) {
	flow := s.begin(caller, opRequestPhoneUpdate, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireTerms(ctx, caller.Account); err != nil {
		return nil, err
	}
	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	offered := s.offer(caller, opRequestPhoneUpdate, input.ProofInput)
	var wrong models.Errors
	phone, invalid := s.parseCodePhone("phone", input.Phone)
	wrong.Add(invalid)
	wrong.Add(offered.check())
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	if err := offered.require(opRequestPhoneUpdate); err != nil {
		return nil, err
	}

	account, err := offered.identify(ctx, input.AccountEmail)
	flow.concerns(account)
	if err != nil {
		return nil, err
	}
	if caller.Account == nil { // guard: terms come before a code without a session
		if err := flow.requireTerms(ctx, account); err != nil {
			return nil, err
		}
		if err := flow.requireUnpaused(account); err != nil {
			return nil, err
		}
	}

	update, err := s.preparePhoneUpdate(ctx, caller, account, phone)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, &PendingPayload{Pending: update.challenge.Pending()}, func(tx Tx, _ *success) error {
		if _, err := lockUnchanged(ctx, tx, account, errUnauthenticated); err != nil {
			return err
		}
		if err := offered.settle(ctx, tx, account); err != nil {
			return err
		}
		if err := s.checkCodeFailures(ctx, tx, account, &offered); err != nil {
			return err
		}

		return update.start(ctx, tx)
	})
}

// checkCodeFailures returns REAUTHENTICATION_REQUIRED if there is no proof after a hundred wrong codes, even if the
// session's last proof is recent (R-CPU3).
func (s *Service) checkCodeFailures(ctx context.Context, tx Tx, account *models.Account, offered *proof) error {
	failures, err := tx.Budget(ctx, codeFailuresKey(account.ID))
	if err != nil {
		return notFoundAs(err, nil)
	}
	if tooManyCodes(failures, s.now()) && !offered.given() {
		return errReauthenticationRequired("password")
	}

	return nil
}

func tooManyCodes(failures models.Budget, now time.Time) bool {
	// guard: codes tried in vain need a proof
	return failures.Count >= codeFailures && failures.ResetsAt.After(now)
}

// checkTextMessages returns MESSAGE_CHANNEL_UNAVAILABLE if no text message can be sent.
func (s *Service) checkTextMessages() error {
	if s.Settings.NoTextMessages { // guard: no code is promised that nobody sends
		return models.NewError(models.CodeMessageChannelUnavailable,
			"this service sends no text messages; nothing was changed")
	}
	return nil
}

// preparePhoneUpdate creates the code and its message. It fails with MESSAGE_CHANNEL_UNAVAILABLE, and with
// INVALID_INPUT if the number is already the account's proven number.
func (s *Service) preparePhoneUpdate(
	ctx context.Context, caller models.Caller, account *models.Account, phone models.PhoneNumber,
) (*sentCode, error) {
	if err := s.checkTextMessages(); err != nil {
		return nil, err
	}
	if account.PhoneVerified() && *account.Phone == phone { // guard: one's own number is no change
		return nil, models.InvalidInput("phone", models.ReasonSameAsNow, 0, "is the number of the account already")
	}

	return s.newSentCode(ctx, caller, account, codeKind{
		purpose: models.PurposePhoneUpdate, message: models.MessagePhoneCode, channel: models.ChannelTextMessage,
		ttl: s.Settings.PhoneCodeTTL,
	}, string(phone))
}

// ConfirmPhoneUpdateInput is the input of confirmPhoneUpdate.
type ConfirmPhoneUpdateInput struct {
	Phone            models.PhoneNumber
	ConfirmationCode string
	SmsAgreement     bool
	ChallengeID      *string
}

// ConfirmPhoneUpdatePayload is the payload of confirmPhoneUpdate.
type ConfirmPhoneUpdatePayload struct {
	Phone models.PhoneNumber
}

// ConfirmPhoneUpdate completes a change of the phone number. The session names the account; without a session, the
// challenge from requestPhoneUpdate does. It fails with CODE_INVALID if the code is wrong, used, expired, replaced,
// tried five times, or for another number, and with PHONE_UNAVAILABLE if another account has proved the number.
func (s *Service) ConfirmPhoneUpdate(
	ctx context.Context, caller models.Caller, input ConfirmPhoneUpdateInput,
) (_ *ConfirmPhoneUpdatePayload, err error) {
	flow := s.begin(caller, opConfirmPhoneUpdate, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	var wrong models.Errors
	phone, invalid := contact.ParsePhone("phone", input.Phone)
	wrong.Add(invalid)
	// A value that can't be a code uses an attempt and gets the same error as a wrong code (R-CPU2, R-CPU7).
	// guard: a code is read without what stands between its digits
	code := contact.PlainCode(input.ConfirmationCode)
	wrong.Add(requireText("confirmationCode", code))
	if input.ChallengeID != nil {
		wrong.Add(requireText("challengeId", *input.ChallengeID))
	}
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	challengeID, err := s.phoneChallengeID(ctx, caller, input.ChallengeID)
	if err != nil {
		return nil, err
	}

	challenge, err := s.tryCode(ctx, caller, models.PurposePhoneUpdate, challengeID)
	if err != nil {
		return nil, err
	}

	flow.accountID = challenge.AccountID
	right, err := s.matchesGuessable(ctx, challenge.SecretHash, challenge.ID, codeParts(string(phone), code)...)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, errCodeInvalid(challenge)
	}

	return commit(ctx, flow, &ConfirmPhoneUpdatePayload{Phone: phone}, func(tx Tx, _ *success) error {
		account, err := s.redeem(ctx, tx, challenge)
		if errors.Is(err, errTokenInvalid()) {
			return errCodeInvalid(nil)
		}
		if err != nil {
			return err
		}
		if err := tx.ResetBudget(ctx, codeFailuresKey(account.ID)); err != nil {
			return err
		}

		former := *account
		if err := s.movePhone(ctx, tx, account, phone, input.SmsAgreement); err != nil {
			return err
		}

		return s.notifyPhoneChanged(ctx, tx, caller, &former)
	})
}

// movePhone writes a proven number, and the consent to text messages to it, to a locked account.
func (s *Service) movePhone(
	ctx context.Context, tx Tx, account *models.Account, phone models.PhoneNumber, agreed bool,
) error {
	if err := s.takePhone(ctx, tx, phone, account.ID); err != nil { // guard: a number is its prover's
		return err
	}

	now, moved := s.now(), account.Phone != nil && *account.Phone != phone
	account.Phone, account.PhoneVerifiedAt, account.UpdatedAt = &phone, &now, now
	account.Agreements.SMS = &agreed
	if err := s.recordConsent(ctx, tx, account.ID, models.ConsentSMS, &agreed, opConfirmPhoneUpdate); err != nil {
		return err
	}

	columns, err := s.moveNumberConsents(ctx, tx, account, moved)
	if err != nil {
		return err
	}

	return tx.UpdateAccount(ctx, account, append(columns, "phone", "phone_verified_at", "agreement_sms")...)
}

// moveNumberConsents applies the consents that waited for a proven number, and ends those that were given for another
// number. The consent to text messages has its own answer. It returns the changed columns.
func (s *Service) moveNumberConsents(
	ctx context.Context, tx Tx, account *models.Account, moved bool,
) ([]string, error) {
	var columns []string
	for _, channel := range models.NumberChannels {
		if channel == models.ConsentSMS {
			continue
		}

		granted, err := s.grantConsent(ctx, tx, account, channel, opConfirmPhoneUpdate)
		if err != nil {
			return nil, err
		}
		columns = append(columns, granted...)

		answer := account.Agreements.Channel(channel)
		// guard: consent ends with its number
		if len(granted) > 0 || !moved || *answer == nil || !**answer {
			continue
		}

		*answer = nil
		columns = append(columns, "agreement_"+string(channel))
		if err := s.recordConsent(ctx, tx, account.ID, channel, nil, opConfirmPhoneUpdate); err != nil {
			return nil, err
		}
	}

	return columns, nil
}

// phoneChallengeID returns the ID of the challenge to confirm. With a session it is the session's pending
// challenge, and a given ID must match it; without a session it is the given ID.
func (s *Service) phoneChallengeID(ctx context.Context, caller models.Caller, given *string) (string, error) {
	if caller.SessionRefused || caller.Session == nil && given == nil {
		return "", caller.Unauthenticated()
	}
	if caller.Session == nil {
		return contact.PlainToken(*given), nil
	}

	challenge, err := s.Store.PendingChallenge(ctx, caller.Account.ID, models.PurposePhoneUpdate, s.now())
	if err != nil {
		return "", notFoundAs(err, errCodeInvalid(nil))
	}
	if given != nil && contact.PlainToken(*given) != challenge.ID {
		return "", errCodeInvalid(nil)
	}

	return challenge.ID, nil
}

// notifyPhoneChanged notifies the account's address and its former number (R-C12).
func (s *Service) notifyPhoneChanged(ctx context.Context, tx Tx, caller models.Caller, former *models.Account) error {
	if err := tx.Enqueue(ctx, s.mail(caller, former, models.MessagePhoneChanged, former.Email)); err != nil {
		return err
	}
	if former.Phone == nil {
		return nil
	}

	text := s.message(caller, former, models.MessagePhoneChanged, models.ChannelTextMessage, string(*former.Phone))

	return tx.Enqueue(ctx, text)
}

// CancelPhoneUpdate cancels the pending change of the phone number. It does nothing if no change is pending.
func (s *Service) CancelPhoneUpdate(ctx context.Context, caller models.Caller) (*AccountPayload, error) {
	return s.cancel(ctx, caller, opCancelPhoneUpdate, models.PurposePhoneUpdate)
}
