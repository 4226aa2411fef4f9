package system

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/internal/trace/tracetest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check R-LOG1 and R-LOG2: a marker replaces each secret and each personal value in all inputs, and is
// searched for everywhere afterwards.

// markers are the markers by their kind. Secrets must be found nowhere; other values in no log, and in the audit
// trail and the budgets only where these record the caller.
var markers = map[string]string{
	"old password": "Tapestry-kettle-7f3a", "new password": "Walnut-anchor-7f3b",
	"token": "Mark-token-7f3c", "code": "930175",
	"key": "ak_Mark-key-7f3d", "session": "as_Mark-session-7f3e",
	"external token": "Mark-external-7f3f", "challenge": "Mark-challenge-7f40",
	"email": "mark-local-7f41", "phone": "512777341", "first name": "Mark-firstname-7f43", "authId": "Mark-authid-7f44",
	"user agent": "Mark-agent-7f45", "cookie": "Mark-cookie-7f46",
	"name": "Mark_name_7f47", // a valid GraphQL name
}

// mayBeAudited are the markers that the audit trail may contain.
var mayBeAudited = map[string]bool{"authId": true, "user agent": true}

// marked returns an input in which every string is a marker.
func marked(t *testing.T, schema *ast.Schema, of *ast.Type) string {
	t.Helper()
	input := map[string]any{}
	for _, field := range schema.Types[of.Name()].Fields {
		switch field.Name {
		case "password", "oldPassword", "clientAuthFactor":
			input[field.Name] = markers["old password"]
		case "newPassword":
			input[field.Name] = markers["new password"]
		case "token":
			input[field.Name] = markers["token"]
		case "externalToken":
			input[field.Name] = markers["external token"]
		case "confirmationCode", "code":
			input[field.Name] = markers["code"]
		case "challengeId", "id":
			input[field.Name] = markers["challenge"]
		case "email", "accountEmail":
			input[field.Name] = markers["email"] + "@example.com"
		case "phone":
			input[field.Name] = "+48" + markers["phone"]
		case "firstName", "lastName", "line1", "city", "name":
			input[field.Name] = markers["first name"]
		case "countryCode":
			input[field.Name] = "CD"
		case "authId":
			input[field.Name] = markers["authId"]
		case "response", "passkey":
			if field.Type.NonNull {
				input[field.Name] = map[string]any{"id": markers["external token"]}
			}
		case "operation":
			input[field.Name] = markers["name"]
		case "attributes":
			input[field.Name] = map[string]any{"key": markers["first name"]}
		case "terms":
			if field.Type.NonNull {
				input[field.Name] = []any{map[string]any{"id": markers["challenge"], "version": markers["first name"]}}
			}
		case "smsAgreement", "newsletterAgreement":
			input[field.Name] = true
		case "identityProvider":
			if field.Type.NonNull && field.DefaultValue == nil {
				input[field.Name] = "GOOGLE"
			}
		}
	}

	if of.Name() == "ProveIdentityInput" {
		input = map[string]any{"code": input["code"]} // its other factors are those of other operations
	}
	if input["password"] != nil && input["externalToken"] != nil && input["identityProvider"] == nil {
		delete(input, "externalToken") // one of the two proofs; the other one is tested where it is required
	}

	return string(must(json.Marshal(input)))
}

// listen replaces the handler by one that logs at every level, with a line for each request, and traces everything.
// searchSpans searches what the collector received.
func listen(t testing.TB, w *world.World) (*trace.Tracer, *tracetest.Collector) {
	t.Helper()
	tracer, collector := world.Traced(t, w)
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Keys: auth.AllKeys, Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		Introspection: true, OperationTimeout: world.Patience,
		Log: slog.New(trace.LogIDs(
			slog.NewTextHandler(w.Log, &slog.HandlerOptions{Level: slog.LevelDebug - 4, AddSource: true}))),
		Tracer: tracer, AccessLog: true,
	})
	world.Check(t, err)

	return tracer, collector
}

// knock sends a body with marked headers; "" for key or token means the marker.
func knock(t *testing.T, w *world.World, key, token, body string) *world.Answer {
	t.Helper()
	if key == "" {
		key = markers["key"]
	}
	if token == "" {
		token = markers["session"]
	}

	header := map[string][]string{
		"User-Agent": {markers["user agent"]}, "Cookie": {"session=" + markers["cookie"]},
		"Referer": {"https://example.com/?token=" + markers["token"]},
	}
	if w.Service.Store == w.Store {
		// The request's outcome is stored, encrypted; a failing database would not accept the key, and no other
		// query would follow.
		header["Idempotency-Key"] = []string{rand.Text()}
	}

	return w.Post(t,
		world.Call{Key: key, Token: token, Accept: "application/graphql-response+json", Body: body, Header: header})
}

