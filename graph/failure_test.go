package graph_test

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/password"
)

// TestOverloaded: of a storm of sign-ins some are served and the others are told
// to come back, at once and with a time; none is queued without end (R-HASH4).
func TestOverloaded(t *testing.T) {
	settings := defaultSettings()
	settings.Unlimited = true
	w := newWorld(t, settings)
	slow, err := password.NewHasher(password.DefaultParameters, 1)
	check(t, err)
	w.service.Hasher = slow
	const storm = 100
	answers := make([]*answer, storm)
	var running sync.WaitGroup
	for i := range answers {
		running.Go(func() {
			answers[i] = w.do(t, "", "signIn", `{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`)
		})
	}
	running.Wait()
	served, shed := 0, 0
	for _, a := range answers {
		switch {
		case a.status == http.StatusOK && len(a.Errors) == 0:
			served++
		case a.status == http.StatusServiceUnavailable && a.code() == "OVERLOADED" && a.Errors[0].Extensions.RetryAfter > 0 && a.header.Get("Retry-After") != "":
			shed++
		default:
			t.Fatalf("answered %d %s", a.status, a.body)
		}
	}
	if served == 0 || shed == 0 {
		t.Errorf("%d were served and %d shed; want some of both", served, shed)
	}
}

// TestPanicIsMasked: a panic inside an operation is INTERNAL to the client, a
// stack to the log, nothing to the database, and no end of the service (R-C8).
func TestPanicIsMasked(t *testing.T) {
	w := newWorld(t, defaultSettings())
	newID := w.service.NewID
	w.service.NewID = func() string { panic("the secret reason") }
	a := w.do(t, "", "signIn", `{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`)
	if a.status != http.StatusInternalServerError || a.code() != "INTERNAL" || len(a.Data) > 0 || strings.Contains(a.body, "secret reason") {
		t.Errorf("answered %d %s", a.status, a.body)
	}
	// The log names the place, and not the words of a panic, which may repeat anything (R-LOG1).
	if log := w.log.String(); !strings.Contains(log, "failure_test.go") || strings.Contains(log, "the secret reason") || !strings.Contains(log, a.Errors[0].Extensions.RequestID) {
		t.Errorf("the log does not name the place with the request id: %s", log)
	}
	w.service.NewID = newID
	if a := w.do(t, "demo", "signIn", `{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`); a.status != http.StatusOK {
		t.Errorf("afterwards answered %d %s", a.status, a.body)
	}
	if sessions, _ := w.do(t, "demo", "account", "").at("account.sessions").([]any); len(sessions) != 1 {
		t.Errorf("the panic left %d sessions behind, want the one of afterwards", len(sessions))
	}
}

// brokenLog is a log on a full disk.
type brokenLog struct{}

func (brokenLog) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestLogFailureStopsNothing: a log that can't be written stops no operation, and
// what should have stood in it does not come back in the answer instead (R-LOG4).
func TestLogFailureStopsNothing(t *testing.T) {
	w := newWorld(t, defaultSettings())
	var err error
	w.handler, err = graph.New(w.service, graph.Options{
		Origin:        ownOrigin,
		Authenticator: &auth.Authenticator{Store: w.store, Now: w.clock.Now, SessionIdle: time.Hour},
		Log:           slog.New(slog.NewTextHandler(brokenLog{}, nil)),
	})
	check(t, err)
	newID := w.service.NewID
	w.service.NewID = func() string { panic("the secret reason") }
	signIn := `{"email":"demo@example.com","password":"` + account.DemoPassword + `"}`
	if a := w.do(t, "", "signIn", signIn); a.code() != "INTERNAL" || strings.Contains(a.body, "reason") || strings.Contains(a.body, "space") {
		t.Errorf("answered %d %s", a.status, a.body)
	}
	w.service.NewID = newID
	if a := w.do(t, "", "signIn", signIn); a.status != http.StatusOK {
		t.Errorf("afterwards answered %d %s", a.status, a.body)
	}
}
