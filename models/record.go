package models

// AccountRecord is an account with everything that another AccountQL needs, read at one moment.
type AccountRecord struct {
	Account
	Identities []Identity
	Consents   []Consent
}
