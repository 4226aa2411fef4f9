package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// This file guards that operators' commands leave events with who acted and why, and that `audit list` finds events
// (R-OBS3).

// listedEvent is an event as `audit list` prints it.
type listedEvent struct {
	ID, AccountID, APIKeyID, Operation, Outcome, Code, Operator, Reason, Chain string
	At                                                                         time.Time
}

// listEvents returns what `audit list` prints, oldest first.
func listEvents(t *testing.T, database string, filter ...string) []listedEvent {
	t.Helper()
	var out, messages bytes.Buffer
	code := run(t.Context(), append([]string{"audit", "list"}, filter...), []string{"ACCOUNTQL_DATABASE=" + database},
		strings.NewReader(""), &out, &messages)
	var listed []listedEvent
	if err := json.Unmarshal(out.Bytes(), &listed); err != nil || code != 0 {
		t.Fatalf("%q: %d, %v, %s%s", filter, code, err, &out, &messages)
	}
	slices.SortFunc(listed, func(a, b listedEvent) int { return strings.Compare(a.ID, b.ID) })

	return listed
}

func TestOperatorsCommandsLeaveEvents(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { operatorsCommandsLeaveEvents(t, migrated(t, "x.db")) })
	t.Run("PostgreSQL", func(t *testing.T) {
		database := postgrestest.EmptyURL(t)
		command(t, database, "", "migrate", &[]any{})
		operatorsCommandsLeaveEvents(t, database)
	})
}

func operatorsCommandsLeaveEvents(t *testing.T, database string) {
	var ada, key struct{ ID string }
	command(t, database, "", "account create --email ada@example.com --operator Zoë --reason first", &ada)
	command(t, database, "",
		"apikey create --name shop --permission SAUTH_CLIENT_DELETE --operator Zoë --reason first", &key)
	addMessages(t, database, ada.ID)
	named := strings.NewReplacer("ADA", ada.ID, "KEY", key.ID,
		"FILE", importFile(t, `{"email":"b@example.com"}`, `{"email":"c@example.com"}`))
	seen := listEvents(t, database)
	if len(seen) != 2 || seen[0].Operation != "account create" || seen[1].Operation != "apikey create" ||
		seen[0].Chain != ada.ID || seen[1].Chain != "key:"+key.ID || seen[1].APIKeyID != key.ID ||
		seen[1].Outcome != "SUCCESS" || seen[0].Operator != "Zoë" || seen[1].Reason != "first" {
		t.Fatalf("events %+v", seen)
	}

	for i, step := range []struct {
		line   string
		code   int
		events string
	}{
		{"account create --email ada@example.com", 1, ""},
		{"account get ada@example.com", 0, "account get SUCCESS ADA"},
		{"account get ADA", 0, "account get SUCCESS ADA"},
		{"account get bob@example.com", 1, ""},
		{"account export ada@example.com", 0, "account export SUCCESS ADA"},
		{"account export bob@example.com", 1, ""},
		{"account export --lines ADA", 0, "account export SUCCESS ADA"},
		{"account export --lines bob@example.com", 1, ""},
		{"account export --lines", 0, "account export SUCCESS operators"},
		{"consent link --account ADA --channel email --public-url https://shop.example", 0, "consent link SUCCESS ADA"},
		{"consent link --account bob@example.com --channel email --public-url https://shop.example", 1, ""},
		{"consent link --account ADA --channel post --public-url https://shop.example", 2, ""},
		{"consent link --all --channel sms --public-url https://shop.example", 0, "consent link SUCCESS operators"},
		{"consent proof ada@example.com", 0, "consent proof SUCCESS operators"},
		{"account import --dry-run FILE", 0, ""},
		{"account import FILE", 0, "account import SUCCESS new, account import SUCCESS new"},
		{"account import FILE", 0, ""},
		{"apikey create --name x --permission ALL", 2, ""},
		{"apikey revoke KEY", 0, "apikey revoke SUCCESS key:KEY"},
		{"apikey revoke KEY", 1, "apikey revoke REFUSED API_KEY_INVALID key:KEY"},
		{"apikey revoke unknown", 1, ""},
		{"apikey list", 0, ""},
		{"outbox list", 0, ""},
		{"outbox list --account ADA", 0, "outbox list SUCCESS ADA"},
		{"outbox list --account ADA --sent", 0, ""},
		{"outbox list --account nobody", 0, ""},
		{"outbox retry mail", 0, "outbox retry SUCCESS ADA"},
		{"outbox retry mail", 1, "outbox retry REFUSED INVALID_INPUT ADA"},
		{"outbox retry event", 0, "outbox retry SUCCESS operators"},
		{"outbox retry unknown", 1, ""},
		{"outbox retry --failed", 0, "outbox retry REFUSED INVALID_INPUT ADA"},
		{"webhook list", 0, ""},
		{"webhook replay --since 1h", 2, "webhook replay REFUSED INVALID_INPUT operators"},
		{"account erase ADA --yes", 0, "account erase SUCCESS ADA"},
		{"account erase ADA --yes", 1, ""},
		{"audit list --account ADA", 0, ""},
		{"audit verify", 0, ""},
	} {
		line, reason := named.Replace(step.line), fmt.Sprint("ticket ", i)
		var out, messages bytes.Buffer
		code := run(context.Background(), strings.Fields(line), []string{"ACCOUNTQL_DATABASE=" + database,
			"ACCOUNTQL_OPERATOR=Zoë", "ACCOUNTQL_REASON=" + reason}, strings.NewReader(""), &out, &messages)
		if code != step.code {
			t.Fatalf("%s: %d, %s%s", line, code, &out, &messages)
		}

		now := listEvents(t, database)
		var left []string
		for _, event := range now[len(seen):] {
			if event.Operator != "Zoë" || event.Reason != reason {
				t.Errorf("%s left %+v", line, event)
			}

			chain := strings.NewReplacer(ada.ID, "ADA", key.ID, "KEY").Replace(event.Chain)
			if event.Operation == "account import" {
				chain = "new"
			}
			left = append(left, strings.Join(strings.Fields(
				event.Operation+" "+event.Outcome+" "+event.Code+" "+chain), " "))
		}

		if got := strings.Join(left, ", "); got != step.events {
			t.Errorf("%s left %q, want %q", line, got, step.events)
		}
		seen = now
	}

	var verified struct{ Events int }
	if command(t, database, "", "audit verify", &verified); verified.Events != len(seen) {
		t.Errorf("%d events of %d are verified", verified.Events, len(seen))
	}

	// What operators did with an account outlives it.
	if kept := listEvents(t, database, "--account", ada.ID); len(kept) != 11 ||
		kept[10].Operation != "account erase" || kept[10].Operator != "Zoë" || kept[10].Reason != "ticket 33" {
		t.Errorf("of the erased account there is %+v", kept)
	}

	checkFilters(t, database, ada.ID, seen)
}

