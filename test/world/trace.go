package world

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/internal/trace/tracetest"
)

// Traced traces the statements and the messages of a world. Handlers that a test makes can take the tracer, whose spans
// arrive at the collector.
func Traced(t testing.TB, w *World) (*trace.Tracer, *tracetest.Collector) {
	t.Helper()
	collector := tracetest.Start(t)
	log := slog.New(trace.LogIDs(slog.NewTextHandler(w.Log, Debugging)))
	tracer := trace.New(collector.URL, "", log)
	t.Cleanup(func() { Deliver(t, tracer) })

	w.Store.Trace()
	w.Worker = w.newWorker(t, log, tracer)

	return tracer, collector
}

// Deliver delivers all spans that have ended. No others follow.
func Deliver(t testing.TB, tracer *trace.Tracer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), time.Minute)
	defer cancel()
	Check(t, tracer.Close(ctx))
}
