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

// SignInWithIdentityProvider creates a session for the customer of a provider's token. If the subject is new and
// registration is not closed, it also creates an account. It fails with INVALID_CREDENTIALS, RATE_LIMITED,
// IDENTITY_PROVIDER_UNAVAILABLE, ACTIVATION_REQUIRED, ACCOUNT_BLOCKED, DELETION_PENDING or SECOND_FACTOR_REQUIRED. For a new subject it fails with
// PERMISSION_DENIED if registration is closed, with INVALID_INPUT if the token has no verified address, and with
// EMAIL_UNAVAILABLE if an account has that address: the caller has proved the address, and must sign in to that
// account to link the provider.
func (s *Service) SignInWithIdentityProvider(
	ctx context.Context, caller models.Caller, input SignInWithIdentityProviderInput,
) (_ *SignInPayload, err error) {
	flow := s.begin(caller, opSignInWithIdentityProvider, nobody)
	defer flow.recordRefusal(ctx, &err)

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
		payload, err := s.signInWith(ctx, flow, identity, authID)
		// Another request may have created the account in the meantime; the second attempt finds it.
		taken := errors.Is(err, models.ErrTaken)
		if again && taken {
			return nil, errInvalidCredentials()
		}
		if again || !taken && models.CodeOf(err) != models.CodeEmailUnavailable {
			return payload, notFoundAs(err, errInvalidCredentials())
		}
	}
}

// verifySignIn verifies the token of a sign-in. It rejects customer tokens: they are short-lived on purpose, and a
// session is not.
func (s *Service) verifySignIn(
	ctx context.Context, caller models.Caller, offered *tokenFactor,
) (*models.ExternalIdentity, error) {
	identity, refused := s.verifyToken(ctx, *offered.provider, offered.token)
	if refused != nil && !isRejectedToken(refused) {
		return nil, refused
	}
	if err := s.spendTry(ctx, caller); err != nil {
		return nil, err
	}
	if refused != nil || identity.CustomerToken { // guard: a customer token is no sign-in
		return nil, errInvalidCredentials()
	}

	return identity, nil
}

// signInWith creates the session. It also creates the account if the subject is new.
func (s *Service) signInWith(
	ctx context.Context, flow *flow, identity *models.ExternalIdentity, authID string,
) (*SignInPayload, error) {
	account, _, err := s.Store.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
	isNew := errors.Is(err, models.ErrNotFound)
	if isNew {
		account, err = s.accountFromIdentity(identity)
	} else if err == nil {
		flow.concerns(account)
		err = checkUsable(account)
	}

	if err != nil {
		return nil, err
	}
	if s.asksForSecondFactor(account) { // guard: a provider alone opens no account with an authenticator
		return nil, s.beginSecondStep(ctx, account, func(tx Tx) error {
			if err := s.lockOrEnroll(ctx, tx, flow.caller, account, identity, isNew); err != nil {
				return err
			}
			return s.useToken(ctx, tx, identity)
		})
	}

	session, err := s.newSession(flow.caller, account.ID)
	if err != nil {
		return nil, err
	}

	payload := &SignInPayload{Session: session, Account: account}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.AccountID, done.AuthID, done.SessionID = account.ID, authID, session.ID
		if err := s.lockOrCreateLinked(ctx, tx, flow.caller, account, identity, isNew); err != nil {
			return err
		}
		if err := s.useToken(ctx, tx, identity); err != nil {
			return err
		}
		if err := s.recordSignIn(ctx, tx, account); err != nil {
			return err
		}

		return s.beginSession(ctx, tx, flow.caller, session)
	})
}

// lockOrCreateLinked locks the account of a linked identity. If the subject is new, it creates an account and
// counts it against the network's budget. Unlinking starts a new credential epoch, so an unchanged epoch proves
// that the link still exists.
func (s *Service) lockOrCreateLinked(ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	identity *models.ExternalIdentity, isNew bool,
) error {
	if !isNew {
		_, err := lockUnchanged(ctx, tx, account, errInvalidCredentials)
		return err
	}
	if err := s.createLinkedAccount(ctx, tx, caller, account, identity); err != nil {
		return err
	}
	if err := s.enqueueEvent(ctx, tx, models.EventAccountCreated, account.ID, nil); err != nil {
		return err
	}

	// guard: a network's providers make so many accounts
	return s.spendNetwork(ctx, tx, caller, budgetAccounts, s.Settings.Limits.NetworkAccounts)
}

