package contact

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// These tests check the canonical forms of addresses (R-ID1, R-ID2, R-RPU2, R-RPU6): all spellings of one mailbox
// or number have one form, and nothing is accepted that could forge a header or cause unexpected costs.

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

// TestPastedEmails checks variants of an address that come from pasting and keyboards: all spellings of one mailbox
// have one form.
func TestPastedEmails(t *testing.T) {
	for given, want := range map[string]string{
		" name@example.com":               "name@example.com",
		"name@example.com\r\n":            "name@example.com",
		"\t\u00a0name@example.com\u202f":  "name@example.com",
		"\u3000name@example.com\u2003":    "name@example.com",
		"\ufeffname@example.com\u200b":    "name@example.com",
		"\u202dname@example.com\u202c":    "name@example.com",
		"\u2067name\u200f@example.com":    "name@example.com",
		"na\u00adme@\u200bexample.com":    "name@example.com", // where a browser may break the line
		"na\u2060me@exam\u200dple.com":    "name@example.com", // a joiner without a function
		"name\uff20example\uff0ecom":      "name@example.com",
		"name\ufe6bexample\u3002com":      "name@example.com",
		"name．x＠ｅｘａｍｐｌｅ．ｃｏｍ":              "name.x@example.com",
		"name\u3002x@example.com":         "name.x@example.com",
		"\u2068ada@نامه\u200cای.example ": "ada@xn--mgba3gch31f060k.example", // a joiner that is part of the name
		"ada@\u2067نامه\u200cای.example":  "ada@xn--mgba3gch31f060k.example",
		"ada@نامهای.example":              "ada@xn--mgba3gch31f.example",
	} {
		if got, err := ParseEmail("email", models.EmailAddress(given)); err != nil || string(got) != want {
			t.Errorf("%q is %q, %v; want %q", given, got, err, want)
		}
	}
}

// TestCarriersAddresses checks that the addresses that Japanese carriers issued are accepted, and that other
// domains may not have the same dots.
func TestCarriersAddresses(t *testing.T) {
	for _, domain := range []string{"docomo.ne.jp",
		"ezweb.ne.jp", "a2.ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "d.vodafone.ne.jp"} {
		for _, local := range []string{"a..b", "x.", ".x", "..x...y.."} {
			given := local + "@" + domain
			if got, err := ParseEmail("email", models.EmailAddress(given)); err != nil || string(got) != given {
				t.Errorf("%s became %q, %v", given, got, err)
			}
		}

		for _, local := range []string{
			".", "...", `"a..b"`, "a..b c", "a..(b)", "a..@b", strings.Repeat(".", 64) + "a",
		} {
			if got, err := ParseEmail("email", models.EmailAddress(local+"@"+domain)); err == nil {
				t.Errorf("%s@%s became %q", local, domain, got)
			}
		}
	}

	for _, domain := range []string{"docomo.ne.jp.example.com",
		"notdocomo.ne.jp", "x.docomo.ne.jp", "shop.au.com", "ne.jp", "vodafone.ne.jp", "softbank.jp"} {
		if got, err := ParseEmail("email", models.EmailAddress("a..b@"+domain)); err == nil {
			t.Errorf("%s became %q", domain, got)
		}
	}
}

