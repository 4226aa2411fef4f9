package graph

import (
	"net/http"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// SessionPath is the path of the session check, by GET.
const SessionPath = "/session"

// sessionField is the name of the query that the session check stands for.
const sessionField = "session"

// The headers of an answer to the session check, which a proxy can pass on to the service behind it. Times are those of
// DateTime in the schema.
const (
	accountHeader       = "X-Account-Id"
	authenticatedHeader = "X-Authenticated-At"
	expiresHeader       = "X-Session-Expires-At"
)

// sessionCheck answers what Query.session answers, for proxies that ask about a request before they pass it on
// (auth_request, forward authentication): 204 with the session in headers, or the status of what refuses it. The
// request has passed the gateway.
type sessionCheck struct {
	accounts *account.Service
	errors   presenter
	// observe is Options.Observe.
	observe func(operation string, code models.Code, took time.Duration)
}

// ServeHTTP answers with 204, 401 or 403.
func (c *sessionCheck) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began, caller := time.Now(), auth.CallerFrom(r.Context())
	if o := observedBy(w); o != nil {
		o.operation = sessionField
	}

	if err := refuseSessionCheck(caller); err != nil {
		c.accounts.RecordRefusal(r.Context(), caller, sessionField, err)
		c.observed(err.Code, began)
		c.errors.refuse(w, r, err)
		return
	}

	header := w.Header()
	header.Set(accountHeader, caller.Session.AccountID)
	header.Set(authenticatedHeader, caller.Session.AuthenticatedAt.Format(time.RFC3339Nano))
	header.Set(expiresHeader, caller.Session.ExpiresAt.Format(time.RFC3339Nano))
	c.observed("", began)
	c.errors.count(w, "")
	w.WriteHeader(http.StatusNoContent)
}

// observed counts the check as the query that it stands for.
func (c *sessionCheck) observed(code models.Code, began time.Time) {
	if c.observe != nil {
		c.observe(sessionField, code, time.Since(began))
	}
}

// refuseSessionCheck returns an error, in the order of the directives of Query.session, unless the caller may know of a
// live session.
func refuseSessionCheck(caller models.Caller) *models.Error {
	switch {
	case !caller.APIKey.Allows(models.PermissionSessionRead): // guard: a proxy's key needs the permission
		return errPermissionDenied("this operation")
	case caller.Session == nil: // guard: a proxy is told of live sessions only
		return caller.Unauthenticated()
	}
	return nil
}
