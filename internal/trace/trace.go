// Package trace makes spans of what the service does, and sends them to a collector by OTLP over HTTP. It is the only
// package that knows OpenTelemetry. Without --trace there is no Tracer, and everything here does nothing.
//
// A span has names and numbers of our own: no variable, literal, address, token or name of a customer (R-OBS4). So a
// span has only the attributes below, neither events nor the texts of errors, and what a client calls its operation,
// its fields or its documents stays outside.
package trace

import (
	"context"
	"crypto/rand"
	"log/slog"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// scope is the name by which spans say which program made them.
const scope = "github.com/accountql/accountql"

// longestValue is the longest text of an attribute, in bytes; a longer one is truncated.
const longestValue = 4 << 10

// Tracer begins traces. A nil Tracer begins none.
type Tracer struct {
	provider  *sdk.TracerProvider
	collector *collector
	queue     *queue
}

// New returns a Tracer that sends its spans to the collector with the base URL, such as http://127.0.0.1:4318. It
// connects only when there are spans. The log is told once if they can't be delivered, and once when they can again.
func New(collectorURL, version string, log *slog.Logger) *Tracer {
	sent := newCollector(collectorURL)
	waiting := newQueue(otlptrace.NewUnstarted(sent), log)

	return &Tracer{collector: sent, queue: waiting, provider: sdk.NewTracerProvider(
		// A proxy that takes no sample of a request decides for us, too.
		sdk.WithSampler(sdk.ParentBased(sdk.AlwaysSample())),
		sdk.WithSpanProcessor(waiting),
		sdk.WithResource(resource.NewSchemaless(
			attribute.String("service.name", "accountql"), attribute.String("service.version", version),
			attribute.String("service.instance.id", rand.Text()),
		)),
		sdk.WithoutPanicRecording(),
		// No events: the SDK would put the texts of panics and errors there.
		sdk.WithRawSpanLimits(sdk.SpanLimits{
			AttributeValueLengthLimit: longestValue, AttributeCountLimit: sdk.DefaultAttributeCountLimit,
		}),
	)}
}

// Begin begins a span that no other span of this process contains. It continues the trace of parent, which is the
// value of a traceparent header or of Parent, and otherwise begins a new trace.
func (t *Tracer) Begin(ctx context.Context, parent string, kind Kind, name string) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}

	ctx = trace.ContextWithRemoteSpanContext(ctx, parse(parent))
	ctx, span := t.provider.Tracer(scope).Start(ctx, name, trace.WithSpanKind(trace.SpanKind(kind)))

	return ctx, Span{span}
}

// Dropped returns how many spans were not delivered.
func (t *Tracer) Dropped() uint64 { return t.queue.dropped.Load() }

// Close delivers the spans that have ended, until ctx ends. A nil Tracer has none.
func (t *Tracer) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	defer t.collector.close()
	return t.provider.Shutdown(ctx)
}
