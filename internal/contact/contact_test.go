package contact

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// This file guards the canonical forms of addresses (R-ID1, R-ID2, R-RPU2,
// R-RPU6): what is one mailbox or number must be one text, and what a header or
// a bill could be forged with must not get in.

func TestParseEmail(t *testing.T) {
	for given, want := range map[string]string{
		"name@example.com":               "name@example.com",
		"First.Last+tag@Example.COM":     "first.last+tag@example.com",
		"ANNA@EXAMPLE.COM":               "anna@example.com",
		"o'brien@example.com":            "o'brien@example.com",
		"!#$%&'*+-/=?^_`{|}~@a.io":       "!#$%&'*+-/=?^_`{|}~@a.io",
		"a@sub.domain.example.co.uk":     "a@sub.domain.example.co.uk",
		"a@bücher.de":                    "a@xn--bcher-kva.de",
		"a@BÜCHER.de":                    "a@xn--bcher-kva.de",
		"a@xn--bcher-kva.de":             "a@xn--bcher-kva.de",
		"a@bu\u0308cher.de":              "a@xn--bcher-kva.de", // composed of two characters
		"a@faß.de":                       "a@xn--fa-hia.de",    // IDNA 2008: not fass.de
		"a@żółw.pl":                      "a@xn--w-uga1v8h.pl",
		"a@例え.jp":                        "a@xn--r8jz45g.jp",
		"a@123.com":                      "a@123.com",
		strings.Repeat("a", 64) + "@b.c": strings.Repeat("a", 64) + "@b.c",
	} {
		if got, err := ParseEmail("email", models.EmailAddress(given)); err != nil || string(got) != want {
			t.Errorf("%q is %q, %v; want %q", given, got, err, want)
		}
	}
}

// TestLookAlikesAreOthers guards against one letter standing for another: the
// mail for one address must never reach, or reset the password of, one that
// only looks the same (Django CVE-2019-19844). Domains follow IDNA's mapping.
func TestLookAlikesAreOthers(t *testing.T) {
	for given, want := range map[string]string{
		"\u0430dmin@example.com": "",                     // Cyrillic a
		"adm\u0131n@example.com": "",                     // dotless i, whose upper case is I
		"\u212aate@example.com":  "",                     // Kelvin sign, whose lower case is k
		"admin\uff20example.com": "",                     // full-width at sign
		"a@ex\u0430mple.com":     "a@xn--exmple-4nf.com", // Cyrillic a: another domain
		"a@examp\u04cfe.com":     "a@xn--exampe-0kg.com", // Cyrillic palochka
		"a@\u24d4xample.com":     "a@example.com",        // circled e: the same domain to every resolver
		"a@ex\u00e4mple.com":     "a@xn--exmple-cua.com", // no German transcription
		"a@exam\u200bple.com":    "a@example.com",        // ignored by IDNA
		"a@example.c\uff4fm":     "a@example.com",        // full-width o
	} {
		got, err := ParseEmail("email", models.EmailAddress(given))
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%q became %q, %v; want %q", given, got, err, want)
		}
	}
}

func TestRefusedEmails(t *testing.T) {
	for _, given := range []string{
		"", " ", "name", "@example.com", "name@", "name@example", "name@.com", "name@example.", "name@example..com", "name@-example.com",
		"name@exa_mple.com", "name@example.com.", "a@b@example.com", " name@example.com", "name@example.com ", "na me@example.com", "name@exam ple.com",
		".name@example.com", "name.@example.com", "na..me@example.com", `"na me"@example.com`, `"name"@example.com`, "name(comment)@example.com",
		"Name <name@example.com>", "<name@example.com>", "name@example.com,other@example.com", "name@example.com;other@example.com",
		"name@[127.0.0.1]", "name@[IPv6:::1]", "name@127.0.0.1", "name@localhost", "name@1.2.3", "żółw@example.com", "name@example.com\r\nBcc: x@example.com",
		"name@example.com\n", "na\x00me@example.com", "name@exam\x00ple.com", "name\u202e@example.com", "na\xffme@example.com", "name@ex\xffample.com", "name:x@example.com", "na\\me@example.com",
		"mailto:name@example.com", strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b", 64) + ".com",
		"a@" + strings.Repeat("bcd.", 63) + "com", strings.Repeat("a", 100_000) + "@example.com", "a@xn--a.com", "a@xn--.com", "a@ab--cd.com",
	} {
		if got, err := ParseEmail("email", models.EmailAddress(given)); models.CodeOf(err) != models.CodeInvalidInput {
			t.Errorf("%.80q became %q, %v", given, got, err)
		}
	}
}

func TestParsePhone(t *testing.T) {
	for given, want := range map[string]string{
		"+48512345678":       "+48512345678",
		"+48 512 345 678":    "+48512345678",
		"+48 (512) 345-678":  "+48512345678",
		"+48.512.345.678":    "+48512345678",
		"0048512345678":      "+48512345678",
		"0048 512 345 678":   "+48512345678",
		"+44 (0)7400 123456": "+447400123456", // the trunk prefix in the usual notation
		"+44 7400 123456":    "+447400123456",
		"+1 (201) 555-0123":  "+12015550123",
		"+49 1512 3456789":   "+4915123456789",
		"+39 06 698 12345":   "+390669812345", // Italy keeps its zero
		"+48 22 123 45 67":   "+48221234567",  // a landline may read texts aloud
	} {
		if got, err := ParsePhone("phone", models.PhoneNumber(given)); err != nil || string(got) != want {
			t.Errorf("%q is %q, %v; want %q", given, got, err, want)
		}
	}
}

func TestRefusedPhones(t *testing.T) {
	for kind, numbers := range map[string][]string{
		"no number":       {"", " ", "+", "00", "+48", "phone", "++48512345678", "+48+512345678", "+48512345678x1", "+48512345678;ext=1", "+48 512 345 678 ext. 9", "tel:+48512345678"},
		"national form":   {"512345678", "0512345678", "07400 123456", "(201) 555-0123", "48512345678"},
		"wrong length":    {"+4851234567", "+485123456789", "+1201555012", "+4851234567890123456", "+48 " + strings.Repeat("5", 100)},
		"no such country": {"+999512345678", "+0512345678", "+2100000000"},
		"premium":         {"+48 700 123 456", "+44 909 879 0000", "+1 900 555 0123", "+49 900 1234567"},
		"shared cost":     {"+48 801 123 456", "+44 843 123 4567"},
		"satellite":       {"+881612345678", "+8816 1234 5678", "+870 773 111 632", "+882 16 12345678", "+883510012345678"},
		"service":         {"+800 1234 5678", "+808 1234 5678", "+979 123 456 789", "+888 123 456 78"},
		"short":           {"+48112", "112", "+1911", "00112"},
		"other digits":    {"+٤٨٥١٢٣٤٥٦٧٨", "＋48512345678", "+48５12345678"},
		"control":         {"+48512345678\n", "+48\x00512345678", "+48512345678\u202e", "+48\t512345678"},
		"blank around":    {" +48512345678"},
	} {
		for _, given := range numbers {
			if got, err := ParsePhone("phone", models.PhoneNumber(given)); models.CodeOf(err) != models.CodeInvalidInput {
				t.Errorf("%s: %.60q became %q, %v", kind, given, got, err)
			}
		}
	}
}
