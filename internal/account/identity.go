package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// IdentityVerifier verifies tokens of the identity providers that the operator trusts. It does not compare them
// with an account.
type IdentityVerifier interface {
	// Verify returns the claims of a provider's token. It fails with INVALID_CREDENTIALS if the token proves
	// nothing, and with IDENTITY_PROVIDER_UNAVAILABLE if the provider is not configured or can't be reached.
	Verify(ctx context.Context, provider models.IdentityProvider, token string) (*models.ExternalIdentity, error)
	// VerifyCustomer does the same with a token of --customer-tokens, from any of its issuers.
	VerifyCustomer(ctx context.Context, token string) (*models.ExternalIdentity, error)
}

const (
	// proofAge is how long a provider's token is a proof after the customer signed in at the provider (R-DEL3).
	proofAge = 5 * time.Minute
	// tokenMemory is how long a used token is remembered after it expires.
	tokenMemory = time.Minute
)

// verifyToken verifies a token of a provider. It fails with INVALID_CREDENTIALS or IDENTITY_PROVIDER_UNAVAILABLE,
// and writes nothing.
func (s *Service) verifyToken(
	ctx context.Context, provider models.IdentityProvider, token string,
) (*models.ExternalIdentity, error) {
	if s.Verifier == nil {
		return nil, errNotConfigured()
	}
	return s.Verifier.Verify(ctx, provider, token)
}

func errNotConfigured() *models.Error {
	return models.NewError(models.CodeIdentityProviderUnavailable, "this identity provider is not configured")
}

// isRejectedToken reports whether the provider's token was rejected; other errors mean that it could not be
// verified.
func isRejectedToken(err error) bool { return models.CodeOf(err) == models.CodeInvalidCredentials }

// fresh reports whether the customer has just signed in at the provider. It uses the token's auth_time, or its time
// of issue if there is none. A customer token without auth_time is never fresh, because clients renew these tokens
// without the customer.
func (s *Service) fresh(identity *models.ExternalIdentity) bool {
	proved := identity.AuthenticatedAt
	if proved.IsZero() && !identity.CustomerToken {
		proved = identity.IssuedAt
	}
	return !proved.IsZero() && s.now().Sub(proved) <= proofAge // guard: an external token is fresh
}

// useToken marks a token as used. Of concurrent transactions one succeeds; the others fail with INVALID_CREDENTIALS
// (R-DEL3). If the transaction is rolled back, the token is unused again.
func (s *Service) useToken(ctx context.Context, tx Tx, identity *models.ExternalIdentity) error {
	used, err := s.spendToken(ctx, tx, identity)
	if err != nil {
		return err
	}
	if used.Count > 1 { // guard: an external token works once
		return errInvalidCredentials()
	}

	return nil
}

// spendToken counts one more use of a token.
func (s *Service) spendToken(ctx context.Context, tx Tx, identity *models.ExternalIdentity) (models.Budget, error) {
	now := s.now()
	return tx.SpendBudget(ctx, tokenKey(identity), now, identity.ExpiresAt.Sub(now)+tokenMemory)
}

// tokenKey is the key under which a used token is remembered.
func tokenKey(identity *models.ExternalIdentity) string {
	return budgetKey(budgetTokens, identity.TokenID)
}

// Identities returns the account's linked identities, oldest first.
func (s *Service) Identities(ctx context.Context, account *models.Account) ([]*models.Identity, error) {
	identities, err := s.Store.Identities(ctx, account.ID)
	shown := make([]*models.Identity, len(identities))
	for i := range identities {
		shown[i] = &identities[i]
	}
	return shown, err
}
