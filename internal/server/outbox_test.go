package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// outboxListed is the output of `outbox list`.
type outboxListed struct {
	Pending, Failed int
	Oldest          *time.Time
	Messages        []struct {
		ID, State, Channel, Kind, To, LastError string
		Attempts                                int
		NextAttempt                             *time.Time
	}
}

func TestOutboxCommands(t *testing.T) {
	database := migrated(t, "x.db")
	var listed outboxListed
	command(t, database, "", "outbox list", &listed)
	if listed.Messages == nil || len(listed.Messages) != 0 || listed.Oldest != nil {
		t.Errorf("an empty outbox prints %+v", listed)
	}

	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}

	now := time.Now().UTC()
	add := func(id string, kind models.MessageKind, channel models.MessageChannel, to string) {
		t.Helper()
		message := &models.Message{
			ID: id, AccountID: "account", Channel: channel, Kind: kind, Recipient: to, CreatedAt: now, NotBefore: now,
			Data: models.MessageData{Token: "secret-token", Name: "Ada", IP: "203.0.113.7", Event: "{}"},
		}
		if err := s.InTx(t.Context(), func(tx account.Tx) error {
			return tx.Enqueue(t.Context(), message)
		}); err != nil {
			t.Fatal(err)
		}
	}

	add("waits", models.MessagePasswordChanged, models.ChannelMail, "ada@shop.example")
	add("failed", models.MessagePasswordChanged, models.ChannelMail, "ada@shop.example")
	add("reset", models.MessagePasswordReset, models.ChannelMail, "ada@shop.example")
	add("sms", models.MessagePhoneChanged, models.ChannelTextMessage, "+48512345678")
	add("event", models.MessageKind(models.EventPasswordChanged), models.ChannelWebhook, "webhook")

	for _, id := range []string{"failed", "reset", "sms"} {
		if err := s.MarkFailed(t.Context(), id, time.Now(), "550 no such user", nil); err != nil {
			t.Fatal(err)
		}
	}

	if err := s.MarkSent(t.Context(), "event", now); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	command(t, database, "", "outbox list", &listed)
	if listed.Pending != 1 || listed.Failed != 3 || len(listed.Messages) != 4 || listed.Messages[0].ID != "waits" ||
		listed.Messages[0].To != "a•••@shop.example" || listed.Messages[0].NextAttempt == nil {
		t.Errorf("list prints %+v", listed)
	}

	for flag, want := range map[string]int{
		"--failed": 3, "--pending": 1, "--sent": 1, "--sent --failed": 4, "--failed --limit 2": 2,
		"--failed --account account": 3, "--account another": 0,
	} {
		command(t, database, "", "outbox list "+flag, &listed)
		if len(listed.Messages) != want {
			t.Errorf("%s prints %d messages", flag, len(listed.Messages))
		}
	}

	_, text, _ := try(database, "", "outbox list --sent --failed --pending")
	for _, private := range []string{"ada@", "secret-token", "48512345", "203.0.113.7", "Ada", "sealed"} {
		if strings.Contains(text, private) {
			t.Errorf("list shows %q: %s", private, text)
		}
	}

	var retried struct {
		Retried []string
		Refused []struct{ ID, Reason string }
	}
	code, text, stderr := try(database, "", "outbox retry failed event reset waits unknown")
	if err := json.Unmarshal([]byte(text), &retried); err != nil || code != 1 || strings.Count(stderr, "\n") != 1 {
		t.Fatalf("retry: %d, %v, %q, %q", code, err, text, stderr)
	}
	if strings.Join(retried.Retried, " ") != "failed event" || len(retried.Refused) != 3 ||
		retried.Refused[0].ID != "reset" || !strings.Contains(retried.Refused[0].Reason, "wiped") {
		t.Errorf("retry prints %+v", retried)
	}

	command(t, database, "", "outbox retry --failed", &retried)
	if strings.Join(retried.Retried, " ") != "sms" || len(retried.Refused) != 1 {
		t.Errorf("retry --failed prints %+v", retried)
	}
}

// TestTheOutboxIsWatched checks the line that is logged once a minute.
func TestTheOutboxIsWatched(t *testing.T) {
	s, err := newTestServer(t, config.Settings{Mode: config.Development}, filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}

	var log bytes.Buffer
	s.log = newLogger(&log, "text", "info")
	now := time.Now().UTC()
	s.logOutbox(t.Context(), now)
	if log.Len() > 0 {
		t.Errorf("an empty outbox logs %s", log.String())
	}

	message := &models.Message{ID: "m", Channel: models.ChannelMail, Kind: models.MessageAccountDeleted,
		Recipient: "a@b.example", CreatedAt: now.Add(-90 * time.Second), NotBefore: now}
	if err := s.store.InTx(t.Context(), func(tx account.Tx) error {
		return tx.Enqueue(t.Context(), message)
	}); err != nil {
		t.Fatal(err)
	}

	s.logOutbox(t.Context(), now)
	if !strings.Contains(log.String(), "msg=outbox pending=1 age=1m30s failed=0") {
		t.Errorf("the log holds %s", log.String())
	}
}

func TestTemplatesPreview(t *testing.T) {
	directory := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var stderr output
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"templates", "preview", "--templates", directory}, nil, strings.NewReader(""),
			io.Discard, &stderr)
	}()

	var address []string
	for deadline := time.Now().Add(patience); address == nil &&
		time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		address = regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/`).FindStringSubmatch(stderr.String())
	}

	if address == nil {
		t.Fatalf("no address in %q", stderr.String())
	}

	get := func(path string) (int, string) {
		t.Helper()
		answer, err := client.Get(address[1] + path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		text, _ := io.ReadAll(answer.Body)

		return answer.StatusCode, string(text)
	}

	for path, want := range map[string]string{
		"/": "Reset your password", "/de": "Passwort", "/en": "Reset your password", "/ja": "パスワードの再設定",
	} {
		if status, text := get(path); status != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s: %d", path, status)
		}
	}

	if status, _ := get("/xx"); status != http.StatusNotFound {
		t.Errorf("/xx: %d", status)
	}

	// The next load shows the author's change, also a mistake.
	for _, change := range []struct{ text, want string }{
		{`{{define "password_reset subject"}}Fresh words{{end}}`, "Fresh words"},
		{`{{define "password_reset body"}}{{.Nickname}}{{end}}`, "Nickname"},
	} {
		if err := os.WriteFile(filepath.Join(directory, "en.tmpl"), []byte(change.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, page := get("/en"); !strings.Contains(page, change.want) {
			t.Errorf("the page lacks %q", change.want)
		}
	}

	cancel()
	if got := <-code; got != 0 {
		t.Errorf("the preview ended with %d: %s", got, stderr.String())
	}

	// The same mistake stops the start of the server and of the preview, in one line.
	for _, args := range [][]string{{"templates", "preview", "--templates", directory},
		{"--listen", "127.0.0.1:0", "--database", filepath.Join(directory, "x.db"), "--templates", directory}} {
		var messages bytes.Buffer
		if code := run(context.Background(), args, nil, strings.NewReader(""), io.Discard, &messages); code != 2 ||
			strings.Count(messages.String(), "\n") != 1 || !strings.Contains(messages.String(), "--templates") {
			t.Errorf("%v: %d, %q", args, code, messages.String())
		}
	}
}
