package account

import (
	"context"
	"slices"
	"time"

	"github.com/accountql/accountql/models"
)

// recoveryCodeCount is how many recovery codes an account gets.
const recoveryCodeCount = 10

// recoveryPurpose separates the hashes of recovery codes from others.
const recoveryPurpose = "recovery code"

// newRecoveryCodes returns recovery codes of an account, as they are shown, and as they are stored (R-WAY3).
func (s *Service) newRecoveryCodes(
	ctx context.Context, accountID string,
) (shown []string, hashed []models.RecoveryCode, err error) {
	for range recoveryCodeCount {
		code, err := s.randomLetters(recoveryCodeLength)
		if err != nil {
			return nil, nil, err
		}
		hash, err := s.hashGuessable(ctx, recoveryPurpose, accountID, code) // guard: recovery codes are hashed
		if err != nil {
			return nil, nil, err
		}

		shown = append(shown, code[:recoveryCodeLength/2]+"-"+code[recoveryCodeLength/2:])
		hashed = append(hashed, models.RecoveryCode{
			ID: s.NewID(), AccountID: accountID, CodeHash: hash, CreatedAt: s.now(),
		})
	}

	return shown, hashed, nil
}

// RecoveryCodesLeft returns how many recovery codes the account has left. It returns a pointer because the schema's field
// is null if there is an error.
func (s *Service) RecoveryCodesLeft(ctx context.Context, account *models.Account) (*int, error) {
	codes, err := s.Store.RecoveryCodes(ctx, account.ID)
	left := len(codes)
	return &left, err
}

func errNoSuchAuthenticator() *models.Error {
	return models.InvalidInput("id", models.ReasonUnknownValue, 0, "is of no authenticator of the account")
}

func errNoAuthenticator() *models.Error {
	return models.InvalidInput("input", models.ReasonNotAllowed, 0, "must be of an account that has an authenticator")
}

// RemoveAuthenticatorInput is the input of removeAuthenticator.
type RemoveAuthenticatorInput struct {
	ProofInput
	ID string
}

// RemoveAuthenticatorPayload is the payload of removeAuthenticator.
type RemoveAuthenticatorPayload struct {
	RevokedSessions int
	Account         *models.Account
}

// RemoveAuthenticator removes an authenticator, ends the account's other sessions and voids its pending secrets, as
// removePasskey does. The last one needs the proof in the call, whatever proveIdentity opened, and takes the recovery codes
// along. It fails with REAUTHENTICATION_REQUIRED, SECOND_FACTOR_REQUIRED, INVALID_CREDENTIALS, CODE_INVALID, RATE_LIMITED,
// IDENTITY_PROVIDER_UNAVAILABLE or INVALID_INPUT.
func (s *Service) RemoveAuthenticator(
	ctx context.Context, caller models.Caller, input RemoveAuthenticatorInput,
) (_ *RemoveAuthenticatorPayload, err error) {
	flow := s.begin(caller, opRemoveAuthenticator, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}
	offered := s.offer(caller, opRemoveAuthenticator, input.ProofInput)
	var wrong models.Errors
	wrong.Add(requireText("id", input.ID))
	wrong.Add(offered.check())
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	if err := offered.require(opRemoveAuthenticator); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload := &RemoveAuthenticatorPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		if payload.Account, err = lockCaller(ctx, tx, caller); err != nil {
			return err
		}
		if err := offered.settle(ctx, tx, payload.Account); err != nil {
			return err
		}

		payload.RevokedSessions, err = s.removeAuthenticator(ctx, tx, &offered, payload.Account, input.ID)

		return err
	})
}

