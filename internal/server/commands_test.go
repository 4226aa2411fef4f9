package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// command runs a command on a database file and fails the test if the command fails; it decodes the JSON of stdout
// into data unless data is nil.
func command(t *testing.T, database, stdin, line string, data any) {
	t.Helper()
	code, stdout, stderr := try(database, stdin, line)
	if code != 0 {
		t.Fatalf("%s: %d, %s", line, code, stderr)
	}
	if data == nil && stdout == "" {
		return
	}
	if err := json.Unmarshal([]byte(stdout), data); err != nil {
		t.Fatalf("%s: %v in %q", line, err, stdout)
	}
}

func try(database, stdin, line string) (code int, stdout, stderr string) {
	var out, messages bytes.Buffer
	environ := []string{"ACCOUNTQL_DATABASE=" + database}
	code = run(context.Background(), strings.Fields(line), environ, strings.NewReader(stdin), &out, &messages)
	return code, out.String(), messages.String()
}

// migrated returns a new database, as the command migrate creates it.
func migrated(t *testing.T, name string) string {
	t.Helper()
	database := filepath.Join(t.TempDir(), name)
	command(t, database, "", "migrate", &[]any{})
	return database
}

// TestCommandsCreateNothing guards that a command without its environment, or with a typing error in it, neither
// creates a database nor reports anything about an empty one.
func TestCommandsCreateNothing(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}

	for _, database := range []string{
		"", filepath.Join(folder, "missing.db"), filepath.Join(folder, "no", "x.db"), empty,
	} {
		for _, line := range []string{
			"apikey create --name shop --permission SAUTH_CLIENT_DELETE", "apikey list", "apikey revoke x",
			"account create --email ada@example.com", "account import " + importFile(t, ""), "account get ada@example.com",
			"account export --lines", "account export ada@example.com", "account erase ada@example.com --yes",
			"audit list", "audit verify", "outbox list", "outbox retry x", "keys rotate", "keys list",
		} {
			code, stdout, stderr := try(database, "", line)
			if code != 1 || stdout != "" || !strings.Contains(stderr, "there is no database") ||
				!strings.Contains(stderr, "ACCOUNTQL_DATABASE") || strings.Count(stderr, "\n") != 1 {
				t.Errorf("%s on %q: %d, %q, %q", line, database, code, stdout, stderr)
			}
		}
	}

	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	if info, err := os.Stat(empty); err != nil || info.Size() > 0 {
		t.Errorf("the empty file is now %v, %v", info, err)
	}

	// A database without a version of the schema holds nothing to work on either.
	unmigrated := filepath.Join(t.TempDir(), "x.db")
	withoutTables(t, unmigrated)
	if code, _, stderr := try(unmigrated, "", "audit verify"); code != 1 || !strings.Contains(stderr, "no database") {
		t.Errorf("%d, %q", code, stderr)
	}
}

// withoutTables creates a database without a version of the schema, as serve --migrate off does.
func withoutTables(t *testing.T, database string) {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestProductionNeedsADatabase guards that in the environment of a server in production no command works on a file of
// the working directory.
func TestProductionNeedsADatabase(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, line := range []string{"migrate", "migrate --status", "apikey list", "backup b.db"} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), strings.Fields(line), []string{"ACCOUNTQL_MODE=production"}, strings.NewReader(""),
			&stdout, &stderr)
		if code != 2 || stdout.Len() > 0 || !strings.Contains(stderr.String(), "--database") {
			t.Errorf("%s: %d, %s%s", line, code, stdout.String(), stderr.String())
		}
	}

	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestMigrateCommand(t *testing.T) {
	database := filepath.Join(t.TempDir(), "x.db")
	var before, after, status []map[string]any
	if code, stdout, stderr := try(database, "", "migrate --status"); code != 1 || stdout != "" ||
		!strings.Contains(stderr, "there is no database") {
		t.Errorf("the status of nothing: %d, %s%s", code, stdout, stderr)
	}
	if _, err := os.Stat(database); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}

	withoutTables(t, database)
	command(t, database, "", "migrate --status", &before)
	if code, _, stderr := try(database, "", "backup "+filepath.Join(t.TempDir(), "b.db")); code != 1 ||
		!strings.Contains(stderr, "is empty") {
		t.Errorf("a backup of nothing: %d, %s", code, stderr)
	}
	command(t, database, "", "migrate", &after)
	command(t, database, "", "migrate --status", &status)
	if len(before) == 0 || before[0]["appliedAt"] != nil || before[0]["version"] != 1.0 {
		t.Errorf("a new database has %v", before)
	}
	if len(after) != len(before) || after[0]["appliedAt"] == nil || !reflect.DeepEqual(after, status) {
		t.Errorf("after migrate: %v, then %v", after, status)
	}
}

