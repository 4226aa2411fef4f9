package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// ask sends an operation with an API key, and with the customer's session unless it is empty, and returns the whole
// answer.
func (p *process) ask(t *testing.T, key, session, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}

	request, err := http.NewRequest(http.MethodPost, p.curl[1], bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Api-Key", key)
	if session != "" {
		request.Header.Set("Authorization", "Bearer "+session)
	}

	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}

	return string(text)
}

// TestMovingUp moves a customer to PostgreSQL in the middle of a flow: the session, the password, the application's
// key and the token in a mail that was sent earlier must all work on the copy.
func TestMovingUp(t *testing.T) {
	server, directory := postgrestest.EmptyURL(t), t.TempDir()
	file := filepath.Join(directory, "accountql.db")
	var created struct{ Key string }
	line := "apikey create --name shop"
	for _, permission := range models.Permissions {
		line += " --permission " + string(permission)
	}

	command(t, file, "", "migrate", &[]any{})
	command(t, file, "", line, &created)
	before := boot(t, directory)
	var in signedIn
	before.post(t, before.curl[4], &in)
	session := in.SignIn.Session.Token
	before.ask(t, created.Key, session, `mutation { requestEmailChange(input: {email: "moved@example.com", password: "`+
		account.DemoPassword+`"}) { pending { expiresAt } } }`)
	token := ""
	_, _, inbox := before.get(t, "/inbox.json")
	var messages []struct{ Kind, Token string }
	if err := json.Unmarshal([]byte(inbox), &messages); err != nil {
		t.Fatal(err)
	}

	for _, message := range messages {
		if message.Kind == "EMAIL_CHANGE" {
			token = message.Token
		}
	}

	if code, stdout, stderr := try(file, "",
		"copy --from "+file+" --to "+server); code != 1 || stdout != "" || !strings.Contains(stderr, "is in use") {
		t.Errorf("a copy of a database that is served: %d, %q, %q", code, stdout, stderr)
	}

	before.stop(t)

	code, stdout, stderr := try(file, "", "copy --from "+file+" --to "+server)
	var report cli.CopyReport
	if err := json.Unmarshal([]byte(stdout), &report); err != nil || code != 0 || !report.Verified ||
		len(report.Tables) < 11 || !strings.Contains(stderr, "accountql: verify audit_events: ") {
		t.Fatalf("%d, %v: %s\n%s", code, err, stdout, stderr)
	}

	var audit struct{ Verified bool }
	if command(t, server, "", "audit verify", &audit); !audit.Verified {
		t.Error("the audit trail is broken")
	}

	after := boot(t, directory, "--database", server)
	defer after.stop(t)

	if text := after.ask(
		t, created.Key, session, `{ account { email pendingEmailChange { destination } } }`,
	); !strings.Contains(text, `"email":"demo@example.com"`) || !strings.Contains(text, "m•••@example.com") {
		t.Errorf("the session answers %s", text)
	}

	if text := after.ask(t, created.Key, "", fmt.Sprintf(
		`mutation { confirmEmailChange(input: {token: %q, newsletterAgreement: false}) { email } }`, token,
	)); !strings.Contains(text, `"email":"moved@example.com"`) {
		t.Errorf("the token answers %s", text)
	}

	if text := after.ask(t, created.Key, "", `mutation { signIn(input: {email: "moved@example.com", password: "`+
		account.DemoPassword+`"}) { account { id } } }`); !strings.Contains(text, in.SignIn.Account.ID) {
		t.Errorf("the password answers %s", text)
	}
	if command(t, server, "", "audit verify", &audit); !audit.Verified {
		t.Error("the audit trail does not go on")
	}
}

// TestBackupAndRestore follows docs/operations.md: back up while the server runs, stop it, replace the database
// with the file, start.
func TestBackupAndRestore(t *testing.T) {
	directory := t.TempDir()
	file, kept := filepath.Join(directory, "accountql.db"), filepath.Join(directory, "kept.db")
	server := boot(t, directory)
	var in signedIn
	server.post(t, server.curl[4], &in)
	var report struct {
		File  string
		Bytes int64
	}
	if command(t, file, "", "backup "+kept, &report); report.File != kept || report.Bytes < 4096 {
		t.Errorf("backup prints %+v", report)
	}
	if code, _, stderr := try(file, "", "backup "+kept); code != 1 || !strings.Contains(stderr, "exists already") {
		t.Errorf("a second backup to one file: %d, %s", code, stderr)
	}

	// A change after the backup is gone after the restore.
	server.ask(t, account.DevelopmentKey, in.SignIn.Session.Token,
		`mutation { updateAccount(input: {firstName: "Later"}) { account { id } } }`)
	server.stop(t)

	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}

	if err := os.Rename(kept, file); err != nil {
		t.Fatal(err)
	}

	restored := boot(t, directory)
	defer restored.stop(t)
	text := restored.ask(t, account.DevelopmentKey, in.SignIn.Session.Token, `{ account { email firstName } }`)
	if !strings.Contains(text, `"email":"demo@example.com"`) || strings.Contains(text, "Later") {
		t.Errorf("after the restore: %s", text)
	}
}
