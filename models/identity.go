package models

import (
	"fmt"
	"time"
)

// Identity is a customer's account at an identity provider. A subject is unique only at its issuer.
type Identity struct {
	AccountID        string
	IdentityProvider IdentityProvider
	// Issuer is the provider's address as the operator configured it.
	Issuer   string
	Subject  string
	LinkedAt time.Time
	// TokensFrom is when the customer's sessions were last ended, or nil. Customer tokens that were issued up to
	// then are refused.
	TokensFrom *time.Time
}

// ExternalIdentity holds the claims of a verified token of an identity provider.
type ExternalIdentity struct {
	IdentityProvider IdentityProvider
	Issuer           string
	Subject          string
	// Email is the address as the provider wrote it, or "".
	Email         EmailAddress
	EmailVerified bool
	// IssuedAt is zero if the provider does not report it. Only Facebook's access tokens may omit it.
	IssuedAt time.Time
	// AuthenticatedAt is when the customer last proved a factor to the provider. It is zero if the token does not
	// say.
	AuthenticatedAt time.Time
	ExpiresAt       time.Time
	// TokenID is the same for every encoding of the same token, and differs between tokens.
	TokenID string
	// CustomerToken is true for a token of --customer-tokens. It is no proof of a new sign-in, because clients
	// renew such tokens without the customer.
	CustomerToken bool
	// CreateAccounts is true if an unknown subject of the issuer gets an account.
	CreateAccounts bool
}

// IdentityProvider names the provider that authenticated a customer.
type IdentityProvider string

// The identity providers of the source's schema.
const (
	ProviderSynerise IdentityProvider = "SYNERISE"
	ProviderFacebook IdentityProvider = "FACEBOOK"
	ProviderGoogle   IdentityProvider = "GOOGLE"
	ProviderApple    IdentityProvider = "APPLE"
	ProviderOAuth    IdentityProvider = "OAUTH"
	ProviderUnknown  IdentityProvider = "UNKNOWN"
	// ProviderPasskey is this service, for a customer who proves a passkey.
	ProviderPasskey IdentityProvider = "PASSKEY"
)

// External reports whether the provider is another service, which issues tokens.
func (p IdentityProvider) External() bool { return p != ProviderSynerise && p != ProviderPasskey }

// ParseIdentityProvider returns the provider, or INVALID_INPUT if the name is unknown. UNKNOWN exists only on
// output.
func ParseIdentityProvider(provider IdentityProvider) (IdentityProvider, error) {
	switch provider {
	case ProviderSynerise, ProviderPasskey, ProviderFacebook, ProviderGoogle, ProviderApple, ProviderOAuth:
		return provider, nil
	}
	return "", InvalidInput("", ReasonUnknownValue, 0, fmt.Sprintf("must be one of %s, %s, %s, %s, %s, %s",
		ProviderSynerise, ProviderPasskey, ProviderFacebook, ProviderGoogle, ProviderApple, ProviderOAuth))
}
