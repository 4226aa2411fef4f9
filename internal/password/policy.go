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

// maxLength is in code points (R-PWD3).
const maxLength = 256

// Policy says which new passwords are acceptable. There are no rules of
// composition: length and not being guessed first is what counts (R-PWD3, R-PWD4).
type Policy struct {
	// MinLength is in code points.
	MinLength int
	// Words are refused as passwords whatever the customer is called: the brand.
	Words []string
	// refused is the operator's own list, as skeletons.
	refused map[string]struct{}
}

// NewPolicy returns a policy that also refuses an operator's own list of
// passwords, in whatever case they are written, and their usual forms.
func NewPolicy(minLength int, words, refused []string) Policy {
	policy := Policy{MinLength: minLength, Words: words, refused: make(map[string]struct{}, len(refused))}
	for _, password := range refused {
		policy.refused[guess.Skeleton(password)] = struct{}{}
	}
	return policy
}

// Check returns nil, or PASSWORD_REJECTED with the first reason that applies and
// the given field; INVALID_INPUT for what is no text. context holds what an attacker
// knows of the customer: names, addresses, numbers, dates.
func (p Policy) Check(field, password string, context ...string) error {
	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {
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
	case guess.Repeated(password):
		return reject(models.ReasonRepetitive, "must not be a few characters over and over")
	case guess.MadeOf(password, slices.Concat(context, p.Words)):
		return reject(models.ReasonOwnData, "must not be made of your own name, address, number or date; choose another")
	case p.common(password):
		return reject(models.ReasonCommon, "is one of the passwords that are tried first; choose another")
	case guess.Monotonous(password):
		return reject(models.ReasonRepetitive, "must not be a run of neighbouring characters; choose another")
	case guess.Simple(password):
		return reject(models.ReasonCommon, "is too simple, like a date or a short number; choose another")
	}
	return nil
}

// checkLength returns the password as it is hashed.
func (p Policy) checkLength(field, password string) (string, error) {
	tooLong := models.PasswordRejected(field, models.ReasonTooLong, maxLength, fmt.Sprintf("must have at most %d characters", maxLength))
	// A character has four bytes at most, so more bytes are more characters, too (R-PWD5).
	if len(password) > maxBytes {
		return "", tooLong
	}

	password = normalize(password)
	switch length := utf8.RuneCountInString(password); {
	case length < p.MinLength:
		return "", models.PasswordRejected(field, models.ReasonTooShort, p.MinLength, fmt.Sprintf("must have at least %d characters", p.MinLength))
	case length > maxLength:
		return "", tooLong
	}
	return password, nil
}

// common says whether a password is a form of one that is listed here or by the operator (R-PWD9).
func (p Policy) common(password string) bool {
	phrase := guess.Phrase(password)
	for _, words := range []iter.Seq[string]{guess.Words(password), guess.Misspelt(password)} {
		for word := range words {
			if _, refused := p.refused[word]; refused || guess.Listed(word) && !phrase {
				return true
			}
		}
	}
	return false
}
