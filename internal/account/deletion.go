package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

// DeleteAccountInput is the input of deleteAccount.
type DeleteAccountInput struct {
	ClientAuthFactor string
	IdentityProvider models.IdentityProvider
	AuthID           *string
}

// factor returns the proof: the password for SYNERISE, the token for other providers.
func (input *DeleteAccountInput) factor() factor {
	const field = "clientAuthFactor"
	if input.IdentityProvider == models.ProviderSynerise {
		return &passwordFactor{password: input.ClientAuthFactor, named: field}
	}

	return &tokenFactor{
		provider: &input.IdentityProvider, token: input.ClientAuthFactor, named: field,
		providerNamed: "identityProvider",
	}
}

// DeleteAccountPayload is the payload of deleteAccount.
type DeleteAccountPayload struct {
	DeletedAt time.Time
}

// DeleteAccount deletes the account and everything that belongs to it in one transaction. The audit trail stays,
// under an ID that identifies nobody. The factor must fit the provider: the password for SYNERISE, a token for
// others. It fails with INVALID_CREDENTIALS, RATE_LIMITED or IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) DeleteAccount(
	ctx context.Context, caller models.Caller, input DeleteAccountInput,
) (_ *DeleteAccountPayload, err error) {
	flow := s.begin(caller, opDeleteAccount, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	offered := s.offerFactors(caller, input.factor())
	var wrong models.Errors
	wrong.Add(offered.check())
	authID, invalid := parseAuthID(input.AuthID)
	wrong.Add(invalid)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload, err := commit(ctx, flow, &DeleteAccountPayload{DeletedAt: s.now()}, func(tx Tx, done *success) error {
		done.AuthID = authID
		// A client that lost the response retries when the account no longer exists.
		done.outlives = true // guard: what is kept of a deletion names nobody
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}
		if err := offered.use(ctx, tx, account); err != nil {
			return err
		}

		return notFoundAs(s.erase(ctx, tx, caller, account), errUnauthenticated())
	})
	if err == nil {
		// The account is deleted even if its bytes can't be overwritten now.
		_ = s.Store.Forget(context.WithoutCancel(ctx))
	}

	return payload, err
}

// erase deletes a locked account and everything that belongs to it, including unsent messages. It enqueues the
// notice of the deletion, which belongs to no account.
func (s *Service) erase(ctx context.Context, tx Tx, caller models.Caller, account *models.Account) error {
	if err := tx.DropMessages(ctx, account.ID); err != nil {
		return err
	}
	if err := s.recordTombstones(ctx, tx, account.ID); err != nil {
		return err
	}
	if err := tx.DeleteAccount(ctx, account.ID); err != nil {
		return err
	}

	// guard: a deletion takes what waits along; a claim's deletion leaves what others registered
	if !account.EmailClaimed() {
		// Registrations that others made for the address also contain it. No token redeems them while the address
		// is proven.
		if err := tx.DropRegistrations(ctx, account.Email); err != nil {
			return err
		}
	}

	notice := s.mail(caller, account, models.MessageAccountDeleted, account.Email)
	notice.AccountID = ""

	return tx.Enqueue(ctx, notice)
}

// EraseAccount deletes an account for an operator, as DeleteAccount does for a customer; models.ErrNotFound.
func (s *Service) EraseAccount(ctx context.Context, idOrEmail string) (*models.Account, error) {
	account, err := s.FindAccount(ctx, idOrEmail)
	if err != nil {
		return nil, err
	}

	id := account.ID
	err = s.inTx(ctx, func(tx Tx) error {
		if account, err = tx.LockAccount(ctx, id); err != nil {
			return err
		}
		if err := s.erase(ctx, tx, models.Caller{}, account); err != nil {
			return err
		}
		return s.recordInternal(ctx, tx, opAccountErase, account.ID)
	})
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		s.recordRefusal(ctx, models.Caller{}, opAccountErase, id, err)
	}
	if err != nil {
		return nil, err
	}

	return account, s.Store.Forget(ctx)
}
