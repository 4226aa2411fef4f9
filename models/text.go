package models

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ParseText returns text in NFC. It returns INVALID_INPUT if the text is empty, has no visible character, is not
// UTF-8, holds a control character, or is longer than longest code points. Nothing is trimmed or truncated (R-C9,
// R-UPD8).
func ParseText(field, text string, longest int) (string, error) {
	switch {
	case !utf8.ValidString(text):
		return "", InvalidInput(field, ReasonForbiddenCharacter, 0, "must be valid UTF-8")
	case IsBlank(text):
		return "", InvalidInput(field, ReasonBlank, 0, "must not be empty; send null to clear it")
	case strings.ContainsFunc(text, unsafeRune):
		return "", InvalidInput(field, ReasonForbiddenCharacter, 0, "must not hold control characters")
	}

	text = norm.NFC.String(text)
	if utf8.RuneCountInString(text) > longest {
		return "", InvalidInput(field, ReasonTooLong, longest,
			fmt.Sprintf("must not be longer than %d characters", longest))
	}

	return text, nil
}

// unsafeRune reports whether the rune is a control character (C0, C1, DEL), or an invisible mark that changes the
// direction of text: with such a mark, a name could forge the rest of a line.
func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// maxPastedZipCode is in bytes. It is more than the longest postal code needs in any script, with spaces around it.
const maxPastedZipCode = 100

// The length of a postal code in characters.
const (
	MinZipCode = 2
	MaxZipCode = 12
)

// ParseZipCode returns the postal code in ASCII, however it was pasted. It returns INVALID_INPUT unless the code
// has 2 to 12 letters, digits, spaces and hyphens, with a letter or digit at both ends.
func ParseZipCode(field, code string) (string, error) {
	plain := PlainNumber(TrimPasted(code))
	const length = "must be a postal code of 2 to 12 characters"
	characters := utf8.RuneCountInString(plain)
	switch {
	case IsBlank(code):
		return "", InvalidInput(field, ReasonBlank, 0, length)
	case characters < MinZipCode:
		return "", InvalidInput(field, ReasonTooShort, MinZipCode, length)
	case characters > MaxZipCode || len(code) > maxPastedZipCode:
		return "", InvalidInput(field, ReasonTooLong, MaxZipCode, length)
	}

	for i, r := range plain {
		alphanumeric := r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		separator := (r == ' ' || r == '-') && i > 0 && i < len(plain)-1
		if !alphanumeric && !separator {
			return "", InvalidInput(field, ReasonForbiddenCharacter, 0,
				"must be a postal code of letters, digits, spaces and hyphens")
		}
	}

	return plain, nil
}
