package contact

import (
	"regexp"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// mailbox matches the addresses that R-ID2 allows: none can forge a header or reach a second recipient.
var mailbox = regexp.MustCompile(
	"^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{1,63}$",
)

// FuzzParseEmail checks that an accepted address is one plain mailbox, and that parsing its canonical form returns
// the same form.
func FuzzParseEmail(f *testing.F) {
	for _, seed := range []string{
		"name@example.com", "Name.O'Neil+tag@EXAMPLE.com", "ł@example.com", "name@żółw.example",
		"a@xn--bcher-kva.example", "a@b@example.com",
		"a b@example.com", "a@example.com\r\nBcc: b@example.com", "a@[127.0.0.1]", "a@127.0.0.1", "\"a b\"@example.com",
		"a@example..com",
		" name@example.com\r\n", "na\u00adme＠example。com", "\u202dname@example.com\u202c", "a..b@docomo.ne.jp",
		".x.@a2.ezweb.ne.jp",
		"ada@نامه\u200cای.example", "a@\u2067نامه.example\u2069", "ｎａｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "a@ｅxample.com", "a@example。com",
		"a@-example.com", "a@example.com.", "a@faß.example", "a@\u00ad.example", "a@xn--a.example", "a@a.cc",
	} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, text string) {
		canonical, err := ParseEmail("email", models.EmailAddress(text))
		if err != nil {
			if canonical != "" || models.CodeOf(err) != models.CodeInvalidInput {
				t.Fatalf("%q is refused with %q and %v", text, canonical, err)
			}
			return
		}

		if !mailbox.MatchString(string(canonical)) || len(canonical) > maxEmailLength {
			t.Fatalf("%q became %q", text, canonical)
		}

		local, domain, _ := strings.Cut(string(canonical), "@")
		if !hasLooseDots(domain) && strings.Contains("."+local+".", "..") {
			t.Fatalf("%q became %q, whose dots stand nowhere else", text, canonical)
		}

		again, err := ParseEmail("email", canonical)
		if err != nil || again != canonical {
			t.Fatalf("%q became %q, and that %q, %v", text, canonical, again, err)
		}
	})
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{1,14}$`)

// FuzzParsePhone checks that an accepted number has the form of E.164, and that parsing this form returns the same
// form.
func FuzzParsePhone(f *testing.F) {
	for _, seed := range []string{
		"+48512345678", "0048 512 345 678", "+48 (512) 345-678", "+1 900 555 1234", "+870 773 111 632", "512345678",
		"+", "00", "+0048512345678",
		"+48512345678;ext=1", "+٤٨512345678", "\u202d+48\u00a0512\u2011345\u2011678\u202c", "（＋48）５１２・345ー678",
		" ٠٠48 512345678\n",
		"﹢𝟒𝟖512345678", "+44 (0) 7400 123456", "+39 06 1234 5678", "+1.202.555.0123", "+4/8/5/1/2/3/4/5/6/7/8",
	} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, text string) {
		canonical, err := ParsePhone("phone", models.PhoneNumber(text))
		if err != nil {
			if canonical != "" || models.CodeOf(err) != models.CodeInvalidInput {
				t.Fatalf("%q is refused with %q and %v", text, canonical, err)
			}
			return
		}

		if !e164.MatchString(string(canonical)) {
			t.Fatalf("%q became %q", text, canonical)
		}

		again, err := ParsePhone("phone", canonical)
		if err != nil || again != canonical {
			t.Fatalf("%q became %q, and that %q, %v", text, canonical, again, err)
		}
	})
}