// lockOrEnroll is lockOrCreateLinked for a sign-in that waits for its second factor: it leaves an event of its own for a
// new account, because that of the sign-in is a refusal.
func (s *Service) lockOrEnroll(ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	identity *models.ExternalIdentity, isNew bool,
) error {
	if err := s.lockOrCreateLinked(ctx, tx, caller, account, identity, isNew); err != nil || !isNew {
		return err
	}
	event := s.event(caller, opCustomerToken, account.ID)
	return s.record(ctx, tx, &event)
}

// accountFromIdentity builds the account of a new subject. The provider vouches for the address, which replaces the
// activation mail in every mode of --registration.
func (s *Service) accountFromIdentity(identity *models.ExternalIdentity) (*models.Account, error) {
	if s.Settings.Registration == RegistrationClosed && !identity.CreateAccounts {
		return nil, errRegistrationClosed()
	}

	email, err := contact.ParseEmail("externalToken", identity.Email)
	if err != nil || !identity.EmailVerified { // guard: an unverified address makes no account
		return nil, models.InvalidInput("externalToken", models.ReasonEmailNotVerified, 0,
			"holds no e-mail address that the provider has verified, which a new account needs; "+
				"register, and link the provider then")
	}

	account := s.newAccount(email)
	verified := account.CreatedAt
	account.EmailVerifiedAt = &verified

	return account, nil
}

// createLinkedAccount creates the account of a new subject. The provider vouches for the address, so an account
// that only claims it is displaced (R-PRF1). It fails with EMAIL_UNAVAILABLE if the address is proven or vouched
// for another account, because accounts are never merged; with models.ErrTaken if the subject is not new any more;
// and with INVALID_CREDENTIALS if the token is older than the deletion of the subject's account.
func (s *Service) createLinkedAccount(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, identity *models.ExternalIdentity,
) error {
	if err := s.refuseDeletedSubject(ctx, tx, identity); err != nil {
		return err
	}

	create := func() error { return tx.CreateAccount(ctx, account) }
	err := s.takeEmail(ctx, tx, caller, account.Email, account.ID, create)
	if models.CodeOf(err) == models.CodeEmailUnavailable {
		return &models.Error{
			Code: models.CodeEmailUnavailable, Field: "externalToken",
			Message: "is of an address that has an account; sign in to that, and link the provider",
		}
	}

	if err != nil {
		return err
	}

	return tx.LinkIdentity(ctx, &models.Identity{
		AccountID: account.ID, IdentityProvider: identity.IdentityProvider,
		Issuer: identity.Issuer, Subject: identity.Subject, LinkedAt: s.now(),
	})
}

const (
	// tombstoneTTL is how long a deleted account's identities are remembered, as hashes.
	tombstoneTTL = 30 * 24 * time.Hour
	// oldestArrival is the maximum age of a token that creates an account.
	oldestArrival = 24 * time.Hour
)

// tombstoneKey is the key under which a deleted account's identity is remembered.
func tombstoneKey(provider models.IdentityProvider, issuer, subject string) string {
	return budgetKey(budgetTombstones, string(provider), issuer, subject)
}

// recordTombstones remembers the identities of an account that is being deleted.
func (s *Service) recordTombstones(ctx context.Context, tx Tx, identities []models.Identity) error {
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

// refuseDeletedSubject returns INVALID_CREDENTIALS if the token is older than the deletion of the subject's last
// account. If the token has the time of the sign-in, that time must be after the deletion, because clients renew
// tokens without the customer.
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

	// guard: a deleted customer stays so
	if gone.ResetsAt.After(s.now()) && !since.After(gone.ResetsAt.Add(-tombstoneTTL)) {
		return errInvalidCredentials()
	}

	return nil
}
