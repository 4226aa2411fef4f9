package system

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/internal/trace/tracetest"
	"github.com/accountql/accountql/test/world"
)

func searchLog(t *testing.T, w *world.World, secret map[string]string) {
	t.Helper()
	log := w.Log.String()
	if !strings.Contains(log, "a resolver panicked") || !strings.Contains(log, "an operation failed") {
		t.Error("the log does not tell of what went wrong, so this test searches in vain")
	}

	for _, all := range []map[string]string{markers, secret} {
		for kind, marker := range all {
			if at := find(log, marker); at >= 0 {
				t.Errorf("the log has the %s: …%s…", kind, log[max(0, at-200):min(len(log), at+100)])
			}
		}
	}

	if strings.Contains(log, w.Keys["development"]) || strings.Contains(log, "Authorization") ||
		strings.Contains(log, "Bearer") {
		t.Error("the log has the API key or the header Authorization")
	}
}

// find returns where a text has a marker, or -1. A code is six digits, which the text may have by chance in the fraction
// of a second or in an address of a stack: they are a code only where nothing continues them.
func find(text, marker string) int {
	if len(marker) != 6 || strings.Trim(marker, "0123456789") != "" {
		return strings.Index(text, marker)
	}

	const letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for from := 0; ; {
		at := strings.Index(text[from:], marker)
		if at < 0 {
			return -1
		}

		at, from = from+at, from+at+len(marker)
		before := at > 0 && strings.IndexByte(letters+".", text[at-1]) >= 0
		after := from < len(text) && strings.IndexByte(letters, text[from]) >= 0
		if !before && !after {
			return at
		}
	}
}

// searchSpans searches all bytes that the collector received (R-OBS4).
func searchSpans(
	t *testing.T, w *world.World, tracer *trace.Tracer, collector *tracetest.Collector, secret map[string]string,
) {
	t.Helper()
	world.Deliver(t, tracer)
	raw := collector.Raw()
	for _, all := range []map[string]string{markers, secret, {
		"API key": w.Keys["development"], "client's address": "192.0.2.1", "device": "stories/1.0",
		"operation's name": `"operationName"`, "address": "example.com", "another number": "601234567",
	}} {
		for kind, marker := range all {
			if at := strings.Index(raw, marker); at >= 0 {
				t.Errorf("a span has the %s: …%q…", kind, raw[max(0, at-200):min(len(raw), at+100)])
			}
		}
	}

	names := map[string]int{}
	for _, span := range collector.Spans() {
		names[span.Name]++
	}
	for _, field := range w.Schema.Mutation.Fields {
		// TestBackOfficeShowsNoSecret has those of the back office, whose keys work without a browser's headers alone.
		if names["mutation "+field.Name] == 0 && !world.Gates[field.Name].Permission.BackOffice() {
			t.Errorf("no span of %s arrived, so this test searches in vain", field.Name)
		}
	}
	for _, name := range []string{
		"POST /graphql", "password wait", "password hash", "SELECT api_keys", "BEGIN", "COMMIT",
		"query apiKey,account", "INSERT outbox", "UPDATE accounts",
		"send PASSWORD_RESET", "send EMAIL_CHANGE", "send PHONE_CODE",
	} {
		if names[name] == 0 {
			t.Errorf("no span %q arrived, only %v", name, names)
		}
	}
}

// searchRows searches every table. The outbox has been sent: it may contain addresses, but no secrets.
func searchRows(t *testing.T, w *world.World, secret map[string]string) {
	t.Helper()
	tables := map[string]map[string]bool{
		"audit_events": mayBeAudited, "audit_heads": nil, "budgets": nil, "idempotency_keys": nil, "api_keys": nil,
		"server_keys": nil, "consents": nil, "identities": nil, "terms_acceptances": nil, "schema_compatibility": nil,
		"webhook_targets": nil, "webhook_events": nil, "webhook_sequences": nil, "deletions": nil, "idle_notices": nil, "consent_proofs": nil,
		"passkeys": nil, "authenticators": nil, "recovery_codes": nil,
		"outbox":   {"email": true, "phone": true, "first name": true, "user agent": true},
		"sessions": {"user agent": true}, "challenges": {"email": true, "phone": true},
		"registrations": {"email": true}, "data_exports": nil,
		"known_devices": {"user agent": true}, "device_watches": nil,
		"accounts":  {"email": true, "phone": true, "first name": true},
		"addresses": {"phone": true, "first name": true},
	}
	db, err := sql.Open("sqlite3", "file:"+w.Database+"?mode=ro")
	world.Check(t, err)
	defer db.Close()

	for table, allowed := range tables {
		text := dump(t, db, table)
		for kind, marker := range markers {
			if !allowed[kind] && find(text, marker) >= 0 {
				t.Errorf("%s has the %s", table, kind)
			}
		}

		for kind, marker := range secret {
			if find(text, marker) >= 0 &&
				(kind != "phone code" || table != "audit_events" && table != "accounts") {
				t.Errorf("%s has the %s", table, kind)
			}
		}
	}

	if n := query(
		t, w, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'`,
	); n != len(tables) {
		t.Errorf("%d tables, of which %d are searched", n, len(tables))
	}
}

