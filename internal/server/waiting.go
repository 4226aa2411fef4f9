package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
)

// schemaInterval is how often a server that waits looks whether the database is migrated.
const schemaInterval = 500 * time.Millisecond

// awaitSchema waits, with --migrate off, until another process has migrated the database. Meanwhile the listeners
// answer the probes: the process lives, and is not ready, with the cause. It returns an error only if ctx ends.
func (s *server) awaitSchema(ctx context.Context, listener net.Listener) error {
	if s.settings.Migrate != config.Off {
		return nil
	}

	lacking := s.store.CheckSchema(ctx)
	if lacking == nil {
		return nil
	}

	s.log.WarnContext(ctx, "waiting, because --migrate is off and the schema is not this version's", "cause", lacking,
		"address", listener.Addr().String())
	waiting := &readiness{ready: s.readyToServe, draining: &s.draining, log: s.log}
	defer s.answerProbes(listener, waiting.public)()
	if s.metricsListener != nil {
		defer s.answerProbes(s.metricsListener, waiting.private)()
	}

	for s.store.CheckSchema(ctx) != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(schemaInterval):
		}
	}

	return nil
}

// readyToServe returns why the server is not ready while it waits. A migrated database is not enough: what a load
// balancer sent then would not be served.
func (s *server) readyToServe(ctx context.Context) error {
	if err := s.store.Ready(ctx); err != nil {
		return err
	}
	return &store.NotReadyError{Check: store.SchemaCheck, Cause: errStarting} // guard: a server that waits is not ready
}

// errStarting is the cause between a migration and the first request.
var errStarting = errors.New("the database has just been migrated, and the service is starting")

// answerProbes answers /livez and /readyz, and everything else with 503, until stop is called. The listener stays
// open, so that no connection is refused when the service takes it over.
func (s *server) answerProbes(listener net.Listener, ready http.HandlerFunc) (stop func()) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { writeHealth(w, true) })
	mux.HandleFunc("GET /readyz", ready)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "1")
		writeHealth(w, false)
	})

	var open, running sync.WaitGroup
	web := &http.Server{
		Handler: mux, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		MaxHeaderBytes: maxHeaderBytes,
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				open.Add(1)
			case http.StateClosed:
				open.Done()
			}
		},
	}
	// A connection that stayed open would end when the service takes over.
	web.SetKeepAlivesEnabled(false)

	borrowed := lent{listener}
	running.Go(func() {
		if err := web.Serve(netutil.LimitListener(borrowed, maxConnections)); !errors.Is(err, net.ErrClosed) {
			s.log.Error("probes are not answered", "error", err)
		}
	})

	return func() {
		err := borrowed.Close()
		running.Wait()

		// Shutdown would close a connection whose request it has just read.
		late := time.AfterFunc(graceTimeout, func() { _ = web.Close() })
		open.Wait()
		late.Stop()

		if err = errors.Join(err, borrowed.until(time.Time{})); err != nil {
			s.log.Error("the listener is not taken over", "error", err)
		}
	}
}

// lent is a listener of which Close ends only Accept.
type lent struct{ net.Listener }

// Accept implements net.Listener.
func (l lent) Accept() (net.Conn, error) {
	accepted, err := l.Listener.Accept()
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = net.ErrClosed
	}
	return accepted, err
}

// Close implements net.Listener.
func (l lent) Close() error { return l.until(time.Unix(1, 0)) }

// until sets the time at which Accept ends; the zero time is never.
func (l lent) until(end time.Time) error {
	limited, ok := l.Listener.(interface{ SetDeadline(end time.Time) error })
	if !ok {
		return fmt.Errorf("a %T can't be lent", l.Listener)
	}
	return limited.SetDeadline(end)
}
