package password

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/ccojocar/zxcvbn-go/data"

	"github.com/accountql/accountql/models"
)

// This file guards which passwords are acceptable (R-PWD3, R-PWD4, R-PWD5):
// length and not being guessed first counts, and composition does not.

var policy = Policy{MinLength: 8, Words: []string{"accountql"}}

// jane is what an attacker knows of the customer.
var jane = []string{"jane.smith@example.com", "jane.smith", "Jane", "Smithereens", "Zoë"}

func TestAcceptablePasswords(t *testing.T) {
	for _, password := range []string{
		"correct horse battery staple", "eight8xy", "        x", "пароль не угадать", "密码很长很长很长", "🦊🐻🐼🐨🐯🦁🐮🐷", "no rules of composition",
		"jane went to the market", "accountql is what i sign in to", strings.Repeat("ab", 128), strings.Repeat("ü-", 128), "tab\tinside", "O'Brien; DROP TABLE",
	} {
		if err := policy.Check("password", password, jane...); err != nil {
			t.Errorf("%.40q is refused: %v", password, err)
		}
	}
}

func TestRejectedPasswords(t *testing.T) {
	reasons := map[string]models.Reason{
		"at least 8": models.ReasonTooShort, "at most 256": models.ReasonTooLong, "over and over": models.ReasonRepetitive,
		"tried first": models.ReasonCommon, "your own name or a": models.ReasonOwnData,
	}
	limits := map[models.Reason]int{models.ReasonTooShort: 8, models.ReasonTooLong: 256}
	for reason, passwords := range map[string][]string{
		"at least 8":         {"", "short", "7 chars", "ü\u0308\u0308\u0308\u0308\u0308"[:6], "u\u0308u\u0308u\u0308u\u0308"},
		"at most 256":        {strings.Repeat("ab", 128) + "c", strings.Repeat("ü-", 129), strings.Repeat("🦊🐻", 129), strings.Repeat("x", 1025)},
		"over and over":      {"aaaaaaaa", "        ", "🦊🦊🦊🦊🦊🦊🦊🦊"},
		"tried first":        {"password", "Password", "PASSWORD1", "12345678", "iloveyou", "qwertyuiop", "football", "princess"},
		"your own name or a": {"jane.smith@example.com", "Jane.Smith", "jane.smith1990", "Smithereens!", "smithereens 2026", "JANEjane1", "accountql", "AccountQL123", "accountqlaccountql"},
	} {
		for _, password := range passwords {
			err := policy.Check("newPassword", password, jane...)
			var rejected *models.Error
			if !errors.As(err, &rejected) || rejected.Code != models.CodePasswordRejected || rejected.Field != "newPassword" || !strings.Contains(rejected.Message, reason) {
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

// TestOnlyTextIsAPassword: what is no text is no matter of the policy.
func TestOnlyTextIsAPassword(t *testing.T) {
	for _, password := range []string{"null\x00inside", "bro\xffken utf8", strings.Repeat("x\xff", 1000)} {
		if err := policy.Check("password", password); models.CodeOf(err) != models.CodeInvalidInput {
			t.Errorf("%.40q: %v", password, err)
		}
	}
}

// TestShortWordsAreNoReason guards against names that stand inside good passwords by chance.
func TestShortWordsAreNoReason(t *testing.T) {
	if err := policy.Check("password", "zoe12345", "zoe"); err != nil {
		t.Errorf("a name of three letters refuses a password: %v", err)
	}
	if err := policy.Check("password", "whatever else", ""); err != nil {
		t.Errorf("an empty name refuses a password: %v", err)
	}
}

func TestCheckLeavesTheWordsAlone(t *testing.T) {
	context := make([]string, 1, 10)
	context[0] = "smith"
	if err := policy.Check("password", "good enough", context...); err != nil {
		t.Fatal(err)
	}
	if context[:2][1] != "" {
		t.Errorf("Check wrote into its caller's slice: %q", context[:2])
	}
}

func TestMinLength(t *testing.T) {
	if err := (Policy{MinLength: 15}).Check("password", "fourteen chars"); models.CodeOf(err) != models.CodePasswordRejected {
		t.Errorf("14 of 15: %v", err)
	}
	if err := (Policy{MinLength: 15}).Check("password", "fifteen  chars!"); err != nil {
		t.Errorf("15 of 15: %v", err)
	}
}

// TestEveryWordIsTried compares the search in the dictionary's text with the
// words that encoding/json finds in it.
func TestEveryWordIsTried(t *testing.T) {
	words, odd := 0, 0
	for _, name := range dictionaries {
		var lists map[string][]string
		if err := json.Unmarshal(data.MustAsset(name), &lists); err != nil {
			t.Fatal(err)
		}
		for _, list := range lists {
			for i, word := range list {
				// Of the plain ones a sample is enough.
				plain := !strings.ContainsFunc(word, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
				if plain && i%100 != 0 {
					continue
				}
				words++
				if !plain {
					odd++
				}
				if !tried(strings.ToLower(word)) {
					t.Errorf("%s: %q is not found", name, word)
				}
			}
		}
	}
	if words < 500 {
		t.Errorf("only %d words were looked for", words)
	}
	for _, none := range []string{",", ":[", "]}", `","`, `a","b`, "", "a word that nobody leaked", `\`} {
		if tried(none) {
			t.Errorf("%q is found", none)
		}
	}
}
