package graph_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// This file guards the two gates before every operation (docs/domain.md): for each
// field of the schema, each kind of API key and each kind of session, the
// refusal is the one that the rule says, its answer tells nothing else, and it
// has written nothing. A new operation is covered as soon as it stands in the schema.

// The kinds of keys.
const (
	noKey      = "no key"
	unknownKey = "unknown"
	revokedKey = "revoked"
	expiredKey = "expired"
	// otherKey holds every permission but the operation's, onlyKey no other.
	otherKey       = "all but this permission"
	onlyKey        = "only this permission"
	developmentKey = "development"
)

// The kinds of sessions.
const (
	noSession   = "no session"
	deadSession = "dead session"
	liveSession = "live session"
)

// withProof are the operations that work without a session, by a proof in the
// call (docs/domain.md, "Without a session"); a session that is sent must be live.
var withProof = map[string]bool{"requestEmailChange": true, "requestPhoneUpdate": true, "confirmPhoneUpdate": true}

// expected is the code of the gate that refuses, or "" where none does.
func expected(operation, key, session string) models.Code {
	gate := gates[operation]
	switch key {
	case noKey, unknownKey, revokedKey, expiredKey:
		return models.CodeAPIKeyInvalid
	case otherKey:
		if gate.Permission != "" {
			return models.CodePermissionDenied
		}
	}
	if gate.Session && session != liveSession || withProof[operation] && session == deadSession {
		return models.CodeUnauthenticated
	}
	return ""
}

func TestPermissionMatrix(t *testing.T) {
	for _, field := range rootFields(loadSchema(t)) {
		t.Run(field.Name, func(t *testing.T) {
			t.Parallel()
			settings := defaultSettings()
			settings.Unlimited = true
			w := newWorld(t, settings)
			makeKeys(t, w, gates[field.Name].Permission)
			rows := openRows(t, w)
			input := ""
			if len(field.Arguments) > 0 {
				input = minimalArgument(t, w, field)
			}
			for _, key := range []string{noKey, unknownKey, revokedKey, expiredKey, otherKey, onlyKey, developmentKey} {
				for _, session := range []string{noSession, deadSession, liveSession} {
					sendSession(t, w, session)
					before := rows(t)
					a := w.doWith(t, key, "customer", field.Name, input)
					want := expected(field.Name, key, session)
					checkGate(t, fmt.Sprintf("%s, %s", key, session), a, want)
					if want != "" && rows(t) != before {
						t.Errorf("%s, %s: the refused request wrote something", key, session)
					}
				}
			}
		})
	}
}

// checkGate checks the code of an answer and everything that every answer has.
func checkGate(t *testing.T, what string, a *answer, want models.Code) {
	t.Helper()
	got := models.Code(a.code())
	gate := got == models.CodeAPIKeyInvalid || got == models.CodePermissionDenied || got == models.CodeUnauthenticated
	if want == "" && gate || want != "" && got != want {
		t.Errorf("%s: want %q, got %s", what, want, a.body)
	}
	if want == "" && (got == models.CodeInternal || got == models.CodeGraphQLValidationFailed || got == models.CodeInvalidInput) {
		t.Errorf("%s: the input of this test does not get through: %s", what, a.body)
	}
	if want != "" {
		if a.status != want.Status() || a.Errors[0].Extensions.HTTP.Status != want.Status() {
			t.Errorf("%s: status %d and %d, want %d", what, a.status, a.Errors[0].Extensions.HTTP.Status, want.Status())
		}
		if len(a.Errors) != 1 || len(a.Data) > 0 {
			t.Errorf("%s: the refusal tells more than one error: %s", what, a.body)
		}
		var members map[string]json.RawMessage
		check(t, json.Unmarshal([]byte(a.body), &members))
		if _, data := members["data"]; data && want == models.CodeAPIKeyInvalid {
			t.Errorf("%s: a request without a key has data: %s", what, a.body)
		}
		if id := a.Errors[0].Extensions.RequestID; id == "" || id != a.header.Get("X-Request-Id") {
			t.Errorf("%s: the error's request id is %q, the header's %q", what, id, a.header.Get("X-Request-Id"))
		}
	}
	for name, value := range map[string]string{
		"Content-Type": "application/graphql-response+json; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
	} {
		if header := a.header.Values(name); len(header) != 1 || header[0] != value {
			t.Errorf("%s: %s is %q", what, name, header)
		}
	}
	challenges := map[models.Code]string{models.CodeAPIKeyInvalid: "ApiKey ", models.CodeUnauthenticated: "Bearer "}
	if challenge := a.header.Get("WWW-Authenticate"); !strings.HasPrefix(challenge, challenges[want]) || (challenge != "") != (a.status == 401) {
		t.Errorf("%s: WWW-Authenticate is %q", what, challenge)
	}
	if len(a.header.Get("X-Request-Id")) < 16 || a.header.Get("Etag") != "" {
		t.Errorf("%s: headers %v", what, a.header)
	}
}

