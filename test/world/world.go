// Package world assembles the whole service for tests: everything except its listener, on a database of its own,
// with a clock that the test moves. The tests of graph and of the whole service send the requests of customers and
// operators to it.
package world

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/brand"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/passkey"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// World is the whole service except its listener, on a database of its own, with a clock that the test moves.
type World struct {
	Service *account.Service
	Store   *store.Store
	Handler http.Handler
	Worker  *notify.Worker
	Inbox   *notify.Inbox
	Schema  *ast.Schema
	Clock   *Clock
	Log     *lockedBuffer
	// Database is the database: a SQLite file, or a URL of PostgreSQL.
	Database string
	// Tokens holds the session token of each named customer, Keys the API keys by name.
	Tokens map[string]string
	Keys   map[string]string
	// Issuers are the identity providers that Trust has started, by name.
	Issuers map[string]*TrustedIssuer
}

// OwnOrigin is the origin of the service's own pages: requests of tests go to this host.
const OwnOrigin = "http://example.com"

// Clock is a clock that only the test moves.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// Patience limits an operation in these tests, which may run on slow machines.
const Patience = 2 * time.Minute

// DefaultSettings returns those of docs/contract.md, except the limit on mails that one network may request: here
// every customer comes from the same network.
func DefaultSettings() account.Settings {
	limits := account.DefaultLimits()
	limits.NetworkMails.Uses = 1000
	return account.Settings{
		Registration: account.RegistrationOpen, PasswordResetTTL: 30 * time.Minute, EmailTokenTTL: 8 * time.Hour,
		PhoneCodeTTL: 10 * time.Minute, SignInCode: true, SecondFactor: account.SecondFactorOptional,
		SessionIdle: 168 * time.Hour, SessionMax: 720 * time.Hour, StepUp: 15 * time.Minute, Limits: limits,
		Site: account.Site{Brand: brand.BuiltIn("AccountQL").Shown("")},
	}
}

// Debugging is the logger of the tests; it logs at every level, so that forbidden content is found at every level.
var Debugging = &slog.HandlerOptions{Level: slog.LevelDebug}

var Discard = slog.New(slog.DiscardHandler)

// Cheap makes a hash take microseconds; internal/password tests the limits of its real cost.
var Cheap = password.Parameters{MemoryKiB: 64, Iterations: 1, Parallelism: 1}

// New starts a service on a SQLite file, with the development key and the demo customer.
func New(t testing.TB, settings account.Settings) *World {
	t.Helper()
	return NewOn(t, settings, SQLiteFile(t))
}

// NewOn starts a service on a database.
func NewOn(t testing.TB, settings account.Settings, database string) *World {
	t.Helper()
	ctx := context.Background()
	w := &World{
		Clock: &Clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}, Inbox: notify.NewInbox(),
		Log:    &lockedBuffer{},
		Tokens: map[string]string{}, Keys: map[string]string{"development": account.DevelopmentKey},
	}
	w.Database = database
	var err error
	w.Store, err = store.Open(ctx, w.Database)
	Check(t, err)
	t.Cleanup(func() { Check(t, w.Store.Close()) })
	Check(t, w.Store.Migrate(ctx))
	lookupKey, err := w.Store.LookupKey(ctx)
	Check(t, err)
	hasher, err := password.NewHasher(Cheap, 64)
	Check(t, err)
	log := slog.New(slog.NewTextHandler(w.Log, Debugging))
	w.Worker = w.newWorker(t, log, nil)
	w.Service, err = account.New(account.Service{
		Settings: settings, Store: w.Store, Hasher: hasher,
		Policy:          password.Policy{MinLength: 8, Words: []string{"accountql"}},
		PasskeyVerifier: NewRelyingParty(t),
		LookupKey:       lookupKey, CodeKeys: w.Store, RecordKeys: w.Store,
		Now: w.Clock.Now, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Random: rand.Reader, Wake: func() {},
	})
	Check(t, err)
	Check(t, w.Service.EnsureDevelopment(ctx))
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin: OwnOrigin,
		Authenticator: &auth.Authenticator{
			Keys: auth.AllKeys, Store: w.Store, Now: w.Clock.Now, SessionIdle: settings.SessionIdle,
			Customers: w.Service,
		},
		Introspection: true, Log: log, OperationTimeout: Patience,
	})
	Check(t, err)
	w.Schema = LoadSchema(t)

	return w
}

// PageOrigin and OtherOrigin are the origins of pages that may use the passkeys of every world.
const (
	PageOrigin  = "https://example.com"
	OtherOrigin = "https://shop.example.net"
)

// NewRelyingParty returns the shop as authenticators know it.
func NewRelyingParty(t testing.TB) *passkey.RelyingParty {
	t.Helper()
	party, err := passkey.New(passkey.Config{
		ID: "example.com", Name: "Shop", Origins: []string{PageOrigin, OtherOrigin}, Lifetime: account.PasskeyTTL,
	})
	Check(t, err)

	return party
}

// newWorker returns a worker that sends every message to the inbox.
func (w *World) newWorker(t testing.TB, log *slog.Logger, tracer *trace.Tracer) *notify.Worker {
	t.Helper()
	renderer, err := renderer()
	Check(t, err)

	return notify.New(notify.Config{
		Store: w.Store, Render: renderer.Render, Log: log, Now: w.Clock.Now, Tracer: tracer,
		Senders: map[models.MessageChannel]notify.Sender{
			models.ChannelMail: w.Inbox, models.ChannelTextMessage: w.Inbox,
		},
	})
}

