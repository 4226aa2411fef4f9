// Package graph carries AccountQL over HTTP: it knows GraphQL and decides nothing.
package graph

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/go-chi/httprate"

	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// Options are what the handler needs beside the service.
type Options struct {
	Authenticator *auth.Authenticator
	// Origin is the web origin of the service's own pages: that of its public URL, whatever a request's Host header says.
	Origin string
	// TrustedProxies may name the client's address in X-Forwarded-For.
	TrustedProxies []netip.Prefix
	// NetworkRequests bounds the requests of one client network to this process; zero: no bound.
	NetworkRequests account.Limit
	// TrustedDocuments can be named instead of sent; with TrustedOnly, nothing else is taken.
	// TrustedLimits is how many times the limits on documents they may have; 0 is 1.
	TrustedDocuments TrustedDocuments
	TrustedLimits    int
	TrustedOnly      bool
	// OperationTimeout bounds one operation; 0 is five seconds. Tests on slow machines need more.
	OperationTimeout time.Duration
	// Introspection allows __schema and __type, and suggestions in validation errors.
	Introspection bool
	// Development lets errors say the names that a request has: of variables, fields, types. Values are never said.
	Development bool
	Log         *slog.Logger
	// Observe is told of every operation by its field's name; code is "" for a success. It may be nil.
	Observe func(operation string, code models.Code, took time.Duration)
}

// operationTimeout bounds one operation, the database included, unless the options say how long (R-GQL10).
const operationTimeout = 5 * time.Second

// New returns the handler of POST /graphql. It fails if a trusted document does not fit the schema or exceeds a limit.
func New(service *account.Service, options Options) (http.Handler, error) {
	gates := directives{accounts: service, observe: options.Observe, payloads: payloads()}
	schema := gen.NewExecutableSchema(gen.Config{
		Resolvers:  &Resolver{Accounts: service},
		Directives: gen.DirectiveRoot{HasPermission: gates.hasPermission, IsAuthenticated: gates.isAuthenticated},
	})
	errors := presenter{log: options.Log}
	exec := executor.New(schema)
	exec.SetErrorPresenter(errors.present)
	exec.SetRecoverFunc(errors.recovered)
	documents := newDocuments(schema.Schema(), options.Introspection)
	documents.messages.names = options.Development
	if err := documents.trust(options.TrustedDocuments, max(options.TrustedLimits, 1), options.TrustedOnly); err != nil {
		return nil, err
	}
	post := &transport{
		documents: documents, errors: errors, accounts: service, authenticator: options.Authenticator,
		timeout: cmp.Or(options.OperationTimeout, operationTimeout),
	}
	f := &gateway{
		next:    http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { post.Do(w, r, exec) }),
		options: options,
		errors:  errors,
	}
	if limit := options.NetworkRequests; limit.Uses > 0 {
		f.edge = httprate.NewRateLimiter(limit.Uses, limit.Window, httprate.WithResponseHeaders(httprate.ResponseHeaders{}))
	}
	return f, nil
}

// gateway is what every request passes before its body is read: who is calling, and how.
type gateway struct {
	next    http.Handler
	options Options
	errors  presenter
	// edge counts requests by client network, or is nil.
	edge *httprate.RateLimiter
}

// ServeHTTP answers 405 for other methods than POST, and 401 for a key that
// does not work, before anything of the body is read.
func (f *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	caller := models.Caller{
		RequestID: rand.Text(),
		IP:        auth.ClientIP(r, f.options.TrustedProxies),
		UserAgent: printable(r.UserAgent()),
	}
	r = r.WithContext(auth.WithCaller(r.Context(), caller))
	header := w.Header()
	header.Set("X-Request-Id", caller.RequestID)
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	defer func() {
		if problem := recover(); problem != nil {
			f.options.Log.Error("a request panicked", "requestId", caller.RequestID, "panic", panicText(problem), "stack", string(debug.Stack()))
			f.errors.refuse(w, r, models.NewError(models.CodeInternal, internalMessage))
		}
	}()
	if r.Method != http.MethodPost {
		header.Set("Allow", http.MethodPost)
		f.errors.refuseAs(w, r, http.StatusMethodNotAllowed, models.NewError(models.CodeBadRequest, methodMessage(r)))
		return
	}
	// The CORS middleware in front has marked the answers to the allowed origins;
	// what another page makes a browser send ends here (R-GQL9).
	if header.Get("Access-Control-Allow-Origin") == "" && foreign(r, f.options.Origin) {
		f.errors.refuseAs(w, r, http.StatusForbidden, models.NewError(models.CodeBadRequest, "this web origin is not allowed"))
		return
	}
	if network := caller.Network(); f.edge != nil && network != "" && f.edge.OnLimit(w, r, network) {
		err := models.NewError(models.CodeRateLimited, fmt.Sprintf("more than %d requests came from this network in %s",
			f.options.NetworkRequests.Uses, f.options.NetworkRequests.Window))
		err.RetryAfter = f.options.NetworkRequests.Window
		f.errors.refuse(w, r, err)
		return
	}
	caller, err := f.options.Authenticator.Authenticate(r, caller)
	if err != nil {
		f.errors.refuse(w, r, err)
		return
	}
	f.next.ServeHTTP(w, withCookies(r.WithContext(auth.WithCaller(r.Context(), caller)), f.options.Authenticator))
}

// foreign says whether a page of another origin than our own made a browser send
// the request (R-PRF10). A name that a stranger points to this server is another
// origin, though the browser and the Host header take it for ours. Programs send neither header.
func foreign(r *http.Request, own string) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		site := r.Header.Get("Sec-Fetch-Site")
		return site == "cross-site" || site == "same-site"
	}
	return len(origins) > 1 || origins[0] != own
}

// methodMessage is for developers: urql asks by GET unless it is told not to, and its persisted queries have a
// setting of their own.
func methodMessage(r *http.Request) string {
	setting := "preferGetMethod: false"
	if strings.Contains(r.URL.Query().Get("extensions"), `"persistedQuery"`) {
		setting = "preferGetForPersistedQueries: false"
	}
	return "send GraphQL requests by POST (in urql: " + setting + ")"
}

// maxUserAgent is in bytes; longer ones are cut, for nobody reads them.
const maxUserAgent = 256

// printable keeps the visible ASCII of a header, so that it can be shown in logs and messages.
func printable(header string) string {
	kept := make([]byte, 0, min(len(header), maxUserAgent))
	for i := 0; i < len(header) && len(kept) < maxUserAgent; i++ {
		if header[i] >= ' ' && header[i] <= '~' {
			kept = append(kept, header[i])
		}
	}
	return string(kept)
}
