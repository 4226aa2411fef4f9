package system

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the two gates before every operation (docs/domain.md): for each field of the schema, each kind
// of API key and each kind of session, the refusal is the expected one, its response reveals nothing else, and it
// has written nothing. A new operation of the schema is tested automatically.

// The kinds of keys.
const (
	noKey      = "no key"
	unknownKey = "unknown"
	revokedKey = "revoked"
	expiredKey = "expired"
	// otherKey holds every permission except the operation's, onlyKey only that one.
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

// withProof are the operations that work without a session, with a proof in the call
// (docs/domain.md, "Without a session"); a session that is sent must be live.
var withProof = map[string]bool{"requestEmailChange": true, "requestPhoneUpdate": true, "confirmPhoneUpdate": true,
	"requestPasskeyProof": true}

// expected returns the code of the gate that refuses, or "" if none does.
func expected(operation, key, session string) models.Code {
	gate := world.Gates[operation]
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
	for _, field := range world.RootFields(world.LoadSchema(t)) {
		if world.Gates[field.Name].Permission.BackOffice() {
			continue // TestBackOfficeMatrix
		}

		t.Run(field.Name, func(t *testing.T) {
			t.Parallel()
			settings := world.DefaultSettings()
			settings.Unlimited = true
			w := world.New(t, world.WithTerms(t, settings, false))
			makeKeys(t, w, world.Gates[field.Name].Permission)
			rows := openRows(t, w)
			for _, key := range []string{noKey, unknownKey, revokedKey, expiredKey, otherKey, onlyKey, developmentKey} {
				for _, session := range []string{noSession, deadSession, liveSession} {
					sendSession(t, w, session)
					input := ""
					if len(field.Arguments) > 0 {
						input = minimalArgument(t, w, field)
					}

					before := rows(t)
					a := w.DoWith(t, key, "customer", field.Name, input)
					want := expected(field.Name, key, session)
					checkGate(t, fmt.Sprintf("%s, %s", key, session), a, want)
					keeping := "no-store"
					if field.Name == "settings" && want == "" {
						keeping = "private, max-age=60"
					}
					if got := a.Header.Values("Cache-Control"); !slices.Equal(got, []string{keeping}) {
						t.Errorf("%s, %s: Cache-Control is %q", key, session, got)
					}
					if want != "" && rows(t) != before {
						t.Errorf("%s, %s: the refused request wrote something", key, session)
					}
				}
			}
		})
	}
}

// checkGate checks the code of a response and everything that all responses have in common.
func checkGate(t *testing.T, what string, a *world.Answer, want models.Code) {
	t.Helper()
	got := models.Code(a.Code())
	gate := got == models.CodeAPIKeyInvalid || got == models.CodePermissionDenied || got == models.CodeUnauthenticated
	if want == "" && gate || want != "" && got != want {
		t.Errorf("%s: want %q, got %s", what, want, a.Body)
	}
	if want == "" &&
		(got == models.CodeInternal || got == models.CodeGraphQLValidationFailed || got == models.CodeInvalidInput) {
		t.Errorf("%s: the input of this test does not get through: %s", what, a.Body)
	}

	if want != "" {
		if a.Status != graph.Status(want) || a.Errors[0].Extensions.HTTP.Status != graph.Status(want) {
			t.Errorf("%s: status %d and %d, want %d", what, a.Status, a.Errors[0].Extensions.HTTP.Status,
				graph.Status(want))
		}
		if len(a.Errors) != 1 || len(a.Data) > 0 {
			t.Errorf("%s: the refusal tells more than one error: %s", what, a.Body)
		}

		var members map[string]json.RawMessage
		world.Check(t, json.Unmarshal([]byte(a.Body), &members))
		if _, data := members["data"]; data && want == models.CodeAPIKeyInvalid {
			t.Errorf("%s: a request without a key has data: %s", what, a.Body)
		}
		if id := a.Errors[0].Extensions.RequestID; id == "" || id != a.Header.Get("X-Request-Id") {
			t.Errorf("%s: the error's request id is %q, the header's %q", what, id, a.Header.Get("X-Request-Id"))
		}
	}

	for name, value := range map[string]string{
		"Content-Type": "application/graphql-response+json; charset=utf-8", "X-Content-Type-Options": "nosniff",
	} {
		if header := a.Header.Values(name); len(header) != 1 || header[0] != value {
			t.Errorf("%s: %s is %q", what, name, header)
		}
	}

	challenges := map[models.Code]string{models.CodeAPIKeyInvalid: "ApiKey ", models.CodeUnauthenticated: "Bearer "}
	if challenge := a.Header.Get("WWW-Authenticate"); !strings.HasPrefix(challenge, challenges[want]) ||
		(challenge != "") != (a.Status == 401) {
		t.Errorf("%s: WWW-Authenticate is %q", what, challenge)
	}
	if len(a.Header.Get("X-Request-Id")) < 16 || a.Header.Get("Etag") != "" {
		t.Errorf("%s: headers %v", what, a.Header)
	}
}

// makeKeys creates a key of each kind for an operation that needs the permission.
func makeKeys(t *testing.T, w *world.World, permission models.Permission) {
	t.Helper()
	ctx := context.Background()
	create := func(wanted account.NewAPIKey) *models.APIKey {
		wanted.Name = "key"
		key, secret, err := w.Service.CreateAPIKey(ctx, wanted)
		world.Check(t, err)
		w.Keys[t.Name()] = secret
		return key
	}

	w.Keys[unknownKey] = models.APIKeyPrefix + "123456789012_" + strings.Repeat("x", 43)
	revoked := create(account.NewAPIKey{Permissions: models.Permissions})
	w.Keys[revokedKey] = w.Keys[t.Name()]
	world.Check(t, w.Service.RevokeAPIKey(ctx, revoked.ID))
	create(account.NewAPIKey{Permissions: models.Permissions, Expires: time.Hour})
	w.Keys[expiredKey] = w.Keys[t.Name()]
	w.Clock.Advance(time.Hour)
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
	w.Keys[onlyKey] = w.Keys[t.Name()]
	create(account.NewAPIKey{Permissions: others})
	w.Keys[otherKey] = w.Keys[t.Name()]
}

// sendSession gives the customer "customer" a session of the named kind; a new one for each case, because some
// operations end it.
func sendSession(t *testing.T, w *world.World, session string) {
	t.Helper()
	delete(w.Tokens, "customer")
	if session == noSession {
		return
	}
	if a := w.Do(t, "customer", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)); a.Code() != "" {
		t.Fatal(a.Body)
	}

	if session == deadSession {
		if a := w.Do(t, "customer", "signOut", ""); a.Code() != "" {
			t.Fatal(a.Body)
		}
	}
}

