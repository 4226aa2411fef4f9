// Package contact says what an e-mail address and a phone number are: it turns
// what people type into the one canonical form that is stored and compared.
package contact

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/accountql/accountql/models"
)

// Limits of RFC 5321, section 4.5.3.1, in bytes.
const (
	maxEmailLength     = 254
	maxLocalPartLength = 64
)

// localPartPunctuation is what RFC 5322 allows in an unquoted local part beside letters, digits and dots.
const localPartPunctuation = "!#$%&'*+-/=?^_`{|}~"

// domains converts to the ASCII form of IDNA 2008 (RFC 5891) and refuses what may not be looked up.
var domains = idna.New(idna.MapForLookup(), idna.StrictDomainName(true), idna.BidiRule(), idna.VerifyDNSLength(true), idna.ValidateLabels(true), idna.CheckJoiners(true))

// ParseEmail returns the canonical form of an address: the local part in lower
// case ASCII, the domain in its ASCII form (R-ID1). It fails with INVALID_INPUT
// for anything that is not one plain mailbox at a domain name: nothing is
// trimmed, and quoted, non-ASCII or commented local parts and address literals
// are refused, for no mail header can be forged with what is left (R-ID2).
func ParseEmail(field string, email models.EmailAddress) (models.EmailAddress, error) {
	text := string(email)
	invalid := models.InvalidInput(field, "must be an e-mail address such as name@example.com")
	if len(text) > 4*maxEmailLength || !utf8.ValidString(text) {
		return "", invalid
	}
	at := strings.LastIndexByte(text, '@')
	if at < 1 {
		return "", invalid
	}
	local, domain := text[:at], norm.NFC.String(text[at+1:])
	if !validLocalPart(local) {
		return "", invalid
	}
	ascii, err := domains.ToASCII(domain)
	if err != nil || !validDomain(ascii) {
		return "", invalid
	}
	canonical := strings.ToLower(local) + "@" + ascii
	if len(canonical) > maxEmailLength {
		return "", invalid
	}
	return models.EmailAddress(canonical), nil
}

func validLocalPart(local string) bool {
	if len(local) > maxLocalPartLength || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	return !strings.ContainsFunc(local, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		digit := r >= '0' && r <= '9'
		return !letter && !digit && r != '.' && !strings.ContainsRune(localPartPunctuation, r)
	})
}

// validDomain wants a name of two labels or more whose last one is no number, so
// that no IP address passes, and not "invalid", under which no mailbox can be (RFC 2606).
func validDomain(domain string) bool {
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	return strings.Contains(domain, ".") && last != "" && last != "invalid" && strings.Trim(last, "0123456789") != ""
}