// addMessages adds an account's messages that were given up, of which one can't be sent again, and an event that was
// sent, which belongs to no account.
func addMessages(t *testing.T, database, accountID string) {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	now := time.Now().UTC()
	const to = "ada@example.com"
	for _, message := range []models.Message{
		{ID: "mail", AccountID: accountID, Channel: models.ChannelMail, Kind: models.MessagePasswordChanged, Recipient: to},
		{ID: "reset", AccountID: accountID, Channel: models.ChannelMail, Kind: models.MessagePasswordReset, Recipient: to},
		{ID: "event", Channel: models.ChannelWebhook, Kind: models.MessageKind(models.EventAccountDeleted),
			Recipient: "webhook", Data: models.MessageData{Event: "{}"}},
	} {
		message.CreatedAt, message.NotBefore = now, now
		err := s.InTx(t.Context(), func(tx account.Tx) error { return tx.Enqueue(t.Context(), &message) })
		if message.Channel == models.ChannelMail {
			err = errors.Join(err, s.MarkFailed(t.Context(), message.ID, now, "550 no such user", nil))
		} else {
			err = errors.Join(err, s.MarkSent(t.Context(), message.ID, now))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// checkFilters compares what each filter of `audit list` prints with a selection from all events.
func checkFilters(t *testing.T, database, accountID string, all []listedEvent) {
	t.Helper()
	middle := all[len(all)/2].At
	for _, tc := range []struct {
		filter   []string
		selected func(event listedEvent) bool
	}{
		{[]string{"--account", accountID}, func(e listedEvent) bool { return e.AccountID == accountID }},
		{[]string{"--operation", "account export"}, func(e listedEvent) bool { return e.Operation == "account export" }},
		{[]string{"--code", "INVALID_INPUT"}, func(e listedEvent) bool { return e.Code == "INVALID_INPUT" }},
		{[]string{"--request", "unknown"}, func(listedEvent) bool { return false }},
		{[]string{"--since", "1h"}, func(listedEvent) bool { return true }},
		{[]string{"--since", middle.Format(time.RFC3339Nano)}, func(e listedEvent) bool { return !e.At.Before(middle) }},
		{[]string{"--since", "2999-01-01T00:00:00Z"}, func(listedEvent) bool { return false }},
		{[]string{"--account", accountID, "--operation", "outbox retry", "--code", "INVALID_INPUT", "--since", "1d"},
			func(e listedEvent) bool { return e.AccountID == accountID && e.Code == "INVALID_INPUT" }},
	} {
		var want []listedEvent
		for _, event := range all {
			if tc.selected(event) {
				want = append(want, event)
			}
		}

		if got := listEvents(t, database, tc.filter...); !slices.Equal(got, want) {
			t.Errorf("%q: %d events\n%+v, want %d\n%+v", tc.filter, len(got), got, len(want), want)
		}
	}
}
