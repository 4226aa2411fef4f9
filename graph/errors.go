package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

const internalMessage = "something went wrong on our side; the request id names it in the log"

// presenter turns an error into the one that the client sees.
type presenter struct {
	log *slog.Logger
	// answered is Options.Answered.
	answered func(code models.Code)
}

// count counts an answer by its code (R-OBS1), and notes the code if the request is observed.
func (p presenter) count(w http.ResponseWriter, code models.Code) {
	if o := observedBy(w); o != nil {
		o.code = code
	}
	if p.answered != nil {
		p.answered(code) // guard: every answer is counted
	}
}

// firstCode returns the code of an answer's first error, or "".
func firstCode(list gqlerror.List) models.Code {
	if len(list) == 0 {
		return ""
	}
	if code, ok := list[0].Extensions["code"].(models.Code); ok {
		return code
	}
	return models.CodeInternal
}

// present turns any error into a code, a sentence, and the extensions that a program needs (docs/contract.md,
// "Errors"). An error of another type becomes INTERNAL: its text goes to the log only.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	var known *models.Error
	var located *gqlerror.Error
	path := graphql.GetPath(ctx)
	if errors.As(err, &located) && located.Path != nil {
		path = located.Path
	}
	if !errors.As(err, &known) {
		known = p.unexpected(ctx, err)
	}
	if known.Cause != nil {
		p.log.WarnContext(ctx, "an operation failed", "requestId", auth.CallerFrom(ctx).RequestID,
			"code", string(known.Code), "cause", known.Cause.Error())
	}

	field := known.Field
	if field == "" && known.Code == models.CodeInvalidInput {
		field = inputField(path)
	}

	named := *known
	named.Field = field

	return newError(ctx, &named, responsePath(path))
}

func (p presenter) unexpected(ctx context.Context, err error) *models.Error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return models.Unavailable(err)
	}
	p.log.ErrorContext(ctx, "an operation failed unexpectedly", "requestId", auth.CallerFrom(ctx).RequestID,
		"error", err.Error())
	return models.NewError(models.CodeInternal, internalMessage)
}

// recovered handles a panic in a resolver: it logs the stack, and the client learns nothing about it (R-C8).
func (p presenter) recovered(ctx context.Context, problem any) error {
	p.log.ErrorContext(ctx, "a resolver panicked", "requestId", auth.CallerFrom(ctx).RequestID,
		"panic", panicText(problem), "stack", string(debug.Stack()))
	return models.NewError(models.CodeInternal, internalMessage)
}

// panicText returns the part of a panic that may be logged: the text of a runtime error, which repeats no values of
// a request, and only the type of any other value, because that may hold anything (R-LOG1).
func panicText(problem any) string {
	if fault, ok := problem.(runtime.Error); ok {
		return fault.Error()
	}
	return fmt.Sprintf("%T", problem) // guard: no panic is repeated in the log
}

// newError builds the GraphQL error of a models.Error.
func newError(ctx context.Context, err *models.Error, path ast.Path) *gqlerror.Error {
	extensions := map[string]any{
		"code":      err.Code,
		"http":      map[string]any{"status": Status(err.Code)},
		"requestId": auth.CallerFrom(ctx).RequestID,
	}
	if err.Field != "" {
		extensions["field"] = err.Field
	}
	if err.Reason != "" { // guard: a reason is told
		extensions["reason"] = err.Reason
	}
	if err.Reason.HasLimit() { // guard: a reason's limit is told
		extensions["limit"] = err.Limit
	}
	if err.Code == models.CodeCodeInvalid { // guard: the tries that are left are told
		extensions["triesLeft"] = err.TriesLeft
	}
	if err.ChallengeID != "" {
		extensions["challengeId"] = err.ChallengeID
	}
	if err.RetryAfter > 0 {
		extensions["retryAfter"] = retrySeconds(err.RetryAfter)
	}

	return &gqlerror.Error{Message: sentence(err), Path: path, Extensions: extensions}
}

func retrySeconds(wait time.Duration) int { return int((wait + time.Second - 1) / time.Second) }

// persistedQueryNotSupported is the message by which Apollo Client, urql and others know that they must send the
// document itself. Hashes of documents that are not trusted are not kept (R-GQL7).
const persistedQueryNotSupported = "PersistedQueryNotSupported"