// dump returns a table as text.
func dump(t *testing.T, db *sql.DB, table string) string {
	t.Helper()
	rows, err := db.Query("SELECT * FROM " + table)
	world.Check(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	world.Check(t, err)
	var text strings.Builder
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		world.Check(t, rows.Scan(targets...))
		fmt.Fprintln(&text, values)
	}

	world.Check(t, rows.Err())

	return text.String()
}

// TestLogLinesCannotBeForged checks R-LOG2: whatever a client sends, each event is one line with one record.
func TestLogLinesCannotBeForged(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	listen(t, w)
	const forged = "\r\n{\"level\":\"INFO\",\"msg\":\"forged\"}\ntime=2026 level=INFO msg=forged \x1b[2J\x1b[31m\u2028\u0085"
	original := w.Service.Store
	w.Service.Store = failing{original}

	for _, field := range w.Schema.Mutation.Fields {
		input := "{}"
		if len(field.Arguments) > 0 {
			input = minimalInput(t, w.Schema, field.Arguments.ForName("input").Type)
		}

		text := string(must(json.Marshal(forged)))
		for _, body := range []string{
			fmt.Sprintf(`{"query":%q,"variables":{"input":%s},"operationName":null}`, world.Document(t, w.Schema,
				field.Name, len(field.Arguments) > 0), strings.ReplaceAll(input, `"some text of no meaning"`, text)),
			fmt.Sprintf(`{"query":%s}`, text), fmt.Sprintf(`{"query":"{ account { id } }","operationName":%s}`, text),
			forged,
		} {
			w.Post(t,
				world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"], Body: body, Header: map[string][]string{
					"User-Agent": {forged}, "X-Request-Id": {forged}, "X-Forwarded-For": {forged}, "Origin": nil,
					"Referer": {forged},
				}})
		}
	}

	lines := strings.Split(strings.TrimRight(w.Log.String(), "\n"), "\n")
	if len(lines) < 10 {
		t.Errorf("the log has %d lines, so this test proves little", len(lines))
	}

	for _, line := range lines {
		if !strings.HasPrefix(line, "time=20") || strings.Contains(line, "forged") ||
			strings.ContainsAny(line, "\r\x1b\u2028\u0085") {
			t.Errorf("a line of the log: %q", line)
		}
	}

	// The trail and the session store only printable characters of a device.
	w.Service.Store = original
	w.Post(t, world.Call{Key: w.Keys["development"],
		Body: fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(
			t, w.Schema, "signIn", true,
		), world.Credentials(account.DemoEmail, account.DemoPassword)),
		Header: map[string][]string{"User-Agent": {forged}}})
	event := lastEvent(t, w)
	if event.Operation != "signIn" || !strings.Contains(event.UserAgent, "forged") ||
		strings.ContainsFunc(event.UserAgent, func(r rune) bool { return r < ' ' || r > '~' }) {
		t.Errorf("the event is %+v", event)
	}
}

// TestFind guards that a code is found wherever a log or a row can have it.
func TestFind(t *testing.T) {
	for text, at := range map[string]int{
		"code=930175": 5, `"930175"`: 1, "930175": 0, "the code is 930175.": 12, "pc=0x930175 930175": 12,
		"12:36:01.930175Z": -1, "0x87846c930175": -1, "930175a": -1, "1930175": -1, "": -1,
	} {
		if got := find(text, "930175"); got != at {
			t.Errorf("%q: %d, want %d", text, got, at)
		}
	}
	if find("a Mark-code-7f3c2", "Mark-code-7f3c") != 2 || find("+48512777341", "512777341") != 3 {
		t.Error("a marker that is no code was not found")
	}
}
