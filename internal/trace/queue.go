package trace

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/trace"
)

const (
	// maxWaiting is how many spans wait for their delivery; more are dropped, so that a collector that is down costs
	// at most some megabytes.
	maxWaiting = 2048
	// maxBatch and batchInterval decide when spans are sent: so many, or after so long.
	maxBatch      = 512
	batchInterval = 2 * time.Second
	// exportTimeout limits the delivery of a batch, with its retries.
	exportTimeout = 10 * time.Second
)

// queue keeps ended spans until they are delivered. It never waits: a span is dropped if too many wait already, or if
// the collector does not accept its batch. It counts what it drops, which the batches of the SDK don't.
type queue struct {
	sdk.SpanProcessor
	exporter sdk.SpanExporter
	log      *slog.Logger

	waiting atomic.Int64
	dropped atomic.Uint64
	failing atomic.Bool
}

func newQueue(exporter sdk.SpanExporter, log *slog.Logger) *queue {
	q := &queue{exporter: exporter, log: log}
	q.SpanProcessor = sdk.NewBatchSpanProcessor(batches{q}, sdk.WithMaxQueueSize(maxWaiting),
		sdk.WithMaxExportBatchSize(maxBatch), sdk.WithBatchTimeout(batchInterval), sdk.WithExportTimeout(exportTimeout))
	return q
}

// OnEnd implements sdk.SpanProcessor.
func (q *queue) OnEnd(span sdk.ReadOnlySpan) {
	if q.waiting.Add(1) > maxWaiting { // guard: only so many spans wait
		q.waiting.Add(-1)
		q.dropped.Add(1)
		return
	}
	q.SpanProcessor.OnEnd(span)
}

// batches delivers the batches of a queue.
type batches struct{ queue *queue }

// ExportSpans implements sdk.SpanExporter. It keeps the error to itself, because the SDK would print it.
func (b batches) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	q := b.queue
	err := q.exporter.ExportSpans(ctx, spans)
	q.waiting.Add(-int64(len(spans)))
	if err != nil {
		q.dropped.Add(uint64(len(spans)))
	}

	if failed := err != nil; q.failing.Swap(failed) != failed { // guard: an outage of the collector is told once
		if failed {
			q.log.WarnContext(ctx, "traces can't be delivered; accountql_trace_spans_dropped_total counts what is lost",
				"error", err)
		} else {
			q.log.InfoContext(ctx, "traces are delivered again")
		}
	}

	return nil
}

// Shutdown implements sdk.SpanExporter.
func (b batches) Shutdown(ctx context.Context) error { return b.queue.exporter.Shutdown(ctx) }
