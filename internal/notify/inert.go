package notify

import (
	"errors"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName is how long a name in a greeting may be, in code points.
const longestName = 40

// inertName returns the name if it is safe in a greeting, or "". Anybody can give any name with anybody's address,
// and our mail would carry their words to a stranger (R-OUT3): a name is letters, spaces and the marks that names
// have. Text that mail programs turn into a link (an address, a domain, a telephone number) has other characters or
// a dot in front of a letter, and is left out.
func inertName(name string) string {
	name = strings.TrimSpace(name)
	if !utf8.ValidString(name) || utf8.RuneCountInString(name) > longestName {
		return ""
	}
	if !strings.ContainsFunc(name, unicode.IsLetter) || strings.HasPrefix(strings.ToLower(name), "www.") {
		return ""
	}

	dot := false
	for _, r := range name {
		letter := unicode.IsLetter(r) || unicode.IsMark(r)
		switch {
		case dot && letter:
			return ""
		// The two joiners are part of words in Persian and in Indian languages.
		case !letter && !strings.ContainsRune(" -'’.·\u200c\u200d", r):
			return ""
		}

		dot = r == '.'
	}

	return name
}

// inertIP returns the address in its standard form, or "" if it is not an IP address.
func inertIP(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	return address.Unmap().WithZone("").String()
}

// errRecipient does not name the recipient, because the error goes to the log.
var errRecipient = errors.New("the recipient is not one plain address")

// checkMailbox returns an error unless the text is exactly one plain mailbox. The flows accept nothing else; this
// is the last check before a header (R-OUT3).
func checkMailbox(to string) error {
	local, domain, found := strings.Cut(to, "@")
	unsafe := func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune(`@<>()[],;:"\`, r)
	}

	if !found || local == "" || domain == "" || strings.ContainsFunc(local+domain, unsafe) {
		return errRecipient
	}

	return nil
}

// checkNumber returns an error unless the text is one number in its international form.
func checkNumber(to string) error {
	digits, found := strings.CutPrefix(to, "+")
	notDigit := func(r rune) bool { return r < '0' || r > '9' }
	if !found || len(digits) < 5 || len(digits) > 15 || strings.ContainsFunc(digits, notDigit) {
		return errRecipient
	}
	return nil
}
