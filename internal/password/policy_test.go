package password

import (
	"errors"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// This file guards which passwords are acceptable (R-PWD3, R-PWD4, R-PWD5): length counts, and that they are not
// guessed first; composition does not.

var policy = Policy{MinLength: 8, Words: []string{"accountql"}}

// jane is what an attacker knows about the customer.
var jane = []string{"jane.smith@example.com", "jane.smith", "Jane", "Smithereens", "Zoë"}

// long returns a text of that many characters that contains two and does not repeat itself.
func long(length int, two string) string {
	pair := []rune(two)
	var text []rune
	for number := 1; len(text) < length; number++ {
		for range number {
			text = append(text, pair[0])
		}
		text = append(text, pair[1])
	}

	return string(text[:length])
}

func TestAcceptablePasswords(t *testing.T) {
	for _, password := range []string{
		"correct horse battery staple", "eight8xy", "  x   y z ", "пароль не угадать", "密码很长很长很长", "🦊🐻🐼🐨🐯🦁🐮🐷",
		"no rules of composition",
		"jane went to the market", "accountql is what i sign in to", long(256, "ab"), long(256, "üö"), "tab\tinside",
		"O'Brien; DROP TABLE",
	} {
		if err := policy.Check("password", password, jane...); err != nil {
			t.Errorf("%.40q is refused: %v", password, err)
		}
	}
}

func TestRejectedPasswords(t *testing.T) {
	reasons := map[string]models.Reason{
		"at least 8": models.ReasonTooShort, "at most 256": models.ReasonTooLong,
		"over and over": models.ReasonRepetitive,
		"tried first":   models.ReasonCommon, "your own name, a": models.ReasonOwnData,
		"neighbouring": models.ReasonRepetitive, "like a date": models.ReasonCommon,
	}
	limits := map[models.Reason]int{models.ReasonTooShort: 8, models.ReasonTooLong: 256}
	for reason, passwords := range map[string][]string{
		"at least 8": {
			"", "short", "7 chars", "ü\u0308\u0308\u0308\u0308\u0308"[:6], "u\u0308u\u0308u\u0308u\u0308",
		},
		"at most 256": {long(257,
			"ab"), long(258, "üö"), long(258, "🦊🐻"), strings.Repeat("x", 1025), strings.Repeat("e\u0302\u0301", 210)},
		"over and over": {
			"aaaaaaaa", "        ", "🦊🦊🦊🦊🦊🦊🦊🦊", "abcabcabc", "ab-ab-ab-ab", "7a7a7a7a7", strings.Repeat("ab", 128),
		},
		"tried first": {
			"password", "Password", "PASSWORD1", "12345678", "iloveyou", "qwertyuiop", "football", "princess",
		},
		"neighbouring": {"        x", "aaaabbbbcccc", "poiuzxcv", "ghjkrtzu", "vbn-jkl-789"},
		"like a date":  {"29.08.2043", "1931-02-17", "02/17/1931", "q1931-02-17"},
		"your own name, a": {"jane.smith@example.com", "Jane.Smith", "jane.smith1990",
			"Smithereens!", "smithereens 2026", "JANEjane1", "accountql", "AccountQL123", "accountqlaccountql"},
	} {
		for _, password := range passwords {
			err := policy.Check("newPassword", password, jane...)
			var rejected *models.Error
			if !errors.As(err, &rejected) || rejected.Code != models.CodePasswordRejected ||
				rejected.Field != "newPassword" || !strings.Contains(rejected.Message, reason) {
				t.Errorf("%.40q: want %q, got %v", password, reason, err)
				continue
			}

			if want := reasons[reason]; rejected.Reason != want || rejected.Limit != limits[want] {
				t.Errorf("%.40q: want %s %d, got %s %d", password, want, limits[want], rejected.Reason, rejected.Limit)
			}
			if password != "" && !strings.EqualFold(password, "password") && strings.Contains(err.Error(), password) {
				t.Errorf("the reason repeats the password: %v", err)
			}
		}
	}
}

// TestDocumentedPasswordsAreAccepted guards that the passwords in the README, the examples and GraphiQL's tabs are
// accepted.
func TestDocumentedPasswordsAreAccepted(t *testing.T) {
	for _, password := range []string{
		"correct horse battery staple", "a password of the customer", "a walk along the river",
		"a walk along the coast", "a walk through the woods",
		"a brand new pass phrase 42", "another long pass phrase 7", "a fine new password",
	} {
		if err := policy.Check("password", password, "demo@example.com", "ada@example.com", "Demo", "Ada"); err != nil {
			t.Errorf("%q is refused: %v", password, err)
		}
	}
}

// TestOwnList guards that the operator's list is rejected in upper and lower case and in its usual forms, and
// nothing else is.
func TestOwnList(t *testing.T) {
	own := NewPolicy(8, nil, []string{"Sommerschlussverkauf", "kundenkarte", "#?;%!:&§", "xq", "83746519"})
	for _, password := range []string{
		"sommerschlussverkauf", "SommerSchlussVerkauf", "Kundenkarte2026!", "kund3nk4rt3", "#?;%!:&§", "83746519",
	} {
		if err := own.Check("password", password); err == nil || !strings.Contains(err.Error(), "tried first") {
			t.Errorf("%q: %v", password, err)
		}
		if err := policy.Check("password", password); err != nil {
			t.Errorf("%q is refused without the list: %v", password, err)
		}
	}

	for _, password := range []string{"meine kundenkarte ist blau", "xq83746520", "verkauf im sommer"} {
		if err := own.Check("password", password); err != nil {
			t.Errorf("%q: %v", password, err)
		}
	}
}

// TestOnlyTextIsAPassword guards that a password which is not text fails before the policy applies.
func TestOnlyTextIsAPassword(t *testing.T) {
	for _, password := range []string{"null\x00inside", "bro\xffken utf8", strings.Repeat("x\xff", 1000)} {
		if err := policy.Check("password", password); models.CodeOf(err) != models.CodeInvalidInput {
			t.Errorf("%.40q: %v", password, err)
		}
	}
}

// TestShortWordsAreNoReason guards that a short name inside a good password, which is there by chance, is not a
// reason to reject it.
func TestShortWordsAreNoReason(t *testing.T) {
	if err := policy.Check("password", "zoe sees a fox", "zoe"); err != nil {
		t.Errorf("a name of three letters refuses a password: %v", err)
	}
	if err := policy.Check("password", "whatever else", ""); err != nil {
		t.Errorf("an empty name refuses a password: %v", err)
	}
}

func TestCheckLeavesTheWordsAlone(t *testing.T) {
	context := make([]string, 1, 10)
	context[0] = "smith"
	if err := policy.Check("password", "one more good one", context...); err != nil {
		t.Fatal(err)
	}
	if context[:2][1] != "" {
		t.Errorf("Check wrote into its caller's slice: %q", context[:2])
	}
}

func TestMinLength(t *testing.T) {
	if err := (Policy{MinLength: 15}).Check("password",
		"fourteen chars"); models.CodeOf(err) != models.CodePasswordRejected {
		t.Errorf("14 of 15: %v", err)
	}
	if err := (Policy{MinLength: 15}).Check("password", "fifteen  chars!"); err != nil {
		t.Errorf("15 of 15: %v", err)
	}
}
