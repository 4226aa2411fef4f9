package password

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go/data"

	"github.com/accountql/accountql/models"
)

// maxLength is in code points (R-PWD3).
const maxLength = 256

// minContextLength is the shortest name that is looked for: shorter ones stand inside good passwords by chance.
const minContextLength = 4

// Policy says which new passwords are acceptable. There are no rules of
// composition: length and not being guessed first is what counts (R-PWD3, R-PWD4).
type Policy struct {
	// MinLength is in code points.
	MinLength int
	// Words are refused as passwords whatever the customer is called: the brand.
	Words []string
	// refused is the operator's own list.
	refused map[string]struct{}
}

// NewPolicy returns a policy that also refuses an operator's own list of
// passwords, in whatever case they are written.
func NewPolicy(minLength int, words, refused []string) Policy {
	policy := Policy{MinLength: minLength, Words: words, refused: make(map[string]struct{}, len(refused))}
	for _, password := range refused {
		policy.refused[strings.ToLower(normalize(password))] = struct{}{}
	}
	return policy
}

// Check returns nil, or PASSWORD_REJECTED with the reason and the given field; INVALID_INPUT for what is no text.
// context holds what an attacker knows of the customer: names, the e-mail and its local part.
func (p Policy) Check(field, password string, context ...string) error {
	reject := func(reason models.Reason, message string) error {
		return models.PasswordRejected(field, reason, 0, message)
	}
	tooLong := models.PasswordRejected(field, models.ReasonTooLong, maxLength, fmt.Sprintf("must have at most %d characters", maxLength))

	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {
		return models.InvalidInput(field, "must be text, without the character NUL")
	}
	// A character has four bytes at most, so more bytes are more characters, too (R-PWD5).
	if len(password) > maxBytes {
		return tooLong
	}

	password = normalize(password)
	switch length := utf8.RuneCountInString(password); {
	case length < p.MinLength:
		return models.PasswordRejected(field, models.ReasonTooShort, p.MinLength, fmt.Sprintf("must have at least %d characters", p.MinLength))
	case length > maxLength:
		return tooLong
	}
	folded := strings.ToLower(password)
	if strings.Count(password, string([]rune(password)[0])) == utf8.RuneCountInString(password) {
		return reject(models.ReasonRepetitive, "must not be one character over and over")
	}
	if _, refused := p.refused[folded]; refused || tried(folded) {
		return reject(models.ReasonCommon, "is one of the passwords that are tried first; choose another")
	}
	for _, word := range slices.Concat(context, p.Words) {
		word = strings.ToLower(normalize(word))
		if utf8.RuneCountInString(word) >= minContextLength && strings.Trim(strings.ReplaceAll(folded, word, ""), "0123456789 !.-_") == "" {
			return reject(models.ReasonOwnData, "must not be made of your own name or address; choose another")
		}
	}
	return nil
}

// tried says whether a password, in lower case, stands in zxcvbn's dictionary of
// leaked passwords, names and frequent words. The dictionary is searched as the
// text that it is: a map of its words takes 30 ms of each start and 10 MB for good,
// and this a fraction of a millisecond before a hash that takes a hundred times as long.
func tried(password string) bool {
	if strings.ContainsAny(password, `"\`) || strings.Trim(password, ",:[]{} \r\n\t") == "" {
		return false // between two words stands nothing else; and no word has these
	}
	return strings.Contains(dictionary(), `"`+password+`"`)
}

// dictionary is several objects of JSON with a list of words each.
var dictionary = sync.OnceValue(func() string {
	var lists strings.Builder
	for _, name := range dictionaries {
		lists.Write(data.MustAsset(name))
	}
	return lists.String()
})

var dictionaries = []string{"data/Passwords.json", "data/English.json", "data/MaleNames.json", "data/FemaleNames.json", "data/Surnames.json"}
