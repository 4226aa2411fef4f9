package models

import "time"

// Authenticator is an app that shows the codes of a secret which it shares with the service (RFC 6238): a second
// factor.
type Authenticator struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	// Name is what the customer calls it.
	Name string
	// Secret is the shared secret of 160 bits when the authenticator is stored, and nil when it was read. The store
	// keeps it sealed, since SealedAt with the present key (R-WAY2).
	Secret   []byte `gorm:"-"`
	Sealed   string
	SealedAt time.Time
	// LastStep is the number of the last period of 30 seconds whose code was used.
	LastStep  int64
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	// LastUsedAt is nil until the authenticator is used for the first time after it was added.
	LastUsedAt *time.Time
}

// RecoveryCode stands in for an authenticator that is lost. It works once, and goes with its use (R-WAY3).
type RecoveryCode struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	// CodeHash is the keyed hash of the code.
	CodeHash  []byte
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// AuthenticatorKey is a secret in the forms in which apps take it.
type AuthenticatorKey struct {
	// Secret is in base32 (RFC 4648), without padding.
	Secret string
	// URI is an address of the scheme otpauth, which holds the secret.
	URI string
	// QRCode is the URI as a QR code: the rows from the top, each a text of 1 for a dark module and 0 for a light one,
	// without the light margin.
	QRCode []string
}
