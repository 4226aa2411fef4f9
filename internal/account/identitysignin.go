package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// SignInWithIdentityProviderInput is the input of signInWithIdentityProvider.
type SignInWithIdentityProviderInput struct {
	IdentityProvider models.IdentityProvider
	ExternalToken    string
	AuthID           *string
}

// SignInWithIdentityProvider makes a session for the customer whom a provider's
// token names, and an account where the subject is new and registration is not
// closed. It fails with INVALID_CREDENTIALS, RATE_LIMITED,
// IDENTITY_PROVIDER_UNAVAILABLE, ACTIVATION_REQUIRED and ACCOUNT_BLOCKED; and to a
// new subject with PERMISSION_DENIED where registration is closed, INVALID_INPUT
// for a token without a verified address, and EMAIL_UNAVAILABLE where an account
// has that address: the caller has proved it, and must sign in there to link the provider.
func (s *Service) SignInWithIdentityProvider(ctx context.Context, caller models.Caller, input SignInWithIdentityProviderInput) (_ *SignInPayload, err error) {
	var accountID string
	defer s.recordRefusal(ctx, caller, opSignInWithIdentityProvider, &accountID, &err)
	offered := newTokenFactor(&input.IdentityProvider, input.ExternalToken)
	var wrong models.Errors
	wrong.Add(offered.check())
	authID, invalid := parseAuthID(input.AuthID)
	wrong.Add(invalid)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}
	identity, err := s.verifySignIn(ctx, caller, offered)
	if err != nil {
		return nil, err
	}
	for again := false; ; again = true {
		account, _, err := s.Store.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
		begin := s.lockLinkedAccount
		if errors.Is(err, models.ErrNotFound) {
			account, err = s.accountFromIdentity(identity)
			begin = s.createAccountFrom(caller)
		} else if err == nil {
			accountID = account.ID
			err = checkUsable(account)
		}
		if err != nil {
			return nil, err
		}
		payload, err := s.signInWith(ctx, caller, account, identity, authID, begin)
		// Another request may have made the account in between: then it is there now.
		taken := errors.Is(err, models.ErrTaken)
		if again && taken {
			return nil, errInvalidCredentials()
		}
		if again || !taken && models.CodeOf(err) != models.CodeEmailUnavailable {
			return payload, notFoundAs(err, errInvalidCredentials())
		}
	}
}

// verifySignIn verifies the token of a sign-in. A customer token is none: it is
// short-lived on purpose, and a session is not.
func (s *Service) verifySignIn(ctx context.Context, caller models.Caller, offered *tokenFactor) (*models.ExternalIdentity, error) {
	identity, refused := s.verifyToken(ctx, *offered.provider, offered.token)
	if refused != nil && !isRejectedToken(refused) {
		return nil, refused
	}
	if err := s.spendTry(ctx, caller); err != nil {
		return nil, err
	}
	if refused != nil || identity.CustomerToken {
		return nil, errInvalidCredentials()
	}
	return identity, nil
}

// signInWith makes the session, after begin has made sure of the account in the same transaction.
func (s *Service) signInWith(ctx context.Context, caller models.Caller, account *models.Account, identity *models.ExternalIdentity, authID string,
	begin func(ctx context.Context, tx Tx, account *models.Account, identity *models.ExternalIdentity) error) (*SignInPayload, error) {
	session, err := s.newSession(caller, account.ID)
	if err != nil {
		return nil, err
	}
	payload := &SignInPayload{Session: session, Account: account}
	err = s.inTx(ctx, func(tx Tx) error {
		if err := begin(ctx, tx, account, identity); err != nil {
			return err
		}
		if err := s.useToken(ctx, tx, identity); err != nil {
			return err
		}
		if err := s.beginSession(ctx, tx, caller, session); err != nil {
			return err
		}
		event := s.event(caller, opSignInWithIdentityProvider, account.ID)
		event.AuthID, event.SessionID = authID, session.ID
		return s.succeed(ctx, tx, caller, event, payload)
	})
	if err != nil {
		return nil, err
	}
	return payload, nil
}

// lockLinkedAccount locks the account of a linked identity. Unlinking begins a new
// credential epoch, so an epoch that has not changed tells that the link is still there.
func (s *Service) lockLinkedAccount(ctx context.Context, tx Tx, account *models.Account, _ *models.ExternalIdentity) error {
	current, err := tx.LockAccount(ctx, account.ID)
	if err != nil {
		return notFoundAs(err, errInvalidCredentials())
	}
	if current.CredentialEpoch != account.CredentialEpoch || checkUsable(current) != nil {
		return errInvalidCredentials()
	}
	return nil
}

