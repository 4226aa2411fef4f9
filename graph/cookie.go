package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// cookieJar is what becomes of the session cookie of one browser's request
// (ADR 0008). Resolvers know nothing of it: it looks at what they return.
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

// withCookies gives a browser's request its jar, where sessions are kept in cookies.
func withCookies(r *http.Request, authenticator *auth.Authenticator) *http.Request {
	if !authenticator.Cookies || !auth.FromBrowser(r) {
		return r
	}
	jar := &cookieJar{request: r, authenticator: authenticator, caller: auth.CallerFrom(r.Context())}
	return r.WithContext(context.WithValue(r.Context(), cookieJarKey{}, jar))
}

// moveTokenToCookie takes the token of a new session out of the answer of a root field: it is for the cookie alone.
func moveTokenToCookie(ctx context.Context, result any) {
	jar, _ := ctx.Value(cookieJarKey{}).(*cookieJar)
	if jar == nil || graphql.GetFieldContext(ctx).Object != "Mutation" {
		return
	}
	jar.changed = true
	if payload, ok := result.(interface{ NewSession() *models.Session }); ok {
		session := *payload.NewSession()
		jar.newSession = &session
		payload.NewSession().Token = nil
	}
}

// writeSessionCookie writes what the browser shall do with its cookie: keep that of
// a new session, or drop that of a session that was dead, or is now. Whether it
// is, the database says; so no operation that ends sessions can be forgotten here.
func writeSessionCookie(ctx context.Context, header http.Header) {
	jar, _ := ctx.Value(cookieJarKey{}).(*cookieJar)
	if jar == nil {
		return
	}
	if jar.newSession != nil {
		auth.KeepSession(header, jar.newSession, jar.authenticator.Now())
		return
	}
	if len(jar.request.CookiesNamed(auth.SessionCookie)) == 0 {
		return
	}
	dead := jar.caller.SessionRefused
	if jar.changed && jar.caller.Session != nil {
		again, err := jar.authenticator.Authenticate(jar.request.WithContext(ctx), models.Caller{})
		dead = err == nil && again.Session == nil
	}
	if dead {
		auth.ForgetSession(header)
	}
}
