package notify

import (
	"errors"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName is how long a name may be, in code points, to be put into a greeting.
const longestName = 40

// inertName returns the name if a greeting can hold it, or "". Everybody can
// give any name with anybody's address, so that our mail would carry their words
// to a stranger (R-OUT3): a name is letters, spaces and the marks that names
// have. What mail programs turn into a link (an address, a domain, a telephone
// number) has other characters or a dot in front of a letter, and is left out.
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
		// The two joiners are part of words in Persian and in the languages of India.
		case !letter && !strings.ContainsRune(" -'’.·\u200c\u200d", r):
			return ""
		}
		dot = r == '.'
	}
	return name
}

// program is a mark that a user agent has, and the name that people know.
type program struct{ mark, name string }

// browser returns the name of the browser or program that sent the user agent,
// and system that of its operating system; each is "" where it is unknown. A
// user agent is any text that the caller likes, so none of it is repeated but
// one plain word of a program that is no browser (R-OUT3).
func browser(userAgent string) string {
	if !strings.HasPrefix(userAgent, "Mozilla/") {
		return plainWord(userAgent)
	}
	// Each of them claims to be those below it, too.
	return known(userAgent, []program{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Vivaldi/", "Vivaldi"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	})
}

func system(userAgent string) string {
	return known(userAgent, []program{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"},
		{"Macintosh", "Mac"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"},
	})
}

func known(userAgent string, programs []program) string {
	for _, p := range programs {
		if strings.Contains(userAgent, p.mark) {
			return p.name
		}
	}
	return ""
}

// longestWord is how long the name of an unknown program may be.
const longestWord = 24

// plainWord returns what stands before the first slash, if it is one word of ASCII letters and hyphens, or "".
func plainWord(userAgent string) string {
	word, _, _ := strings.Cut(userAgent, "/")
	if len(word) > longestWord {
		return ""
	}
	for _, r := range word {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-') {
			return ""
		}
	}
	return word
}

// inertIP returns the address in its standard form, or "" for what is none.
func inertIP(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	return address.Unmap().WithZone("").String()
}

// errRecipient names no recipient: the error goes to the log.
var errRecipient = errors.New("the recipient is not one plain address")

// checkMailbox fails for what is not exactly one plain mailbox. The flows let
// nothing else in; this is the last door before a header (R-OUT3).
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

// checkNumber fails for what is not one number in its international form.
func checkNumber(to string) error {
	digits, found := strings.CutPrefix(to, "+")
	notDigit := func(r rune) bool { return r < '0' || r > '9' }
	if !found || len(digits) < 5 || len(digits) > 15 || strings.ContainsFunc(digits, notDigit) {
		return errRecipient
	}
	return nil
}
