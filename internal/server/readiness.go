package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/accountql/accountql/internal/store"
)

// The check runs at most once per readyEvery: anybody may ask for it, and it takes the write lock.
const (
	readyEvery   = time.Second
	readyTimeout = 2 * time.Second
)

// readiness reports whether the server is migrated, writable and not draining. Strangers do not learn the reason;
// operators find it in the log and on the private listener (R-OBS2).
type readiness struct {
	ready    func(ctx context.Context) error
	draining *atomic.Bool
	log      *slog.Logger

	mu      sync.Mutex
	checked time.Time
	last    *store.NotReadyError
	// since is when the first check failed.
	since time.Time
}

// check returns the check that fails, or nil. It logs every change once.
func (r *readiness) check(ctx context.Context) *store.NotReadyError {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.checked) < readyEvery {
		return r.last
	}

	// The result is for all callers within the second, so it does not end with the first caller's request.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyTimeout)
	defer cancel()
	failed := notReady(r.ready(ctx))
	r.checked = time.Now()

	switch before := r.last; {
	case failed != nil && (before == nil || before.Check != failed.Check): // guard: a change of readiness is told once
		if before == nil {
			r.since = r.checked
		}
		r.log.WarnContext(ctx, "not ready", "check", string(failed.Check), "cause", failed.Cause.Error())
	case failed == nil && before != nil:
		r.log.InfoContext(ctx, "ready again", "after", r.checked.Sub(r.since).Round(time.Millisecond))
	}
	r.last = failed

	return failed
}

// notReady returns the check that failed, or nil.
func notReady(err error) *store.NotReadyError {
	if err == nil {
		return nil
	}

	var failed *store.NotReadyError
	if !errors.As(err, &failed) {
		failed = &store.NotReadyError{Check: store.DatabaseCheck, Cause: err}
	}

	return failed
}

// public answers GET /readyz without the reason.
func (r *readiness) public(w http.ResponseWriter, request *http.Request) {
	writeHealth(w, !r.draining.Load() && r.check(request.Context()) == nil)
}

// private answers GET /readyz on the private listener; with ?verbose it names the check that fails, and the cause.
func (r *readiness) private(w http.ResponseWriter, request *http.Request) {
	if !request.URL.Query().Has("verbose") {
		r.public(w, request)
		return
	}

	failed := r.check(request.Context())
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	switch {
	case r.draining.Load():
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "unavailable: stopping\n")
	case failed != nil:
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintf(w, "unavailable: %v\n", failed)
	default:
		_, _ = io.WriteString(w, "ok\n")
	}
}

func writeHealth(w http.ResponseWriter, good bool) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if !good {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "unavailable\n")
		return
	}
	_, _ = io.WriteString(w, "ok\n")
}

// refuseStandby returns an error if the database is a standby, on which a process would wait for ever (R-OBS5).
func refuseStandby(ctx context.Context, database *store.Store) error {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	failed := notReady(database.Ready(ctx))
	if failed == nil || failed.Check != store.StandbyCheck { // guard: no server starts on a standby
		return nil
	}

	return fmt.Errorf("--database names a hot standby, which accepts no writes (%w): name the primary, or several "+
		"hosts with target_session_attrs=read-write", failed.Cause)
}
