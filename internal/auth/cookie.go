package auth

import (
	"net/http"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// SessionCookie is the cookie that holds a browser's session if --cookies is set (ADR 0008). Because of the prefix,
// browsers refuse the cookie unless it is Secure, for a single host, and for every path, so that no other host of
// the same domain can plant one.
const SessionCookie = "__Host-accountql"

// FromBrowser reports whether a request names the page that made a browser send it. Every browser does so for a
// POST, and no script can prevent it: only these requests get cookies, and only their cookies are accepted, which
// keeps sessions out of reach of scripts.
func FromBrowser(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != ""
}

// KeepSession sets the cookie of a new session, with the session's end as its latest expiry.
func KeepSession(header http.Header, session *models.Session, now time.Time) {
	setCookie(header, *session.Token, int(session.EndsAt.Sub(now)/time.Second))
}

// ForgetSession deletes the cookie.
func ForgetSession(header http.Header) { setCookie(header, "", -1) }

// setCookie sets SameSite=Strict, because nobody follows a link to /graphql.
func setCookie(header http.Header, value string, maxAge int) {
	header.Add("Set-Cookie", hostCookie(SessionCookie, value, maxAge))
}

// hostCookie returns a cookie for this host alone, which no script can read.
func hostCookie(name, value string, maxAge int) string {
	// guard: a session's cookie is HttpOnly
	cookie := http.Cookie{Name: name,
		Value: value, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode}
	return cookie.String()
}

// sessionToken returns the session token of a request, or "" if its credential can't be a session token; offered
// reports whether there is any credential. It returns BAD_REQUEST if there are two, because it is unclear which one
// is meant.
func (a *Authenticator) sessionToken(r *http.Request, authorization []string) (token string, offered bool, err error) {
	if len(authorization) == 1 {
		scheme, bearer, _ := strings.Cut(authorization[0], " ")
		offered = true
		if strings.EqualFold(scheme, "Bearer") {
			token = bearer
		}
	}

	if a.Cookies && len(r.Header["Cookie"]) > 0 { // guard: cookies are read where they are set up
		cookies := r.CookiesNamed(SessionCookie)
		if len(cookies) > 1 || len(cookies) == 1 && offered { // guard: a request has one session
			return "", false, models.NewError(models.CodeBadRequest,
				"send one session: a cookie or an Authorization header")
		}

		if len(cookies) == 1 {
			offered = true
			if FromBrowser(r) { // guard: a cookie is taken from a page only
				token = cookies[0].Value
			}
		}
	}

	if len(token) > maxHeader || !strings.HasPrefix(token, models.SessionTokenPrefix) {
		return "", offered, nil
	}

	return token, offered, nil
}

// Shown returns the credential that a request offers as its session, live or not: the token, otherwise the
// Authorization header as it is, or "" if there is no credential.
func (a *Authenticator) Shown(r *http.Request) string {
	authorization := r.Header.Values("Authorization")
	token, _, err := a.sessionToken(r, authorization)
	if err == nil && token == "" && len(authorization) == 1 {
		return authorization[0]
	}
	return token
}
