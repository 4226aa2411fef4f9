package trace

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/otel/trace"
)

// LogIDs returns a handler that adds the id of the trace to each line that is logged in a span.
func LogIDs(next slog.Handler) slog.Handler { return logIDs{next} }

type logIDs struct{ slog.Handler }

// Handle implements slog.Handler.
func (l logIDs) Handle(ctx context.Context, line slog.Record) error {
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		line = line.Clone()
		line.AddAttrs(slog.String("traceId", span.TraceID().String()))
	}
	return l.Handler.Handle(ctx, line)
}

// WithAttrs implements slog.Handler.
func (l logIDs) WithAttrs(attributes []slog.Attr) slog.Handler {
	return logIDs{l.Handler.WithAttrs(attributes)}
}

// WithGroup implements slog.Handler.
func (l logIDs) WithGroup(name string) slog.Handler { return logIDs{l.Handler.WithGroup(name)} }
