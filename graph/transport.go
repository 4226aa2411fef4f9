package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/accountql/accountql/graph/internal/fastexec"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// The media types of GraphQL over HTTP.
const (
	mediaJSON    = "application/json"
	mediaGraphQL = "application/graphql-response+json"
)

// maxBody is in bytes (docs/contract.md, "Limits").
const maxBody = models.MaxRequestBytes

// transport takes the only kind of request that is accepted: a strict JSON object by POST. gqlgen's own transport
// accepts more, has no size limit, and echoes the body of a malformed request, including passwords.
type transport struct {
	schema graphql.ExecutableSchema
	// subgraph is nil unless the service is a subgraph.
	subgraph      *federation
	documents     *documents
	errors        presenter
	accounts      *account.Service
	authenticator *auth.Authenticator
	timeout       time.Duration
	// present and recovered are those of errors, as functions that gqlgen takes.
	present   graphql.ErrorPresenterFunc
	recovered graphql.RecoverFunc
}

// ServeHTTP parses a request, executes it, and writes the response.
func (t *transport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	media, ok := negotiate(r.Header["Accept"])
	if !ok {
		t.errors.refuseAs(w, r, http.StatusNotAcceptable,
			models.NewError(models.CodeBadRequest, "answers are "+mediaGraphQL+" or "+mediaJSON))
		return
	}

	if !jsonContent(r.Header) {
		t.errors.refuseAs(w, r, http.StatusUnsupportedMediaType,
			models.NewError(models.CodeBadRequest, "send "+mediaJSON+" in UTF-8, without a content encoding"))
		return
	}

	request, err := readRequest(w, r, t.documents.messages.names)
	if err != nil {
		t.errors.refuse(w, r, err)
		return
	}

	operation, kept, list := t.documents.prepare(request, auth.CallerFrom(r.Context()).APIKey.AccountPage())
	var asSubgraph *subgraphQuery
	if t.subgraph != nil && len(list) == 0 {
		asSubgraph, list = t.subgraph.query(operation, auth.CallerFrom(r.Context()))
	}
	if len(list) > 0 {
		t.errors.logRefusal(r.Context(), list[0].err.Code) // guard: a refused document is a line of the log
		t.answer(w, r, media, &graphql.Response{Errors: t.presentAll(r.Context(), list)})
		return
	}

	ctx := r.Context()
	if o := observedBy(w); o != nil {
		var span trace.Span
		ctx, span = o.begin(ctx, operation, request.query == "")
		defer o.end(span)
	}

	if operation.Operation.Operation == ast.Mutation {
		// A client that disconnects must not leave a mutation half done; the deadline still ends it.
		ctx = context.WithoutCancel(ctx)
	}

	ctx, end := withDeadline(ctx, t.timeout)
	defer end()
	operation.RecoverFunc = t.recovered

	if operation.Operation.Operation == ast.Mutation && len(r.Header[idempotencyHeader]) > 0 {
		t.once(w, r.WithContext(ctx), media, request, operation, kept)
		return
	}

	if asSubgraph != nil {
		t.answer(w, r, media, asSubgraph.answer(func(rest *graphql.OperationContext) *graphql.Response {
			rest.RecoverFunc = t.recovered
			return t.run(ctx, rest, nil)
		}))
		return
	}

	response := t.run(ctx, operation, kept)
	if len(response.Errors) == 0 && onlySettings(operation) {
		w.Header()["Cache-Control"] = keepSettings
	}

	t.answer(w, r, media, response)
}

// keepSettings is the Cache-Control of an answer that has nothing but the settings. It is shared, so nobody may change
// it.
var keepSettings = []string{fmt.Sprintf("private, max-age=%d", account.SettingsMaxAge)}

// onlySettings reports whether an operation asks for the settings, and for nothing else but type names.
func onlySettings(operation *graphql.OperationContext) bool {
	asked := false
	for _, selection := range operation.Operation.SelectionSet {
		field, ok := selection.(*ast.Field)
		if !ok || field.Name != settingsField && field.Name != "__typename" { // guard: what is a customer's is not kept
			return false
		}
		asked = asked || field.Name == settingsField
	}

	return asked
}

// settingsField is the name of the query of the settings.
const settingsField = "settings"

// run executes an operation. gqlgen's executor would do the same, and in addition serve extensions, of which there are
// none here.
func (t *transport) run(
	ctx context.Context, operation *graphql.OperationContext, kept *fastexec.Selections,
) *graphql.Response {
	if kept != nil {
		ctx = fastexec.WithSelections(ctx, kept)
	}

	ctx = graphql.WithOperationContext(ctx, operation)
	ctx = graphql.WithResponseContext(ctx, t.present, t.recovered)
	if err := ctx.Err(); err != nil {
		return &graphql.Response{Errors: gqlerror.List{t.errors.present(ctx, models.Unavailable(err))}}
	}

	response := t.schema.Exec(ctx)(ctx)
	response.Errors = append(response.Errors, graphql.GetErrors(ctx)...)

	return response
}

// answer counts a response and writes it.
func (t *transport) answer(w http.ResponseWriter, r *http.Request, media string, response *graphql.Response) {
	t.errors.count(w, firstCode(response.Errors))
	t.write(w, r, media, response)
}

