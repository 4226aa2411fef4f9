// Package graph serves AccountQL as GraphQL over HTTP. It translates requests and responses, and makes no
// decisions.
package graph

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/httprate"

	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// Options configure the handler.
type Options struct {
	Authenticator *auth.Authenticator
	// Origin is the web origin of the service's own pages: the origin of its public URL, whatever a request's Host
	// header says.
	Origin string
	// TrustedProxies are the networks whose X-Forwarded-For header is believed.
	TrustedProxies []netip.Prefix
	// NetworkRequests limits the requests of one client network to this process; zero means no limit.
	NetworkRequests account.Limit
	// TrustedDocuments are documents that clients may name instead of sending them; with TrustedOnly, no other
	// documents are accepted. TrustedLimits multiplies the limits on documents for them; 0 means 1.
	TrustedDocuments TrustedDocuments
	TrustedLimits    int
	TrustedOnly      bool
	// PageDocuments are those of the account page: its key takes no others, and no other key takes them.
	PageDocuments TrustedDocuments
	// OperationTimeout limits the time of one operation; 0 means five seconds. Tests on slow machines need more.
	OperationTimeout time.Duration
	// Subgraph is the text of the schema if the service is a subgraph of Apollo Federation 2, or "".
	Subgraph string
	// Introspection allows __schema and __type, and suggestions in validation errors.
	Introspection bool
	// Development adds the names of a request to errors: variables, fields and types. Errors never contain values.
	Development bool
	Log         *slog.Logger
	// Observe is called after every operation with the name of its field; code is "" on success. Observe may be
	// nil.
	Observe func(operation string, code models.Code, took time.Duration)
	// Answered is called for every answer, also for one that refuses a request before its operation is known, with
	// the code of its first error, or "". Answered may be nil (R-OBS1).
	Answered func(code models.Code)
	// Tracer makes a span of every request and operation; nil makes none. AccessLog logs a line for every request.
	Tracer    *trace.Tracer
	AccessLog bool
	// Forwarded is called for every request with the address that passed on others without being a trusted proxy, or
	// in another header than X-Forwarded-For. It may be nil (R-OBS2).
	Forwarded func(peer string)
}

// operationTimeout limits one operation, including its database queries, unless Options.OperationTimeout is set
// (R-GQL10).
const operationTimeout = 5 * time.Second

// New returns the handler of POST /graphql and of GET SessionPath. It returns an error if a trusted document does not
// fit the schema or exceeds a limit.
func New(service *account.Service, options Options) (http.Handler, error) {
	gates := directives{accounts: service, observe: options.Observe, payloads: payloads()}
	config := gen.Config{
		Resolvers:  &Resolver{Accounts: service},
		Directives: gen.DirectiveRoot{HasPermission: gates.hasPermission, IsAuthenticated: gates.isAuthenticated},
	}

	var subgraph *federation
	if options.Subgraph != "" {
		var err error
		if subgraph, err = newFederation(options.Subgraph); err != nil {
			return nil, err
		}
		config.Schema = subgraph.schema
	}

	schema := gen.NewExecutableSchema(config)
	errors := presenter{log: options.Log, answered: options.Answered}
	documents := newDocuments(schema.Schema(), options.Introspection)
	documents.messages.names = options.Development // guard: names are said in development only
	err := documents.trust(options.TrustedDocuments, max(options.TrustedLimits, 1), options.TrustedOnly)
	if err == nil {
		err = documents.trustPage(options.PageDocuments)
	}
	if err != nil {
		return nil, err
	}

	post := &transport{
		schema: schema, subgraph: subgraph, documents: documents, errors: errors,
		accounts: service, authenticator: options.Authenticator,
		timeout: cmp.Or(options.OperationTimeout, operationTimeout),
		present: errors.present, recovered: errors.recovered,
	}
	f := &gateway{
		next: post, sessions: &sessionCheck{accounts: service, errors: errors, observe: options.Observe},
		options: options,
		errors:  errors,
	}
	if limit := options.NetworkRequests; limit.Uses > 0 {
		f.edge = httprate.NewRateLimiter(limit.Uses, limit.Window,
			httprate.WithResponseHeaders(httprate.ResponseHeaders{}))
	}

	return f, nil
}

