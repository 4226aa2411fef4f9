package server

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/jub0bs/cors"
	"github.com/jub0bs/cors/cfgerrors"
	"golang.org/x/net/http/httpguts"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// requestHeaders are the headers that pages of the allowed origins may send besides those that browsers always
// allow: the headers that this API reads, and those that tools add for tracing and to name the client. This API
// does not read the latter.
var requestHeaders = []string{
	// This API.
	"Authorization", "Content-Type", "Idempotency-Key", "X-Api-Key", "X-Device-Id",
	// Headers that browsers always allow only up to 128 bytes, and headers that libraries add to prevent caching.
	"Accept", "Accept-Language", "Content-Language", "Cache-Control", "Pragma", "X-Requested-With",
	// The client's name: Apollo for the web, iOS and Kotlin, Hive, and others with the same names.
	"Apollo-Require-Preflight", "Apollographql-Client-Name", "Apollographql-Client-Version", "Graphql-Client-Name",
	"Graphql-Client-Version",
	"Graphql-Preflight", "X-Apollo-Operation-Id", "X-Apollo-Operation-Name", "X-Apollo-Operation-Type",
	"X-Graphql-Client-Name", "X-Graphql-Client-Version",
	// Traces: W3C (also OpenTelemetry and Faro), Zipkin, Jaeger, Sentry, Datadog, New Relic, Elastic, Azure, AWS,
	// Google, Dynatrace.
	"Traceparent", "Tracestate", "Baggage",
	"B3", "X-B3-Flags", "X-B3-Parentspanid", "X-B3-Sampled", "X-B3-Spanid", "X-B3-Traceid", "Uber-Trace-Id",
	"Sentry-Trace",
	"X-Datadog-Origin", "X-Datadog-Parent-Id", "X-Datadog-Sampled", "X-Datadog-Sampling-Priority", "X-Datadog-Tags",
	"X-Datadog-Trace-Id",
	"Newrelic", "Elastic-Apm-Traceparent", "Request-Context", "Request-Id", "X-Amzn-Trace-Id", "X-Cloud-Trace-Context",
	"X-Dtpc", "X-Dtreferer",
	"X-Correlation-Id", "X-Request-Id",
}

// responseHeaders are the headers of an answer that pages may read.
var responseHeaders = []string{"Idempotency-Key", "Retry-After", "X-Request-Id"}

// preflightAge is how long a browser may cache the answer to a preflight, in seconds.
const preflightAge = 600

// allowOrigins lets pages of the allowed origins call the handler. Other origins are refused because they get no
// permission (R-GQL9). The answer to a preflight of an allowed origin lists everything that is allowed even if the
// preflight requests more, so that the browser reports the header at fault and not the origin.
func allowOrigins(next http.Handler, settings config.Settings, log *slog.Logger) (http.Handler, error) {
	allowed := slices.Concat(requestHeaders, settings.AllowedHeaders)
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins: settings.AllowedOrigins, Methods: []string{http.MethodPost},
		RequestHeaders: allowed, ResponseHeaders: responseHeaders,
		MaxAgeInSeconds: preflightAge, Credentialed: settings.InCookies(), // guard: credentials are for cookies only
	})
	var header *cfgerrors.UnacceptableHeaderNameError
	switch {
	case errors.As(err, &header):
		return nil, &config.Error{Setting: "--allowed-headers", Problem: fmt.Sprintf("holds %q, which no page can send",
			header.Value)}
	case err != nil:
		return nil, fmt.Errorf("--allowed-origins: %w", err)
	}

	// In this mode the library lists what is allowed, as described above; other origins still learn nothing.
	middleware.SetDebug(true)

	watch := &headerWatch{log: log, allowed: map[string]bool{}, logged: map[[2]string]bool{}}
	for _, name := range allowed {
		watch.allowed[strings.ToLower(name)] = true
	}

	return watch.wrap(middleware.Wrap(next)), nil
}

// headerWatch logs the request headers that pages of the allowed origins are refused, each once per origin.
type headerWatch struct {
	log *slog.Logger
	// allowed holds the names in lower case, as browsers request them.
	allowed map[string]bool
	mu      sync.Mutex
	// logged holds header and origin, at most maxLogged of them, because anybody can make them up.
	logged map[[2]string]bool
}

// maxLogged and maxLoggedHeader bound what strangers can write into the log.
const (
	maxLogged       = 100
	maxLoggedHeader = 64
)

func (h *headerWatch) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isPreflight(r) {
			next.ServeHTTP(w, r)
			return
		}

		id := rand.Text()
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r)
		// guard: a refused preflight is a line of the log
		if problem := h.problem(w.Header(), r.Header); problem != "" {
			h.log.DebugContext(r.Context(), "a preflight was refused", "requestId", id,
				"code", string(models.CodeBadRequest), "problem", problem)
		}
		if w.Header().Get("Access-Control-Allow-Origin") == "" {
			return
		}

		for _, line := range r.Header.Values("Access-Control-Request-Headers") {
			for name := range strings.SplitSeq(line, ",") {
				h.logOnce(r, strings.ToLower(strings.TrimSpace(name)))
			}
		}
	})
}

// isPreflight reports whether the request is a preflight (Fetch, section 3.2.2).
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" &&
		r.Header.Get("Access-Control-Request-Method") != ""
}

// problem returns the reason for which the browser will refuse the page, by the answer to its preflight, or "".
func (h *headerWatch) problem(answer, asked http.Header) string {
	switch {
	case answer.Get("Access-Control-Allow-Origin") == "":
		return "the origin is not allowed"
	case asked.Get("Access-Control-Request-Method") != http.MethodPost:
		return "the method is not allowed"
	}

	for _, line := range asked.Values("Access-Control-Request-Headers") {
		for name := range strings.SplitSeq(line, ",") {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" && !h.allowed[name] {
				return "a header is not allowed"
			}
		}
	}

	return ""
}

// logOnce logs a header that is not allowed, unless it has been logged before.
func (h *headerWatch) logOnce(r *http.Request, name string) {
	if h.allowed[name] || len(name) > maxLoggedHeader || !httpguts.ValidHeaderFieldName(name) {
		return
	}

	key := [2]string{name, r.Header.Get("Origin")}
	h.mu.Lock()
	known := h.logged[key] || len(h.logged) >= maxLogged // guard: the log names so many headers of pages
	if !known {
		h.logged[key] = true
	}

	h.mu.Unlock()
	if !known {
		h.log.WarnContext(r.Context(), "a page may not send a header: name it in --allowed-headers if it is needed",
			"header", name, "origin", key[1])
	}
}