// removeAuthenticator removes an authenticator of a locked account, and tells the customer.
func (s *Service) removeAuthenticator(
	ctx context.Context, tx Tx, offered *proof, account *models.Account, id string,
) (revoked int, err error) {
	authenticators, err := tx.Authenticators(ctx, account.ID)
	if err != nil {
		return 0, err
	}
	known := slices.ContainsFunc(authenticators, func(a models.Authenticator) bool { return a.ID == id })
	last := len(authenticators) == 1
	switch {
	case !known:
		return 0, errNoSuchAuthenticator()
	case last && !offered.given(): // guard: the last authenticator goes after a proof in the call
		return 0, reauthenticate(offered.caller, "password")
	}

	if err := tx.RemoveAuthenticator(ctx, account.ID, id); err != nil {
		return 0, err
	}

	var columns []string
	if last {
		account.SecondFactorSince = nil
		columns = append(columns, "second_factor_since")
		if err := tx.ReplaceRecoveryCodes(ctx, account.ID, nil); err != nil {
			return 0, err
		}
	}

	// guard: a removed authenticator ends the other sessions
	if revoked, err = s.endOthers(ctx, tx, offered.caller, account, columns...); err != nil {
		return 0, err
	}
	mail := s.mail(offered.caller, account, models.MessageAuthenticatorRemoved, account.Email)

	return revoked, tx.Enqueue(ctx, mail)
}

// ReplaceRecoveryCodesInput is the input of replaceRecoveryCodes.
type ReplaceRecoveryCodesInput struct {
	ProofInput
}

// ReplaceRecoveryCodesPayload is the payload of replaceRecoveryCodes.
type ReplaceRecoveryCodesPayload struct {
	RecoveryCodes []string
	Account       *models.Account
}

// ReplaceRecoveryCodes makes new recovery codes in place of the earlier ones, and tells the customer. It fails as
// removeAuthenticator does, and with INVALID_INPUT if the account has no authenticator.
func (s *Service) ReplaceRecoveryCodes(
	ctx context.Context, caller models.Caller, input ReplaceRecoveryCodesInput,
) (_ *ReplaceRecoveryCodesPayload, err error) {
	flow := s.begin(caller, opReplaceRecoveryCodes, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}
	offered := s.offer(caller, opReplaceRecoveryCodes, input.ProofInput)
	if err := offered.check(); err != nil {
		return nil, err
	}
	if err := offered.require(opReplaceRecoveryCodes); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}
	if caller.Account.SecondFactorSince == nil { // guard: recovery codes need an authenticator
		return nil, errNoAuthenticator()
	}

	shown, hashed, err := s.newRecoveryCodes(ctx, caller.Account.ID)
	if err != nil {
		return nil, err
	}

	payload := &ReplaceRecoveryCodesPayload{RecoveryCodes: shown}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		if payload.Account, err = lockCaller(ctx, tx, caller); err != nil {
			return err
		}
		if err := offered.settle(ctx, tx, payload.Account); err != nil {
			return err
		}
		if err := tx.ReplaceRecoveryCodes(ctx, payload.Account.ID, hashed); err != nil {
			return err
		}

		return tx.Enqueue(ctx, s.mail(caller, payload.Account, models.MessageRecoveryCodesNew, payload.Account.Email))
	})
}

// undoAuthenticators removes those of a locked account's authenticators that were made since a time, and with the last
// one the recovery codes. It tells the customer and the shop of each.
func (s *Service) undoAuthenticators(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, since time.Time,
) error {
	authenticators, err := tx.Authenticators(ctx, account.ID)
	if err != nil {
		return err
	}

	left := len(authenticators)
	for _, authenticator := range authenticators {
		if authenticator.CreatedAt.Before(since) {
			continue
		}
		if err := tx.RemoveAuthenticator(ctx, account.ID, authenticator.ID); err != nil {
			return err
		}
		mail := s.mail(caller, account, models.MessageAuthenticatorRemoved, account.Email)
		if err := tx.Enqueue(ctx, mail); err != nil {
			return err
		}
		if err := s.enqueueEvent(ctx, tx, models.EventAuthenticatorRemoved, account.ID, nil); err != nil {
			return err
		}
		left--
	}
	if left > 0 || len(authenticators) == 0 {
		return nil
	}

	account.SecondFactorSince = nil
	if err := tx.UpdateAccount(ctx, account, "second_factor_since"); err != nil {
		return err
	}

	return tx.ReplaceRecoveryCodes(ctx, account.ID, nil)
}