// bodies are a valid request, and a request for every kind of refusal.
func bodies(query, variables string) []string {
	whole := fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, query, variables)
	return []string{
		whole, whole[:len(whole)-2], whole + whole, "[" + whole + "]", strings.Replace(whole, `"variables"`,
			`"variables":{},"variables"`, 1),
		strings.Replace(whole, `"input"`, `"output"`, 1),
		strings.Replace(whole, `:{"input":`, `:{"input":"`+markers["token"]+`","x":`, 1),
		fmt.Sprintf(`{"query":%q}`, "mutation { "+markers["token"]+"(password: \""+markers["old password"]+"\") }"),
		fmt.Sprintf(`{"query":%q}`,
			"mutation { signIn(input: {email: \""+markers["old password"]+"\", password: 1}) { account { id } }"),
		fmt.Sprintf(`{"query":%q,"variables":{"input":{"%s":"%s","token":{"%s":1},"password":["%s"]}}}`, query,
			markers["token"], markers["old password"], markers["new password"], markers["old password"]),
		fmt.Sprintf(`{"query":%q,"operationName":%q,"variables":{"input":%s}}`, query, markers["token"], variables),
		fmt.Sprintf(`{"query":%q}`, "mutation { "+markers["name"]+"(password: 1) { "+markers["name"]+" } }"),
		fmt.Sprintf(`{"query":%q}`, "mutation($"+markers["name"]+": "+markers["name"]+") { signIn(input: {"+
			markers["name"]+": $"+markers["name"]+"}) { ..."+markers["name"]+" } }"),
		markers["token"] + whole, strings.Repeat(markers["old password"], 4000),
	}
}

// checkMarkers searches a response for the markers.
func checkMarkers(t *testing.T, what string, a *world.Answer, allowed ...string) {
	t.Helper()
	for kind, marker := range markers {
		if strings.Contains(a.Body+fmt.Sprint(a.Header), marker) &&
			!strings.Contains(strings.Join(allowed, ","), kind) {
			t.Errorf("%s: the %s is in the answer: %s", what, kind, a.Body)
		}
	}
}

// panicking is a database that panics on every use, with a text that repeats its arguments.
type panicking struct{ account.Store }

func (panicking) InTx(context.Context, func(account.Tx) error) error { panic(markers["token"]) }

// failing is a database that fails; the driver's error repeats its arguments.
type failing struct{ account.Store }

func (failing) InTx(context.Context, func(account.Tx) error) error {
	return models.Unavailable(errors.New("the database can't serve"))
}

