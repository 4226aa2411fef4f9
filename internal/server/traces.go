package server

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accountql/accountql/internal/trace"
)

// startTraces makes the tracer of --trace, and a log whose lines name the trace that they belong to. Without --trace
// it changes nothing.
func (s *server) startTraces() {
	collector := s.settings.Collector()
	if collector == "" {
		return
	}

	s.log = slog.New(trace.LogIDs(s.log.Handler()))
	s.tracer = trace.New(collector, version(), s.log)
}

// traceMetrics returns the count of the spans that were lost.
func traceMetrics(tracer *trace.Tracer) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "accountql_trace_spans_dropped_total",
		Help: "Spans that were not delivered: the collector refused them, or too many waited for it.",
	}, func() float64 { return float64(tracer.Dropped()) })
}

// flushTimeout limits the delivery of the last spans, which is the last step of a shutdown.
const flushTimeout = 400 * time.Millisecond

// flushTraces delivers the last spans.
func (s *server) flushTraces(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
	defer cancel()
	if err := s.tracer.Close(ctx); err != nil {
		s.log.Warn("the last traces are not delivered", "error", err)
	}
}
