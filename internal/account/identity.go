package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// SignInWithIdentityProviderInput is the input of signInWithIdentityProvider.
type SignInWithIdentityProviderInput struct {
	IdentityProvider models.IdentityProvider
	ExternalToken    string
	AuthID           *string
}

// LinkIdentityProviderInput is the input of linkIdentityProvider and unlinkIdentityProvider.
type LinkIdentityProviderInput struct {
	IdentityProvider models.IdentityProvider
	ExternalToken    string
	Password         *string
}

// errProviderUnavailable refuses what needs an identity provider: none can be configured yet.
func errProviderUnavailable() error {
	return models.NewError(models.CodeIdentityProviderUnavailable, "this identity provider is not configured")
}

// verifyExternalToken fails with IDENTITY_PROVIDER_UNAVAILABLE, and touches nothing.
func (s *Service) verifyExternalToken(context.Context, *models.Account, proof) error {
	return errProviderUnavailable()
}

// SignInWithIdentityProvider fails with IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) SignInWithIdentityProvider(ctx context.Context, caller models.Caller, input SignInWithIdentityProviderInput) (_ *SignInPayload, err error) {
	var accountID string
	defer s.recordRefusal(ctx, caller, "signInWithIdentityProvider", &accountID, &err)
	offered := proof{identityProvider: &input.IdentityProvider, externalToken: &input.ExternalToken}
	var wrong models.Errors
	wrong.Add(offered.valid())
	_, invalid := parseAuthID(input.AuthID)
	wrong.Add(invalid)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}
	return nil, errProviderUnavailable()
}

// LinkIdentityProvider fails with IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) LinkIdentityProvider(ctx context.Context, caller models.Caller, input LinkIdentityProviderInput) (*AccountPayload, error) {
	return s.changeIdentity(ctx, caller, "linkIdentityProvider", input)
}

// UnlinkIdentityProvider fails with IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) UnlinkIdentityProvider(ctx context.Context, caller models.Caller, input LinkIdentityProviderInput) (*AccountPayload, error) {
	return s.changeIdentity(ctx, caller, "unlinkIdentityProvider", input)
}

func (s *Service) changeIdentity(ctx context.Context, caller models.Caller, operation string, input LinkIdentityProviderInput) (_ *AccountPayload, err error) {
	accountID := caller.AccountID()
	defer s.recordRefusal(ctx, caller, operation, &accountID, &err)
	external := proof{identityProvider: &input.IdentityProvider, externalToken: &input.ExternalToken}
	if err := external.valid(); err != nil {
		return nil, err
	}
	return nil, errProviderUnavailable()
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
