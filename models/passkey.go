package models

import "time"

// Passkey is a public key by which a customer signs in: a credential of WebAuthn that its authenticator finds without
// being told whose it is.
type Passkey struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	// CredentialID is the authenticator's name of the key. It has a unique index.
	CredentialID []byte
	// PublicKey is in the form of COSE (RFC 9052).
	PublicKey []byte
	// Authenticator is the AAGUID, the public id of the authenticator's model; only zeros if it tells none.
	Authenticator string
	// Name is what the customer calls the passkey.
	Name string
	// SignCount is how often the key has signed, or 0 if the authenticator does not count.
	SignCount int64
	// Syncable reports whether the key can leave its authenticator, which never changes, and Synced whether it has.
	Syncable, Synced bool
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	// LastUsedAt is nil until the passkey is used for the first time.
	LastUsedAt *time.Time
}

// PasskeyUser is how authenticators know a customer.
type PasskeyUser struct {
	// Handle names the account, at most 64 bytes, and says nothing about its customer.
	Handle []byte
	// Name and DisplayName are what an authenticator shows.
	Name, DisplayName string
}

// PasskeyClaim is what the response of an authenticator says, before anything of it is checked.
type PasskeyClaim struct {
	CredentialID []byte
	Challenge    []byte
	// UserHandle is the models.PasskeyUser.Handle that the authenticator keeps with the passkey, or nil.
	UserHandle []byte
	// Origin is that of the page that asked the authenticator.
	Origin string
}

// PasskeyUse is what the response of an authenticator tells of its passkey.
type PasskeyUse struct {
	SignCount int64
	Synced    bool
}

// PasskeySignals are what a page tells an authenticator of an account's passkeys, by the Signal API of browsers.
type PasskeySignals struct {
	// AllAcceptedCredentials is the argument of signalAllAcceptedCredentials, CurrentUserDetails that of
	// signalCurrentUserDetails.
	AllAcceptedCredentials JSONObject
	CurrentUserDetails     JSONObject
}