// renderer writes the messages of every world; to make one takes longer than the rest of a world.
var renderer = sync.OnceValues(func() (*notify.Renderer, error) {
	base := "http://127.0.0.1:8080"
	return notify.NewRenderer(notify.Links{
		PasswordReset: base + "/reset-password#token={token}", EmailChange: base + "/confirm-email#token={token}",
		Activation: base + "/activate#token={token}", EmailUndo: base + "/undo-email#token={token}",
		DataExport: base + "/download#token={token}", DeletionCancel: base + "/keep-account#token={token}",
		Consent: base + "/consent/{token}", SecureAccount: base + "/secure-account#token={token}",
		FactorReset: base + "/reset-factor#token={token}",
	})
})

func Check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Answer is an HTTP response and its GraphQL content.
type Answer struct {
	Status int
	Header http.Header
	Body   string
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct {
			Code       string
			Field      string
			Reason     models.Reason
			Limit      *int
			RetryAfter int
			RequestID  string
			// ChallengeID is that of SECOND_FACTOR_REQUIRED.
			ChallengeID string
			HTTP        struct{ Status int }
		}
	}
}

// Code returns the first error's code, or "".
func (a *Answer) Code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// Fields returns the invalid fields, in the order of the errors.
func (a *Answer) Fields() []string {
	var fields []string
	for _, err := range a.Errors {
		fields = append(fields, err.Extensions.Field)
	}
	return fields
}

// At returns a value of the data by its dotted path.
func (a *Answer) At(path string) any {
	var value any = a.Data
	for _, name := range strings.Split(path, ".") {
		switch held := value.(type) {
		case map[string]any:
			value = held[name]
		case []any:
			index, err := strconv.Atoi(name)
			if err != nil || index >= len(held) {
				return nil
			}
			value = held[index]
		default:
			return nil
		}
	}
	return value
}

// Call is one request.
type Call struct {
	Key    string
	Token  string
	Accept string
	Body   string
	Header http.Header
}

// Post sends a request through the handler.
func (w *World) Post(t testing.TB, c Call) *Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(c.Body))
	r.RemoteAddr = "192.0.2.1:40000"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "stories/1.0")
	if c.Accept != "" {
		r.Header.Set("Accept", c.Accept)
	}
	if c.Key != "" {
		r.Header.Set("X-Api-Key", c.Key)
	}
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}

	for name, values := range c.Header {
		r.Header[name] = values
	}

	a := w.Send(t, r)
	checkReasons(t, a)

	return a
}

// Do runs an operation by name, with every field of its response selected. It sends the customer's session if there
// is one, and keeps a new session from the response.
func (w *World) Do(t testing.TB, customer, operation, input string) *Answer {
	t.Helper()
	return w.DoWith(t, "development", customer, operation, input)
}

func (w *World) DoWith(t testing.TB, key, customer, operation, input string) *Answer {
	t.Helper()
	document := DocumentFor(t, w.Schema, operation, input != "", w.Readable(t, key))
	body := fmt.Sprintf(`{"query":%q}`, document)
	if input != "" {
		body = fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, document, input)
	}

	a := w.Post(t,
		Call{Key: w.Keys[key], Token: w.Tokens[customer], Accept: "application/graphql-response+json", Body: body})
	if token, ok := a.At(operation + ".session.token").(string); ok && customer != "" {
		w.Tokens[customer] = token
	}

	return a
}

// Message returns the newest message of a kind to a recipient, or fails.
func (w *World) Message(t testing.TB, kind models.MessageKind, to string) notify.InboxMessage {
	t.Helper()
	Check(t, w.Worker.Drain(context.Background()))

	for _, message := range w.Inbox.Messages(context.Background()) {
		if message.Kind == string(kind) && (to == "" || message.To == to) {
			return message
		}
	}

	t.Fatalf("no message %s to %q", kind, to)

	return notify.InboxMessage{}
}

// Send passes a request to the handler and returns the response, whether or not it is JSON.
func (w *World) Send(t testing.TB, r *http.Request) *Answer {
	t.Helper()
	recorder := httptest.NewRecorder()
	w.Handler.ServeHTTP(recorder, r)
	a := &Answer{Status: recorder.Code, Header: recorder.Header(), Body: recorder.Body.String()}
	if err := json.Unmarshal(recorder.Body.Bytes(), a); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, a.Body)
	}

	return a
}

// Succeed fails the test if a response has errors.
func Succeed(t testing.TB, a *Answer) *Answer {
	t.Helper()
	if a.Status != 200 || len(a.Errors) > 0 {
		t.Fatalf("refused: %s", a.Body)
	}
	return a
}

// checkReasons checks every response that a test gets from the handler.
func checkReasons(t testing.TB, a *Answer) {
	t.Helper()
	for _, one := range a.Errors {
		code, reason, limit := models.Code(one.Extensions.Code), one.Extensions.Reason, one.Extensions.Limit
		needs := code == models.CodeInvalidInput || code == models.CodePasswordRejected ||
			reason == models.ReasonOutcomeUnknown || reason == models.ReasonFactorMissing
		switch {
		case needs != (reason != ""), needs && !slices.Contains(models.Reasons(), reason):
			t.Errorf("%s stands with the reason %q: %s", code, reason, a.Body)
		case reason.HasLimit() != (limit != nil):
			t.Errorf("the reason %s stands with the wrong limit: %s", reason, a.Body)
		}
	}
}
