// Package server wires the parts together: the commands, the settings, the services, the routes, and the life of a
// process from its start to its drain. Read server.go first, then services.go, then routes.go.
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

// Main runs the command of the command line, with the documents that are embedded in the binary, and returns the
// exit code.
func Main(documents fs.FS) int {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	// A program that nohup starts outlives its terminal.
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}

	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	// The first signal starts the drain; from then on a second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	return Run(ctx, documents, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr)
}

// Run runs the command that args name until it is done or ctx ends, and returns the exit code.
func Run(ctx context.Context, documents fs.FS, args, environ []string, stdin io.Reader, stdout, stderr io.Writer) int {
	program := &cli.Program{
		Version: version(), Environ: environ, Stdin: stdin, Stdout: stdout, Stderr: stderr, Terminal: isTerminal(stdout),
		Serve: func(ctx context.Context, settings config.Settings) error {
			if err := checkSettings(settings); err != nil {
				return err
			}

			tuneProcessors(environ)
			tuneMemory(environ)
			return serve(ctx, documents, settings, stdout, newLogger(stderr, settings.LogFormat, settings.LogLevel))
		},
		Preview: func(ctx context.Context, listen, templates string) error {
			return preview(ctx, listen, templates, stderr)
		},
		Check: checkSettings, Try: trySettings,
		Open: openDatabase, Look: lookAtDatabase, Create: createDatabase,
		Copy: copyDatabase, Backup: store.Backup,
	}
	return program.Run(ctx, args)
}

// isTerminal reports whether people read what is written.
func isTerminal(w io.Writer) bool {
	file, isFile := w.(*os.File)
	if !isFile {
		return false
	}

	info, err := file.Stat()

	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// version returns what the Go command knows of the source: a tag, a commit, or "unknown".
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

// The limits of a connection (R-GQL15) and of the shutdown (R-OPS3).
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 16 << 10
	maxConnections    = 4096
	// The process has ten seconds from the signal to its end; after that Docker, for example, kills it.
	// announceTime and the running requests share finishTimeout, then the messages have drainTimeout and
	// graceTimeout, and the last traces flushTimeout.
	announceTime  = 2 * time.Second
	finishTimeout = 7 * time.Second
	drainTimeout  = 1500 * time.Millisecond
	graceTimeout  = time.Second
)

// settleDelay is when settle runs after the start: the workers have usually read the database by then.
const settleDelay = 250 * time.Millisecond

// reapInterval is how often expired rows are deleted.
const reapInterval = time.Minute

// serve serves until ctx ends, or until the database fails permanently.
func serve(ctx context.Context, documents fs.FS, settings config.Settings, stdout io.Writer, log *slog.Logger) error {
	// An operator who starts a second server by mistake learns it here, before the database is touched.
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", settings.Listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", settings.Listen, err)
	}
	return serveOn(ctx, documents, listener, settings, stdout, log)
}

// serveOn serves the connections that the listener accepts.
func serveOn(
	ctx context.Context, documents fs.FS, listener net.Listener, settings config.Settings, stdout io.Writer,
	log *slog.Logger,
) error {
	defer func() { _ = listener.Close() }()

	s, err := openServer(ctx, documents, settings.Bound(listener.Addr()), log)
	if err == nil {
		err = s.begin(ctx, listener)
	}
	if err != nil && ctx.Err() != nil {
		// An operator who stops the server while it starts wanted nothing else: that is not an error (R-OPS3).
		log.Info("stopped before it served")
		return nil
	}

	if err != nil {
		return err
	}

	if s.metricsListener != nil {
		log.Info("serving metrics", "address", s.metricsListener.Addr().String())
	}
	if s.backOfficeListener != nil {
		log.Info("serving the back office", "address", s.backOfficeListener.Addr().String())
	}
	if !settings.Production() {
		printBanner(stdout, s.settings)
	}

	// No request waits for it.
	defer time.AfterFunc(settleDelay, settle).Stop()

	log.Info("serving", "address", listener.Addr().String(), "mode", settings.Mode, "version", version())
	err = s.run(ctx, netutil.LimitListener(listener, maxConnections))

	log.Info("stopped")

	return err
}

// begin listens at the private addresses, waits for the schema, and builds everything on it. It closes the database if it fails.
func (s *server) begin(ctx context.Context, listener net.Listener) (err error) {
	defer func() {
		if err != nil {
			s.flushTraces(ctx)
			err = errors.Join(err, s.store.Close())
			closeListener(s.metricsListener)
			closeListener(s.backOfficeListener)
		}
	}()

	if s.metricsListener, err = listenAt(ctx, "--metrics-listen", s.settings.MetricsListen); err != nil {
		return err
	}
	if s.backOfficeListener, err = listenAt(ctx, "--backoffice-listen", s.settings.BackOfficeListen); err != nil {
		return err
	}

	if err := s.awaitSchema(ctx, listener); err != nil {
		return err
	}

	return s.build(ctx)
}