// write writes a response. Without data, the error's status becomes the HTTP status for clients that accept
// application/graphql-response+json; other clients get 200.
func (t *transport) write(w http.ResponseWriter, r *http.Request, media string, response *graphql.Response) {
	status := http.StatusOK
	if media == mediaGraphQL && (response.Data == nil || string(response.Data) == "null") {
		status = statusOf(response.Errors)
	}
	writeSessionCookie(r.Context(), w.Header())
	writeAnswer(w, media, status, response.Data, response.Errors)
}

// presentAll converts the errors of a document for the client.
func (t *transport) presentAll(ctx context.Context, list []*documentError) gqlerror.List {
	presented := make(gqlerror.List, len(list))
	for i, one := range list {
		presented[i] = newError(ctx, one.err, nil)
		presented[i].Locations = one.locations
	}
	return presented
}

// bodies has memory for bodies, most of which have at most pooledBody bytes. What is read of a body is a copy.
var bodies = sync.Pool{New: func() any { return new([pooledBody]byte) }}

const pooledBody = 4 << 10

// readRequest reads the body up to its limit, even if there is no Content-Length.
func readRequest(w http.ResponseWriter, r *http.Request, names bool) (*request, error) {
	if r.ContentLength > maxBody {
		return nil, models.NewError(models.CodeRequestTooLarge,
			fmt.Sprintf("the request has %d bytes where %d (64 KiB) are allowed", r.ContentLength, maxBody))
	}

	if r.ContentLength > 0 && r.ContentLength <= pooledBody {
		room := bodies.Get().(*[pooledBody]byte)
		body := room[:r.ContentLength]
		_, err := io.ReadFull(r.Body, body)
		request, err := parseBody(body, err, names)
		clear(body) // guard: nothing of a body is left in the pool
		bodies.Put(room)

		return request, err
	}

	if r.ContentLength > 0 {
		body := make([]byte, r.ContentLength)
		_, err := io.ReadFull(r.Body, body)
		return parseBody(body, err, names)
	}

	// A ContentLength of 0 does not mean an empty body: tests may leave it unset.
	body, err := io.ReadAll(http.MaxBytesReader(plain(w), r.Body, maxBody)) // guard: a body has an end

	return parseBody(body, err, names)
}

// parseBody parses a body unless reading it failed.
func parseBody(body []byte, err error, names bool) (*request, error) {
	if err == nil {
		return parseRequest(body, names)
	}

	if exceeded := (*http.MaxBytesError)(nil); errors.As(err, &exceeded) {
		return nil, models.NewError(models.CodeRequestTooLarge,
			fmt.Sprintf("the request has more than %d bytes (64 KiB)", maxBody))
	}

	return nil, models.NewError(models.CodeBadRequest, "the request's body could not be read")
}

// jsonContent reports whether the body is plain JSON in UTF-8.
func jsonContent(header http.Header) bool {
	types := header["Content-Type"]
	if len(types) != 1 {
		return false
	}
	if types[0] == mediaJSON && len(header["Content-Encoding"]) == 0 {
		return true // the usual header needs no parser
	}

	media, parameters, err := mime.ParseMediaType(types[0])
	if err != nil || media != mediaJSON {
		return false
	}
	if charset, given := parameters["charset"]; given && !strings.EqualFold(charset, "utf-8") {
		return false
	}

	for _, encoding := range header["Content-Encoding"] {
		if encoding != "" && !strings.EqualFold(encoding, "identity") {
			return false
		}
	}

	return true
}

// negotiate chooses the media type of the response by the q-values of the Accept header (RFC 9110, section 12.5.1).
// Wildcards mean application/json, as GraphQL over HTTP requires; if both types have the same q-value, the specific
// application/graphql-response+json wins.
func negotiate(accept []string) (media string, ok bool) {
	if len(accept) == 0 || len(accept) == 1 && (accept[0] == mediaJSON || accept[0] == "*/*") {
		return mediaJSON, true
	}

	var json, graphQL preference
	for _, wish := range strings.Split(strings.Join(accept, ","), ",") {
		if strings.TrimSpace(wish) == "" {
			continue
		}

		name, parameters, err := mime.ParseMediaType(wish)
		if err != nil {
			continue
		}
		if charset, given := parameters["charset"]; given && !strings.EqualFold(charset, "utf-8") {
			continue
		}

		quality := 1.0
		if q, given := parameters["q"]; given {
			if quality, err = strconv.ParseFloat(q,
				64); err != nil || quality < 0 || quality > 1 || math.IsNaN(quality) {
				continue
			}
		}

		switch name {
		case mediaJSON:
			json.set(3, quality)
		case mediaGraphQL:
			graphQL.set(3, quality)
		case "application/*":
			json.set(2, quality)
			graphQL.set(2, quality)
		case "*/*":
			json.set(1, quality)
			graphQL.set(1, quality)
		}
	}

	switch {
	case json.quality == 0 && graphQL.quality == 0:
		return mediaJSON, strings.TrimSpace(strings.Join(accept, "")) == ""
	case graphQL.quality > json.quality, graphQL.quality == json.quality && graphQL.specificity == 3:
		return mediaGraphQL, true
	}

	return mediaJSON, true
}

// preference is how much a client prefers a media type: the most specific range counts.
type preference struct {
	specificity int
	quality     float64
}

func (p *preference) set(specificity int, quality float64) {
	if specificity >= p.specificity {
		*p = preference{specificity, quality}
	}
}
