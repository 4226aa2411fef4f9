package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/models"
)

// tokenFactor is a token of an identity provider, for an identity that is linked to the account.
type tokenFactor struct {
	provider *models.IdentityProvider
	token    string
	// named and providerNamed are the names of the input fields.
	named, providerNamed string
	// verified are the token's claims, after verify.
	verified *models.ExternalIdentity
}

// newTokenFactor returns a token factor with the field names that most inputs have.
func newTokenFactor(provider *models.IdentityProvider, token string) *tokenFactor {
	return &tokenFactor{provider: provider, token: token, named: "externalToken", providerNamed: "identityProvider"}
}

func (f *tokenFactor) field() string { return f.named }

// check also returns INVALID_INPUT if the token comes without its provider.
func (f *tokenFactor) check() error {
	var wrong models.Errors
	wrong.Add(requireToken(f.named, f.token))
	const named = "must name the provider of externalToken"
	switch {
	case f.provider == nil:
		wrong.Add(models.InvalidInput(f.providerNamed, models.ReasonRequired, 0, named))
	case !f.provider.External():
		wrong.Add(models.InvalidInput(f.providerNamed, models.ReasonNotAllowed, 0, named))
	}

	return wrong.OrNil()
}

// verify checks that the token is fresh and that its identity is linked to the account. It fails with
// INVALID_CREDENTIALS, RATE_LIMITED or IDENTITY_PROVIDER_UNAVAILABLE; the last writes nothing and counts no
// attempt. Otherwise it counts the attempt, like an attempt at the password, before the caller learns anything. It
// checks the signature first only because the provider may be unavailable.
func (f *tokenFactor) verify(ctx context.Context, s *Service, caller models.Caller, account *models.Account) error {
	identity, refused := s.verifyToken(ctx, *f.provider, f.token)
	if refused != nil && !isRejectedToken(refused) {
		return refused
	}

	// guard: wrong tokens are counted
	if err := s.spendPassword(ctx, caller, passwordKey(account.ID)); err != nil {
		return err
	}
	if refused != nil || !s.fresh(identity) {
		return errInvalidCredentials()
	}

	owner, link, err := s.Store.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
	if err != nil {
		return notFoundAs(err, errInvalidCredentials())
	}

	// Compare the subject and never the address: an address from the provider proves nothing here.
	if owner.ID != account.ID || issuedBeforeRevocation(link, identity) { // guard: an identity is its account's
		return errInvalidCredentials()
	}

	f.verified = identity

	return nil
}

// owner does the same work for an unknown address.
func (f *tokenFactor) owner(
	ctx context.Context, s *Service, caller models.Caller, email models.EmailAddress,
) (*models.Account, error) {
	account, err := s.Store.AccountByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		nobody := &models.Account{ID: string(email)}
		if err := f.verify(ctx, s, caller, nobody); err != nil {
			return nil, err
		}
		return nil, errInvalidCredentials()
	}

	if err != nil {
		return nil, err
	}

	return account, f.verify(ctx, s, caller, account)
}

// use marks the token as used, and resets the count of wrong attempts.
func (f *tokenFactor) use(ctx context.Context, s *Service, tx Tx, account *models.Account) error {
	if err := s.useToken(ctx, tx, f.verified); err != nil {
		return err
	}
	return tx.ResetBudget(ctx, passwordKey(account.ID))
}

// identity returns the claims of the verified token, or nil if the proof is not a token.
func (p *proof) identity() *models.ExternalIdentity {
	for _, factor := range p.factors {
		if factor, ok := factor.(*tokenFactor); ok {
			return factor.verified
		}
	}
	return nil
}
