package models

import (
	"strings"
	"time"
)

// Registration is the data of a registration that waits for the proof of its address. Redeeming its token creates
// an account from it (R-PRF2).
type Registration struct {
	ID string
	// AccountID is the account that the registration created at once because the address was unused. It is "" if
	// the account is created when the token is redeemed.
	AccountID string
	// ChallengeID names the challenge whose token redeems the registration.
	ChallengeID string
	// Email is canonical. Several registrations of one address may be pending at the same time.
	Email EmailAddress
	// Mailed is true if the registration's message was sent or is queued, so somebody may read the token in it.
	Mailed    bool
	CreatedAt time.Time
	ExpiresAt time.Time
	// Sealed is Brought as the store keeps it, encrypted.
	Sealed string
	// Brought is nil in the table, which holds it encrypted.
	Brought *RegistrationData `gorm:"-"`
}

// RegistrationData is what was typed in at a registration. It belongs to nobody before the address is proven.
type RegistrationData struct {
	// PasswordHash is a PHC string.
	PasswordHash string
	Account      Account
	Consents     []Consent
	Terms        []TermsAcceptance
}

// placeholderDomain is the domain of placeholders. RFC 2606 reserves .invalid, so no message can ever be delivered
// there.
const placeholderDomain = "@displaced.invalid"

// Placeholder reports whether the address is a placeholder.
func (e EmailAddress) Placeholder() bool { return strings.HasSuffix(string(e), placeholderDomain) }

// PlaceholderEmail returns the address of an account whose own address another customer has proven (R-PRF1).
func PlaceholderEmail(id string) EmailAddress { return EmailAddress(id + placeholderDomain) }
