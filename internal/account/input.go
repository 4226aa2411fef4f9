package account

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

const (
	// maxSecretInput is in bytes. No secret that this service creates or hashes is longer.
	maxSecretInput = 4096
	// maxTokenInput is the maximum for tokens of identity providers, in bytes.
	maxTokenInput = 8192
)

// requireText returns INVALID_INPUT if a required text has no visible character, is not UTF-8, or is longer than
// any valid one.
func requireText(field, text string) error {
	switch {
	case models.IsBlank(text): // guard: a required text that nobody sees is blank
		return models.InvalidInput(field, models.ReasonBlank, 0, "must not be empty")
	case !utf8.ValidString(text):
		return models.InvalidInput(field, models.ReasonForbiddenCharacter, 0, "must be valid UTF-8")
	case len(text) > maxSecretInput:
		return models.InvalidInput(field, models.ReasonTooLarge, maxSecretInput, "must be text of at most 4,096 bytes")
	}
	return nil
}

// requireToken returns INVALID_INPUT if a token of an identity provider is empty, not UTF-8, or longer than
// providers create them.
func requireToken(field, token string) error {
	switch {
	case models.IsBlank(token):
		return models.InvalidInput(field, models.ReasonBlank, 0, "must not be empty")
	case !utf8.ValidString(token):
		return models.InvalidInput(field, models.ReasonForbiddenCharacter, 0, "must be valid UTF-8")
	case len(token) > maxTokenInput:
		return models.InvalidInput(field, models.ReasonTooLarge, maxTokenInput,
			"must be a token of at most 8,192 bytes")
	}
	return nil
}

// parseCodePhone parses a number to which a code is to be sent.
func (s *Service) parseCodePhone(field string, given models.PhoneNumber) (models.PhoneNumber, error) {
	phone, err := contact.ParsePhone(field, given)
	if err != nil {
		return "", err
	}
	return phone, s.checkPhoneCountry(field, phone)
}

// checkPhoneCountry returns INVALID_INPUT if no codes are sent to the country of a canonical number (R-RPU4).
func (s *Service) checkPhoneCountry(field string, phone models.PhoneNumber) error {
	allowed := s.Settings.PhoneCountries
	// guard: codes go to the operator's countries
	if len(allowed) == 0 || slices.Contains(allowed, models.CountryCode(contact.PhoneCountry(phone))) {
		return nil
	}
	return models.InvalidInput(field, models.ReasonCountryNotAllowed, 0,
		"must be a number of a country that codes are sent to")
}

// parseAuthID validates the caller's own reference of the customer, which goes into the audit trail.
func parseAuthID(authID *string) (string, error) {
	if authID == nil {
		return "", nil
	}
	return models.ParseText("authId", *authID, 255)
}

func optionalText(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
