package server

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/web"
)

// routes returns the handler of every path.
func (s *server) routes(ctx context.Context) (http.Handler, error) {
	public, err := url.Parse(s.settings.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("--public-url: %w", err)
	}

	trusted, err := readTrustedDocuments(s.settings.TrustedDocuments)
	if err != nil {
		return nil, err
	}

	trusted = s.developerDocuments(trusted)
	graphQL, err := s.newHandler(webOrigin(public), trusted)
	if err != nil {
		return nil, err
	}
	if s.backOfficeListener != nil {
		if s.backOffice, err = s.backOfficeRoutes(trusted); err != nil {
			return nil, err
		}
	}

	mux := http.NewServeMux()
	mux.Handle("/graphql", graphQL)
	mux.Handle(graph.SessionPath, graphQL)
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { writeHealth(w, true) })
	mux.HandleFunc("GET /readyz", s.readiness.public)
	mux.HandleFunc("GET "+jwksPath, s.serveSigningKeys)

	if s.settings.Introspection == config.On {
		schema, err := fs.ReadFile(s.documents, "schema.graphqls")
		if err != nil {
			return nil, err
		}

		mux.HandleFunc("GET /schema.graphqls", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = w.Write(schema)
		})
	}

	if target := s.changePasswordURL(public.Path); target != "" {
		mux.HandleFunc("GET /.well-known/change-password", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, target, http.StatusSeeOther)
		})
	}

	s.consentPages(mux, public.Hostname())
	if err := s.passkeyPages(mux, strings.TrimRight(s.settings.PublicURL, "/")); err != nil {
		return nil, err
	}

	s.brandFiles(mux)
	if err := s.accountPage(ctx, mux, public); err != nil {
		return nil, err
	}

	if s.settings.Production() { // guard: production shows programs nothing
		return secure(mux, public.Scheme == "https"), nil
	}
	if err := s.developerPages(mux, trusted); err != nil {
		return nil, err
	}

	graphiQL, inbox := web.GraphiQL(account.DevelopmentKey), web.Inbox(s.messages)
	mails, err := web.Preview(mailsPath, func() ([]web.Sample, error) {
		return renderSamples(s.settings.Templates, notifyLinks(s.settings, s.brand))
	})
	if err != nil {
		return nil, err
	}

	mux.Handle(mailsPath, mails)
	mux.Handle("/{$}", graphiQL)
	mux.Handle("/graphiql/", graphiQL)
	mux.Handle("/inbox", inbox)
	mux.Handle("/inbox.json", inbox)
	mux.Handle("/inbox/", inbox)

	return secure(onlyHosts(mux, public.Hostname(), s.log), public.Scheme == "https"), nil
}

// mailsPath is where development shows every mail, in every language and both schemes.
const mailsPath = "/mails/"

// readTrustedDocuments reads the manifest of --trusted-documents; it returns nil if the setting is empty.
func readTrustedDocuments(file string) (graph.TrustedDocuments, error) {
	if file == "" {
		return nil, nil
	}

	manifest, err := os.Open(file)
	if err != nil {
		return nil, &config.Error{Setting: "--trusted-documents", Problem: "can't be read: " + err.Error()}
	}
	defer func() { _ = manifest.Close() }()

	documents, err := graph.ReadTrustedDocuments(manifest)
	if err != nil {
		return nil, &config.Error{Setting: "--trusted-documents", Problem: err.Error()}
	}

	return documents, nil
}

// newHandler returns the handler of /graphql, which browsers may call from pages of the allowed origins. Other
// origins are refused because they get no permission (R-GQL9): a browser does not send the key's header on its own,
// so a cookie, which it does send on its own (--cookies), is not enough.
func (s *server) newHandler(origin string, trusted graph.TrustedDocuments) (http.Handler, error) {
	keys := auth.CustomerKeys
	// guard: production's public address takes no key of the back office
	if !s.settings.Production() && s.settings.BackOfficeListen == "" {
		keys = auth.AllKeys
	}

	handler, err := s.graphQL(&auth.Authenticator{
		Keys:  keys,
		Store: s.store, Now: time.Now, SessionIdle: s.settings.SessionIdle, Activity: s.activity,
		Cookies:   s.settings.InCookies(),
		Customers: s.service,
	}, origin, trusted)
	if err != nil || len(s.settings.AllowedOrigins) == 0 {
		return handler, err
	}

	return allowOrigins(handler, s.settings, s.log)
}

// backOfficeRoutes returns the handler of --backoffice-listen: the API alone, for no browser and no customer.
func (s *server) backOfficeRoutes(trusted graph.TrustedDocuments) (http.Handler, error) {
	handler, err := s.graphQL(&auth.Authenticator{
		Keys: auth.BackOfficeKeys, Store: s.store, Now: time.Now, SessionIdle: s.settings.SessionIdle,
		Activity: s.activity,
	}, "", trusted)
	if err != nil {
		return nil, err
	}

	mux := http.NewServeMux()
	mux.Handle("/graphql", handler)

	return secure(mux, false), nil
}

