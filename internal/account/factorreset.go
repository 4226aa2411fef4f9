package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// factorResetWait is how long the customer has to object before second factors can be removed.
	factorResetWait = 3 * 24 * time.Hour
	// factorResetTTL is how long after that they can be removed.
	factorResetTTL = 7 * 24 * time.Hour
)

// RequestFactorResetInput is the input of requestFactorReset. Exactly one field is set.
type RequestFactorResetInput struct {
	// ChallengeID is that of a sign-in whose first factor was right.
	ChallengeID *string
	// ResetToken is a token of requestPasswordReset.
	ResetToken *string
}

// FactorReset is a removal of second factors that waits.
type FactorReset struct {
	// AvailableAt is when it can be confirmed, and ExpiresAt until when.
	AvailableAt, ExpiresAt time.Time
}

// factorResetOf returns the reset of a challenge.
func factorResetOf(challenge *models.Challenge) *FactorReset {
	return &FactorReset{AvailableAt: challenge.CreatedAt.Add(factorResetWait), ExpiresAt: challenge.ExpiresAt}
}

// RequestFactorReset begins the removal of all second factors of a customer who has lost them, and who proved one factor
// by a sign-in or by the mailbox (R-WAY4). Everything that the account can be reached by hears of it at once: the mailbox
// gets the token that removes them after three days, or stops it; former addresses that can still undo the change get one
// that stops it; the proven number gets a text message. A reset that waits already is returned as it is. It fails with
// INVALID_INPUT, TOKEN_INVALID, ACCOUNT_BLOCKED and RATE_LIMITED.
func (s *Service) RequestFactorReset(
	ctx context.Context, caller models.Caller, input RequestFactorResetInput,
) (_ *FactorReset, err error) {
	defer padToMinimum(ctx, time.Now())
	flow := s.begin(caller, opRequestFactorReset, nobody)
	defer flow.recordRefusal(ctx, &err)

	account, err := s.accountToReset(ctx, flow, input)
	if err != nil {
		return nil, err
	}
	if err := flow.requireUnpaused(account); err != nil {
		return nil, err
	}

	waiting, err := s.FactorResetOf(ctx, account)
	if err != nil {
		return nil, err
	}
	if waiting != nil { // guard: a reset that waits begins no other
		return commit(ctx, flow, waiting, func(Tx, *success) error { return nil })
	}

	challenge, token, err := s.newTokenChallenge(
		account, models.PurposeFactorReset, string(account.Email), factorResetWait+factorResetTTL)
	if err != nil {
		return nil, err
	}

	former, err := s.formerAddresses(ctx, account)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, factorResetOf(challenge), func(tx Tx, _ *success) error {
		current, err := lockUnchanged(ctx, tx, account, errTokenInvalid)
		if err != nil {
			return err
		}
		if current.SecondFactorSince == nil {
			return errTokenInvalid()
		}
		if err := replaceChallenge(ctx, tx, challenge); err != nil {
			return err
		}

		if err := s.tellFactorReset(ctx, tx, caller, current, former, challenge, token); err != nil {
			return err
		}

		return s.enqueueEvent(ctx, tx, models.EventFactorResetAsked, current.ID,
			eventData{"availableAt": factorResetOf(challenge).AvailableAt})
	})
}

// accountToReset returns the account of a right first factor, or of a mailbox, that asks for a second one.
func (s *Service) accountToReset(
	ctx context.Context, flow *flow, input RequestFactorResetInput,
) (*models.Account, error) {
	purpose, field, secret := models.PurposeSecondFactor, challengeField, input.ChallengeID
	switch {
	case (input.ChallengeID == nil) == (input.ResetToken == nil):
		return nil, models.InvalidInput(challengeField, models.ReasonRequired, 0,
			"must be given, or else resetToken: exactly one of them")
	case input.ResetToken != nil:
		purpose, field, secret = models.PurposePasswordReset, "resetToken", input.ResetToken
	}

	found, err := s.findSecret(ctx, flow.caller, purpose, field, *secret)
	if err != nil {
		return nil, err
	}

	flow.accountID = found.AccountID
	account, err := s.Store.AccountByID(ctx, found.AccountID)
	if err != nil {
		return nil, notFoundAs(err, errTokenInvalid())
	}
	// guard: a reset of factors needs a live first proof
	if !found.Live(account, s.now()) || account.SecondFactorSince == nil {
		return nil, errTokenInvalid()
	}

	return account, checkUsable(account)
}

// tellFactorReset tells every place where the customer can be reached.
func (s *Service) tellFactorReset(ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	former []models.EmailAddress, challenge *models.Challenge, token string,
) error {
	available := factorResetOf(challenge).AvailableAt
	mail := s.mail(caller, account, models.MessageFactorResetAsked, account.Email)
	mail.Data.AvailableAt = &available
	if err := s.spendMessage(ctx, tx, account, mail.Kind, mail.Recipient); err != nil {
		return err
	}
	if err := enqueueToken(ctx, tx, mail, challenge, token); err != nil {
		return err
	}

	for _, address := range former { // guard: a former address can stop a reset of factors
		if err := s.tellFormerAddress(ctx, tx, caller, account, address, available); err != nil {
			return err
		}
	}

	return s.textFactors(ctx, tx, caller, account, models.MessageFactorResetAsked)
}

// tellFormerAddress mails a token that stops the reset, and can't confirm it.
func (s *Service) tellFormerAddress(ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	address models.EmailAddress, available time.Time,
) error {
	stop, token, err := s.newTokenChallenge(
		account, models.PurposeFactorResetStop, string(address), factorResetWait+factorResetTTL)
	if err != nil {
		return err
	}
	if err := tx.CreateChallenge(ctx, stop); err != nil {
		return err
	}

	mail := s.mail(caller, account, models.MessageFactorResetFormer, address)
	mail.Data.AvailableAt = &available

	return enqueueToken(ctx, tx, mail, stop, token)
}

// formerAddresses returns the addresses that can still undo a change of the account's address.
func (s *Service) formerAddresses(
	ctx context.Context, account *models.Account,
) (former []models.EmailAddress, err error) {
	challenges, err := s.Store.Challenges(ctx, account.ID)
	if err != nil {
		return nil, err
	}

	seen := map[models.EmailAddress]bool{account.Email: true}
	for _, challenge := range challenges {
		address := models.EmailAddress(challenge.Target)
		live := challenge.UsedAt == nil && s.now().Before(challenge.ExpiresAt)
		if challenge.Purpose == models.PurposeEmailUndo && live && !seen[address] {
			seen[address] = true
			former = append(former, address)
		}
	}

	return former, nil
}

// textFactors sends a text message about second factors to the proven number, where there is one and text messages can
// be sent.
func (s *Service) textFactors(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, kind models.MessageKind,
) error {
	if !account.PhoneVerified() || s.Settings.NoTextMessages {
		return nil
	}
	// guard: the number hears of a reset of factors
	return tx.Enqueue(ctx, s.message(caller, account, kind, models.ChannelTextMessage, string(*account.Phone)))
}

// FactorResetOf returns the removal of second factors that waits, or nil.
func (s *Service) FactorResetOf(ctx context.Context, account *models.Account) (*FactorReset, error) {
	challenge, err := s.Store.PendingChallenge(ctx, account.ID, models.PurposeFactorReset, s.now())
	switch {
	case errors.Is(err, models.ErrNotFound):
		return nil, nil //nolint:nilnil // the schema's field is null
	case err != nil:
		return nil, err
	case !challenge.Live(account, s.now()):
		return nil, nil //nolint:nilnil // the schema's field is null
	}

	return factorResetOf(challenge), nil
}