// accountFromIdentity builds the account of a subject that is new. The provider's word for
// the address stands in for the activation mail, in every mode of --registration.
func (s *Service) accountFromIdentity(identity *models.ExternalIdentity) (*models.Account, error) {
	if s.Settings.Registration == RegistrationClosed && !identity.CreateAccounts {
		return nil, errRegistrationClosed()
	}
	email, err := contact.ParseEmail("externalToken", identity.Email)
	if err != nil || !identity.EmailVerified {
		return nil, models.InvalidInput("externalToken", models.ReasonEmailNotVerified, 0, "holds no e-mail address that the provider has verified, which a new account needs; register, and link the provider then")
	}
	now := s.now()
	return &models.Account{
		ID: s.NewID(), Status: models.StatusActive, Email: email, EmailVerifiedAt: &now,
		Profile: models.Profile{Sex: models.SexNotSpecified, Attributes: models.JSONObject{}},
		Tags:    []string{}, Version: 1, CreatedAt: now, UpdatedAt: now,
	}, nil
}

// createAccountFrom is createLinkedAccount for a caller who is nobody's customer yet, and whose network makes only so many accounts.
func (s *Service) createAccountFrom(caller models.Caller) func(ctx context.Context, tx Tx, account *models.Account, identity *models.ExternalIdentity) error {
	return func(ctx context.Context, tx Tx, account *models.Account, identity *models.ExternalIdentity) error {
		if err := s.createLinkedAccount(ctx, tx, caller, account, identity); err != nil {
			return err
		}
		return s.spendNetwork(ctx, tx, caller, budgetAccounts, s.Settings.Limits.NetworkAccounts)
	}
}

// createLinkedAccount creates the account of a new subject. The provider vouches for its
// address, so that an account which only claims it is displaced (R-PRF1). It fails with EMAIL_UNAVAILABLE
// for an address that is proven or vouched for, which is never merged with; with
// models.ErrTaken where the subject is not new any more; and with
// INVALID_CREDENTIALS for a token from before its account was deleted.
func (s *Service) createLinkedAccount(ctx context.Context, tx Tx, caller models.Caller, account *models.Account, identity *models.ExternalIdentity) error {
	if err := s.refuseDeletedSubject(ctx, tx, identity); err != nil {
		return err
	}
	err := s.takeEmail(ctx, tx, caller, account.Email, account.ID, func() error { return tx.CreateAccount(ctx, account) })
	if models.CodeOf(err) == models.CodeEmailUnavailable {
		return &models.Error{Code: models.CodeEmailUnavailable, Field: "externalToken", Message: "is of an address that has an account; sign in to that, and link the provider"}
	}
	if err != nil {
		return err
	}
	err = tx.LinkIdentity(ctx, &models.Identity{
		AccountID: account.ID, IdentityProvider: identity.IdentityProvider, Issuer: identity.Issuer, Subject: identity.Subject, LinkedAt: s.now(),
	})
	if err != nil {
		return err
	}
	return s.enqueueEvent(ctx, tx, models.EventAccountCreated, account.ID, nil)
}

const (
	// tombstoneTTL is how long a deleted account's identities are remembered, as hashes.
	tombstoneTTL = 30 * 24 * time.Hour
	// oldestArrival is how long after its issue a token makes an account.
	oldestArrival = 24 * time.Hour
)

// tombstoneKey names the memory of a deleted account's identity.
func tombstoneKey(provider models.IdentityProvider, issuer, subject string) string {
	return budgetKey(budgetTombstones, string(provider), issuer, subject)
}

// remember notes, when an account is deleted, whose identities it had.
func (s *Service) remember(ctx context.Context, tx Tx, accountID string) error {
	identities, err := tx.Identities(ctx, accountID)
	if err != nil {
		return err
	}
	for _, identity := range identities {
		key := tombstoneKey(identity.IdentityProvider, identity.Issuer, identity.Subject)
		if err := tx.ResetBudget(ctx, key); err != nil {
			return err
		}
		if _, err := tx.SpendBudget(ctx, key, s.now(), tombstoneTTL); err != nil {
			return err
		}
	}
	return nil
}

// refuseDeletedSubject refuses to make an account by a token from before the subject's
// last account was deleted. Where the token tells when the customer signed in,
// that must be after it: clients renew tokens without the customer.
func (s *Service) refuseDeletedSubject(ctx context.Context, tx Tx, identity *models.ExternalIdentity) error {
	since := identity.AuthenticatedAt
	if since.IsZero() {
		since = identity.IssuedAt
	}
	if !identity.IssuedAt.IsZero() && s.now().Sub(identity.IssuedAt) >= oldestArrival {
		return errInvalidCredentials()
	}
	gone, err := tx.Budget(ctx, tombstoneKey(identity.IdentityProvider, identity.Issuer, identity.Subject))
	if err != nil {
		return notFoundAs(err, nil)
	}
	if gone.ResetsAt.After(s.now()) && !since.After(gone.ResetsAt.Add(-tombstoneTTL)) {
		return errInvalidCredentials()
	}
	return nil
}