// graphQL returns the handler of the API for callers that an authenticator identifies, and pages of one origin.
func (s *server) graphQL(
	authenticator *auth.Authenticator, origin string, trusted graph.TrustedDocuments,
) (http.Handler, error) {
	requests := account.Limit(s.settings.LimitNetworkRequests)
	if s.settings.RateLimits == config.Off {
		requests = account.Limit{}
	}

	subgraph := ""
	if s.settings.Federation == config.On {
		schema, err := fs.ReadFile(s.documents, "schema.graphqls")
		if err != nil {
			return nil, err
		}
		subgraph = string(schema)
	}

	pageDocuments, err := s.pageDocuments()
	if err != nil {
		return nil, err
	}

	handler, err := graph.New(s.service, graph.Options{
		Authenticator:  authenticator,
		Origin:         origin,
		TrustedProxies: s.settings.TrustedProxies,
		Subgraph:       subgraph,
		Introspection:  s.settings.Introspection == config.On,
		Development:    !s.settings.Production(),
		Log:            s.log,
		Observe:        s.metrics.observe,
		Answered:       s.metrics.answered,
		Forwarded:      s.limits.forward,
		Tracer:         s.tracer,
		AccessLog:      s.settings.AccessLog,

		NetworkRequests:  requests,
		TrustedDocuments: trusted,
		TrustedLimits:    s.settings.TrustedDocumentLimits,
		PageDocuments:    pageDocuments,
		TrustedOnly:      s.settings.TrustedDocumentsOnly,
	})
	if err != nil {
		return nil, &config.Error{Setting: "--trusted-documents", Problem: err.Error()}
	}

	return handler, nil
}

// webOrigin returns the origin that browsers send for pages of an address (RFC 6454, section 6.2).
func webOrigin(address *url.URL) string {
	host, err := idna.Lookup.ToASCII(strings.ToLower(address.Hostname()))
	if err != nil {
		host = strings.ToLower(address.Hostname())
	}

	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := address.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[address.Scheme] {
		host += ":" + port
	}

	return address.Scheme + "://" + host
}

// changePasswordURL returns the page to which password managers are sent for a new password: the operator's account
// page, or our own page below the base, or "" if neither exists.
func (s *server) changePasswordURL(base string) string {
	switch {
	case s.settings.AccountURL != "":
		return s.settings.AccountURL
	case s.settings.ServesAccountPage():
		return base + "/account/password"
	}
	return ""
}

// inboxWait bounds how long the inbox waits for messages that are being sent.
const inboxWait = 3 * time.Second

// messages returns the inbox's messages to one of the addresses, or all if none is given. It first sends what is due,
// because a developer who opens the inbox right after an operation must find its message.
func (s *server) messages(ctx context.Context, to []string) ([]web.Message, error) {
	wait, cancel := context.WithTimeout(ctx, inboxWait)
	defer cancel()
	if err := s.workers.messages.Drain(wait); err != nil {
		s.log.WarnContext(ctx, "the inbox may lack the latest messages", "error", err)
	}

	kept := s.inbox.Messages(ctx, to...)
	shown := make([]web.Message, len(kept))
	for i, message := range kept {
		shown[i] = web.Message(message)
	}

	return shown, nil
}

// secure sets the headers of every answer; a handler can override them (R-GQL13).
func secure(next http.Handler, https bool) http.Handler {
	// The values are shared by all answers, so nobody may change their elements.
	noSniff, noStore, noReferrer := []string{"nosniff"}, []string{"no-store"}, []string{"no-referrer"}
	policy := []string{"default-src 'none'; frame-ancestors 'none'"}
	transport := []string{"max-age=31536000; includeSubDomains"}

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header["X-Content-Type-Options"], header["Cache-Control"] = noSniff, noStore
		header["Referrer-Policy"], header["Content-Security-Policy"] = noReferrer, policy
		if https {
			header["Strict-Transport-Security"] = transport
		}

		next.ServeHTTP(w, r)
	})
}

// onlyHosts refuses requests to any host except this machine and the public URL's. A stranger's page can point its
// own name to 127.0.0.1 and then read what a development server shows, but the Host header still holds the
// stranger's name (DNS rebinding).
func onlyHosts(next http.Handler, public string, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = strings.Trim(r.Host, "[]")
		}

		// guard: a request names this host
		if host == "" || !config.IsLoopback(host) && !strings.EqualFold(host, public) {
			id := rand.Text()
			w.Header().Set("X-Request-Id", id)
			log.DebugContext(r.Context(), "a request was refused", "requestId", id, "code", "MISDIRECTED_REQUEST")
			http.Error(w,
				"In development mode this server answers at the address of --listen and at --public-url only.",
				http.StatusMisdirectedRequest)
			return
		}

		next.ServeHTTP(w, r)
	})
}
