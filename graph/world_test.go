package graph_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// world is the whole service but its listener, on a database of its own, with a clock that the test moves.
type world struct {
	service *account.Service
	store   *store.Store
	handler http.Handler
	worker  *notify.Worker
	inbox   *notify.Inbox
	schema  *ast.Schema
	clock   *clock
	log     *lockedBuffer
	// file is the database: a SQLite file, or a URL of PostgreSQL.
	file string
	// tokens holds the session of each named customer, keys the API keys by name.
	tokens map[string]string
	keys   map[string]string
	// issuers are the identity providers that trust has made, by name.
	issuers map[string]*trusted
}

// ownOrigin is that of the service's own pages: requests of tests go to this host.
const ownOrigin = "http://example.com"

// clock is a clock that stands still until the test moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
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

// patience bounds an operation of these tests, on however slow a machine.
const patience = 2 * time.Minute

// defaultSettings are those of docs/contract.md, but for the mails that one network may ask for: here every customer comes from the same one.
func defaultSettings() account.Settings {
	limits := account.DefaultLimits()
	limits.NetworkMails.Uses = 1000
	return account.Settings{
		Registration: account.RegistrationOpen, PasswordResetTTL: 30 * time.Minute, EmailTokenTTL: 8 * time.Hour, PhoneCodeTTL: 10 * time.Minute,
		SessionIdle: 168 * time.Hour, SessionMax: 720 * time.Hour, StepUp: 15 * time.Minute, Limits: limits,
	}
}

// debugging is what tests log, so that what must not stand in a log is looked for at every level.
var debugging = &slog.HandlerOptions{Level: slog.LevelDebug}

var discard = slog.New(slog.DiscardHandler)

// cheap makes a hash take microseconds; that its real cost is bounded is tested in internal/password.
var cheap = password.Parameters{MemoryKiB: 64, Iterations: 1, Parallelism: 1}

// newWorld starts a service on a SQLite file, with the development key and the demo customer.
func newWorld(t testing.TB, settings account.Settings) *world {
	t.Helper()
	return newWorldOn(t, settings, filepath.Join(t.TempDir(), "accountql.db"))
}

// newWorldOn starts a service on a database.
func newWorldOn(t testing.TB, settings account.Settings, database string) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{
		clock: &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}, inbox: notify.NewInbox(), log: &lockedBuffer{},
		tokens: map[string]string{}, keys: map[string]string{"development": account.DevelopmentKey},
	}
	w.file = database
	var err error
	w.store, err = store.Open(ctx, w.file)
	check(t, err)
	t.Cleanup(func() { check(t, w.store.Close()) })
	check(t, w.store.Migrate(ctx))
	codeKey, err := w.store.ServerKey(ctx, "codes")
	check(t, err)
	hasher, err := password.NewHasher(cheap, 64)
	check(t, err)
	log := slog.New(slog.NewTextHandler(w.log, debugging))
	base := "http://127.0.0.1:8080"
	renderer, err := notify.NewRenderer(notify.Links{
		PasswordReset: base + "/reset-password#token={token}", EmailChange: base + "/confirm-email#token={token}",
		Activation: base + "/activate#token={token}", EmailUndo: base + "/undo-email#token={token}",
	})
	check(t, err)
	w.worker = notify.New(notify.Config{
		Store: w.store, Render: renderer.Render, Log: log, Now: w.clock.Now,
		Senders: map[models.MessageChannel]notify.Sender{models.ChannelMail: w.inbox, models.ChannelTextMessage: w.inbox},
	})
	w.service = &account.Service{
		Settings: settings, Store: w.store, Hasher: hasher, Policy: password.Policy{MinLength: 8, Words: []string{"accountql"}},
		CodeKey: codeKey, Now: w.clock.Now, NewID: func() string { return uuid.Must(uuid.NewV7()).String() }, Random: rand.Reader, Wake: func() {},
	}
	check(t, w.service.EnsureDevelopment(ctx))
	w.handler, err = graph.New(w.service, graph.Options{
		Origin:        ownOrigin,
		Authenticator: &auth.Authenticator{Store: w.store, Now: w.clock.Now, SessionIdle: settings.SessionIdle, Customers: w.service},
		Introspection: true, Log: log, OperationTimeout: patience,
	})
	check(t, err)
	w.schema = loadSchema(t)
	return w
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is an HTTP answer and what GraphQL says in it.
type answer struct {
	status int
	header http.Header
	body   string
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct {
			Code       string
			Field      string
			Reason     models.Reason
			Limit      int
			RetryAfter int
			RequestID  string
			HTTP       struct{ Status int }
		}
	}
}

