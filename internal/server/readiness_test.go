package server

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// TestReadinessIsTold guards that each change of readiness is logged once with its cause, that the private listener
// names it, and that the public one does not (R-OBS2).
func TestReadinessIsTold(t *testing.T) {
	var failure error
	var log bytes.Buffer
	r := &readiness{
		ready: func(context.Context) error { return failure }, draining: new(atomic.Bool),
		log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	ask := func(handler http.HandlerFunc, path string) (int, string) {
		r.checked = time.Time{}
		answer := httptest.NewRecorder()
		handler(answer, httptest.NewRequest(http.MethodGet, path, nil))
		return answer.Code, answer.Body.String()
	}
	fail := func(check store.ReadyCheck, cause string) error {
		return models.Unavailable(&store.NotReadyError{Check: check, Cause: errors.New(cause)})
	}

	for _, step := range []struct {
		failure error
		private string
		logged  string
	}{
		{nil, "ok\n", ""},
		{fail(store.DatabaseCheck, "no route"), "unavailable: database: no route\n", `msg="not ready" check=database cause="no route"`},
		{fail(store.DatabaseCheck, "no route"), "unavailable: database: no route\n", ""},
		{fail(store.SchemaCheck, "is newer"), "unavailable: schema: is newer\n", `msg="not ready" check=schema cause="is newer"`},
		{nil, "ok\n", `msg="ready again" after=`},
		{nil, "ok\n", ""},
		{errors.New("what"), "unavailable: database: what\n", `msg="not ready" check=database cause=what`},
		{nil, "ok\n", `msg="ready again" after=`},
	} {
		failure = step.failure
		log.Reset()
		want := map[bool]int{true: http.StatusOK, false: http.StatusServiceUnavailable}[failure == nil]
		public := map[bool]string{true: "ok\n", false: "unavailable\n"}[failure == nil]
		if status, text := ask(r.private, "/readyz?verbose"); status != want || text != step.private {
			t.Errorf("the private listener answers %d %q, want %q", status, text, step.private)
		}
		for _, handler := range []http.HandlerFunc{r.public, r.private} {
			path := "/readyz"
			if status, text := ask(handler, path); status != want || text != public {
				t.Errorf("%v: answered %d %q", step.failure, status, text)
			}
		}
		if status, text := ask(r.public, "/readyz?verbose"); status != want || text != public {
			t.Errorf("the public listener answers %d %q", status, text)
		}

		lines := strings.Count(log.String(), "\n")
		if !strings.Contains(log.String(), step.logged) || lines > 1 || (step.logged == "") != (lines == 0) {
			t.Errorf("%v: logged %q", step.failure, log.String())
		}
	}

	r.draining.Store(true)
	if status, text := ask(r.private, "/readyz?verbose"); status != 503 || text != "unavailable: stopping\n" {
		t.Errorf("while it stops: %d %q", status, text)
	}
}

// TestReadinessOnListeners guards that the running server has both: the reason on the private listener only.
func TestReadinessOnListeners(t *testing.T) {
	cluster := postgrestest.NewCluster(t)
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--database", cluster.URL("postgres"))
	defer p.stop(t)
	if status, text := private(t, p, "/readyz?verbose"); status != http.StatusOK || text != "ok\n" {
		t.Errorf("answered %d %q", status, text)
	}

	cluster.Stop()
	time.Sleep(readyEvery)
	status, text := private(t, p, "/readyz?verbose")
	if status != http.StatusServiceUnavailable || !strings.HasPrefix(text, "unavailable: database: ") {
		t.Errorf("without the database: %d %q", status, text)
	}
	if status, _, text := p.get(t, "/readyz?verbose"); status != 503 || text != "unavailable\n" {
		t.Errorf("the public listener answers %d %q", status, text)
	}
	if log := p.stderr.String(); strings.Count(log, `msg="not ready" check=database cause=`) != 1 {
		t.Errorf("logged %s", log)
	}
}

// TestStandbyIsRefused guards that a server does not start on a hot standby (R-OBS5).
func TestStandbyIsRefused(t *testing.T) {
	primary := postgrestest.NewCluster(t)
	p := boot(t, t.TempDir(), "--database", primary.URL("postgres"))
	standby := primary.Standby(t)
	p.stop(t)

	var stdout, stderr output
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	code := run(ctx, []string{"--listen", "127.0.0.1:0", "--database", standby.URL("postgres")}, nil,
		strings.NewReader(""), &stdout, &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "names a hot standby") {
		t.Errorf("ended with %d: %s", code, stderr.String())
	}
}
