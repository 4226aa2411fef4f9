package models

import (
	"fmt"
	"time"
)

// Identity is a customer's account at an identity provider. A subject is unique at its issuer only.
type Identity struct {
	AccountID        string
	IdentityProvider IdentityProvider
	// Issuer is the provider's address, as the operator configured it.
	Issuer   string
	Subject  string
	LinkedAt time.Time
	// TokensFrom is when the customer's sessions were last ended: customer tokens
	// that were issued until then are refused; nil: none.
	TokensFrom *time.Time
}

// ExternalIdentity is what a verified token of an identity provider says.
type ExternalIdentity struct {
	IdentityProvider IdentityProvider
	Issuer           string
	Subject          string
	// Email is as the provider wrote it, or "".
	Email         EmailAddress
	EmailVerified bool
	// IssuedAt is zero where the provider doesn't tell, which only Facebook's access tokens may do.
	IssuedAt time.Time
	// AuthenticatedAt is when the customer proved a factor to the provider; zero where the token doesn't tell.
	AuthenticatedAt time.Time
	ExpiresAt       time.Time
	// TokenID is the same for every spelling of the same token, and for no other token.
	TokenID string
	// CustomerToken is true for a token of --customer-tokens, which is no proof of
	// a new sign-in: clients renew such tokens without the customer.
	CustomerToken bool
	// CreateAccounts says whether an unknown subject of the issuer gets an account.
	CreateAccounts bool
}

// IdentityProvider says who vouches for a customer.
type IdentityProvider string

// The source's identity providers.
const (
	ProviderSynerise IdentityProvider = "SYNERISE"
	ProviderFacebook IdentityProvider = "FACEBOOK"
	ProviderGoogle   IdentityProvider = "GOOGLE"
	ProviderApple    IdentityProvider = "APPLE"
	ProviderOAuth    IdentityProvider = "OAUTH"
	ProviderUnknown  IdentityProvider = "UNKNOWN"
)

// ParseIdentityProvider returns the provider, or INVALID_INPUT for a name that is none; UNKNOWN exists on output only.
func ParseIdentityProvider(provider IdentityProvider) (IdentityProvider, error) {
	switch provider {
	case ProviderSynerise, ProviderFacebook, ProviderGoogle, ProviderApple, ProviderOAuth:
		return provider, nil
	}
	return "", InvalidInput("", ReasonUnknownValue, 0, fmt.Sprintf("must be one of %s, %s, %s, %s, %s",
		ProviderSynerise, ProviderFacebook, ProviderGoogle, ProviderApple, ProviderOAuth))
}
