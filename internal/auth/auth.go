// Package auth says who is calling: the API key names the application and its
// permissions, the bearer token names the customer. It decides nothing else.
package auth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// Store is what authentication reads and writes.
type Store interface {
	// Authenticate returns the key of the hash and, where a live session of a
	// usable account has the token's hash, that session and account, in one
	// read. It fails with models.ErrNotFound for an unknown key; whether the key
	// is live, the caller checks.
	Authenticate(ctx context.Context, keyHash, tokenHash []byte, now time.Time) (*models.APIKey, *models.Session, *models.Account, error)
	// RecordActivity notes when keys and sessions were used, and how long the sessions last now.
	RecordActivity(ctx context.Context, uses []models.Activity) error
}

// Customers knows the customers of other logins.
type Customers interface {
	// CustomerOf returns the session that a bearer token of a trusted issuer stands
	// for, and its account. It fails with UNAUTHENTICATED for a token that stands for
	// nobody, and with IDENTITY_PROVIDER_UNAVAILABLE where the issuer's keys can't be fetched.
	CustomerOf(ctx context.Context, caller models.Caller, token string) (*models.Session, *models.Account, error)
}

// callerKey is the context's key of the models.Caller.
type callerKey struct{}

// WithCaller returns a context that carries the caller.
func WithCaller(ctx context.Context, caller models.Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, caller)
}

// CallerFrom returns the caller that WithCaller put into the context.
func CallerFrom(ctx context.Context) models.Caller {
	caller, _ := ctx.Value(callerKey{}).(models.Caller)
	return caller
}

// Authenticator tells who is calling.
type Authenticator struct {
	Store Store
	Now   func() time.Time
	// SessionIdle is after how long without use a session ends.
	SessionIdle time.Duration
	// Cookies takes sessions from the cookies of browsers, too.
	Cookies bool
	// Activity collects uses; it may be nil.
	Activity *Activity
	// Customers takes the bearer tokens that are not ours; nil: there are none.
	Customers Customers
}

// errKey refuses every request whose key does not work, for whatever reason, with the same words.
func errKey() error {
	return models.NewError(models.CodeAPIKeyInvalid, "the X-Api-Key header must hold a live API key")
}

const (
	// maxHeader bounds what is hashed of a credential; a right one is shorter.
	maxHeader = 512
	// maxForeign bounds the tokens of other issuers.
	maxForeign = 8192
)

// Authenticate completes the caller of a request. It fails with API_KEY_INVALID,
// BAD_REQUEST for repeated headers (R-KEY9), UNAVAILABLE, and
// IDENTITY_PROVIDER_UNAVAILABLE for a token of another issuer. Keys are taken from
// their header only (R-KEY5), tokens from theirs and, with Cookies, the cookie. A token that names no live session is
// no failure here: operations that need a session refuse it.
func (a *Authenticator) Authenticate(r *http.Request, caller models.Caller) (models.Caller, error) {
	keys, tokens := r.Header.Values("X-Api-Key"), r.Header.Values("Authorization")
	if len(keys) > 1 || len(tokens) > 1 {
		return caller, models.NewError(models.CodeBadRequest, "X-Api-Key and Authorization may be sent once each")
	}
	if len(keys) == 0 || len(keys[0]) > maxHeader || !strings.HasPrefix(keys[0], models.APIKeyPrefix) {
		return caller, errKey()
	}
	token, offered, err := a.sessionToken(r, tokens)
	if err != nil {
		return caller, err
	}
	caller.SessionRefused = offered
	caller.CookieUnread = offered && len(tokens) == 0 && !FromBrowser(r)
	var tokenHash []byte
	if token != "" {
		tokenHash = account.HashToken(token)
	}
	now := a.Now().UTC().Truncate(time.Microsecond)
	key, session, customer, err := a.Store.Authenticate(r.Context(), account.HashToken(keys[0]), tokenHash, now)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return caller, errKey()
	case err != nil:
		return caller, err
	case !key.Live(now) || !key.AllowsOrigin(r.Header.Get("Origin")):
		return caller, errKey()
	}
	caller.APIKey = key
	if foreign := foreignToken(tokens); foreign != "" && a.Customers != nil {
		// Only now: without a live key nobody makes us verify anything.
		if session, customer, err = a.Customers.CustomerOf(r.Context(), caller, foreign); err != nil && models.CodeOf(err) != models.CodeUnauthenticated {
			return caller, err
		}
	}
	if session != nil && customer.Status == models.StatusActive {
		caller.Session, caller.Account, caller.SessionRefused = session, customer, false
		caller.SessionInCookie = len(tokens) == 0
	}
	a.noteUse(caller, now)
	return caller, nil
}

// foreignToken returns the bearer token that can be another issuer's, or "". It comes in its header only.
func foreignToken(authorization []string) string {
	if len(authorization) != 1 {
		return ""
	}
	scheme, token, _ := strings.Cut(authorization[0], " ")
	if !strings.EqualFold(scheme, "Bearer") || len(token) > maxForeign || strings.Count(token, ".") != 2 || strings.HasPrefix(token, models.SessionTokenPrefix) {
		return ""
	}
	return token
}

// noteUse remembers that the key and the session were used, unless that was noted a moment ago.
func (a *Authenticator) noteUse(caller models.Caller, now time.Time) {
	if a.Activity == nil {
		return
	}
	resolution := min(activityResolution, a.SessionIdle/10)
	if session := caller.Session; session != nil && now.Sub(session.LastUsedAt) >= resolution {
		expires := now.Add(a.SessionIdle)
		if expires.After(session.EndsAt) {
			expires = session.EndsAt
		}
		use := models.Activity{SessionID: session.ID, AccountID: session.AccountID, APIKeyID: caller.APIKey.ID, UsedAt: now, SessionExpiresAt: expires}
		if session.Issuer != "" {
			use.SessionID = "" // it stands in no table
		}
		a.Activity.note(use)
		return
	}
	if used := caller.APIKey.LastUsedAt; used == nil || now.Sub(*used) >= activityResolution {
		a.Activity.note(models.Activity{APIKeyID: caller.APIKey.ID, UsedAt: now})
	}
}
