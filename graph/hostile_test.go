package graph_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/test/world"
)

// This file and the other hostile_*_test.go are the attack pack (docs/threat-model.md): every request in it is
// refused with the right code, in a short response that repeats nothing of the request, for an amount of work that
// grows at most linearly with the request; and the next customer is served as before. Work is measured in allocated
// bytes, never in time.

const (
	// marker is part of every hostile request, in as many places as possible, and must not occur in a response or
	// in the log. Its underscore can't be in the random id of a request.
	marker = "Zqm_kz"
	// maxAnswer and maxAnswerErrors limit every response (R-GQL5).
	maxAnswer       = 16 << 10
	maxAnswerErrors = 5
	// maxWork is in bytes allocated for one request; R-GQL6 allows 20 MB.
	maxWork = 8 << 20
	// attackTimeout only identifies an attack that does not end.
	attackTimeout = world.Patience
)

// attack is one kind of hostile request.
type attack struct {
	name string
	// size is the number of repetitions; its work is compared with that of twice the size.
	size int
	// document returns a GraphQL document of a size; body returns a whole request instead.
	document func(n int) string
	body     func(n int) string
	code     string
	// capped attacks stay below a limit on purpose: only maxWork limits the rules for them, because some rules are
	// quadratic.
	capped bool
	// introspective attacks are refused as introspection if introspection is off.
	introspective bool
}

func (a attack) request(n int) string {
	if a.body != nil {
		return a.body(n)
	}
	text, _ := json.Marshal(map[string]any{
		"query": a.document(n), "extensions": map[string]string{marker: marker}, marker: marker,
	})
	return string(text)
}

// status returns the status of the refusal.
func (a attack) status() int {
	if a.code == tooLarge {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// variants are the variants of a world: with introspection, as in development, and without, as in production.
var variants = map[string]bool{"development": true, "production": false}

// newHostileWorld returns a world with introspection on or off. The demo customer is signed in twice: one session
// sends the hostile requests, the other is the next client's.
func newHostileWorld(t testing.TB, introspection bool) *world.World {
	t.Helper()
	w := world.New(t, world.DefaultSettings())
	introspect(t, w, introspection)

	for _, client := range []string{"demo", "attacker"} {
		if a := w.Do(t, client, "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)); a.Code() != "" {
			t.Fatal(a.Body)
		}
	}

	return w
}

// introspect replaces the handler by one with introspection on or off.
func introspect(t testing.TB, w *world.World, on bool) {
	t.Helper()
	handler, err := graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		Introspection: on, OperationTimeout: world.Patience, Log: slog.New(slog.NewTextHandler(w.Log, world.Debugging)),
	})
	world.Check(t, err)
	w.Handler = handler
}

// hostileHeader returns the headers of every hostile request: the marker wherever a header may have it.
func hostileHeader(w *world.World) http.Header {
	return http.Header{
		"X-Api-Key": {w.Keys["development"]}, "Authorization": {"Bearer " + w.Tokens["attacker"]},
		"Content-Type": {"application/json"}, "Accept": {"application/graphql-response+json"},
		"User-Agent": {marker}, "Cookie": {"key=" + marker}, "Referer": {"https://" + marker + ".example/"},
		"X-Request-Id":    {marker},
		"X-Forwarded-For": {marker}, "Forwarded": {"for=" + marker}, "X-" + marker: {marker},
	}
}

// strike sends a body with the hostile headers.
func strike(t testing.TB, w *world.World, body string) *world.Answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql?query="+marker+"&"+marker, strings.NewReader(body))
	r.Header = hostileHeader(w)
	return w.Send(t, r)
}

// checkRefusal checks everything that all refusals have in common.
func checkRefusal(t testing.TB, w *world.World, a *world.Answer, status int, code string) {
	t.Helper()
	if a.Status != status || a.Code() != code {
		t.Errorf("answered %d %q, want %d %q: %.500s", a.Status, a.Code(), status, code, a.Body)
	}
	if len(a.Body) > maxAnswer {
		t.Errorf("the answer has %d bytes", len(a.Body))
	}
	if len(a.Errors) > maxAnswerErrors {
		t.Errorf("the answer has %d errors", len(a.Errors))
	}
	if code != invalidInput && strings.Contains(a.Body, `"data"`) {
		t.Errorf("the refusal has data: %.500s", a.Body)
	}

	checkSilence(t, w, a)
}

