package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// IdentityVerifier verifies tokens of the identity providers that the operator
// trusts. It compares nothing with an account.
type IdentityVerifier interface {
	// Verify returns what a provider's token says. It fails with INVALID_CREDENTIALS
	// for a token that proves nothing, and with IDENTITY_PROVIDER_UNAVAILABLE if
	// the provider is not configured or can't be reached.
	Verify(ctx context.Context, provider models.IdentityProvider, token string) (*models.ExternalIdentity, error)
	// VerifyCustomer does the same with a token of --customer-tokens, whichever its issuer.
	VerifyCustomer(ctx context.Context, token string) (*models.ExternalIdentity, error)
}

const (
	// proofAge is how long after a customer signed in at a provider its token is a proof here (R-DEL3).
	proofAge = 5 * time.Minute
	// tokenMemory is added to a token's life for remembering that it was used.
	tokenMemory = time.Minute
)

// verifyToken fails with INVALID_CREDENTIALS and IDENTITY_PROVIDER_UNAVAILABLE, and touches nothing.
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

// isRejectedToken says whether a token was refused, and not just not verified.
func isRejectedToken(err error) bool { return models.CodeOf(err) == models.CodeInvalidCredentials }

// fresh says whether the customer has signed in at the provider just now, by the token's auth_time or else by its time
// of issue. A customer token without auth_time says nothing, because clients renew those without the customer.
func (s *Service) fresh(identity *models.ExternalIdentity) bool {
	proved := identity.AuthenticatedAt
	if proved.IsZero() && !identity.CustomerToken {
		proved = identity.IssuedAt
	}
	return !proved.IsZero() && s.now().Sub(proved) <= proofAge // guard: an external token is fresh
}

// useToken uses a token up: of any number of transactions one succeeds, the
// others fail with INVALID_CREDENTIALS (R-DEL3). A transaction that is rolled back gives the token back.
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

// tokenKey remembers that a token was used.
func tokenKey(identity *models.ExternalIdentity) string {
	return budgetKey(budgetTokens, identity.TokenID)
}

// Identities returns the account's linked identities, the oldest first.
func (s *Service) Identities(ctx context.Context, account *models.Account) ([]*models.Identity, error) {
	identities, err := s.Store.Identities(ctx, account.ID)
	shown := make([]*models.Identity, len(identities))
	for i := range identities {
		shown[i] = &identities[i]
	}
	return shown, err
}
