package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/models"
)

// issuedBeforeRevocation reports whether a customer token was issued before the customer's sessions were last
// ended. Times in tokens are whole seconds: a token of the same second is refused, and the client's next token is
// accepted.
func issuedBeforeRevocation(link *models.Identity, identity *models.ExternalIdentity) bool {
	return identity.CustomerToken && link.TokensFrom != nil && !identity.IssuedAt.After(*link.TokensFrom)
}

// CustomerOf returns the session that a token of --customer-tokens represents, and its account. It creates the
// account if the issuer's entry allows it and the subject is new; otherwise it writes nothing. It fails with
// UNAUTHENTICATED if the token belongs to no usable account, and with IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) CustomerOf(
	ctx context.Context, caller models.Caller, token string,
) (*models.Session, *models.Account, error) {
	if s.Verifier == nil {
		return nil, nil, errUnauthenticated()
	}

	identity, err := s.Verifier.VerifyCustomer(ctx, token)
	if err != nil {
		if isRejectedToken(err) {
			err = errUnauthenticated()
		}
		return nil, nil, err
	}

	account, link, err := s.Store.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
	if errors.Is(err, models.ErrNotFound) && identity.CreateAccounts {
		account, link, err = s.provisionAccount(ctx, caller, identity)
	}
	if err != nil {
		return nil, nil, notFoundAs(err, errUnauthenticated())
	}

	// guard: customer tokens end with the sessions
	if account.Status != models.StatusActive || issuedBeforeRevocation(link, identity) {
		return nil, nil, errUnauthenticated()
	}
	if err := s.noteBearer(ctx, identity); err != nil { // guard: a bearer is not its own proof
		return nil, nil, err
	}

	return s.tokenSession(caller, account, identity), account, nil
}

// noteBearer marks a token as used if it could still be a proof: a bearer token never proves anything besides
// itself, not even in a later call (R-PRF6). It writes once for each token, and never for a token that is too old
// to be a proof.
func (s *Service) noteBearer(ctx context.Context, identity *models.ExternalIdentity) error {
	if !s.fresh(identity) {
		return nil
	}

	used, err := s.Store.Budgets(ctx, tokenKey(identity))
	if err != nil || len(used) > 0 {
		return err
	}

	err = s.Store.InTx(ctx, func(tx Tx) error {
		_, err := s.spendToken(ctx, tx, identity)
		return err
	})
	if models.CodeOf(err) == models.CodeUnavailable {
		return nil // a database that can't write can't accept proofs either, and still serves reads
	}

	return err
}

// tokenSession returns the session that a customer token represents. It is not stored.
func (s *Service) tokenSession(
	caller models.Caller, account *models.Account, identity *models.ExternalIdentity,
) *models.Session {
	session := &models.Session{
		ID: models.TokenSession(identity.Issuer), Issuer: identity.Issuer, AccountID: account.ID,
		CreatedAt: identity.IssuedAt, AuthenticatedAt: identity.AuthenticatedAt,
		EndsAt: identity.ExpiresAt, ExpiresAt: identity.ExpiresAt,
	}
	if account.LastActivityAt != nil {
		session.LastUsedAt = *account.LastActivityAt
	}
	if caller.APIKey != nil {
		session.APIKeyID = caller.APIKey.ID
	}

	return session
}

// provisionAccount creates the account of a new customer. If the account can't be created, the token belongs to no
// customer, and the error is UNAUTHENTICATED.
func (s *Service) provisionAccount(
	ctx context.Context, caller models.Caller, identity *models.ExternalIdentity,
) (*models.Account, *models.Identity, error) {
	account, err := s.accountFromIdentity(identity)
	if err != nil {
		return nil, nil, errUnauthenticated()
	}

	// Check before writing, so that a token that can't create an account does not start a transaction. The address
	// may belong to the customer's own account by now.
	holder, err := s.Store.AccountByEmail(ctx, account.Email)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return nil, nil, err
	}
	if err == nil && !holder.EmailClaimed() {
		return s.Store.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
	}

	err = s.inTx(ctx, func(tx Tx) error {
		if err := s.createLinkedAccount(ctx, tx, caller, account, identity); err != nil {
			return err
		}
		event := s.event(caller, opCustomerToken, account.ID)
		return s.recordSuccess(ctx, tx, &event, nil)
	})
	switch code := models.CodeOf(err); {
	case err == nil:
	case errors.Is(err, models.ErrTaken), code == models.CodeEmailUnavailable:
		// Another request of the same customer was faster, or the address belongs to somebody else.
	case code == models.CodeInvalidCredentials:
		return nil, nil, errUnauthenticated()
	default:
		return nil, nil, err
	}

	return s.Store.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
}

// errIssuersSession is the error for a session that only its issuer can end.
func errIssuersSession(field, issuer string) error {
	return models.InvalidInput(field, models.ReasonEndsElsewhere, 0,
		"names a session of "+issuer+", which ends there; ALL_SESSIONS refuses the tokens that were issued until now")
}
