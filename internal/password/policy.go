package password

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/accountql/accountql/internal/password/guess"
	"github.com/accountql/accountql/models"
)

// MaxLength is the maximum of a new password, in code points (R-PWD3).
const MaxLength = 256

// Policy decides which new passwords are acceptable. There are no composition rules: only length counts, and that
// the password is not guessed first (R-PWD3, R-PWD4).
type Policy struct {
	// MinLength is in code points.
	MinLength int
	// Words are rejected as passwords of every customer: the brand.
	Words []string
	// refused is the operator's own list, as skeletons.
	refused map[string]struct{}
}

// NewPolicy returns a policy that also rejects the operator's own list of passwords, in upper or lower case, and
// their usual forms.
func NewPolicy(minLength int, words, refused []string) Policy {
	policy := Policy{MinLength: minLength, Words: words, refused: make(map[string]struct{}, len(refused))}
	for _, password := range refused {
		policy.refused[guess.Skeleton(password)] = struct{}{}
	}
	return policy
}

// Check returns nil if the password is acceptable. It fails with PASSWORD_REJECTED, the first reason that applies
// and the given field, or with INVALID_INPUT if the password is not text. context holds what an attacker may know
// about the customer: names, addresses, numbers, dates.
func (p Policy) Check(field, password string, context ...string) error {
	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) { // guard: a password is text
		return models.InvalidInput(field, models.ReasonForbiddenCharacter, 0, "must be text, without the character NUL")
	}

	password, err := p.checkLength(field, password)
	if err != nil {
		return err
	}

	reject := func(reason models.Reason, message string) error {
		return models.PasswordRejected(field, reason, 0, message)
	}

	switch {
	case guess.Repeated(password): // guard: a repeated text is refused
		return reject(models.ReasonRepetitive, "must not be a few characters over and over")
	// guard: what is known of the customer is refused; the brand is refused
	case guess.MadeOf(password, slices.Concat(context, p.Words)):
		return reject(models.ReasonOwnData,
			"must not be made of your own name, address, number or date; choose another")
	case p.common(password):
		return reject(models.ReasonCommon, "is one of the passwords that are tried first; choose another")
	case guess.Monotonous(password): // guard: runs are refused
		return reject(models.ReasonRepetitive, "must not be a run of neighbouring characters; choose another")
	case guess.Simple(password): // guard: a date is refused
		return reject(models.ReasonCommon, "is too simple, like a date or a short number; choose another")
	}

	return nil
}

// checkLength returns the password normalized, as it is hashed.
func (p Policy) checkLength(field, password string) (string, error) {
	tooLong := models.PasswordRejected(field, models.ReasonTooLong, MaxLength,
		fmt.Sprintf("must have at most %d characters", MaxLength))
	// A character has at most four bytes, so more bytes also mean more characters (R-PWD5).
	if len(password) > maxBytes { // guard: a password has a greatest size
		return "", tooLong
	}

	password = normalize(password)
	switch length := utf8.RuneCountInString(password); {
	case length < p.MinLength: // guard: a password has a least length
		return "", models.PasswordRejected(field, models.ReasonTooShort, p.MinLength,
			fmt.Sprintf("must have at least %d characters", p.MinLength))
	case length > MaxLength: // guard: a password has a greatest length
		return "", tooLong
	}

	return password, nil
}

// common reports whether a password is a form of a password on our list or the operator's (R-PWD9).
func (p Policy) common(password string) bool {
	phrase := guess.Phrase(password)
	for _, words := range []iter.Seq[string]{guess.Words(password), guess.Misspelt(password)} {
		for word := range words {
			// guard: a listed password is refused; the operator's own list is refused
			if _, refused := p.refused[word]; refused || guess.Listed(word) && !phrase {
				return true
			}
		}
	}

	return false
}