func TestMarkers(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	tracer, collector := listen(t, w)
	_, err := w.Service.CreateAccount(t.Context(), account.NewAccount{
		Email: models.EmailAddress(markers["email"] + "@example.com"), Phone: models.PhoneNumber("+48" + markers["phone"]),
		Password: markers["old password"], FirstName: markers["first name"],
	})
	world.Check(t, err)
	key := w.Keys["development"]
	document := world.Document(t, w.Schema, "signIn", true)
	credentials := world.Credentials(models.EmailAddress(markers["email"]+"@example.com"), markers["old password"])
	signIn := knock(t, w, key, "none", fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, document, credentials))
	token, _ := signIn.At("signIn.session.token").(string)
	if token == "" {
		t.Fatalf("signIn: %s", signIn.Body)
	}

	secret := map[string]string{"session token": token, "session's secret": strings.TrimPrefix(token, "as_")}
	original := w.Service.Store
	for _, store := range []account.Store{original, failing{original}, panicking{original}} {
		w.Service.Store = store
		for _, field := range w.Schema.Mutation.Fields {
			if field.Name == "deleteAccount" || field.Name == "signOut" ||
				field.Name == "changePassword" && store == original {
				continue // they end the session that this test needs, and are tested below
			}

			input := "{}"
			if len(field.Arguments) > 0 {
				input = marked(t, w.Schema, field.Arguments.ForName("input").Type)
			}

			for i, body := range bodies(world.Document(t, w.Schema, field.Name, len(field.Arguments) > 0), input) {
				for j, session := range []string{token, ""} {
					a := knock(t, w, key, session, body)
					// Customers see their own account; nothing else of the request is returned.
					var allowed []string
					if a.Code() == "" {
						allowed = []string{"email", "phone", "first name", "user agent"}
					}
					checkMarkers(t, fmt.Sprintf("%s %d %d", field.Name, i, j), a, allowed...)
				}

				checkMarkers(t, field.Name+" without a key", knock(t, w, "", token, body))
			}
		}
	}

	w.Service.Store = original
	code, _ := codeFor(t, w, token)
	secret["phone code"] = code

	for _, body := range []string{
		fmt.Sprintf(`{"query":%q,"variables":{"input":{"oldPassword":%q,"newPassword":%q}}}`,
			world.Document(t, w.Schema, "changePassword", true), markers["old password"], markers["new password"]),
	} {
		changed := knock(t, w, key, token, body)
		if token, _ = changed.At("changePassword.session.token").(string); token == "" {
			t.Fatalf("changePassword: %s", changed.Body)
		}
		secret["second session token"] = token
	}

	// As above, the address is the account's own, so no change starts.
	world.Succeed(t, knock(t, w, key, token,
		fmt.Sprintf(`{"query":%q,"variables":{"input":{"email":"next.%s@example.com","password":%q}}}`,
			world.Document(t, w.Schema, "requestEmailChange", true), markers["email"], markers["new password"])))
	world.Succeed(t, knock(t, w, key, token, fmt.Sprintf(`{"query":%q,"variables":{"input":{"channel":"EMAIL"}}}`,
		world.Document(t, w.Schema, "requestIdentityCode", true))))
	secret["identity code"] = *w.Message(t, models.MessageIdentityCode, "").Code
	asked := knock(t, w, key, "", fmt.Sprintf(`{"query":%q,"variables":{"input":{"email":"%s@example.com"}}}`,
		world.Document(t, w.Schema, "requestSignInCode", true), markers["email"]))
	secret["sign-in code"] = *w.Message(t, models.MessageSignInCode, "").Code
	signedIn := knock(t, w, key, "", fmt.Sprintf(`{"query":%q,"variables":{"input":{"challengeId":%q,"code":%q}}}`,
		world.Document(t, w.Schema, "signInWithCode", true), world.Succeed(t, asked).At("requestSignInCode.challengeId"),
		secret["sign-in code"]))
	secret["session token of a code"] = world.Succeed(t, signedIn).At("signInWithCode.session.token").(string)
	proved := knock(t, w, key, token, fmt.Sprintf(`{"query":%q,"variables":{"input":{"code":%q}}}`,
		world.Document(t, w.Schema, "proveIdentity", true), secret["identity code"]))
	if token, _ = proved.At("proveIdentity.session.token").(string); token == "" {
		t.Fatalf("proveIdentity: %s", proved.Body)
	}
	secret["third session token"] = token
	world.Check(t, w.Worker.Drain(t.Context()))

	for _, message := range w.Inbox.Messages(t.Context()) {
		if message.Token != nil {
			secret["mailed token "+message.Kind+message.ID] = *message.Token
		}
	}

	if n := query(t, w,
		`SELECT count(*) FROM idempotency_keys WHERE sealed_outcome <> '' AND sealed_answer <> ''`); n < 6 {
		t.Errorf("only %d answers are kept, so this test searches in vain", n)
	}
	if len(secret) < 6 {
		t.Errorf("only these secrets went out: %v", secret)
	}

	searchLog(t, w, secret)
	searchRows(t, w, secret)
	world.Succeed(t, knock(t, w, key, token, fmt.Sprintf(`{"query":%q,"variables":{"input":{"clientAuthFactor":%q}}}`,
		world.Document(t, w.Schema, "deleteAccount", true), markers["new password"])))
	secret["document's hash"] = knockInLiterals(t, w, key)
	searchLog(t, w, secret)
	searchSpans(t, w, tracer, collector, secret)
}

// knockInLiterals sends valid documents with the markers as literals and as names of a client's own, and returns the
// SHA-256 of the one with a password.
func knockInLiterals(t *testing.T, w *world.World, key string) string {
	t.Helper()
	name := markers["name"]
	signIn := fmt.Sprintf(`mutation %s { %s: signIn(input: {email: %q, password: %q}) { %s: session { id } } }`,
		name, name, markers["email"]+"@example.com", markers["old password"], name)
	for _, document := range []string{
		signIn, fmt.Sprintf(`query %s { %s: apiKey { name } ...%s } fragment %s on Query { %s%s: account { id } }`,
			name, name, name, name, name, name),
		`mutation { signOut { revokedSessions } }`,
	} {
		checkMarkers(t, document, knock(t, w, key, "", fmt.Sprintf(`{"query":%q}`, document)), "name")
	}

	sum := sha256.Sum256([]byte(signIn))

	return hex.EncodeToString(sum[:])
}

// codeFor requests a phone code and uses it.
func codeFor(t *testing.T, w *world.World, token string) (string, *world.Answer) {
	t.Helper()
	w.Tokens["marked"] = token
	code, _ := askForCode(t, w, "marked", "+48601234567")
	return code, world.Succeed(t, w.Do(t, "marked", "confirmPhoneUpdate", confirmation("+48601234567", code)))
}
