// Package server puts the parts together: the commands, the settings, the services, the routes, and the life of a
// process from its start to its drain.
package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"golang.org/x/net/netutil"

	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
)

// Main is the program: it runs the command of the command line, with the documents that are embedded in the binary.
func Main(documents fs.FS) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal drains; from then on a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	return Run(ctx, documents, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr)
}

// Run runs the command that args name, until it is done or ctx ends, and returns the exit code.
func Run(ctx context.Context, documents fs.FS, args, environ []string, stdin io.Reader, stdout, stderr io.Writer) int {
	program := &cli.Program{
		Version: version(), Environ: environ, Stdin: stdin, Stdout: stdout, Stderr: stderr,
		Serve: func(ctx context.Context, settings config.Settings) error {
			tuneProcessors(environ)
			tuneMemory(environ)
			return serve(ctx, documents, settings, stdout, newLogger(stderr, settings.LogFormat, settings.LogLevel))
		},
		Preview: func(ctx context.Context, listen, templates string) error {
			return preview(ctx, listen, templates, stderr)
		},
		Open: openDatabase,
		Copy: copyDatabase, Backup: store.Backup,
	}
	return program.Run(ctx, args)
}

// version is what the Go command knows of the source: a tag, or a commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}

func newLogger(stderr io.Writer, format, level string) *slog.Logger {
	options := &slog.HandlerOptions{}
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err == nil {
		options.Level = least
	}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(stderr, options))
	}
	return slog.New(slog.NewTextHandler(stderr, options))
}

// The limits of a connection (R-GQL15), and of the stop (R-OPS3).
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 16 << 10
	maxConnections    = 4096
	// From the signal to the end of the process ten seconds may pass, after which
	// Docker, for one, kills it: announceTime and the requests under way have
	// finishTimeout together, then messages have drainTimeout and graceTimeout.
	announceTime  = 2 * time.Second
	finishTimeout = 7 * time.Second
	drainTimeout  = 1500 * time.Millisecond
	graceTimeout  = time.Second
)

// reapInterval is how often what has run out is deleted.
const reapInterval = time.Minute

// serve serves until ctx ends, or until the database fails for good.
func serve(ctx context.Context, documents fs.FS, settings config.Settings, stdout io.Writer, log *slog.Logger) error {
	// Whoever starts a second server by mistake learns it here, before the database is touched.
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", settings.Listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", settings.Listen, err)
	}
	return serveOn(ctx, documents, listener, settings, stdout, log)
}

// serveOn serves what the listener accepts.
func serveOn(ctx context.Context, documents fs.FS, listener net.Listener, settings config.Settings, stdout io.Writer, log *slog.Logger) error {
	defer func() { _ = listener.Close() }()
	s, err := newServer(ctx, documents, settings.Bound(listener.Addr()), log)
	if err != nil && ctx.Err() != nil {
		// Who stops the server while it starts wanted nothing else (R-OPS3).
		log.Info("stopped before it served")
		return nil
	}
	if err != nil {
		return err
	}
	if settings.MetricsListen != "" {
		if s.metricsListener, err = new(net.ListenConfig).Listen(ctx, "tcp", settings.MetricsListen); err != nil {
			return errors.Join(fmt.Errorf("--metrics-listen %s: %w", settings.MetricsListen, err), s.store.Close())
		}
		log.Info("serving metrics", "address", s.metricsListener.Addr().String())
	}
	if !settings.Production() {
		printBanner(stdout, s.settings)
	}
	// What the start needed is not needed again.
	debug.FreeOSMemory()
	log.Info("serving", "address", listener.Addr().String(), "mode", settings.Mode, "version", version())
	err = s.run(ctx, netutil.LimitListener(listener, maxConnections))
	log.Info("stopped")
	return err
}

// run serves connections until ctx ends or the database fails for good, then finishes what is under way and closes the database.
func (s *server) run(ctx context.Context, listener net.Listener) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { _ = s.worker.Run(background) })
	running.Go(func() { s.activity.Run(background) })
	running.Go(func() { s.reap(background) })
	running.Go(func() { s.watchOutbox(background) })

	web := &http.Server{
		Handler: s.closeKeepAlives(s.handler), ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(listener) }()
	if s.metricsListener != nil {
		running.Go(func() {
			if err := s.metrics.serve(background, s.metricsListener); err != nil {
				s.log.Error("metrics are not served", "error", err)
			}
		})
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-ended:
	case <-s.store.Failed():
		// What is on the disk is in doubt: a process that starts again reads what is really there (R-OPS5).
		err = errors.New("the database failed while it wrote; start again once the disk is sound")
	}
	s.drain(ctx, web)
	stop()
	running.Wait()
	s.delivery.close()
	if s.breaches != nil {
		err = errors.Join(err, s.breaches.Close())
	}
	return errors.Join(err, s.store.Close())
}

// drain turns /readyz to 503, accepts no more connections, and finishes the requests and messages that are under way.
func (s *server) drain(ctx context.Context, web *http.Server) {
	s.draining.Store(true)
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	if s.settings.Production() && ctx.Err() != nil {
		// A load balancer has a moment to see /readyz turn, and clients to let go of
		// their connections, before any is refused. Who serves on a desk waits for nobody.
		s.log.Info("stopping")
		time.Sleep(announceTime)
	}
	if err := web.Shutdown(finish); err != nil {
		s.log.Warn("requests were cut off", "error", err)
		_ = web.Close()
	}
	send, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := s.worker.Drain(send); err != nil {
		s.log.Warn("messages are left for the next start", "error", err)
	}
}

// closeKeepAlives asks clients to close their connections from the moment that the server
// stops, so that none sends a request on one that is just being closed.
func (s *server) closeKeepAlives(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.draining.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// reap deletes what has run out, now and then.
func (s *server) reap(ctx context.Context) {
	ticker := time.NewTicker(reapInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := s.store.Reap(ctx, time.Now().UTC()); err != nil && ctx.Err() == nil {
				s.log.Error("what has run out could not be deleted", "error", err)
			}
		}
	}
}
