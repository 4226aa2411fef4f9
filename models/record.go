package models

// AccountRecord is an account with everything that another AccountQL needs, read at one moment.
type AccountRecord struct {
	Account
	Identities []Identity
	Consents   []Consent
	Terms      []TermsAcceptance
	// Deletion is nil unless the account is in its grace period.
	Deletion  *Deletion
	Addresses []Address
	// Passkeys is how many passkeys the account has.
	Passkeys int
}
