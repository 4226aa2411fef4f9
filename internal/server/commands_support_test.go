package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// TestSupportCommands does on each database what a support desk does with `account find`, `block`, `unblock`,
// `revoke-sessions`, `verify` and `set`. Each line is one command with its exit code, what it prints, and the event that
// it leaves.
func TestSupportCommands(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { supportCommands(t, migrated(t, "x.db")) })
	t.Run("PostgreSQL", func(t *testing.T) {
		database := postgrestest.EmptyURL(t)
		command(t, database, "", "migrate", &[]any{})
		supportCommands(t, database)
	})
}

func supportCommands(t *testing.T, database string) {
	var ada, bob struct{ ID string }
	command(t, database, "", "account create --email ada@example.com --phone +48501234567", &ada)
	command(t, database, "", "account create --email bob@example.com", &bob)
	named := strings.NewReplacer("ADA", ada.ID, "BOB", bob.ID)

	for i, step := range []struct {
		line   string
		code   int
		says   string
		events string
	}{
		{"find ada", 0, `"email":"ada@example.com"`, "account find SUCCESS operators"},
		{"find +48501", 0, `"email":"ada@example.com"`, "account find SUCCESS operators"},
		{"find ADA", 0, `"email":"ada@example.com"`, "account find SUCCESS operators"},
		{"find zoe", 0, `{"accounts":[],"next":null}`, "account find SUCCESS operators"},
		{"find ada --limit 0", 2, "--limit must be from 1 to 100", ""},
		{"find ada --after x", 2, "--after ", ""},

		{"block ada@example.com", 0, `"status":"BLOCKED"`, "blockCustomer SUCCESS ADA"},
		{"block nobody@example.com", 1, "no account has this id or e-mail", ""},
		{"unblock ADA", 0, `"status":"ACTIVE"`, "unblockCustomer SUCCESS ADA"},
		{"unblock ADA --registration later", 2, "--registration", ""},
		{"keep-second-factor ADA", 0, `"cancelled":false`, "cancelCustomerFactorReset SUCCESS ADA"},
		{"keep-second-factor nobody@example.com", 1, "no account has this id or e-mail", ""},
		{"revoke-sessions ADA", 0, `"revokedSessions":0`, "revokeCustomerSessions SUCCESS ADA"},

		{"set ADA", 2, "account set needs at least one field to change", ""},
		{"set ADA --first-name Ada --last-name Lovelace --sex FEMALE --birth-date 1990-12-10 --city London " +
			"--country-code GB --language en --add-tag vip", 0, `"firstName":"Ada","lastName":"Lovelace"`,
			"updateCustomer SUCCESS ADA"},
		{"set ADA --sex female --clear shoe", 2, "--sex must be", ""},
		{"set ADA --clear city,phone --city Paris", 2, "--city must not be given beside --clear", ""},
		{"set ADA --clear city,phone", 0, `"phone":null`, "updateCustomer SUCCESS ADA"},
		{"set ADA --birth-date 1800-01-01 --first-name=", 2, "--birth-date must lie", "updateCustomer REFUSED INVALID_INPUT ADA"},
		{"set ADA --email bob@example.com", 1, "belongs to another account", "updateCustomer REFUSED EMAIL_UNAVAILABLE ADA"},
		{"set ADA --email countess@example.com", 0, `"emailVerified":false`, "updateCustomer SUCCESS ADA"},

		{"verify ADA --email ada@example.com", 2, "--email must be the account's present address",
			"verifyCustomerAddress REFUSED INVALID_INPUT ADA"},
		{"verify ADA", 2, "--email must be given, or else phone", "verifyCustomerAddress REFUSED INVALID_INPUT ADA"},
		{"verify ADA --email countess@example.com", 0, `"emailVerified":true`, "verifyCustomerAddress SUCCESS ADA"},
		{"find love", 0, `"email":"countess@example.com"`, "account find SUCCESS operators"},
		{"set ADA --remove-tag vip", 0, `"tags":[]`, "updateCustomer SUCCESS ADA"},
	} {
		before, reason := listEvents(t, database), fmt.Sprint("ticket ", i)
		var out, messages bytes.Buffer
		code := run(t.Context(), append([]string{"account"}, strings.Fields(named.Replace(step.line))...), []string{
			"ACCOUNTQL_DATABASE=" + database, "ACCOUNTQL_OPERATOR=Zoë", "ACCOUNTQL_REASON=" + reason,
		}, strings.NewReader(""), &out, &messages)
		if code != step.code || !strings.Contains(out.String()+messages.String(), step.says) {
			t.Errorf("%s: %d, %s%s", step.line, code, &out, &messages)
		}

		var left []string
		for _, event := range listEvents(t, database) {
			if slices.ContainsFunc(before, func(earlier listedEvent) bool { return earlier.ID == event.ID }) {
				continue
			}
			if event.Operator != "Zoë" || event.Reason != reason {
				t.Errorf("%s left %+v", step.line, event)
			}
			left = append(left, strings.Join(strings.Fields(event.Operation+" "+event.Outcome+" "+event.Code+" "+
				strings.ReplaceAll(event.Chain, ada.ID, "ADA")), " "))
		}
		if got := strings.Join(left, ", "); got != step.events {
			t.Errorf("%s left %q, want %q", step.line, got, step.events)
		}
	}
}

// TestSupportPages checks that the pages of a search have each account once, and that a table holds no control
// characters.
func TestSupportPages(t *testing.T) {
	database := migrated(t, "x.db")
	for i := range 5 {
		command(t, database, "", fmt.Sprintf("account create --email page%d@example.com", i), &struct{}{})
	}

	var seen []string
	for after := ""; ; {
		var page struct {
			Accounts []struct{ Email string }
			Next     *string
		}
		command(t, database, "", "account find page --limit 2 "+after, &page)
		for _, account := range page.Accounts {
			seen = append(seen, account.Email)
		}
		if page.Next == nil {
			break
		}
		after = "--after " + *page.Next
	}
	if len(seen) != 5 || len(slices.Compact(slices.Sorted(slices.Values(seen)))) != 5 {
		t.Errorf("the pages have %v", seen)
	}

	var whole json.RawMessage
	command(t, database, "", "account find page --json", &whole)
	if !bytes.HasPrefix(whole, []byte(`{"accounts":[`)) {
		t.Errorf("--json prints %s", whole)
	}
}
