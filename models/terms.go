package models

import "time"

// TermsVersion is one version of a document of --terms.
type TermsVersion struct {
	Version     string    `json:"version"`
	EffectiveAt time.Time `json:"effectiveAt"`
	// Required reports whether customers who accepted only older versions must accept again.
	Required bool `json:"required"`
	// Texts are the version in each language, the shop's preferred language first.
	Texts []TermsText `json:"texts"`
}

// TermsText is a version of a document in one language.
type TermsText struct {
	Language LanguageCode `json:"language"`
	Title    string       `json:"title"`
	URL      URL          `json:"url"`
}

// TermsAcceptance is the record, kept permanently, that a customer accepted a version of a document: when, and in
// which operation. A customer accepts a version at most once.
type TermsAcceptance struct {
	ID         string
	AccountID  string
	Document   string
	Version    string
	Source     string
	AcceptedAt time.Time
}
