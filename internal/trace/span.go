package trace

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Kind says on which side of an exchange a span stands.
type Kind trace.SpanKind

// The kinds of spans.
const (
	// Internal is work of this process.
	Internal = Kind(trace.SpanKindInternal)
	// Server is a request that this process answers.
	Server = Kind(trace.SpanKindServer)
	// Client is a request that this process sends.
	Client = Kind(trace.SpanKindClient)
	// Consumer is a message that was queued before.
	Consumer = Kind(trace.SpanKindConsumer)
)

// Key is the name of an attribute. Where OpenTelemetry has a convention, it is the conventional name.
type Key string

// All attributes that a span can have. None of them takes what a client sent.
const (
	// Method is an HTTP method of the standard, Route the path as the server knows it, Status the HTTP status.
	Method Key = "http.request.method"
	Route  Key = "http.route"
	Status Key = "http.response.status_code"
	// Code is "OK" or the ErrorCode of the answer, RequestID the value of X-Request-Id.
	Code      Key = "accountql.code"
	RequestID Key = "accountql.request.id"
	// Operation has the names of the operation's fields in the schema, Type is query or mutation, Document the SHA-256
	// of the document.
	Operation Key = "accountql.operation"
	Type      Key = "graphql.operation.type"
	Document  Key = "accountql.document.sha256"
	// System is the kind of database, Statement the text of a statement with placeholders for its values.
	System    Key = "db.system.name"
	Statement Key = "db.query.text"
	// Message, Channel, MessageKind, Attempt and Result describe an attempt to send a message.
	Message     Key = "accountql.message.id"
	Channel     Key = "accountql.message.channel"
	MessageKind Key = "accountql.message.kind"
	Attempt     Key = "accountql.message.attempt"
	Result      Key = "accountql.message.result"
	// Peer is the part that the other side plays for this service, such as "identity provider".
	Peer Key = "peer.service"
)

// Span is a part of a trace. The zero Span does nothing.
type Span struct{ span trace.Span }

// Start begins a span within that of the context. It returns the context and no span if the context has none, or one
// of which no sample is taken.
func Start(ctx context.Context, kind Kind, name string) (context.Context, Span) {
	parent := trace.SpanFromContext(ctx)
	if !parent.IsRecording() {
		return ctx, Span{}
	}

	ctx, span := parent.TracerProvider().Tracer(scope).Start(ctx, name, trace.WithSpanKind(trace.SpanKind(kind)))

	return ctx, Span{span}
}

// Set gives the span an attribute.
func (s Span) Set(key Key, value string) {
	if s.span != nil {
		s.span.SetAttributes(attribute.String(string(key), value))
	}
}

// SetNumber gives the span an attribute.
func (s Span) SetNumber(key Key, value int) {
	if s.span != nil {
		s.span.SetAttributes(attribute.Int(string(key), value))
	}
}

// Fail marks the span as failed if err is not nil. The text of the error stays outside, because it can repeat values.
func (s Span) Fail(err error) {
	if s.span != nil && err != nil {
		s.span.SetStatus(codes.Error, "") // guard: a span has no text of an error
	}
}

// End ends the span.
func (s Span) End() {
	if s.span != nil {
		s.span.End()
	}
}

// traceParent is the name of the header that W3C Trace Context defines.
const traceParent = "traceparent"

// Parent returns the value of a traceparent header for the context's span, or "". Begin continues its trace.
func Parent(ctx context.Context) string {
	if !trace.SpanContextFromContext(ctx).IsValid() {
		return ""
	}
	header := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, header)
	return header[traceParent]
}

// parse reads what Parent returned. It returns the invalid span context for anything else. The header tracestate,
// which has free text, is not read.
func parse(parent string) trace.SpanContext {
	header := propagation.MapCarrier{traceParent: parent}
	return trace.SpanContextFromContext(propagation.TraceContext{}.Extract(context.Background(), header))
}
