package models

import (
	"strings"
	"time"
)

// Registration is what a registration brought, while it waits for the proof of
// its address. Redeeming its token makes an account of it (R-PRF2).
type Registration struct {
	ID string
	// AccountID is the account that the registration made at once, because nobody
	// had the address; "" if the account is made when the token is redeemed.
	AccountID string
	// ChallengeID names the challenge whose token redeems the registration.
	ChallengeID string
	// Email is canonical. Several registrations of one address may wait side by side.
	Email EmailAddress
	// Mailed says that its mail was sent or waits for its turn: somebody may read the token in it.
	Mailed    bool
	CreatedAt time.Time
	ExpiresAt time.Time
	// Sealed is Brought as the store keeps it.
	Sealed string
	// Brought is nil in the table, where it is sealed.
	Brought *RegistrationData `gorm:"-"`
}

// RegistrationData is what somebody typed at a registration. Nothing of it is anybody's before the address is proven.
type RegistrationData struct {
	// PasswordHash is a PHC string.
	PasswordHash string
	Account      Account
	Consents     []Consent
}

// placeholderDomain is where placeholders are: RFC 2606 reserves .invalid, so that nothing is ever sent there.
const placeholderDomain = "@displaced.invalid"

// Placeholder says whether an address is a placeholder.
func (e EmailAddress) Placeholder() bool { return strings.HasSuffix(string(e), placeholderDomain) }

// PlaceholderEmail is the address of an account whose own address somebody else has proven (R-PRF1).
func PlaceholderEmail(id string) EmailAddress { return EmailAddress(id + placeholderDomain) }