// listenAt listens at the address of a setting, or returns nil if there is none.
func listenAt(ctx context.Context, setting, address string) (net.Listener, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // nothing is served there
	}

	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", setting, address, err)
	}

	return listener, nil
}

func closeListener(listener net.Listener) {
	if listener != nil {
		_ = listener.Close()
	}
}

// run serves connections until ctx ends or the database fails permanently, then finishes the running requests and
// closes the database.
func (s *server) run(ctx context.Context, listener net.Listener) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	for _, worker := range s.workers.all() {
		running.Go(func() { _ = worker.Run(background) })
	}
	running.Go(func() { s.watchWebhooks(background) })
	running.Go(func() { s.activity.Run(background) })
	running.Go(func() { s.reap(background) })
	running.Go(func() { s.watchOutbox(background) })
	kept := &retention{
		settings: s.settings, audit: s.store.AuditRetention(), eraseUnproven: s.service.EraseUnproven,
		eraseIdle: s.service.EraseIdle,
		anchor:    anchorTo(s.store, s.settings.RetainAudit, time.Now, s.service.AnnounceAnchor),
		removed:   s.removed, now: time.Now, log: s.log,
	}
	running.Go(func() { every(background, retentionInterval, kept.run) })
	running.Go(func() { every(background, reapInterval, kept.runIdle) })
	running.Go(func() { every(background, clockInterval, s.clock.check) })
	keys := &keyWatch{read: s.store.ReadKeys, log: s.log}
	running.Go(func() { keys.run(background) })
	expiry := &expiryWatch{keys: s.store.APIKeys, now: time.Now, log: s.log}
	running.Go(func() { expiry.run(background) })

	public := s.web(s.handler)
	served := []*http.Server{public}
	ended := make(chan error, 2)
	go func() { ended <- public.Serve(listener) }()
	if s.backOfficeListener != nil {
		private := s.web(s.backOffice)
		served = append(served, private)
		go func() { ended <- private.Serve(netutil.LimitListener(s.backOfficeListener, maxConnections)) }()
	}

	if s.metricsListener != nil {
		running.Go(func() { every(background, writableInterval, s.writable.check) })
		running.Go(func() {
			if err := s.metrics.serve(background, s.metricsListener, s.readiness); err != nil {
				s.log.Error("metrics are not served", "error", err)
			}
		})
	}

	var err error
	select {
	case <-ctx.Done():
	case err = <-ended:
	case <-s.store.Failed():
		// The content of the disk is in doubt: a process that starts again reads what is really there (R-OPS5).
		err = errors.New("the database failed while it wrote; start again once the disk is sound")
	}

	s.drain(ctx, served)
	stop()
	running.Wait()

	s.delivery.close()
	s.flushTraces(ctx)
	if s.breaches != nil {
		err = errors.Join(err, s.breaches.Close())
	}

	return errors.Join(err, s.store.Close())
}

// web returns an HTTP server, which bounds every connection (R-GQL15).
func (s *server) web(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: s.closeKeepAlives(handler), ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
}

// drain switches /readyz to 503, accepts no more connections, and finishes the running requests and messages.
func (s *server) drain(ctx context.Context, served []*http.Server) {
	s.draining.Store(true)

	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()

	if ctx.Err() != nil {
		s.log.Info("stopping", "cause", context.Cause(ctx))
	}
	if s.settings.Production() && ctx.Err() != nil {
		// Before any connection is refused, load balancers get time to notice that /readyz fails, and clients to
		// close their connections. Development waits for neither.
		time.Sleep(announceTime)
	}

	for _, web := range served {
		if err := web.Shutdown(finish); err != nil {
			s.log.Warn("requests were cut off", "error", err)
			_ = web.Close()
		}
	}

	send, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := s.workers.drain(send); err != nil {
		s.log.Warn("messages are left for the next start", "error", err)
	}
}

// closeKeepAlives tells clients to close their connections once the server is stopping, so that no client sends a
// request on a connection that is just being closed.
func (s *server) closeKeepAlives(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.draining.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// reap erases accounts whose grace period is over, and deletes expired rows, at every reapInterval until ctx ends.
func (s *server) reap(ctx context.Context) {
	every(ctx, reapInterval, func(ctx context.Context) {
		if _, err := s.service.EraseDue(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("deleted accounts could not be erased at the end of their grace period", "error", err)
		}
		if err := s.store.Reap(ctx, time.Now().UTC()); err != nil && ctx.Err() == nil {
			s.log.Error("what has run out could not be deleted", "error", err)
		}
	})
}

// every calls do after each interval until ctx ends.
func every(ctx context.Context, interval time.Duration, do func(ctx context.Context)) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()

	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			do(ctx)
		}
	}
}
