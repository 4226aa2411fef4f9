// Package contact parses e-mail addresses and phone numbers: it converts what people type to the canonical form
// that is stored and compared.
package contact

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/accountql/accountql/models"
)

// The limits of RFC 5321, section 4.5.3.1, in bytes.
const (
	maxEmailLength     = 254
	maxLocalPartLength = 64
)

// localPartPunctuation is what RFC 5322 allows in an unquoted local part besides letters, digits and dots.
const localPartPunctuation = "!#$%&'*+-/=?^_`{|}~"

// domains converts a domain to its ASCII form by IDNA 2008 (RFC 5891) and refuses names that must not be looked up.
var domains = idna.New(idna.MapForLookup(), idna.StrictDomainName(true), idna.BidiRule(), idna.VerifyDNSLength(true),
	idna.ValidateLabels(true), idna.CheckJoiners(true))

// atSigns are the at sign and its variants on Chinese, Japanese and Korean keyboards.
const atSigns = "@\uFF20\uFE6B"

// dots are the variants of the dot on these keyboards; IDNA handles them in domains.
const dots = "\uFF0E\u3002\uFF61"

// ParseEmail returns the canonical form of an address: the local part in lower case ASCII, the domain in its ASCII
// form (R-ID1). Surrounding white space and invisible characters are ignored, because they come from pasting. It
// returns INVALID_INPUT for anything but a single plain mailbox at a domain name: it refuses quoted, non-ASCII and
// commented local parts and address literals, so that an accepted address can't forge a mail header (R-ID2).
func ParseEmail(field string, email models.EmailAddress) (models.EmailAddress, error) {
	const shape = "must be an e-mail address such as name@example.com"
	invalid := models.InvalidInput(field, models.BlankOr(string(email), models.ReasonMalformed), 0, shape)
	tooLong := models.InvalidInput(field, models.ReasonTooLong, maxEmailLength, shape)
	switch {
	case !utf8.ValidString(string(email)):
		return "", invalid
	case len(email) > 4*maxEmailLength:
		return "", tooLong
	}

	text := models.TrimPasted(string(email))
	at := strings.LastIndexAny(text, atSigns)
	if at < 1 {
		return "", invalid
	}

	_, signLength := utf8.DecodeRuneInString(text[at:])
	domain, err := parseDomain(text[at+signLength:])
	if err != nil {
		return "", invalid
	}

	local := plainLocalPart(text[:at]) // guard: a look-alike letter stays another
	if !validLocalPart(local, domain) {
		return "", invalid
	}

	canonical := strings.ToLower(local) + "@" + domain
	if len(canonical) > maxEmailLength {
		return "", tooLong
	}

	return models.EmailAddress(canonical), nil
}

// plainLocalPart removes invisible characters from a local part and replaces the variants of the dot. Other
// variants of ASCII characters stay and are refused: an address with a lookalike letter may belong to somebody
// else.
func plainLocalPart(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case models.Invisible(r):
			return -1
		case strings.ContainsRune(dots, r):
			return '.'
		}
		return r
	}, text)
}

var errDomain = errors.New("no domain name")

// joiners are invisible, but belong to some Persian and Indian names.
const joiners = "\u200C\u200D"

// parseDomain returns the ASCII form of a domain name, which may contain invisible characters. Joiners are removed
// only if the name is invalid with them.
func parseDomain(text string) (string, error) {
	text = strings.Map(func(r rune) rune {
		if models.Invisible(r) && !strings.ContainsRune(joiners, r) { // guard: a joiner is part of a domain
			return -1
		}
		return r
	}, text)
	ascii, err := domains.ToASCII(norm.NFC.String(text))
	if err != nil {
		ascii, err = domains.ToASCII(norm.NFC.String(models.PlainText(text)))
	}
	if err == nil && !validDomain(ascii) {
		err = errDomain
	}

	return ascii, err
}

// looseDots are the domains of Japanese carriers that until 2009 issued local parts with dots that RFC 5321 allows
// only in quotes; their customers still have them. A leading dot stands for subdomains.
var looseDots = []string{
	"docomo.ne.jp", "ezweb.ne.jp", ".ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", ".vodafone.ne.jp",
}

func hasLooseDots(domain string) bool {
	return slices.ContainsFunc(looseDots, func(carrier string) bool {
		return domain == carrier || carrier[0] == '.' && strings.HasSuffix(domain, carrier)
	})
}

func validLocalPart(local, domain string) bool {
	if len(local) > maxLocalPartLength || strings.Trim(local, ".") == "" {
		return false
	}

	strayDot := strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..")
	if strayDot && !hasLooseDots(domain) { // guard: stray dots are the carriers'
		return false
	}

	return !strings.ContainsFunc(local, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		digit := r >= '0' && r <= '9'
		return !letter && !digit && r != '.' && !strings.ContainsRune(localPartPunctuation, r)
	})
}

// validDomain reports whether a name has two labels or more, does not end in a number, so that IP addresses are
// refused, and does not end in "invalid", which has no mailboxes (RFC 2606).
func validDomain(domain string) bool {
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	// guard: a placeholder is nobody's to type
	return strings.Contains(domain, ".") && last != "" && last != "invalid" && strings.Trim(last, "0123456789") != ""
}