func TestAPIKeyCommands(t *testing.T) {
	database := migrated(t, "x.db")
	var created map[string]any
	command(t, database, "",
		"apikey create --name shop --permission SAUTH_LOGIN_CLIENT_CREATE --permission SAUTH_CLIENT_DELETE --expires 90d --origin https://shop.example",
		&created)
	secret, _ := created["key"].(string)
	if !strings.HasPrefix(secret, models.APIKeyPrefix) || created["name"] != "shop" || created["expiresAt"] == nil ||
		len(created) != 5 {
		t.Errorf("create prints %v", created)
	}
	if permissions, _ := created["permissions"].([]any); !slices.Contains(permissions, any("SAUTH_CLIENT_DELETE")) ||
		len(permissions) != 2 {
		t.Errorf("permissions are %v", created["permissions"])
	}

	var listed []map[string]any
	command(t, database, "", "apikey list", &listed)
	if len(listed) != 1 || listed[0]["id"] != created["id"] || listed[0]["revokedAt"] != nil {
		t.Errorf("list prints %v", listed)
	}
	if _, text, _ := try(database, "", "apikey list"); strings.Contains(text, secret[len(secret)-20:]) ||
		strings.Contains(strings.ToLower(text), "hash") {
		t.Errorf("list shows the secret: %s", text)
	}

	id, _ := created["id"].(string)
	command(t, database, "", "apikey revoke "+id, nil)

	for _, line := range []string{"apikey revoke " + id, "apikey revoke unknown"} {
		if code, _, stderr := try(database, "", line); code != 1 || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: %d, %q", line, code, stderr)
		}
	}

	for line, names := range map[string]string{
		"apikey create --name x --permission ALL":                                       "--permission",
		"apikey create --name x --permission SAUTH_CLIENT_DELETE --origin shop.example": "--origin",
	} {
		if code, _, stderr := try(database, "", line); code != 2 || !strings.Contains(stderr, names) {
			t.Errorf("%s: %d, %q", line, code, stderr)
		}
	}
}

func TestAccountCommands(t *testing.T) {
	database := migrated(t, "x.db")
	var created map[string]string
	command(t, database, "a fine long password\n",
		"account create --email Ada@Example.com --phone +48512345678 --password-stdin", &created)
	if created["email"] != "ada@example.com" || created["id"] == "" || len(created) != 2 {
		t.Errorf("create prints %v", created)
	}

	for _, name := range []string{created["id"], "ADA@example.com"} {
		var shown map[string]any
		command(t, database, "", "account get "+name, &shown)
		if shown["id"] != created["id"] || shown["phone"] != "+48512345678" || shown["emailVerified"] != true ||
			shown["hasPassword"] != true || shown["status"] != "ACTIVE" {
			t.Errorf("get %s prints %v", name, shown)
		}
	}

	if _, text, _ := try(database, "", "account get "+created["id"]); strings.Contains(text, "argon2") {
		t.Errorf("get shows the hash: %s", text)
	}

	var without map[string]any
	command(t, database, "", "account create --email bob@example.com", &without)
	command(t, database, "", "account get bob@example.com", &without)
	if without["hasPassword"] != false {
		t.Errorf("an account without password is %v", without)
	}

	for _, tc := range []struct {
		stdin, line string
		code        int
		names       string
	}{
		{"", "account get carol@example.com", 1, "no account"},
		{"", "account create --email ada@example.com", 1, "belongs to another account"},
		{"", "account create --email nobody", 2, "--email"},
		{"", "account create --email carol@example.com --phone 12", 2, "--phone"},
		{"\n", "account create --email carol@example.com --password-stdin", 2, "--password-stdin"},
		{"short\n", "account create --email carol@example.com --password-stdin", 1, "password"},
		{"eleven long\n",
			"account create --email carol@example.com --password-stdin --password-min-length 15", 1, "password"},
	} {
		code, stdout, stderr := try(database, tc.stdin, tc.line)
		if code != tc.code || stdout != "" || !strings.Contains(stderr, tc.names) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: %d, %q, %q", tc.line, code, stdout, stderr)
		}
	}
}