// checkSilence checks that the marker does not occur where it must not.
func checkSilence(t testing.TB, w *world.World, a *world.Answer) {
	t.Helper()
	for place, text := range map[string]string{"body": a.Body, "headers": fmt.Sprint(a.Header), "log": w.Log.String()} {
		if at := strings.Index(strings.ToLower(text), strings.ToLower(marker)); at >= 0 {
			t.Errorf("the answer's %s repeats the request: …%.200s", place, text[max(at-50, 0):])
		}
	}
}

// checkSecondClient checks that the next customer is served normally.
func checkSecondClient(t testing.TB, w *world.World) {
	t.Helper()
	a := w.Do(t, "demo", "account", "")
	if a.Status != http.StatusOK || a.At("account.email") != string(account.DemoEmail) {
		t.Errorf("the next customer is answered %d %.500s", a.Status, a.Body)
	}
}

// allocatedBy returns the bytes that a call allocates. No other test of the package runs at the same time, because
// this test is not parallel.
func allocatedBy(call func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	call()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// run sends an attack in its size and in twice the size.
func run(t *testing.T, w *world.World, a attack) {
	t.Helper()
	watchdog := time.AfterFunc(attackTimeout, func() { panic("the attack does not end: " + a.name) })
	defer watchdog.Stop()
	single, double := a.request(a.size), a.request(2*a.size)
	if a.body == nil && !strings.Contains(single, marker) {
		t.Fatal("the request has no marker")
	}

	strike(t, w, single) // one-time work does not count
	var first, second *world.Answer
	once := allocatedBy(func() { first = strike(t, w, single) })
	twice := allocatedBy(func() { second = strike(t, w, double) })
	checkRefusal(t, w, first, a.status(), a.code)
	if code := second.Code(); code != a.code && code != tooLarge && code != tooComplex {
		t.Errorf("twice the size is answered %d %q", second.Status, code)
	}

	checkRefusal(t, w, second, second.Status, second.Code())
	if once > maxWork || twice > maxWork {
		t.Errorf("%d and %d bytes were allocated for %d and %d", once, twice, len(single), len(double))
	}

	// Twice the request may cost twice the work; four times the work would be quadratic.
	if noise := int64(256 << 10); twice > 3*once+noise && !a.capped {
		t.Errorf("%d bytes were allocated for %d, and %d for %d", once, len(single), twice, len(double))
	}
	if testing.Verbose() {
		t.Logf("%d bytes: %d, %d bytes: %d", len(single), once, len(double), twice)
	}

	checkSecondClient(t, w)
}

func TestHostile(t *testing.T) {
	w := newHostileWorld(t, true)
	for _, a := range attacks() {
		t.Run(a.name, func(t *testing.T) { run(t, w, a) })
	}
}

// TestHostileInProduction checks that the same attacks are refused in the same way without introspection and
// suggestions.
func TestHostileInProduction(t *testing.T) {
	w := newHostileWorld(t, false)
	for _, a := range attacks() {
		t.Run(a.name, func(t *testing.T) {
			got := strike(t, w, a.request(a.size))
			if a.introspective && got.Code() == invalid {
				a.code = invalid // refused as introspection before its size is checked
			}
			checkRefusal(t, w, got, a.status(), a.code)
		})
	}

	checkSecondClient(t, w)
}

// TestHostileWithoutKey checks that a stranger's request is refused for its key, before any of it is read.
func TestHostileWithoutKey(t *testing.T) {
	const workForStrangers = 64 << 10
	w := newHostileWorld(t, true)
	for _, a := range attacks() {
		body := a.request(a.size)
		allocated := int64(math.MaxInt64)
		for range 3 { // sometimes the log grows, which the test keeps
			var got *world.Answer
			r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
			r.Header = hostileHeader(w)
			r.Header.Set("X-Api-Key", marker)
			allocated = min(allocated, allocatedBy(func() { got = w.Send(t, r) }))
			checkRefusal(t, w, got, http.StatusUnauthorized, "API_KEY_INVALID")
		}

		if allocated > workForStrangers {
			t.Errorf("%s: %d bytes were allocated for a stranger", a.name, allocated)
		}
	}

	checkSecondClient(t, w)
}

// TestHostileCorpus sends the documents of testdata/hostile, whose folder is the code of their refusal.
func TestHostileCorpus(t *testing.T) {
	files := 0
	w := newHostileWorld(t, true)
	world.Check(t, filepath.WalkDir("testdata/hostile", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}

		files++
		text := world.ReadFile(t, name)
		t.Run(path.Base(filepath.ToSlash(name)), func(t *testing.T) {
			run(t, w, attack{name: name, size: 1, code: filepath.Base(filepath.Dir(name)), document: func(int) string {
				return text
			}})
		})

		return nil
	}))
	if files < 20 {
		t.Errorf("only %d documents were found", files)
	}
}