// TestLookAlikesAreOthers checks that no letter stands for another one: a mail for one address must never reach an
// address that only looks the same, or reset its password (Django CVE-2019-19844). Domains follow IDNA's mapping.
func TestLookAlikesAreOthers(t *testing.T) {
	for given, want := range map[string]string{
		"\u0430dmin@example.com": "",                     // Cyrillic a
		"adm\u0131n@example.com": "",                     // dotless i, whose upper case is I
		"\uff41dmin@example.com": "",                     // full-width a
		"\u212aate@example.com":  "",                     // Kelvin sign, whose lower case is k
		"admin\uff20example.com": "admin@example.com",    // full-width at sign: what some keyboards write for it
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
		"", " ", "name", "@example.com", "name@", "name@example", "name@.com", "name@example.", "name@example..com",
		"name@-example.com",
		"name@exa_mple.com", "name@example.com.", "a@b@example.com", "a@b\uff20example.com", "name @example.com",
		"na me@example.com", "na\u00a0me@example.com", "\u200b@example.com", "name@exam ple.com",
		".name@example.com", "name.@example.com", "na..me@example.com", `"na me"@example.com`, `"name"@example.com`,
		"name(comment)@example.com",
		"Name <name@example.com>", "<name@example.com>", "name@example.com,other@example.com",
		"name@example.com;other@example.com",
		"name@[127.0.0.1]", "name@[IPv6:::1]", "name@127.0.0.1", "name@localhost", "name@1.2.3", "żółw@example.com",
		"name@example.com\r\nBcc: x@example.com", "name@example.com\nx@example.com",
		"\x00name@example.com", "na\x00me@example.com", "name@exam\x00ple.com", "na\xffme@example.com",
		"n\uff3bme@example.com", "name\uff0cx@example.com", "name@ex\xffample.com", "name:x@example.com",
		"na\\me@example.com",
		"mailto:name@example.com", strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b", 64) + ".com",
		"a@" + strings.Repeat("bcd.", 63) + "com", strings.Repeat("a", 100_000) + "@example.com", "a@xn--a.com",
		"a@xn--.com", "a@ab--cd.com",
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
	refused := map[string][]string{
		"no number": {"", " ", "+", "00", "+48", "phone", "++48512345678",
			"+48+512345678", "+48512345678x1", "+48512345678;ext=1", "+48 512 345 678 ext. 9", "tel:+48512345678"},
		"national form": {"512345678", "0512345678", "07400 123456", "(201) 555-0123", "48512345678"},
		"wrong length": {
			"+4851234567", "+485123456789", "+1201555012", "+4851234567890123456", "+48 " + strings.Repeat("5", 100),
		},
		"no such country": {"+999512345678", "+0512345678", "+2100000000"},
		"premium":         {"+48 700 123 456", "+44 909 879 0000", "+1 900 555 0123", "+49 900 1234567"},
		"shared cost":     {"+48 801 123 456", "+44 843 123 4567"},
		"toll-free": {"+48 800 123 456",
			"+44 800 123 4567", "+1 800 555 0199", "+1 888 555 0123", "+49 800 1234567", "+7 800 555 35 35"},
		"personal": {"+44 70 1234 5678", "+44 7012 345678", "+1 500 234 5678", "+49 700 12345678"},
		"pager":    {"+44 7640 123456", "+49 168 1234567"},
		"company":  {"+44 300 123 4567", "+49 18 12345678"},
		"satellite": {
			"+881612345678", "+8816 1234 5678", "+870 773 111 632", "+882 16 12345678", "+883510012345678",
		},
		"service":       {"+800 1234 5678", "+808 1234 5678", "+979 123 456 789", "+888 123 456 78"},
		"short":         {"+48112", "112", "+1911", "00112", "+44 60006"},
		"letters":       {"+48 512 345 ABC", "+48 512 345 67O", "+48 512 345 67①", "+48 512 345 67²"},
		"control":       {"+48\x00512345678", "\x07+48512345678", "+48512345678\x1b"},
		"two lines":     {"+48 512\n345 678", "+48 512\u2028345 678"},
		"two pluses":    {"\uff0b+48512345678", "+48\uff0b512345678"},
		"much too long": {"+48512345678" + strings.Repeat(" ", 300)},
	}

	for kind, numbers := range refused {
		for _, given := range numbers {
			got, err := ParsePhone("phone", models.PhoneNumber(given))
			if models.CodeOf(err) != models.CodeInvalidInput {
				t.Errorf("%s: %.60q became %q, %v", kind, given, got, err)
			}
		}
	}
}

// TestPastedPhones checks variants of a number that come from pasting and keyboards (R-RPU2): spaces, dashes,
// brackets, marks of direction and digits of any script don't change the number.
func TestPastedPhones(t *testing.T) {
	for kind, numbers := range map[string][]string{
		"space around": {" +48512345678",
			"+48512345678\n", "\u00a0+48512345678\u202f", "\r\n\t+48512345678\u3000", "\ufeff+48512345678\u200b"},
		"spaces": {"+48\u00a0512\u00a0345\u00a0678",
			"+48\u202f512\u202f345\u202f678", "+48\t512345678", "+48\u3000512\u2009345\u2003678"},
		"marks": {"\u202d+48 512 345 678\u202c", "\u200e+48512345678\u200f",
			"\u2066+48\u2069512345678", "+48\u00ad512\u2060345\u200d678", "+48512345678\u202e"},
		"dashes":     {"+48‐512‑345‒678", "+48–512—345―678", "+48−512－345﹣678", "+48ー512ｰ345〜678"},
		"brackets":   {"(+48) 512 345 678", "+48 （512） 345678", "+48 [512] 345678", "+48 【512】 345678"},
		"dots":       {"+48·512•345‧678", "+48・512・345・678", "+48．512。345｡678", "+48/512⁄345∕678"},
		"full width": {"＋４８５１２３４５６７８", "００４８ ５１２ ３４５ ６７８", "+48５12345678"},
		"other digits": {"+٤٨٥١٢٣٤٥٦٧٨",
			"+۴۸۵۱۲۳۴۵۶۷۸", "+४८५१२३४५६७८", "+৪৮৫১২৩৪৫৬৭৮", "+๔๘๕๑๒๓๔๕๖๗๘", "+𝟒𝟖𝟓𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "٠٠٤٨512345678"},
		"other plus":      {"﹢48512345678"},
		"several at once": {"\u202a\u200e＋۴۸ (\u00a0٥١٢\u00a0)\u2011３４５\u2010৬৭৮\u202c\n"},
	} {
		for _, given := range numbers {
			if got, err := ParsePhone("phone", models.PhoneNumber(given)); err != nil || got != "+48512345678" {
				t.Errorf("%s: %q became %q, %v", kind, given, got, err)
			}
		}
	}
}

func TestPhoneCountry(t *testing.T) {
	for phone, want := range map[models.PhoneNumber]string{
		"+48512345678": "PL", "+447400123456": "GB", "+447911123456": "GG", "+12015550123": "US", "+14413701234": "BM",
		"+38344123456": "XK", "": "", "x": "",
	} {
		if got := PhoneCountry(phone); got != want {
			t.Errorf("%s is of %q, want %q", phone, got, want)
		}
	}
}

func TestPlainSecrets(t *testing.T) {
	for given, want := range map[string]string{
		"057921": "057921", "057 921": "057921", "057-921": "057921", " 057921\n": "057921", "057\u00a0921": "057921",
		"057\u2011921":       "057921",
		"\u202d057921\u202c": "057921", "٠٥٧٩٢١": "057921", "۰۵۷۹۲۱": "057921", "०५७९२१": "057921", "０５７－９２１": "057921",
		"0 5 7 9 2 1": "057921",
		"057.921":     "057.921", "05792l": "05792l", "0579211": "0579211", "": "", " - ": "",
	} {
		if got := PlainCode(given); got != want {
			t.Errorf("the code %q became %q, want %q", given, got, want)
		}
	}

	const token = "Qk9-_x7aB"
	for _, given := range []string{
		token, " " + token + "\r\n", "Qk9-\r\n_x7aB", "Qk9-_\u200bx7aB\u202c", "\ufeff\u00a0" + token,
	} {
		if got := PlainToken(given); got != token {
			t.Errorf("the token %q became %q", given, got)
		}
	}

	for _, other := range []string{"qk9-_x7aB", "Qk9—_x7aB", "Qk9-_x7aΒ"} {
		if PlainToken(other) == token {
			t.Errorf("%q is another token", other)
		}
	}
}
