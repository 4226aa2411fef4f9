package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// RemovePasswordInput is the input of removePassword.
type RemovePasswordInput struct {
	ProofInput
}

// RemovePassword removes the password of a customer who has another way to sign in, ends the account's other sessions
// and voids its pending secrets, as unlinkIdentityProvider does. Only a reset sets a password again. It fails with
// INVALID_INPUT if the account has no password, or no other way to sign in, and with REAUTHENTICATION_REQUIRED,
// INVALID_CREDENTIALS, RATE_LIMITED or IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) RemovePassword(
	ctx context.Context, caller models.Caller, input RemovePasswordInput,
) (_ *AccountPayload, err error) {
	flow := s.begin(caller, opRemovePassword, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	offered := s.offer(caller, opRemovePassword, input.ProofInput)
	if err := offered.check(); err != nil {
		return nil, err
	}
	if err := offered.require(opRemovePassword); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload := &AccountPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}

		payload.Account = account
		if err := offered.settle(ctx, tx, account); err != nil {
			return err
		}

		return s.removePassword(ctx, tx, caller, account)
	})
}

// removePassword removes the password of a locked account, unless it is the last way in.
func (s *Service) removePassword(ctx context.Context, tx Tx, caller models.Caller, account *models.Account) error {
	linked, err := tx.Identities(ctx, account.ID)
	if err != nil {
		return err
	}
	passkeys, err := tx.Passkeys(ctx, account.ID)
	if err != nil {
		return err
	}
	if err := s.checkPasswordRemoved(account, linked, passkeys); err != nil {
		return err
	}

	account.PasswordHash = nil
	if err := s.dropWayIn(ctx, tx, caller, account, "password_hash"); err != nil {
		return err
	}

	return tx.Enqueue(ctx, s.mail(caller, account, models.MessagePasswordRemoved, account.Email))
}

// checkPasswordRemoved returns INVALID_INPUT if the account has no password that can be removed, or could not be
// signed in to without it.
func (s *Service) checkPasswordRemoved(
	account *models.Account, linked []models.Identity, passkeys []models.Passkey,
) error {
	if account.PasswordHash == nil {
		return models.InvalidInput("", models.ReasonNotAllowed, 0, "the account has no password")
	}
	if s.waysIn(linked, passkeys) == 0 { // guard: the password stays as the last way in
		return models.InvalidInput("", models.ReasonLastWayIn, 0,
			"the password is the only way to sign in; add a passkey or link a service first")
	}
	return nil
}

// RemovePassword needs a factor in the call, a password, and another way to sign in.
func (a *Abilities) RemovePassword() (*Ability, error) {
	return a.ability(opRemovePassword, a.proofCheck(opRemovePassword), func() error {
		linked, err := a.identities()
		if err != nil {
			return err
		}
		passkeys, err := a.passkeys()
		if err != nil {
			return err
		}
		return a.service.checkPasswordRemoved(a.account, linked, passkeys)
	})
}
