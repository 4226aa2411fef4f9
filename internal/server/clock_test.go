package server

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// TestClockIsCompared guards that a clock that is off by more than a minute is told once, and again when it is right
// (R-OBS5).
func TestClockIsCompared(t *testing.T) {
	var log bytes.Buffer
	var offset time.Duration
	var failure error
	c := &clockWatch{
		offset: func(context.Context) (time.Duration, error) { return offset, failure },
		log:    slog.New(slog.NewTextHandler(&log, nil)),
	}
	for _, step := range []struct {
		offset time.Duration
		err    error
		logged string
	}{
		{0, nil, ""},
		{time.Minute, nil, ""},
		{40 * time.Minute, nil, "ahead=40m0s"},
		{41 * time.Minute, nil, ""},
		{0, errors.New("gone"), ""},
		{-time.Minute, nil, "agrees"},
		{-2 * time.Minute, nil, "ahead=-2m0s"},
	} {
		offset, failure = step.offset, step.err
		log.Reset()
		c.check(t.Context())
		if (step.logged == "") != (log.Len() == 0) || !strings.Contains(log.String(), step.logged) {
			t.Errorf("%v: logged %q, want %q", step.offset, log.String(), step.logged)
		}
	}
	if c.seconds() != -120 {
		t.Errorf("the metric is %v", c.seconds())
	}

	ctx, cancel := context.WithCancel(t.Context())
	offset = 0
	log.Reset()
	ended := make(chan struct{})
	go func() { defer close(ended); every(ctx, time.Millisecond, c.check) }()
	for deadline := time.Now().Add(patience); c.last.Load() != 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-ended
	if !strings.Contains(log.String(), "agrees") {
		t.Errorf("the clock is not compared again: %q", log.String())
	}
}

// TestWrongClockIsRefused guards that a server whose clock is far off the database's does not start, on a PostgreSQL
// whose clock is put back by a function of the same name (R-OBS5).
func TestWrongClockIsRefused(t *testing.T) {
	cluster := postgrestest.NewCluster(t)
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--database", cluster.URL("postgres"))
	text := scrape(t, p)
	p.stop(t)
	if !strings.Contains(text, "accountql_database_clock_offset_seconds ") {
		t.Errorf("the metrics lack the clock: %s", text)
	}

	for _, statement := range []string{
		`CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql
			AS $$ SELECT now() - interval '40 minutes' $$`,
		"ALTER DATABASE postgres SET search_path = public, pg_catalog",
	} {
		if err := cluster.Execute(t.Context(), "postgres", statement); err != nil {
			t.Fatal(err)
		}
	}

	var stdout, stderr output
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	code := run(ctx, []string{"--listen", "127.0.0.1:0", "--database", cluster.URL("postgres")}, nil,
		strings.NewReader(""), &stdout, &stderr)
	if code == 0 || !strings.Contains(stderr.String(), "differs from this machine's by 40m0s") {
		t.Errorf("ended with %d: %s", code, stderr.String())
	}
}
