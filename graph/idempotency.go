package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/graph/internal/fastexec"
	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// idempotencyHeader identifies a mutation, so that a retry gets the first response (R-ANS5).
const idempotencyHeader = "Idempotency-Key"

const (
	maxIdempotencyKey = 64
	// leaseMargin is added to the operation's timeout: for that time, an attempt has its key for itself.
	leaseMargin = 2 * time.Second
)

// idempotencyKey returns the request's key. It returns BAD_REQUEST unless there is one header of up to 64 visible
// ASCII characters.
func idempotencyKey(header http.Header) (string, error) {
	keys := header[idempotencyHeader]
	invisible := func(r rune) bool { return r <= ' ' || r > '~' }
	// guard: a key has a shape
	if len(keys) != 1 || keys[0] == "" || len(keys[0]) > maxIdempotencyKey || strings.ContainsFunc(keys[0], invisible) {
		return "", models.NewError(models.CodeBadRequest,
			"the header Idempotency-Key must stand there once, with 1 to 64 visible ASCII characters, such as a UUID")
	}

	return keys[0], nil
}

// once responds to a mutation with an Idempotency-Key: it runs the operation, or repeats the stored response. A response is
// stored before it is sent, unless nothing was done and the client should retry.
func (t *transport) once(
	w http.ResponseWriter, r *http.Request, media string, sent *request,
	operation *graphql.OperationContext, kept *fastexec.Selections,
) {
	key, err := idempotencyKey(r.Header)
	if err != nil {
		t.errors.refuse(w, r, err)
		return
	}

	attempt, err := t.begin(r, key, sent)
	if err != nil {
		t.errors.refuse(w, r, err)
		return
	}

	w.Header().Set(idempotencyHeader, key)
	if attempt.Answer != nil {
		t.send(w, r, media, attempt.Answer)
		return
	}

	ctx, err := t.attempting(r.Context(), attempt)
	if err != nil {
		t.errors.refuse(w, r, err)
		return
	}

	response := t.run(ctx, operation, kept)
	written := newRecorder()
	t.write(written, r, mediaGraphQL, response)
	answer, err := json.Marshal(written.kept(firstCode(response.Errors)))
	done := answered(response)
	switch {
	case err != nil:
	case !done && tryAgain(response): // guard: a refusal is an answer; try again is none
		t.accounts.FreeAttempt(ctx, attempt)
	default:
		answer, err = t.accounts.SettleAttempt(ctx, attempt, answer, done) // guard: an answer is kept before it is sent
	}

	if err != nil {
		t.errors.refuse(w, r, err)
		return
	}

	t.send(w, r, media, answer)
}

// begin starts an attempt: it identifies the caller, the key and the operation.
func (t *transport) begin(r *http.Request, key string, sent *request) (*account.Attempt, error) {
	variables, err := json.Marshal(sent.variables)
	if err != nil {
		return nil, err
	}

	jar, _ := r.Context().Value(cookieJarKey{}).(*cookieJar)

	return t.accounts.BeginAttempt(r.Context(), auth.CallerFrom(r.Context()), account.IdempotentRequest{
		Key: key, Token: t.authenticator.Shown(r), InCookie: jar != nil, Lease: t.timeout + leaseMargin,
		// guard: a request is its variables, too
		Operation: []string{sent.query, sent.documentID, sent.persistedHash, sent.operationName, string(variables)},
	})
}

// attempting returns the context in which an attempt runs, or in which its response is built again: as it would
// have been then, for a caller whose session may have ended since.
func (t *transport) attempting(ctx context.Context, attempt *account.Attempt) (context.Context, error) {
	if attempt.Outcome == nil {
		return account.WithAttempt(ctx, attempt), nil
	}
	caller, err := t.accounts.Caller(ctx, auth.CallerFrom(ctx), attempt.Outcome)
	return auth.WithCaller(context.WithValue(ctx, outcomeKey{}, attempt.Outcome), caller), err
}

// outcomeKey is the context's key of the *account.Outcome of a mutation that has already run.
type outcomeKey struct{}

// payloads returns the types that mutations return, by the names of the mutations.
func payloads() map[string]reflect.Type {
	types := map[string]reflect.Type{}
	for method := range reflect.TypeFor[gen.MutationResolver]().Methods() {
		name := []rune(method.Name)
		name[0] = unicode.ToLower(name[0])
		types[string(name)] = method.Type.Out(0).Elem()
	}
	return types
}

// doneBefore returns the result of a mutation that another attempt completed; ok is false if the mutation has to
// run.
func (d directives) doneBefore(ctx context.Context) (result any, ok bool, err error) {
	outcome, ok := ctx.Value(outcomeKey{}).(*account.Outcome)
	if !ok {
		return nil, false, nil
	}
	payload := reflect.New(d.payloads[graphql.GetFieldContext(ctx).Field.Name]).Interface()
	return payload, true, outcome.Read(payload)
}

// answered reports whether a response says that something was done.
func answered(response *graphql.Response) bool {
	return response.Data != nil && string(response.Data) != "null"
}

// tryAgain reports whether a response without data means that the same mutation may succeed a moment later.
func tryAgain(response *graphql.Response) bool {
	if len(response.Errors) == 0 {
		return true
	}

	switch response.Errors[0].Extensions["code"] {
	case models.CodeRateLimited, models.CodeOverloaded, models.CodeUnavailable, models.CodeIdentityProviderUnavailable,
		models.CodeMessageChannelUnavailable, models.CodeInternal, models.CodeIdempotencyKeyInUse:
		return true
	}

	return false
}

// keptAnswer is a response as it is stored.
type keptAnswer struct {
	// Code is that of the first error, or "".
	Code models.Code
	// Status and Refusal are for clients that accept application/graphql-response+json; other clients get 200.
	Status  int
	Refusal http.Header
	Cookies []string
	Body    string
}

// recorder is an http.ResponseWriter that keeps what is written to it.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newRecorder() *recorder                       { return &recorder{header: http.Header{}} }
func (r *recorder) Header() http.Header            { return r.header }
func (r *recorder) WriteHeader(status int)         { r.status = status }
func (r *recorder) Write(text []byte) (int, error) { return r.body.Write(text) }

func (r *recorder) kept(code models.Code) keptAnswer {
	kept := keptAnswer{
		Code: code, Status: r.status, Refusal: http.Header{}, Cookies: r.header["Set-Cookie"], Body: r.body.String(),
	}
	for _, name := range []string{"Retry-After", "Www-Authenticate"} {
		if values := r.header[name]; values != nil {
			kept.Refusal[name] = values
		}
	}
	return kept
}

// send sends a stored response, byte for byte.
func (t *transport) send(w http.ResponseWriter, r *http.Request, media string, answer []byte) {
	var kept keptAnswer
	if err := json.Unmarshal(answer, &kept); err != nil {
		t.errors.refuse(w, r, err)
		return
	}

	t.errors.count(w, kept.Code)
	header := w.Header()
	for _, cookie := range kept.Cookies {
		header.Add("Set-Cookie", cookie)
	}

	status := http.StatusOK
	if media == mediaGraphQL {
		status = kept.Status
		for name, values := range kept.Refusal {
			header[name] = values
		}
	}

	header.Set("Content-Type", media+"; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(len(kept.Body)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, kept.Body) // the client may have disconnected
}