// sentence capitalizes a message unless it begins with a field's name, and ends it with a full stop.
func sentence(err *models.Error) string {
	message := err.Error()
	if message == persistedQueryNotSupported {
		return message
	}
	if err.Field == "" {
		message = strings.ToUpper(message[:1]) + message[1:]
	}
	if !strings.HasSuffix(message, ".") && !strings.HasSuffix(message, "?") {
		message += "."
	}

	return message
}

// inputField returns the part of an argument's path that lies inside `input`.
func inputField(path ast.Path) string {
	var inside []string
	for i, element := range path {
		if i >= 2 {
			inside = append(inside, fmt.Sprint(element))
		}
	}
	return strings.Join(inside, ".")
}

// responsePath removes the part of a path that lies inside an argument, because a response has no such place.
func responsePath(path ast.Path) ast.Path {
	if len(path) > 1 && path[1] == ast.PathName("input") {
		return path[:1]
	}
	return path
}

// statusOf is the HTTP status of an answer without data.
func statusOf(list gqlerror.List) int {
	if len(list) == 0 {
		return http.StatusOK
	}

	if status, ok := list[0].Extensions["http"].(map[string]any); ok {
		if code, ok := status["status"].(int); ok {
			return code
		}
	}

	return http.StatusInternalServerError
}

// logRefusal logs, for developers, a request that never becomes an operation. The response says more; neither
// repeats what the client sent.
func (p presenter) logRefusal(ctx context.Context, code any) {
	// guard: a refusal is a line of the log
	p.log.DebugContext(ctx, "a request was refused", "requestId", auth.CallerFrom(ctx).RequestID,
		"code", fmt.Sprint(code))
}

// refuse responds to a request that never becomes an operation; the status does not depend on the media type.
func (p presenter) refuse(w http.ResponseWriter, r *http.Request, err error) {
	presented := p.present(r.Context(), err)
	p.logRefusal(r.Context(), presented.Extensions["code"])
	p.write(w, r, statusOf(gqlerror.List{presented}), presented)
}

// refuseAs is refuse with a given HTTP status.
func (p presenter) refuseAs(w http.ResponseWriter, r *http.Request, status int, err *models.Error) {
	presented := p.present(r.Context(), err)
	presented.Extensions["http"] = map[string]any{"status": status}
	p.logRefusal(r.Context(), presented.Extensions["code"])
	p.write(w, r, status, presented)
}

func (p presenter) write(w http.ResponseWriter, r *http.Request, status int, presented *gqlerror.Error) {
	media, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		media = mediaJSON
	}
	list := gqlerror.List{presented}
	p.count(w, firstCode(list))
	writeAnswer(w, media, status, nil, list)
}

// challenge returns the WWW-Authenticate header, which names the missing credentials, as HTTP requires for every
// 401 (RFC 9110, section 11.6.1).
func challenge(err *gqlerror.Error) string {
	if err.Extensions["code"] == models.CodeAPIKeyInvalid {
		return `ApiKey realm="accountql", header="X-Api-Key"`
	}
	return `Bearer realm="accountql"`
}

// writeAnswer writes a GraphQL response; data is JSON, or nil to leave data out, which takes an error.
func writeAnswer(w http.ResponseWriter, media string, status int, data []byte, list gqlerror.List) {
	header := w.Header()
	header["Content-Type"] = contentTypes[media]
	before, after := dataBegin, answerEnd
	if len(list) > 0 {
		if wait, ok := list[0].Extensions["retryAfter"].(int); ok && status != http.StatusOK {
			header.Set("Retry-After", strconv.Itoa(wait))
		}
		if status == http.StatusUnauthorized {
			header.Set("WWW-Authenticate", challenge(list[0]))
		}

		text, err := json.Marshal(list)
		if err != nil {
			text = []byte(`[{"message":"The answer could not be written.","extensions":{"code":"INTERNAL"}}]`)
			status = http.StatusInternalServerError
		}

		before = append([]byte(`{"errors":`), text...)
		if data != nil {
			before = append(before, `,"data":`...)
		}
	}

	header["Content-Length"] = []string{strconv.Itoa(len(before) + len(data) + len(after))}
	w.WriteHeader(status)
	_, _ = w.Write(before) // the client may have disconnected
	_, _ = w.Write(data)
	_, _ = w.Write(after)
}

// What most responses begin and end with, and the values of their Content-Type by media type. They are shared, so
// nobody may change them.
var (
	dataBegin    = []byte(`{"data":`)
	answerEnd    = []byte("}\n")
	contentTypes = map[string][]string{
		mediaJSON: {mediaJSON + "; charset=utf-8"}, mediaGraphQL: {mediaGraphQL + "; charset=utf-8"},
	}
)
