package main

import (
	"maps"
	"testing"
	"time"
)

// traces is what `go tool pprof -traces` prints, shortened.
const traces = `File: accountql
Type: cpu
Time: 2026-11-29 02:00:00 UTC
Duration: 1s, Total samples = 1s (100%)
-----------+-------------------------------------------------------
     300ms   runtime.cgocall
             github.com/mattn/go-sqlite3._Cfunc_sqlite3_step
             github.com/mattn/go-sqlite3.(*SQLiteRows).Next
             github.com/accountql/accountql/internal/store.(*DB).Authenticate
             net/http.(*conn).serve
-----------+-------------------------------------------------------
     100ms   runtime.memmove
             runtime.mallocgc
             runtime.growslice
             time.Parse (inline)
             github.com/accountql/accountql/internal/store/sqlite.scan
             github.com/accountql/accountql/graph.(*front).ServeHTTP
-----------+-------------------------------------------------------
     150ms   internal/runtime/syscall.Syscall6
             syscall.write
             internal/poll.(*FD).Write
             net.(*conn).Write
             net/http.(*response).finishRequest
-----------+-------------------------------------------------------
      50ms   runtime.futex
             runtime.findRunnable
             runtime.mcall
-----------+-------------------------------------------------------
      50ms   runtime.scanObject
             runtime.gcDrainN
             runtime.gcAssistAlloc
             runtime.mallocgc
             github.com/99designs/gqlgen/graphql.Writer
-----------+-------------------------------------------------------
      0.2s   strings.Builder.Grow
             github.com/accountql/accountql/graph/internal/fastexec.Object[go.shape.struct{ net/http.x }]
             github.com/accountql/accountql/graph.(*front).ServeHTTP
-----------+-------------------------------------------------------
     100ms   crypto/sha256.block
             github.com/accountql/accountql/internal/auth.(*Reader).Token
             github.com/accountql/accountql/graph.(*front).ServeHTTP
-----------+-------------------------------------------------------
      50ms   time.sendTime
             runtime.unlockAndRun
`

func TestSharesByGroup(t *testing.T) {
	samples, err := parseTraces(traces)
	if err != nil {
		t.Fatal(err)
	}
	if first := samples[0]; len(samples) != 8 || first.time != 300*time.Millisecond || len(first.stack) != 5 {
		t.Fatalf("%d samples, the first is %v", len(samples), first)
	}

	got := shares(samples)
	want := map[string]float64{
		sqliteC: 0.3, "database, Go side": 0.1, "net/http and its sockets": 0.15, scheduler: 0.05, collector: 0.05,
		"gqlgen and the generated code": 0.2, "authentication and rules": 0.1, rest: 0.05, allocating: 0.15,
	}
	const near = 1e-9
	if !maps.EqualFunc(got, want, func(one, other float64) bool { return one-other < near && other-one < near }) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestProfileWithoutSamples(t *testing.T) {
	for _, text := range []string{"", "File: accountql\nDuration: 1s, Total samples = 0\n"} {
		if samples, err := parseTraces(text); err == nil {
			t.Errorf("%q has %v", text, samples)
		}
	}
}
