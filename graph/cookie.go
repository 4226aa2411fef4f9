package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// cookieJar handles the session cookie of one browser's request (ADR 0008). Resolvers know nothing of it: it
// inspects the values that they return.
type cookieJar struct {
	request       *http.Request
	authenticator *auth.Authenticator
	caller        models.Caller
	// newSession is the session that the operation created; changed is true if the operation may have ended one.
	newSession *models.Session
	changed    bool
}

// cookieJarKey is the context's key of the *cookieJar.
type cookieJarKey struct{}

// withCookies attaches a cookieJar to a browser's request if sessions are kept in cookies.
func withCookies(r *http.Request, authenticator *auth.Authenticator) *http.Request {
	if !authenticator.Cookies || !auth.FromBrowser(r) {
		return r
	}
	jar := &cookieJar{request: r, authenticator: authenticator, caller: auth.CallerFrom(r.Context())}
	return r.WithContext(context.WithValue(r.Context(), cookieJarKey{}, jar))
}

// moveTokenToCookie removes the token of a new session from the response of a root field: only the cookie carries
// it.
func moveTokenToCookie(ctx context.Context, result any) {
	jar, _ := ctx.Value(cookieJarKey{}).(*cookieJar)
	if jar == nil || graphql.GetFieldContext(ctx).Object != "Mutation" {
		return
	}

	jar.changed = true

	if payload, ok := result.(interface{ NewSession() *models.Session }); ok && payload.NewSession() != nil {
		session := *payload.NewSession()
		jar.newSession = &session
		payload.NewSession().Token = nil // guard: no script sees a cookie's token
	}
}

// writeSessionCookie sets the cookie of a new session, or deletes the cookie if its session is no longer live. The
// database is asked whether it is, so that no operation that ends sessions can be forgotten here.
func writeSessionCookie(ctx context.Context, header http.Header) {
	jar, _ := ctx.Value(cookieJarKey{}).(*cookieJar)
	if jar == nil {
		return
	}
	if jar.newSession != nil {
		auth.KeepSession(header, jar.newSession, jar.authenticator.Now())
		if mark := jar.newSession.Mark; mark != "" {
			auth.KeepDevice(header, mark)
		}
		return
	}
	if len(jar.request.CookiesNamed(auth.SessionCookie)) == 0 {
		return
	}

	dead := jar.caller.SessionRefused
	if jar.changed && jar.caller.Session != nil {
		again, err := jar.authenticator.Authenticate(jar.request.WithContext(ctx), models.Caller{})
		dead = err == nil && again.Session == nil // guard: a dead cookie is dropped
	}
	if dead {
		auth.ForgetSession(header)
	}
}
