package models

// AccountRecord is an account with what another AccountQL needs of it, as it was at one moment.
type AccountRecord struct {
	Account
	Identities []Identity
	Consents   []Consent
}