// minimalInput returns an input of the type as JSON: every required field, and those optional fields that identify
// an account or prove it if there is no session. minimalArgument returns the smallest value of a root field's only
// argument.
func minimalArgument(t *testing.T, w *world.World, field *ast.FieldDefinition) string {
	t.Helper()
	switch field.Name {
	case "renamePasskey":
		return fmt.Sprintf(`{"id":%q,"name":"mine"}`, demosPasskey(t, w))
	case "completeSignIn":
		return `{"challengeId":"a challenge of nobody","code":"123456"}`
	case "cancelFactorReset":
		return `{"token":"none"}`
	case "requestPasskeyProof":
		demosPasskey(t, w)
		return `{"operation":"deleteAccount","accountEmail":"somebody@example.net"}`
	}

	demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	switch input := field.Arguments.ForName("input"); {
	case field.Name == "updateAddress" || field.Name == "deleteAddress":
		id := w.Service.NewID()
		world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
			return tx.CreateAddress(t.Context(), &models.Address{
				ID: id, AccountID: demo.ID, Line1: "Weg 1", CountryCode: "MO", CreatedAt: demo.CreatedAt, UpdatedAt: demo.CreatedAt,
			})
		}))
		return fmt.Sprintf(`{"id":%q}`, id)
	case field.Name == "renameSession":
		return fmt.Sprintf(`{"id":%q}`, storedSession(t, w, demo.ID))
	case input != nil:
		return minimalInput(t, w.Schema, input.Type)
	}

	return world.Quote(demo.ID) // the only argument of node
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
	world.Check(t, err)

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
	case "IdentityCodeChannel", "ConsentChannel":
		return "EMAIL"
	case "CountryCode":
		return "MO" // its addresses need no more than a line

	case "JSONObject":
		return strangersPasskey(t)
	case "TermsAcceptanceInput":
		return []any{map[string]string{"id": "terms", "version": "1"}}

	default:
		t.Fatalf("say in minimalValue what a minimal %s is", name)
		return nil
	}
}

// openRows returns a function that reads everything in the database except the audit trail and the budgets, which
// refusals may write.
func openRows(t *testing.T, w *world.World) func(t *testing.T) string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.Database+"?mode=ro")
	world.Check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	var tables []string
	names, err := db.Query(
		`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit_events', 'audit_heads', 'budgets') AND name NOT LIKE 'sqlite_%'`,
	)
	world.Check(t, err)

	for names.Next() {
		var name string
		world.Check(t, names.Scan(&name))
		tables = append(tables, name)
	}

	world.Check(t, names.Err())

	return func(t *testing.T) string {
		t.Helper()
		var all strings.Builder
		for _, table := range tables {
			rows, err := db.Query("SELECT * FROM " + table)
			world.Check(t, err)
			columns, err := rows.Columns()
			world.Check(t, err)
			values, targets := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				targets[i] = &values[i]
			}

			for rows.Next() {
				world.Check(t, rows.Scan(targets...))
				fmt.Fprintln(&all, table, values)
			}

			world.Check(t, rows.Err())
		}

		return all.String()
	}
}

// TestGateStatusByMediaType checks docs/contract.md, "Headers": a refused key is an HTTP error for every client;
// other refusals are one only for clients that accept the GraphQL media type.
func TestGateStatusByMediaType(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	makeKeys(t, w, models.PermissionAccountRead)
	body := fmt.Sprintf(`{"query":%q}`, world.Document(t, w.Schema, "account", false))
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
		a := w.Post(t, world.Call{Key: w.Keys[test.key], Accept: test.accept, Body: body})
		if a.Status != test.status || a.Header.Get("Content-Type") != test.content || a.Code() == "" {
			t.Errorf("%s for %s: %d %s", test.key, test.accept, a.Status, a.Body)
		}
	}
}