// gateway checks the origin, the method, the budget of the client's network and the credentials of a request before
// its body is read.
type gateway struct {
	next, sessions http.Handler
	options        Options
	errors         presenter
	// edge counts requests by client network; it is nil if there is no limit.
	edge *httprate.RateLimiter
}

// ServeHTTP serves a request, and observes it if that is asked for.
func (f *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.options.Tracer != nil || f.options.AccessLog {
		f.observe(w, r)
		return
	}
	f.serve(w, r)
}

// serve responds with 405 to methods other than that of the path, and with 401 to an invalid key, before it reads any
// of the body.
func (f *gateway) serve(w http.ResponseWriter, r *http.Request) {
	caller := auth.NewCaller(r, f.options.TrustedProxies)
	if caller.Forwards && f.options.Forwarded != nil {
		f.options.Forwarded(caller.IP)
	}

	known := func() *http.Request { return r.WithContext(auth.WithCaller(r.Context(), caller)) }
	header := w.Header()
	header["X-Request-Id"] = []string{caller.RequestID}
	header["Cache-Control"], header["X-Content-Type-Options"] = noStore, noSniff
	defer func() {
		if problem := recover(); problem != nil {
			f.options.Log.ErrorContext(r.Context(), "a request panicked", "requestId", caller.RequestID,
				"panic", panicText(problem), "stack", string(debug.Stack()))
			f.errors.refuse(w, known(), models.NewError(models.CodeInternal, internalMessage))
		}
	}()

	next, method := f.next, http.MethodPost
	if r.URL.Path == SessionPath {
		next, method = f.sessions, http.MethodGet
	}
	if r.Method != method {
		header.Set("Allow", method)
		f.errors.refuseAs(w, known(), http.StatusMethodNotAllowed,
			models.NewError(models.CodeBadRequest, methodMessage(r)))
		return
	}

	// The CORS middleware before this handler has marked the responses to allowed origins; a request that another
	// page made the browser send is refused (R-GQL9).
	// guard: another origin's page is refused; a cookie opens nothing to another page
	if len(header["Access-Control-Allow-Origin"]) == 0 && foreign(r, f.options.Origin) {
		f.errors.refuseAs(w, known(), http.StatusForbidden,
			models.NewError(models.CodeBadRequest, "this web origin is not allowed"))
		return
	}

	if f.edge != nil && f.overLimit(w, r, caller.Network()) {
		err := models.NewError(models.CodeRateLimited, fmt.Sprintf("more than %d requests came from this network in %s",
			f.options.NetworkRequests.Uses, f.options.NetworkRequests.Window))
		err.RetryAfter = f.options.NetworkRequests.Window
		f.errors.refuse(w, known(), err)
		return
	}

	authenticated, err := f.options.Authenticator.Authenticate(r, caller)
	if err != nil {
		f.errors.refuse(w, known(), err)
		return
	}

	caller = authenticated
	if o := observedBy(w); o != nil {
		o.key = caller.APIKey.ID
	}
	next.ServeHTTP(w, withCookies(known(), f.options.Authenticator))
}

// overLimit counts a request of a client network; a request of no network is not counted.
func (f *gateway) overLimit(w http.ResponseWriter, r *http.Request, network string) bool {
	return network != "" && f.edge.OnLimit(w, r, network)
}

// Header values that every response has. They are shared, so nobody may change their elements.
var (
	noStore = []string{"no-store"}
	noSniff = []string{"nosniff"}
)

// foreign reports whether a page of another origin made a browser send the request (R-PRF10). A domain name that a
// stranger points to this server is another origin, although the browser and the Host header take it for ours.
// Programs that are not browsers send neither header.
func foreign(r *http.Request, own string) bool {
	origins := r.Header["Origin"]
	if len(origins) == 0 {
		site := r.Header.Get("Sec-Fetch-Site")
		return site == "cross-site" || site == "same-site"
	}
	return len(origins) > 1 || origins[0] != own
}

// methodMessage returns a message for developers: urql sends GET requests by default, and its persisted queries
// have a setting of their own.
func methodMessage(r *http.Request) string {
	if r.URL.Path == SessionPath {
		return "ask for the session by GET"
	}

	setting := "preferGetMethod: false"
	if strings.Contains(r.URL.Query().Get("extensions"), `"persistedQuery"`) {
		setting = "preferGetForPersistedQueries: false"
	}
	return "send GraphQL requests by POST (in urql: " + setting + ")"
}
