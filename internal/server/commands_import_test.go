package server

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// This file guards `account import` as an operator uses it; the graph package guards its rules.

// importFile writes a file of customers.
func importFile(t *testing.T, lines ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "customers.jsonl")
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestImportCommand(t *testing.T) {
	database := migrated(t, "x.db")
	good := importFile(t,
		`{"email":"a@example.com","passwordHash":"$2b$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"}`,
		`{"email":"b@example.com"}`, "")
	wrong := importFile(t, `{"email":"c@example.com"}`, `{"email":"d@example.com"}`, `{"email":"e"}`,
		`{"email":"f@example.com"}`, `{"email":"c@example.com"}`)
	for _, tc := range []struct {
		line           string
		code           int
		stdout, stderr string
	}{
		{"account import --dry-run " + good,
			0, `{"lines":2,"wrong":0,"present":0,"imported":0,"leftOut":0,"incomplete":0,"dryRun":true}`, ""},
		{"account get a@example.com", 1, "", "accountql: no account has this id or e-mail\n"},
		{"account import " + good,
			0, `{"lines":2,"wrong":0,"present":0,"imported":2,"leftOut":0,"incomplete":0,"dryRun":false}`, ""},
		{"account import " + good,
			0, `{"lines":2,"wrong":0,"present":2,"imported":0,"leftOut":0,"incomplete":0,"dryRun":false}`, ""},
		{"account import " + wrong, 1,
			`{"lines":5,"wrong":2,"present":0,"imported":0,"leftOut":0,"incomplete":0,"dryRun":false}`,
			"accountql: line 3: email must be an e-mail address such as name@example.com\naccountql: line 5: email is that of line 1, too\n" +
				"accountql: nothing was imported: correct the lines, and import the file again\n"},
		{"account get c@example.com", 1, "", "accountql: no account has this id or e-mail\n"},
	} {
		code, stdout, stderr := try(database, "", tc.line)
		if code != tc.code || strings.TrimSpace(stdout) != tc.stdout || stderr != tc.stderr {
			t.Errorf("%s: %d, %s, %s", tc.line, code, stdout, stderr)
		}
	}

	for line, code := range map[string]int{"account import": 2,
		"account import " + good + "x": 1, "account import " + t.TempDir(): 1, "account import --rate 5 " + good: 2} {
		if got, _, stderr := try(database, "", line); got != code || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: %d, %s", line, got, stderr)
		}
	}
}

// TestImportOutlivesAKill kills an import of ten thousand lines with SIGKILL, and repeats it.
func TestImportOutlivesAKill(t *testing.T) {
	const lines = 10_000
	database := migrated(t, "x.db")
	customers := make([]string, lines)
	for i := range customers {
		customers[i] = fmt.Sprintf(
			`{"email":"c%d@example.com","agreements":{"email":true},"firstName":"C","createdAt":"2020-02-29T12:00:00Z"}`, i,
		)
	}

	file := importFile(t, customers...)
	command(t, database, "", "migrate", &[]any{})
	killed := exec.Command(os.Args[0], "account", "import", "--database", database, file)
	killed.Env = []string{asProgram + "=" + root}
	var said output
	killed.Stderr = &said
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}

	// Wait until the program has started: the start takes as long as the rest of the import.
	db, err := sql.Open("sqlite3", "file:"+database+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()

	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		var written int
		if err := db.QueryRow("SELECT count(*) FROM accounts").Scan(&written); err == nil && written >= 500 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("nothing is imported: %s", said.String())
		}
	}

	if err := killed.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := killed.Wait(); err == nil {
		t.Fatal("the import ended before it was killed")
	}

	code, stdout, stderr := try(database, "", "account import "+file)
	var summary struct{ Lines, Wrong, Present, Imported int }
	if err := json.NewDecoder(bytes.NewReader([]byte(stdout))).Decode(&summary); err != nil || code != 0 {
		t.Fatalf("%d, %v: %s", code, err, stderr)
	}
	if summary.Present < 500 || summary.Present%100 != 0 || summary.Imported != lines-summary.Present ||
		summary.Lines != lines {
		t.Errorf("%+v", summary)
	}
	if stderr != "accountql: 10000 lines are checked\naccountql: 10000 of 10000 lines are written\n" {
		t.Errorf("the progress is %q", stderr)
	}

	var verified struct{ Events int }
	command(t, database, "", "audit verify", &verified)
	if verified.Events != lines {
		t.Errorf("the audit trail has %d events", verified.Events)
	}
}

