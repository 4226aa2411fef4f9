package storetest

import (
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// searchedAccounts creates accounts whose ids, in this order, are the letters a to f.
func searchedAccounts(f *fixture) {
	for letter, fill := range map[string]func(a *models.Account){
		"a": func(a *models.Account) {
			a.Email, a.FirstName, a.LastName = "anna@example.com", pointer("Anna"), pointer("Nowak")
		},
		"b": func(a *models.Account) {
			a.Email, a.FirstName, a.CustomID = "b@example.com", pointer("ANNA"), pointer("C-7")
		},
		"c": func(a *models.Account) {
			a.Email, a.LastName, a.CustomID = "c@example.com", pointer("Łukasik"), pointer("c-7")
		},
		"d": func(a *models.Account) {
			a.Email, a.Company, a.Phone = "d@example.com", pointer("Annapurna"), phone("+48501")
		},
		"e": func(a *models.Account) {
			a.Email, a.DisplayName, a.Phone = "e@example.com", pointer("ŁUKASZ"), phone("+48502")
			a.UUID = pointer("0b4c4f6e-7d0a-4e57-9d5e-3f6f1f0c9a11")
		},
		"f": func(a *models.Account) {
			a.Email, a.FirstName, a.LastName = "f@example.com", pointer("A%na"), pointer("Anna")
		},
	} {
		made := minimalAccount(strings.Repeat(letter, 8), "")
		fill(made)
		f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, made) })
	}
}

func phone(number models.PhoneNumber) *models.PhoneNumber { return &number }

// search guards what a search finds, in which order, and that pages of every size have the same accounts.
func search(t *testing.T, f *fixture) {
	searchedAccounts(f)

	for _, test := range []struct {
		name   string
		wanted models.AccountSearch
		finds  string
	}{
		{"all", models.AccountSearch{}, "abcdef"},
		{"an e-mail", models.AccountSearch{Emails: []string{"anna@example.com"}}, "a"},
		{"the beginning of a number", models.AccountSearch{Phones: []string{"+4850"}}, "de"},
		{"a UUID", models.AccountSearch{UUIDs: []string{"0b4c4f6e-7d0a-4e57-9d5e-3f6f1f0c9a11"}}, "e"},
		{"the beginning of an id", models.AccountSearch{IDs: []string{"bbb"}}, "b"},
		{"custom ids of any case", models.AccountSearch{Names: []string{"c-7"}}, "bc"},
		// In the order of "anna", "anna a%na", "anna nowak", "annapurna".
		{"names of any kind", models.AccountSearch{Names: []string{"anna"}}, "bfad"},
		{"first and last name", models.AccountSearch{Names: []string{"anna n"}}, "a"},
		{"last and first name", models.AccountSearch{Names: []string{"nowak a"}}, "a"},
		{"letters beyond ASCII", models.AccountSearch{Names: []string{"łuka", "Łuka", "ŁUKA"}}, "ce"},
		{"no pattern", models.AccountSearch{Names: []string{"a%"}}, "f"},
		// Anna Nowak is found at her name, and not once more at her address, which stands behind it.
		{"by several", models.AccountSearch{Names: []string{"anna"}, Emails: []string{"a", "e"}}, "bfade"},
		{"nothing", models.AccountSearch{Names: []string{"anne"}, Phones: []string{"+49"}}, ""},
	} {
		for limit := 1; limit <= 7; limit++ {
			if found := f.foundBy(t, test.wanted, limit); found != test.finds {
				t.Errorf("%s, by %d: %q, not %q", test.name, limit, found, test.finds)
			}
		}
	}
}

// foundBy returns the letters of what all pages of a search have.
func (f *fixture) foundBy(t *testing.T, wanted models.AccountSearch, limit int) string {
	t.Helper()
	var found strings.Builder
	for after := (models.AccountPlace{}); ; {
		page, err := f.SearchAccounts(f.ctx, wanted, after, limit)
		f.ok(err)
		for _, one := range page {
			found.WriteString(one.ID[:1])
			after = one.Place
		}

		if len(page) < limit {
			return found.String()
		}
	}
}

// customIDs guards that the shop's own number is found as it was written, and all accounts that have it.
func customIDs(t *testing.T, f *fixture) {
	searchedAccounts(f)
	again := minimalAccount("again", "again@example.com")
	again.CustomID = pointer("C-7")
	f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, again) })

	for customID, want := range map[string][]string{"C-7": {"again", "bbbbbbbb"}, "c-7": {"cccccccc"}, "C-": nil} {
		found, err := f.AccountsByCustomID(f.ctx, customID, 2)
		f.ok(err)

		var ids []string
		for _, one := range found {
			ids = append(ids, one.ID)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s: %v, not %v", customID, ids, want)
		}
	}
}
