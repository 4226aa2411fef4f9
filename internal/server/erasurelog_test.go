package server

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
)

// TestErasuresAreRepeated checks that whoever was erased after a backup is erased again from the database that was
// restored from it (R-DAT6).
func TestErasuresAreRepeated(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		erasuresAreRepeated(t, migrated(t, "x.db"), filepath.Join(t.TempDir(), "restored.db"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		database := postgrestest.EmptyURL(t)
		command(t, database, "", "migrate", &[]any{})
		erasuresAreRepeated(t, database, postgrestest.EmptyURL(t))
	})
}

// erasuresAreRepeated takes a copy, which is the same on every database, for the backup.
func erasuresAreRepeated(t *testing.T, database, restored string) {
	list := filepath.Join(t.TempDir(), "erasures.jsonl")
	var ada, bob struct{ ID string }
	command(t, database, "", "account create --email ada@example.com", &ada)
	command(t, database, "", "account create --email bob@example.com", &bob)
	command(t, "", "", "copy --from "+database+" --to "+restored, &map[string]any{})

	command(t, database, "", "account erase ada@example.com --yes --erasure-log "+list, &map[string]any{})
	text, err := os.ReadFile(list)
	if err != nil || strings.Contains(string(text), ada.ID) || bytes.Count(text, []byte("\n")) != 1 {
		t.Fatalf("the list says %q, %v", text, err)
	}
	if code, _, _ := try(restored, "", "account get "+ada.ID); code != 0 {
		t.Fatal("the restored database does not have the account")
	}

	var summary struct {
		Listed, Erased, Absent int
		Survived               []string
	}
	repeat := "account erase --yes --from " + list
	command(t, restored, "", repeat, &summary)
	if summary.Listed != 1 || summary.Erased != 1 || summary.Absent != 0 || len(summary.Survived) != 0 {
		t.Errorf("the first time: %+v", summary)
	}
	if code, _, stderr := try(restored, "", "account get "+ada.ID); code != 1 {
		t.Errorf("the account that was erased before is there: %d, %s", code, stderr)
	}
	if code, _, stderr := try(restored, "", "account get "+bob.ID); code != 0 {
		t.Errorf("another account is gone: %s", stderr)
	}

	command(t, restored, "", repeat, &summary)
	if summary.Listed != 1 || summary.Erased != 0 || summary.Absent != 1 {
		t.Errorf("the second time: %+v", summary)
	}

	var outbox struct{ Pending int }
	if command(t, restored, "", "outbox list", &outbox); outbox.Pending != 0 {
		t.Errorf("the customer is told again: %d messages wait", outbox.Pending)
	}
	command(t, restored, "", "audit verify", &map[string]any{})
}

// TestRestoredServerRepeatsErasures follows docs/operations.md: a customer deletes the account after the backup, and the
// backup is restored.
func TestRestoredServerRepeatsErasures(t *testing.T) {
	directory := t.TempDir()
	file, kept, list := filepath.Join(directory, "accountql.db"), filepath.Join(directory, "kept.db"),
		filepath.Join(directory, "erasures.jsonl")
	server := boot(t, directory, "--erasure-log", list)
	var in signedIn
	server.post(t, server.curl[4], &in)
	command(t, file, "", "backup "+kept, &map[string]any{})
	text := server.ask(t, account.DevelopmentKey, in.SignIn.Session.Token, `mutation { deleteAccount(input: {
		clientAuthFactor: "`+account.DemoPassword+`", identityProvider: SYNERISE}) { deletedAt } }`)
	server.stop(t)
	if !strings.Contains(text, "deletedAt") {
		t.Fatalf("the deletion answers %s", text)
	}

	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if err := os.Rename(kept, file); err != nil {
		t.Fatal(err)
	}

	var summary struct{ Erased int }
	command(t, file, "", "account erase --yes --from "+list, &summary)
	if code, _, _ := try(file, "", "account get "+in.SignIn.Account.ID); code != 1 || summary.Erased != 1 {
		t.Errorf("%d are erased, and account get exits with %d", summary.Erased, code)
	}
}

// TestErasureLogFile checks that the file is found wrong before the start, and that a line which was cut off does not
// take the next one along.
func TestErasureLogFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erasures.jsonl")
	list, err := openErasureLog(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}

	if err := os.WriteFile(path, []byte(`{"id":"cut o`), 0o600); err != nil {
		t.Fatal(err)
	}
	line := account.Erasure{ID: "whole", At: time.Now(), Account: strings.Repeat("0f", 32)}
	for range 2 {
		if err := list.Append(line); err != nil {
			t.Fatal(err)
		}
	}

	text, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	erased, unreadable, err := account.ReadErasures(text)
	if err != nil || len(erased) != 1 || len(unreadable) != 1 || unreadable[0] != 1 {
		t.Errorf("erased %v, unreadable %v, %v", erased, unreadable, err)
	}

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := list.Append(line); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an append to a file that vanished: %v", err)
	}
}

func TestWrongErasureLogs(t *testing.T) {
	folder := t.TempDir()
	database := migrated(t, "x.db")
	for _, path := range []string{folder, filepath.Join(folder, "missing", "list")} {
		if checkErasureLog(path) == nil {
			t.Errorf("%s is accepted", path)
		}
		if code, _, stderr := try(database, "", "account erase a@example.com --yes --erasure-log "+path); code != 2 ||
			!strings.Contains(stderr, "--erasure-log") {
			t.Errorf("account erase with %s: %d, %s", path, code, stderr)
		}
	}
	if err := checkErasureLog(filepath.Join(folder, "new")); err != nil {
		t.Error(err)
	}

	for line, word := range map[string]string{
		"account erase --yes":                              "--from",
		"account erase a@example.com --yes --from list":    "--from",
		"account erase --from list":                        "--yes",
		"account erase --yes --from " + folder + "/no":     "--from",
		"account erase --yes --from " + damagedErasures(t): "lines [1]",
	} {
		var out, messages bytes.Buffer
		code := run(context.Background(), strings.Fields(line), []string{"ACCOUNTQL_DATABASE=" + database},
			strings.NewReader(""), &out, &messages)
		if code == 0 || !strings.Contains(messages.String(), word) {
			t.Errorf("%s: %d, %s", line, code, &messages)
		}
	}
}

func damagedErasures(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(path, []byte("{\"id\":\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