// TestExportLinesCommand guards that `account export --lines` prints a file for `account import`, and that the
// warning about its content goes elsewhere.
func TestExportLinesCommand(t *testing.T) {
	from, to := migrated(t, "from.db"), migrated(t, "to.db")
	command(t, from, "", "account import "+importFile(
		t, `{"email":"a@example.com","passwordHash":"$2b$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O","company":"A <&> B"}`, `{"email":"b@example.com"}`,
	), &map[string]any{})
	code, lines, said := try(from, "", "account export --lines")
	if code != 0 || strings.Count(lines, "\n") != 4 || !strings.HasPrefix(lines, "{\"begin\":") ||
		!strings.HasSuffix(lines, "{\"end\":true}\n") ||
		!strings.Contains(lines, "A <&> B") ||
		said !=
			"accountql: 2 accounts are exported, with the hashes of their passwords: let nobody else read the file\n" {
		t.Fatalf("%d, %s, %s", code, lines, said)
	}

	command(t, to, "", "account import "+importFile(t, lines), &map[string]any{})
	if code, again, _ := try(to, "", "account export --lines"); code != 0 || again != lines {
		t.Errorf("%d: exported\n%s\nand again\n%s", code, lines, again)
	}
	if code, one, _ := try(to, "", "account export --lines b@example.com"); code != 0 ||
		strings.Count(one, "\n") != 3 || !strings.Contains(one, `"email":"b@example.com"`) {
		t.Errorf("%d, %s", code, one)
	}

	for line, code := range map[string]int{
		"account export --lines c@example.com": 1, "account export c@example.com": 1, "account export": 2,
	} {
		if got, stdout, stderr := try(from, "", line); got != code || stdout != "" || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: %d, %q, %q", line, got, stdout, stderr)
		}
	}

	// A reader that stops reading gets a file without its end.
	var messages bytes.Buffer
	code = run(t.Context(), []string{"account", "export", "--lines"}, []string{"ACCOUNTQL_DATABASE=" + from},
		strings.NewReader(""), &limited{left: 300}, &messages)
	if code != 1 || strings.Contains(messages.String(), "are exported") {
		t.Errorf("%d, %s", code, messages.String())
	}
}

// limited accepts left bytes and then fails.
type limited struct{ left int }

func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, errors.New("no space left")
	}
	return len(p), nil
}

// TestImportTakesAnExport guards that the output of `account export` can be imported elsewhere.
func TestImportTakesAnExport(t *testing.T) {
	from, to := migrated(t, "from.db"), migrated(t, "to.db")
	line := `{"email":"ada@example.com","emailVerified":true,"phone":"+48512345678","customId":"1","uuid":"0b4c4f6e-7d0a-4e57-9d5e-3f6f1f0c9a11","firstName":"Ada","lastName":"L","displayName":"A","sex":"FEMALE",` +
		`"birthDate":"1990-12-10","avatarUrl":"https://example.com/a.png","company":"C","address":"A 1","city":"London","province":"P","zipCode":"SW1A 1AA","countryCode":"GB","language":"en","timeZone":"Europe/London",` +
		`"attributes":{"a":1.50},"tags":["x"],"createdAt":"2020-02-29T12:00:00Z","status":"BLOCKED","identities":[{"identityProvider":"GOOGLE","issuer":"https://accounts.google.com","subject":"7","linkedAt":"2020-03-01T12:00:00Z"}],"consents":[{"channel":"email","value":false,"source":"shop","recordedAt":"2020-03-01T12:00:00Z"},{"channel":"email","value":true,"source":"checkout","recordedAt":"2021-03-01T12:00:00Z"}]}`
	command(t, from, "", "account import "+importFile(t, line), &map[string]any{})

	export := func(database string) map[string]any {
		var export map[string]any
		command(t, database, "", "account export ada@example.com", &export)
		customer, _ := export["account"].(map[string]any)
		// These fields belong to the importing service.
		for _, own := range []string{"id", "hasPassword", "secondFactorSince", "updatedAt", "lastActivityDate", "version"} {
			delete(customer, own)
		}

		customer["consents"], customer["identities"] = export["consents"], export["identities"]

		return customer
	}

	exported, err := json.Marshal(export(from))
	if err != nil {
		t.Fatal(err)
	}

	command(t, to, "", "account import "+importFile(t, string(exported)), &map[string]any{})
	again, err := json.Marshal(export(to))
	if err != nil || string(again) != string(exported) {
		t.Errorf("exported\n%s\nand again\n%s", exported, again)
	}
}

// jsonLines matches the blocks of JSON lines in a document.
var jsonLines = regexp.MustCompile("(?s)```jsonl\n(.*?)```")

// TestImportDocument guards that every line in docs/import.md can be imported.
func TestImportDocument(t *testing.T) {
	text, err := os.ReadFile("docs/import.md")
	if err != nil {
		t.Fatal(err)
	}

	blocks := jsonLines.FindAllStringSubmatch(string(text), -1)
	if len(blocks) < 5 {
		t.Fatalf("only %d blocks were found", len(blocks))
	}

	for _, block := range blocks {
		database := migrated(t, "x.db")
		command(t, database, "", "account import "+importFile(t, block[1]), &map[string]any{})
	}
}
