package account

import (
	"context"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

// ConfirmFactorResetInput is the input of confirmFactorReset.
type ConfirmFactorResetInput struct {
	Token string
}

// ConfirmFactorReset removes all authenticators and recovery codes of an account, three days after that was asked for with
// nobody objecting, ends every session and voids what waits. It signs nobody in. The customer is told everywhere. It fails
// with TOKEN_INVALID; with RATE_LIMITED before the three days are over, and while changes are paused.
func (s *Service) ConfirmFactorReset(
	ctx context.Context, caller models.Caller, input ConfirmFactorResetInput,
) (_ *RevokedSessions, err error) {
	flow := s.begin(caller, opConfirmFactorReset, nobody)
	defer flow.recordRefusal(ctx, &err)

	challenge, err := s.findToken(ctx, caller, models.PurposeFactorReset, input.Token)
	if err != nil {
		return nil, err
	}

	flow.accountID = challenge.AccountID
	account, err := s.Store.AccountByID(ctx, challenge.AccountID)
	if err != nil {
		return nil, notFoundAs(err, errTokenInvalid())
	}
	if !challenge.Live(account, s.now()) {
		return nil, errTokenInvalid()
	}
	if err := s.checkFactorWait(challenge); err != nil {
		return nil, err
	}
	if err := flow.requireUnpaused(account); err != nil {
		return nil, err
	}

	former, err := s.formerAddresses(ctx, account)
	if err != nil {
		return nil, err
	}

	payload := &RevokedSessions{}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		current, err := s.redeem(ctx, tx, challenge)
		if err != nil {
			return err
		}
		if payload.RevokedSessions, err = s.dropFactors(ctx, tx, current); err != nil {
			return err
		}

		done.webhookData = eventData{"revokedSessions": payload.RevokedSessions}

		return s.tellFactors(ctx, tx, caller, current, models.MessageFactorReset, former...)
	})
}

// checkFactorWait returns RATE_LIMITED until the customer has had three days to object.
func (s *Service) checkFactorWait(challenge *models.Challenge) error {
	left := factorResetOf(challenge).AvailableAt.Sub(s.now())
	if left <= 0 { // guard: second factors are removed after three days
		return nil
	}

	return &models.Error{
		Code: models.CodeRateLimited, RetryAfter: wholeSeconds(left),
		Message: fmt.Sprintf("the second factor can be removed from %s on",
			factorResetOf(challenge).AvailableAt.Format(time.RFC3339)),
	}
}

// dropFactors removes all second factors of a locked account, and ends every session. It returns how many ended.
func (s *Service) dropFactors(ctx context.Context, tx Tx, account *models.Account) (revoked int, err error) {
	authenticators, err := tx.Authenticators(ctx, account.ID)
	if err != nil {
		return 0, err
	}
	for _, authenticator := range authenticators {
		if err := tx.RemoveAuthenticator(ctx, account.ID, authenticator.ID); err != nil {
			return 0, err
		}
	}
	if err := tx.ReplaceRecoveryCodes(ctx, account.ID, nil); err != nil {
		return 0, err
	}

	account.SecondFactorSince = nil
	account.CredentialEpoch++ // guard: removed factors begin an epoch
	account.UpdatedAt = s.now()
	if err := tx.UpdateAccount(ctx, account, "second_factor_since", "credential_epoch"); err != nil {
		return 0, err
	}
	if err := s.voidSecrets(ctx, tx, account.ID); err != nil {
		return 0, err
	}

	// guard: removed factors end every session
	return tx.EndSessions(ctx, account.ID, "", s.now())
}

// tellFactors tells the mailbox, the former addresses and the number.
func (s *Service) tellFactors(ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	kind models.MessageKind, former ...models.EmailAddress,
) error {
	for _, address := range append(former, account.Email) {
		if err := tx.Enqueue(ctx, s.mail(caller, account, kind, address)); err != nil {
			return err
		}
	}

	return s.textFactors(ctx, tx, caller, account, kind)
}

// CancelFactorResetInput is the input of cancelFactorReset.
type CancelFactorResetInput struct {
	// Token is that of one of the mails, or nil with a session.
	Token *string
}

// FactorResetStopped is the payload of cancelFactorReset.
type FactorResetStopped struct {
	// Cancelled is false if no reset waited.
	Cancelled bool
}

// CancelFactorReset keeps the second factors: by the token of one of the mails, or by a session of the account. It fails
// with TOKEN_INVALID, and without a token or a session with UNAUTHENTICATED.
func (s *Service) CancelFactorReset(
	ctx context.Context, caller models.Caller, input CancelFactorResetInput,
) (_ *FactorResetStopped, err error) {
	flow := s.begin(caller, opCancelFactorReset, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if flow.accountID, err = s.accountToKeep(ctx, caller, input.Token); err != nil {
		return nil, err
	}

	payload := &FactorResetStopped{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := tx.LockAccount(ctx, flow.accountID)
		if err != nil {
			return notFoundAs(err, errTokenInvalid())
		}
		payload.Cancelled, err = s.stopFactorReset(ctx, tx, caller, account)

		return err
	})
}

// accountToKeep returns the ID of the account of a token that can stop a reset of second factors, or without a token that of
// the session.
func (s *Service) accountToKeep(ctx context.Context, caller models.Caller, token *string) (string, error) {
	switch {
	case token == nil && caller.SessionRefused:
		return nobody, caller.Unauthenticated()
	case token == nil && caller.Account == nil:
		return nobody, errUnauthenticated()
	case token == nil:
		return caller.Account.ID, nil
	}

	challenge, err := s.findToken(ctx, caller, models.PurposeFactorReset, *token)
	if models.CodeOf(err) == models.CodeTokenInvalid {
		challenge, err = s.findToken(ctx, caller, models.PurposeFactorResetStop, *token)
	}
	if err != nil {
		return nobody, err
	}
	if !s.now().Before(challenge.ExpiresAt) { // guard: an old token stops nothing
		return challenge.AccountID, errTokenInvalid()
	}

	return challenge.AccountID, nil
}

// stopFactorReset voids the reset that waits, and tells the customer and the shop if there was one.
func (s *Service) stopFactorReset(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
) (stopped bool, err error) {
	voided, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposeFactorReset, models.PurposeFactorResetStop)
	if err != nil || voided == 0 {
		return false, err
	}

	if err := s.tellFactors(ctx, tx, caller, account, models.MessageFactorResetStopped); err != nil {
		return false, err
	}

	return true, s.enqueueEvent(ctx, tx, models.EventFactorResetStopped, account.ID, nil)
}

// CancelCustomerFactorResetInput is the input of cancelCustomerFactorReset.
type CancelCustomerFactorResetInput struct{ OperatorInput }

// CancelCustomerFactorReset keeps the second factors of an account whose removal waits. The shop has no way to hurry the
// removal (R-WAY4).
func (s *Service) CancelCustomerFactorReset(
	ctx context.Context, caller models.Caller, input CancelCustomerFactorResetInput,
) (*FactorResetStopped, error) {
	payload := &FactorResetStopped{}
	return operate(ctx, s, caller, opCancelCustomerReset, input.OperatorInput, nil, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) (err error) {
			payload.Cancelled, err = s.stopFactorReset(ctx, tx, models.Caller{}, account)
			return err
		})
}
