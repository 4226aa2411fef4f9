package cli

import (
	"bytes"
	"context"
	"errors"
	"os/user"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// actingLines are commands that change or show a person's data, or make or revoke a key.
var actingLines = []string{
	"apikey create --name n --permission SAUTH_CLIENT_DELETE", "apikey revoke k", "account create --email a@b.example",
	"account import acting_test.go", "account get a@b.example", "account export a@b.example", "account export --lines",
	"account find a", "account block a@b.example", "account unblock a@b.example", "account revoke-sessions a@b.example",
	"account verify a@b.example --email a@b.example", "account keep-second-factor a@b.example", "account set a@b.example --city Paris",
	"account erase a@b.example --yes", "outbox list", "outbox list --account a", "outbox retry m",
	"webhook replay --since 1h", "keys rotate",
	"consent link --account a --channel email --public-url https://shop.example",
	"consent link --all --channel sms --public-url https://shop.example", "consent proof a@b.example",
}

// TestWhoActs lists the commands on a database that need no actor: a new command is one of them, or has an actor.
func TestWhoActs(t *testing.T) {
	anonymous := map[string]string{
		"serve":        "acts for customers",
		"migrate":      "changes the schema",
		"apikey list":  "shows no person's data",
		"keys list":    "shows no person's data",
		"webhook list": "shows no person's data",
		"audit list":   "reads the record of who acted, which reading must not change",
		"audit verify": "shows no person's data",
		"audit heads":  "shows no person's data",
		"config check": "shows settings, masked",
		"backup":       "copies the file",
		"copy":         "copies the database",
	}

	acts := map[string]bool{}
	for _, line := range actingLines {
		acts[strings.Join(strings.Fields(line)[:2], " ")] = true
	}

	var visit func(at reflect.Type, path string)
	visit = func(at reflect.Type, path string) {
		if _, is := reflect.PointerTo(at).MethodByName("Run"); !is {
			for i := range at.NumField() {
				name, named := at.Field(i).Tag.Lookup("name")
				if !named {
					name = strings.ToLower(at.Field(i).Name)
				}
				visit(at.Field(i).Type, strings.TrimSpace(path+" "+name))
			}
			return
		}

		acting, _ := at.FieldByName("actingFlags")
		_, database := at.FieldByName("Database")
		_, copies := at.FieldByName("From")
		if (database || copies) && acting.Anonymous == (anonymous[path] != "") || acting.Anonymous != acts[path] {
			t.Errorf("%s: has an actor: %v, is anonymous because it %q, is tested: %v", path, acting.Anonymous,
				anonymous[path], acts[path])
		}
		delete(anonymous, path)
	}
	visit(reflect.TypeFor[grammar](), "")
	for path := range anonymous {
		t.Errorf("there is no command %s", path)
	}
}

// TestWrongActors checks that a command of an operator who can't be recorded opens no database.
func TestWrongActors(t *testing.T) {
	closed := errors.New("not to be opened")
	for _, line := range actingLines {
		for _, tc := range []struct {
			args []string
			said string
		}{
			{[]string{"--operator", " \u200b"}, "accountql: --operator must not be blank\n"},
			{[]string{"--operator", "a\nb"}, "accountql: --operator must not hold control characters\n"},
			{[]string{"--operator", strings.Repeat("ü", 101)}, "accountql: --operator must not be longer than 100 characters\n"},
			{[]string{"--reason", "\t"}, "accountql: --reason must not be blank\n"},
			{[]string{"--reason", "a\x1b[31m"}, "accountql: --reason must not hold control characters\n"},
			{[]string{"--reason", "\u202eb"}, "accountql: --reason must not hold control characters\n"},
			{[]string{"--reason", strings.Repeat("ü", 501)}, "accountql: --reason must not be longer than 500 characters\n"},
			{[]string{"--operator", " ", "--reason", " "},
				"accountql: --operator must not be blank; --reason must not be blank\n"},
			{[]string{"--require-reason"}, "accountql: --operator is required: give it, or set ACCOUNTQL_OPERATOR\n" +
				"accountql: --reason is required: give it, or set ACCOUNTQL_REASON\n"},
			{[]string{"--require-reason", "--operator", "o"},
				"accountql: --reason is required: give it, or set ACCOUNTQL_REASON\n"},
		} {
			code, stdout, stderr := runWith(t, closed, append(strings.Fields(line), tc.args...)...)
			if code != exitUsage || stdout != "" || stderr != tc.said {
				t.Errorf("%s %q: %d, %q, %q", line, tc.args, code, stdout, stderr)
			}
		}

		if code, _, stderr := runWith(t, closed, append(strings.Fields(line), "--operator", strings.Repeat("ü", 100),
			"--reason", strings.Repeat("ü", 500), "--require-reason")...); code != exitFailed {
			t.Errorf("%s: %d, %q", line, code, stderr)
		}
	}
}

// actingProgram returns a program whose commands act on the fakes, and where it prints. The function is called with the
// actor of each command.
func actingProgram(
	environ []string, operator Operator, outbox Outbox, called func(actor account.Actor),
) (program *Program, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return &Program{
		Environ: environ, Stdout: stdout, Stderr: stderr,
		Open: func(context.Context, config.Settings) (*Database, error) {
			return &Database{
				Operator: func(actor account.Actor) Operator { called(actor); return operator },
				Outbox:   outbox, Migrator: noMigrator{}, Close: func() error { return nil },
			}, nil
		},
	}, stdout, stderr
}

// revoker revokes every key.
type revoker struct{ Operator }

func (revoker) RevokeAPIKey(context.Context, string) error { return nil }

// TestActor checks whose name and reason a command has.
func TestActor(t *testing.T) {
	current, err := user.Current()
	if err != nil {
		t.Skip(err)
	}

	for _, tc := range []struct {
		environ, args []string
		want          account.Actor
	}{
		{nil, nil, account.Actor{Operator: "os:" + current.Username}},
		{[]string{"SUDO_USER=zoë"}, nil, account.Actor{Operator: "os:zoë"}},
		{[]string{"SUDO_USER="}, nil, account.Actor{Operator: "os:" + current.Username}},
		{[]string{"SUDO_USER=zoë", "ACCOUNTQL_OPERATOR=Ada", "ACCOUNTQL_REASON=ticket 7"}, nil,
			account.Actor{Operator: "Ada", Reason: "ticket 7"}},
		{[]string{"ACCOUNTQL_OPERATOR=Ada", "ACCOUNTQL_REASON=ticket 7"}, []string{"--operator=Eve", "--reason=none"},
			account.Actor{Operator: "Eve", Reason: "none"}},
		{[]string{"ACCOUNTQL_OPERATOR=Ada", "ACCOUNTQL_REASON=ticket 7", "ACCOUNTQL_REQUIRE_REASON=true"}, nil,
			account.Actor{Operator: "Ada", Reason: "ticket 7"}},
	} {
		var got account.Actor
		program, _, stderr := actingProgram(tc.environ, revoker{}, nil, func(actor account.Actor) { got = actor })
		code := program.Run(t.Context(), append([]string{"apikey", "revoke", "k"}, tc.args...))
		if code != exitOK || got != tc.want {
			t.Errorf("%q %q: %d, %+v, %s", tc.environ, tc.args, code, got, stderr)
		}
	}
}

// listed is an outbox with one message, the list of whose account can't be recorded.
type listed struct {
	Operator
	Outbox
}

var errUnrecorded = errors.New("the trail can't be written")

func (listed) OutboxState(context.Context) (models.OutboxState, error) {
	return models.OutboxState{}, nil
}

func (listed) Messages(context.Context, models.MessageState, string, int) ([]models.Message, error) {
	return []models.Message{{ID: "m", AccountID: "a"}}, nil
}

func (listed) RecordOutboxList(_ context.Context, accountID string) error {
	if accountID != "a" {
		return nil
	}
	return errUnrecorded
}

// TestNoListWithoutItsEvent checks that an account's messages are shown only once the event of it is written.
func TestNoListWithoutItsEvent(t *testing.T) {
	for line, code := range map[string]int{
		"outbox list --account a": exitFailed, "outbox list --account b": exitOK, "outbox list": exitOK,
	} {
		program, stdout, stderr := actingProgram(nil, listed{}, listed{}, func(account.Actor) {})
		got := program.Run(t.Context(), strings.Fields(line))
		if got != code || (stdout.Len() == 0) != (code == exitFailed) ||
			code == exitFailed && stderr.String() != "accountql: the trail can't be written\n" {
			t.Errorf("%s: %d, %s, %s", line, got, stdout, stderr)
		}
	}
}

func TestParseSince(t *testing.T) {
	now := time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"": {}, "2026-11-28T10:00:00+02:00": now.Add(-24 * time.Hour), "24h": now.Add(-24 * time.Hour),
		"7d": now.AddDate(0, 0, -7), "1d12h": now.Add(-36 * time.Hour), "0s": now,
		"2026-11-29T08:00:00.5Z": now.Add(time.Second / 2),
	} {
		if got, err := parseTime("--since", text, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}

	for _, text := range []string{"yesterday", "-1h", "2026-11-29", "2026-11-29T08:00:00", "7", " ", "h"} {
		code, stdout, stderr := runWith(t, errors.New("not to be opened"), "audit", "list", "--since="+text)
		if code != exitUsage || stdout != "" || !strings.HasPrefix(stderr, "accountql: --since must be a time such as") ||
			strings.Count(stderr, "\n") != 1 {
			t.Errorf("%q: %d, %q, %q", text, code, stdout, stderr)
		}
	}

	code, _, stderr := runWith(t, errors.New("not to be opened"), "audit", "list", "--code", "WRONG")
	if code != exitUsage || !strings.HasPrefix(stderr, "accountql: --code must be an error code") {
		t.Errorf("%d, %q", code, stderr)
	}
}