// code is the first error's code, or "".
func (a *answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// fields are the fields at fault, in the order of the errors.
func (a *answer) fields() []string {
	var fields []string
	for _, err := range a.Errors {
		fields = append(fields, err.Extensions.Field)
	}
	return fields
}

// at returns a value of the data by its dotted path.
func (a *answer) at(path string) any {
	var value any = a.Data
	for _, name := range strings.Split(path, ".") {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

// call is one request.
type call struct {
	key    string
	token  string
	accept string
	body   string
	header http.Header
}

// post sends a request through the handler.
func (w *world) post(t testing.TB, c call) *answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(c.body))
	r.RemoteAddr = "192.0.2.1:40000"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "stories/1.0")
	if c.accept != "" {
		r.Header.Set("Accept", c.accept)
	}
	if c.key != "" {
		r.Header.Set("X-Api-Key", c.key)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for name, values := range c.header {
		r.Header[name] = values
	}

	a := w.send(t, r)
	checkReasons(t, a)

	return a
}

// do runs an operation by name, with every field of its answer selected. The
// customer's session is sent where there is one, and kept where the answer holds a new one.
func (w *world) do(t testing.TB, customer, operation, input string) *answer {
	t.Helper()
	return w.doWith(t, "development", customer, operation, input)
}

func (w *world) doWith(t testing.TB, key, customer, operation, input string) *answer {
	t.Helper()
	document := documentFor(t, w.schema, operation, input != "", w.readable(t, key))
	body := fmt.Sprintf(`{"query":%q}`, document)
	if input != "" {
		body = fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, document, input)
	}
	a := w.post(t, call{key: w.keys[key], token: w.tokens[customer], accept: "application/graphql-response+json", body: body})
	if token, ok := a.at(operation + ".session.token").(string); ok && customer != "" {
		w.tokens[customer] = token
	}
	return a
}

// message returns the newest message of a kind to a recipient, or fails.
func (w *world) message(t testing.TB, kind models.MessageKind, to string) notify.InboxMessage {
	t.Helper()
	check(t, w.worker.Drain(context.Background()))
	for _, message := range w.inbox.Messages(context.Background()) {
		if message.Kind == string(kind) && (to == "" || message.To == to) {
			return message
		}
	}
	t.Fatalf("no message %s to %q", kind, to)
	return notify.InboxMessage{}
}

// send passes a request to the handler and returns the answer, with JSON in it or not.
func (w *world) send(t testing.TB, r *http.Request) *answer {
	t.Helper()
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, r)
	a := &answer{status: recorder.Code, header: recorder.Header(), body: recorder.Body.String()}
	if err := json.Unmarshal(recorder.Body.Bytes(), a); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, a.body)
	}
	return a
}

// succeed wants no error in an answer.
func succeed(t testing.TB, a *answer) *answer {
	t.Helper()
	if a.status != 200 || len(a.Errors) > 0 {
		t.Fatalf("refused: %s", a.body)
	}
	return a
}

// checkReasons looks at every answer that a test gets through the handler.
func checkReasons(t testing.TB, a *answer) {
	t.Helper()
	for _, one := range a.Errors {
		code, reason, limit := models.Code(one.Extensions.Code), one.Extensions.Reason, one.Extensions.Limit
		needs := code == models.CodeInvalidInput || code == models.CodePasswordRejected || reason == models.ReasonOutcomeUnknown
		switch {
		case needs != (reason != ""), needs && !slices.Contains(models.Reasons(), reason):
			t.Errorf("%s stands with the reason %q: %s", code, reason, a.body)
		case reason.HasLimit() != (limit > 0):
			t.Errorf("the reason %s stands with the limit %d: %s", reason, limit, a.body)
		}
	}
}
