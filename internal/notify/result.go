package notify

import (
	"context"

	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// Result is what came of an attempt.
type Result string

// The results.
const (
	// ResultSent means that the provider accepted the message.
	ResultSent Result = "sent"
	// ResultRetried means that the next attempt follows.
	ResultRetried Result = "retried"
	// ResultGivenUp means that there is no further attempt.
	ResultGivenUp Result = "given_up"
)

// Results returns every result.
func Results() []Result { return []Result{ResultSent, ResultRetried, ResultGivenUp} }

// begin begins the span of an attempt, in the trace of the request that queued the message.
func (w *Worker) begin(ctx context.Context, message models.Message) (context.Context, trace.Span) {
	ctx, span := w.config.Tracer.Begin(ctx, message.Data.Trace, trace.Consumer, "send "+string(message.Kind))
	span.Set(trace.Message, message.ID)
	span.Set(trace.Channel, string(message.Channel))
	span.Set(trace.MessageKind, string(message.Kind))
	span.SetNumber(trace.Attempt, message.Attempts)

	return ctx, span
}

// attempted tells the result of an attempt.
func (w *Worker) attempted(message models.Message, span trace.Span, result Result) {
	span.Set(trace.Result, string(result))
	if w.config.Attempted != nil {
		w.config.Attempted(message.Channel, result)
	}
}
