package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// observed is the writer of a request that is traced or logged. The handlers note in it what became of the request;
// without a trace and an access log they get the server's own writer, and note nothing.
type observed struct {
	http.ResponseWriter
	status int
	// operation has the names of the operation's fields, or is empty; code and key are those of the answer and of the
	// caller.
	operation string
	code      models.Code
	key       string
}

// WriteHeader notes the status.
func (o *observed) WriteHeader(status int) {
	o.status = status
	o.ResponseWriter.WriteHeader(status)
}

// observedBy returns what observes a request, or nil.
func observedBy(w http.ResponseWriter) *observed {
	o, _ := w.(*observed)
	return o
}

// plain returns the server's own writer, which net/http recognises.
func plain(w http.ResponseWriter) http.ResponseWriter {
	if o := observedBy(w); o != nil {
		return o.ResponseWriter
	}
	return w
}

// graphQLPath is the other path of this handler beside SessionPath, as spans name it.
const graphQLPath = "/graphql"

// observe serves a request in a span, and writes its line of the access log.
func (f *gateway) observe(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	method, path := knownMethod(r.Method), graphQLPath
	if r.URL.Path == SessionPath {
		path = SessionPath
	}
	ctx, span := f.options.Tracer.Begin(r.Context(), f.traceParent(r), trace.Server, method+" "+path)
	defer span.End()

	o := &observed{ResponseWriter: w}
	f.serve(o, r.WithContext(ctx))

	id := w.Header().Get("X-Request-Id")
	span.Set(trace.Method, method)
	span.Set(trace.Route, path)
	span.SetNumber(trace.Status, o.status)
	span.Set(trace.RequestID, id)
	o.outcome(span)

	if f.options.AccessLog {
		// guard: a line of the access log names nobody
		f.options.Log.InfoContext(ctx, "request", "operation", o.operation, "code", o.shownCode(),
			"milliseconds", float64(time.Since(began).Microseconds())/1000, "keyId", o.key, "requestId", id)
	}
}

// traceParent returns the header by which a trusted proxy names the trace of a request. Others can't add to a trace, or
// prevent one.
func (f *gateway) traceParent(r *http.Request) string {
	if !auth.FromTrustedProxy(r, f.options.TrustedProxies) { // guard: a trace is continued for trusted peers
		return ""
	}
	return r.Header.Get("Traceparent")
}

// knownMethod returns the method of a request if HTTP defines it; others are a client's own words.
func knownMethod(method string) string {
	known := []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodConnect, http.MethodOptions, http.MethodTrace,
	}
	if slices.Contains(known, method) { // guard: a span has no words of a client
		return method
	}

	return "_OTHER" // the name in OpenTelemetry's conventions
}

// begin begins the span of an operation, of which trusted says that its document is the operator's. The caller ends
// it by end.
func (o *observed) begin(
	ctx context.Context, operation *graphql.OperationContext, trusted bool,
) (context.Context, trace.Span) {
	kind := string(operation.Operation.Operation)
	o.operation = fieldNames(operation.Operation)
	ctx, span := trace.Start(ctx, trace.Internal, kind+" "+o.operation)
	if span == (trace.Span{}) {
		return ctx, span
	}

	span.Set(trace.Type, kind)
	span.Set(trace.Operation, o.operation)
	if position := operation.Operation.Position; position != nil && position.Src != nil {
		if text := position.Src.Input; trusted || !hasLiterals(text) { // guard: a document with a literal has no hash
			sum := sha256.Sum256([]byte(text))
			span.Set(trace.Document, hex.EncodeToString(sum[:]))
		}
	}

	return ctx, span
}

// end ends the span of an operation.
func (o *observed) end(span trace.Span) {
	o.outcome(span)
	span.End()
}

// outcome says how a request ended. Only what is wrong on our side is a failure; a refusal is not.
func (o *observed) outcome(span trace.Span) {
	span.Set(trace.Code, o.shownCode())
	if o.code.Outcome() == models.OutcomeFailed {
		span.Fail(models.NewError(o.code, ""))
	}
}

func (o *observed) shownCode() string {
	if o.code == "" {
		return "OK"
	}
	return string(o.code)
}

// introspectionName stands for the fields of an operation that asks only for the schema.
const introspectionName = "introspection"

// fieldNames returns the names that the schema gives to the fields of an operation, each once. What a client calls
// them, and its operation, may be anything.
func fieldNames(operation *ast.OperationDefinition) string {
	var names []string
	for _, field := range rootFields(operation.SelectionSet, nil) {
		if !slices.Contains(names, field.Name) {
			names = append(names, field.Name) // guard: a span has no alias
		}
	}

	if len(names) == 0 {
		return introspectionName
	}

	return strings.Join(names, ",")
}

// hasLiterals reports whether a document has a text or a number. A span has no hash of it, because a hash confirms a
// guess.
func hasLiterals(text string) bool {
	for tokens := lexer.New(&ast.Source{Input: text}); ; {
		token, err := tokens.ReadToken()
		if err != nil {
			return true
		}

		switch token.Kind {
		case lexer.EOF:
			return false
		case lexer.String, lexer.BlockString, lexer.Int, lexer.Float:
			return true
		}
	}
}