// makeKeys makes a key of each kind for an operation that needs the permission.
func makeKeys(t *testing.T, w *world, permission models.Permission) {
	t.Helper()
	ctx := context.Background()
	create := func(wanted account.NewAPIKey) *models.APIKey {
		wanted.Name = "key"
		key, secret, err := w.service.CreateAPIKey(ctx, wanted)
		check(t, err)
		w.keys[t.Name()] = secret
		return key
	}
	w.keys[unknownKey] = models.APIKeyPrefix + "123456789012_" + strings.Repeat("x", 43)
	revoked := create(account.NewAPIKey{Permissions: models.Permissions})
	w.keys[revokedKey] = w.keys[t.Name()]
	check(t, w.service.RevokeAPIKey(ctx, revoked.ID))
	create(account.NewAPIKey{Permissions: models.Permissions, Expires: time.Hour})
	w.keys[expiredKey] = w.keys[t.Name()]
	w.clock.advance(time.Hour)
	only, others := []models.Permission{models.PermissionSignOut}, models.Permissions
	if permission != "" {
		only, others = []models.Permission{permission}, nil
		for _, other := range models.Permissions {
			if other != permission {
				others = append(others, other)
			}
		}
	}
	create(account.NewAPIKey{Permissions: only})
	w.keys[onlyKey] = w.keys[t.Name()]
	create(account.NewAPIKey{Permissions: others})
	w.keys[otherKey] = w.keys[t.Name()]
}

// sendSession makes the named kind of session that of the customer "customer", anew for each case: some operations end it.
func sendSession(t *testing.T, w *world, session string) {
	t.Helper()
	delete(w.tokens, "customer")
	if session == noSession {
		return
	}
	if a := w.do(t, "customer", "signIn", credentials(account.DemoEmail, account.DemoPassword)); a.code() != "" {
		t.Fatal(a.body)
	}
	if session == deadSession {
		if a := w.do(t, "customer", "signOut", ""); a.code() != "" {
			t.Fatal(a.body)
		}
	}
}

// minimalInput writes an input of the type as JSON: every required field, and
// of the others those that name or prove an account where no session does.
// minimalArgument is the least that a root field takes as its one argument.
func minimalArgument(t *testing.T, w *world, field *ast.FieldDefinition) string {
	t.Helper()
	if input := field.Arguments.ForName("input"); input != nil {
		return minimalInput(t, w.schema, input.Type)
	}
	demo, err := w.service.FindAccount(t.Context(), string(account.DemoEmail))
	check(t, err)
	return quote(demo.ID) // the one argument of node
}

func minimalInput(t *testing.T, schema *ast.Schema, of *ast.Type) string {
	t.Helper()
	input := map[string]any{}
	for _, field := range schema.Types[of.Name()].Fields {
		proof := field.Name == "accountEmail" || field.Name == "password" || field.Name == "challengeId"
		if field.Type.NonNull && field.DefaultValue == nil || proof {
			input[field.Name] = minimalValue(t, schema, field.Type)
		}
	}
	text, err := json.Marshal(input)
	check(t, err)
	return string(text)
}

func minimalValue(t *testing.T, schema *ast.Schema, of *ast.Type) any {
	t.Helper()
	switch name := of.Name(); name {
	case "String", "ID":
		return "some text of no meaning"
	case "Boolean":
		return true
	case "EmailAddress":
		return "somebody@example.net"
	case "PhoneNumber":
		return "+48512345678"
	case "IdentityProvider":
		return "GOOGLE"
	default:
		t.Fatalf("say in minimalValue what a minimal %s is", name)
		return nil
	}
}

// openRows returns a function that reads everything that the database holds
// but the audit trail and the budgets, which refusals may write.
func openRows(t *testing.T, w *world) func(t *testing.T) string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.file+"?mode=ro")
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	var tables []string
	names, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit_events', 'audit_heads', 'budgets') AND name NOT LIKE 'sqlite_%'`)
	check(t, err)
	for names.Next() {
		var name string
		check(t, names.Scan(&name))
		tables = append(tables, name)
	}
	check(t, names.Err())
	return func(t *testing.T) string {
		t.Helper()
		var all strings.Builder
		for _, table := range tables {
			rows, err := db.Query("SELECT * FROM " + table)
			check(t, err)
			columns, err := rows.Columns()
			check(t, err)
			values, targets := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				targets[i] = &values[i]
			}
			for rows.Next() {
				check(t, rows.Scan(targets...))
				fmt.Fprintln(&all, table, values)
			}
			check(t, rows.Err())
		}
		return all.String()
	}
}

// TestGateStatusByMediaType guards docs/contract.md, "Headers": only a refused key is an
// HTTP status for every client; the other refusals are one for clients that understand it.
func TestGateStatusByMediaType(t *testing.T) {
	w := newWorld(t, defaultSettings())
	makeKeys(t, w, models.PermissionAccountRead)
	body := fmt.Sprintf(`{"query":%q}`, document(t, w.schema, "account", false))
	for _, test := range []struct {
		key     string
		accept  string
		status  int
		content string
	}{
		{noKey, "application/json", 401, "application/json; charset=utf-8"},
		{noKey, "application/graphql-response+json", 401, "application/graphql-response+json; charset=utf-8"},
		{otherKey, "application/json", 200, "application/json; charset=utf-8"},
		{otherKey, "application/graphql-response+json", 403, "application/graphql-response+json; charset=utf-8"},
		{onlyKey, "application/json", 200, "application/json; charset=utf-8"},
		{onlyKey, "application/graphql-response+json", 401, "application/graphql-response+json; charset=utf-8"},
	} {
		a := w.post(t, call{key: w.keys[test.key], accept: test.accept, body: body})
		if a.status != test.status || a.header.Get("Content-Type") != test.content || a.code() == "" {
			t.Errorf("%s for %s: %d %s", test.key, test.accept, a.status, a.body)
		}
	}
}
