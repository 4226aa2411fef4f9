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
	"github.com/accountql/accountql/test/world"
)

// TestOverloaded checks that in a storm of sign-ins some are served and the others are refused immediately, with a
// time to retry after; none waits without limit (R-HASH4).
func TestOverloaded(t *testing.T) {
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	slow, err := password.NewHasher(password.DefaultParameters, 1)
	world.Check(t, err)
	w.Service.Hasher = slow
	const storm = 100
	answers := make([]*world.Answer, storm)
	var running sync.WaitGroup
	for i := range answers {
		running.Go(func() {
			answers[i] = w.Do(t, "", "signIn", `{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`)
		})
	}

	running.Wait()
	served, shed := 0, 0
	for _, a := range answers {
		switch {
		case a.Status == http.StatusOK && len(a.Errors) == 0:
			served++
		case a.Status == http.StatusServiceUnavailable && a.Code() == "OVERLOADED" &&
			a.Errors[0].Extensions.RetryAfter > 0 && a.Header.Get("Retry-After") != "":
			shed++
		default:
			t.Fatalf("answered %d %s", a.Status, a.Body)
		}
	}

	if served == 0 || shed == 0 {
		t.Errorf("%d were served and %d shed; want some of both", served, shed)
	}
}

// TestPanicIsMasked checks that a panic in an operation is INTERNAL to the client and a stack in the log, changes
// nothing in the database, and does not stop the service (R-C8).
func TestPanicIsMasked(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	newID := w.Service.NewID
	w.Service.NewID = func() string { panic("the secret reason") }
	a := w.Do(t, "", "signIn", `{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`)
	if a.Status != http.StatusInternalServerError || a.Code() != "INTERNAL" || len(a.Data) > 0 ||
		strings.Contains(a.Body, "secret reason") {
		t.Errorf("answered %d %s", a.Status, a.Body)
	}

	// The log has the location, but not the text of a panic, which may repeat anything (R-LOG1).
	if log := w.Log.String(); !strings.Contains(log, "failure_test.go") || strings.Contains(log, "the secret reason") ||
		!strings.Contains(log, a.Errors[0].Extensions.RequestID) {
		t.Errorf("the log does not name the place with the request id: %s", log)
	}

	w.Service.NewID = newID
	if a := w.Do(t, "demo", "signIn",
		`{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`); a.Status != http.StatusOK {
		t.Errorf("afterwards answered %d %s", a.Status, a.Body)
	}
	if sessions, _ := w.Do(t, "demo", "account", "").At("account.sessions").([]any); len(sessions) != 1 {
		t.Errorf("the panic left %d sessions behind, want the one of afterwards", len(sessions))
	}
}

// brokenLog is a log on a full disk.
type brokenLog struct{}

func (brokenLog) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestLogFailureStopsNothing checks that an operation works although the log can't be written, and that its log
// lines don't appear in the response instead (R-LOG4).
func TestLogFailureStopsNothing(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin:           world.OwnOrigin,
		Authenticator:    &auth.Authenticator{Store: w.Store, Now: w.Clock.Now, SessionIdle: time.Hour},
		OperationTimeout: world.Patience, Log: slog.New(slog.NewTextHandler(brokenLog{}, nil)),
	})
	world.Check(t, err)
	newID := w.Service.NewID
	w.Service.NewID = func() string { panic("the secret reason") }
	signIn := `{"email":"demo@example.com","password":"` + account.DemoPassword + `"}`
	if a := w.Do(t, "", "signIn",
		signIn); a.Code() != "INTERNAL" || strings.Contains(a.Body, "reason") || strings.Contains(a.Body, "space") {
		t.Errorf("answered %d %s", a.Status, a.Body)
	}

	w.Service.NewID = newID
	if a := w.Do(t, "", "signIn", signIn); a.Status != http.StatusOK {
		t.Errorf("afterwards answered %d %s", a.Status, a.Body)
	}
}
