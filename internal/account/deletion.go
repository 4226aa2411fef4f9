package account

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/accountql/accountql/models"
)

// DeleteAccountInput is the input of deleteAccount.
type DeleteAccountInput struct {
	ClientAuthFactor string
	IdentityProvider models.IdentityProvider
	AuthID           *string
	// AuthenticatorCode, or RecoveryCode in its place, goes beside ClientAuthFactor if the account has an authenticator.
	AuthenticatorCode *string
	RecoveryCode      *string
}

// deletionFactor returns the proof: the password for SYNERISE, the response of an authenticator as JSON text for PASSKEY,
// the token for other providers.
func (s *Service) deletionFactor(input *DeleteAccountInput) factor {
	const field = "clientAuthFactor"
	switch input.IdentityProvider {
	case models.ProviderSynerise:
		return &passwordFactor{password: input.ClientAuthFactor, named: field}
	case models.ProviderPasskey:
		var response models.JSONObject
		if json.Unmarshal([]byte(input.ClientAuthFactor), (*map[string]any)(&response)) != nil {
			response = nil
		}

		return s.newPasskeyFactor(opDeleteAccount, response, field)
	}

	return &tokenFactor{
		provider: &input.IdentityProvider, token: input.ClientAuthFactor, named: field,
		providerNamed: "identityProvider",
	}
}

// DeleteAccountPayload is the payload of deleteAccount.
type DeleteAccountPayload struct {
	DeletedAt time.Time
	// Deletion is the grace period, or nil if the account is erased.
	Deletion *models.Deletion
	// Receipt is nil in the grace period.
	Receipt *DeletionReceipt
}

// DeleteAccount deletes the account and everything that belongs to it in one transaction; with --deletion-grace, it
// closes the account, and EraseDue deletes it later. The audit trail stays, under an ID that identifies nobody. The
// factor must fit the provider: the password for SYNERISE, a token for others. It fails with INVALID_CREDENTIALS,
// RATE_LIMITED or IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) DeleteAccount(
	ctx context.Context, caller models.Caller, input DeleteAccountInput,
) (_ *DeleteAccountPayload, err error) {
	flow := s.begin(caller, opDeleteAccount, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	offered := s.offerFactors(caller, s.deletionFactor(&input))
	offered.second = newSecondFactor("authenticatorCode", input.AuthenticatorCode, input.RecoveryCode)
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

	token, hash, err := s.newToken("")
	if err != nil {
		return nil, err
	}
	key, err := s.prepareErasure(ctx)
	if err != nil {
		return nil, err
	}

	payload := &DeleteAccountPayload{DeletedAt: s.now()}
	_, err = commit(ctx, flow, payload, func(tx Tx, done *success) (err error) {
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

		if s.Settings.DeletionGrace > 0 {
			payload.Deletion, err = s.closeAccount(ctx, tx, caller, account, requestedSecret{hash: hash, token: token})
			return err
		}

		payload.Receipt, err = s.erase(ctx, tx, caller, account, erasure{key, payload.DeletedAt, &done.AuditEvent})
		if err != nil {
			return notFoundAs(err, errUnauthenticated())
		}

		return s.enqueueEvent(ctx, tx, models.EventAccountDeleted, account.ID, payload.Receipt.eventData())
	})
	if err != nil {
		return nil, err
	}

	// The account is deleted even if its bytes can't be overwritten now.
	_ = s.Store.Forget(context.WithoutCancel(ctx))

	return payload, nil
}

// erasure is what the receipt of an erasure tells beside the account.
type erasure struct {
	// key was read before the transaction, which must not wait for another one that creates it.
	key         SigningKey
	requestedAt time.Time
	// event is the audit event of the erasure.
	event *models.AuditEvent
}

// prepareErasure returns the key that signs a receipt, and creates the keys that an erasure needs.
func (s *Service) prepareErasure(ctx context.Context) (SigningKey, error) {
	if err := s.prepareProofs(ctx); err != nil {
		return SigningKey{}, err
	}
	return s.RecordKeys.SigningKey(ctx)
}

// erase removes a locked account, and enqueues the notice of the deletion, which belongs to no account and carries the
// receipt.
func (s *Service) erase(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, erasure erasure,
) (*DeletionReceipt, error) {
	receipt, err := s.remove(ctx, tx, account, erasure)
	if err != nil {
		return nil, err
	}

	notice := s.mail(caller, account, models.MessageAccountDeleted, account.Email)
	notice.AccountID, notice.Data.Receipt = "", receipt.JWS

	return receipt, tx.Enqueue(ctx, notice)
}

// remove deletes a locked account and everything that belongs to it, including unsent messages.
func (s *Service) remove(
	ctx context.Context, tx Tx, account *models.Account, erasure erasure,
) (*DeletionReceipt, error) {
	if err := s.keepConsentProofs(ctx, tx, account); err != nil {
		return nil, err
	}
	identities, err := tx.Identities(ctx, account.ID)
	if err != nil {
		return nil, err
	}
	if err := s.recordTombstones(ctx, tx, identities); err != nil {
		return nil, err
	}
	deleted, err := tx.DeleteAccount(ctx, account.ID)
	if err != nil {
		return nil, err
	}

	// guard: a deletion takes what waits along; a claim's deletion leaves what others registered
	if !account.EmailClaimed() {
		// Registrations that others made for the address also contain it. No token redeems them while the address
		// is proven.
		if err := tx.DropRegistrations(ctx, account.Email); err != nil {
			return nil, err
		}
	}

	erasure.event.ID, erasure.event.At = s.NewID(), s.now()
	receipt := &DeletionReceipt{
		ID: erasure.event.ID, AccountID: account.ID, RequestedAt: erasure.requestedAt, ErasedAt: erasure.event.At,
		Tables: deleted, IdentityProviders: providersOf(identities),
	}

	return receipt, receipt.sign(erasure.key)
}

// providersOf returns the providers of the identities: with some of them the shop has to end the link, too.
func providersOf(identities []models.Identity) []models.IdentityProvider {
	providers := make([]models.IdentityProvider, 0, len(identities))
	for _, identity := range identities {
		providers = append(providers, identity.IdentityProvider)
	}

	slices.Sort(providers)

	return slices.Compact(providers)
}

// EraseAccount deletes an account for an operator, as DeleteAccount does for a customer; models.ErrNotFound.
func (s *Service) EraseAccount(ctx context.Context, idOrEmail string) (receipt *DeletionReceipt, err error) {
	account, err := s.FindAccount(ctx, idOrEmail)
	if err != nil {
		return nil, err
	}

	id, requestedAt := account.ID, s.now()
	key, err := s.prepareErasure(ctx)
	if err != nil {
		return nil, err
	}

	err = s.inTx(ctx, func(tx Tx) error {
		account, err := tx.LockAccount(ctx, id)
		if err != nil {
			return err
		}

		event := s.event(models.Caller{}, opAccountErase, id)
		receipt, err = s.erase(ctx, tx, models.Caller{}, account, erasure{key, requestedAt, &event})
		if err != nil {
			return err
		}

		return s.recordSuccess(ctx, tx, &event, receipt.eventData())
	})
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		s.recordRefusal(ctx, models.Caller{}, opAccountErase, id, err)
	}
	if err != nil {
		return nil, err
	}

	return receipt, s.Store.Forget(ctx)
}
