package auth

import (
	"net/http"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// SessionCookie holds a browser's session where --cookies is set (ADR 0008).
// The prefix makes browsers refuse it unless it is Secure, for one host, and
// for every path, so that no neighbour under the same domain can plant one.
const SessionCookie = "__Host-accountql"

// FromBrowser says whether a request says which page made a browser send it.
// Every browser says so of a POST, and no script can leave it out: sessions are
// kept from scripts by giving cookies to these requests, and by taking them from no other.
func FromBrowser(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != ""
}

// KeepSession makes the browser keep a new session, until the session ends at the latest.
func KeepSession(header http.Header, session *models.Session, now time.Time) {
	setCookie(header, *session.Token, int(session.EndsAt.Sub(now)/time.Second))
}

// ForgetSession makes the browser drop its cookie.
func ForgetSession(header http.Header) { setCookie(header, "", -1) }

// setCookie: Strict, for nobody comes to /graphql by following a link.
func setCookie(header http.Header, value string, maxAge int) {
	cookie := http.Cookie{Name: SessionCookie, Value: value, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode}
	header.Add("Set-Cookie", cookie.String())
}

// sessionToken returns the token that a request offers as its session, and
// whether it offers one at all; what can't be one is "". It fails with
// BAD_REQUEST for two, for nobody could say which one is meant.
func (a *Authenticator) sessionToken(r *http.Request, authorization []string) (token string, offered bool, err error) {
	if len(authorization) == 1 {
		scheme, bearer, _ := strings.Cut(authorization[0], " ")
		offered = true
		if strings.EqualFold(scheme, "Bearer") {
			token = bearer
		}
	}
	if a.Cookies && len(r.Header["Cookie"]) > 0 {
		cookies := r.CookiesNamed(SessionCookie)
		if len(cookies) > 1 || len(cookies) == 1 && offered {
			return "", false, models.NewError(models.CodeBadRequest, "send one session: a cookie or an Authorization header")
		}
		if len(cookies) == 1 {
			offered = true
			if FromBrowser(r) {
				token = cookies[0].Value
			}
		}
	}
	if len(token) > maxHeader || !strings.HasPrefix(token, models.SessionTokenPrefix) {
		return "", offered, nil
	}
	return token, offered, nil
}

// Shown returns what a request shows as its session, dead or alive: the token, or else the Authorization header as it
// is; "" for nothing.
func (a *Authenticator) Shown(r *http.Request) string {
	authorization := r.Header.Values("Authorization")
	token, _, err := a.sessionToken(r, authorization)
	if err == nil && token == "" && len(authorization) == 1 {
		return authorization[0]
	}
	return token
}
