// Package auth identifies the caller: the API key identifies the application and its permissions, the bearer token
// identifies the customer. Package auth decides nothing else.
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

// Store is the storage that authentication needs.
type Store interface {
	// Authenticate returns the key with the given hash and, if the token's hash belongs to a live session of an
	// usable account, that session and account, in one read. It returns models.ErrNotFound for an unknown key; the
	// caller checks whether the key is live.
	Authenticate(
		ctx context.Context, keyHash, tokenHash []byte, now time.Time,
	) (*models.APIKey, *models.Session, *models.Account, error)
	// RecordActivity stores when keys and sessions were used, and when the sessions expire now.
	RecordActivity(ctx context.Context, uses []models.Activity) error
}

// Customers finds the customers of other identity systems.
type Customers interface {
	// CustomerOf returns the session that a bearer token of a trusted issuer stands for, and its account. It
	// returns UNAUTHENTICATED if the token belongs to no account, and IDENTITY_PROVIDER_UNAVAILABLE if the issuer's
	// keys can't be fetched.
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

// Keys says which API keys are accepted.
type Keys int

// The kinds of keys.
const (
	// CustomerKeys are those of customers' applications, which are accepted at the public address.
	CustomerKeys Keys = iota
	// BackOfficeKeys are those of the shop's own people, which are accepted at a private address.
	BackOfficeKeys
	// AllKeys are both, which development accepts at one address.
	AllKeys
)

// Authenticator identifies the caller of a request.
type Authenticator struct {
	// Keys are the keys that are accepted; the others are answered as unknown ones.
	Keys  Keys
	Store Store
	Now   func() time.Time
	// SessionIdle is how long a session lives without use.
	SessionIdle time.Duration
	// Cookies also accepts sessions from the cookies of browsers.
	Cookies bool
	// Activity collects uses; it may be nil.
	Activity *Activity
	// Customers accepts bearer tokens of other issuers; nil accepts none.
	Customers Customers
}

// errKey returns the error for an invalid key; its text is the same for every reason.
func errKey() error {
	return models.NewError(models.CodeAPIKeyInvalid, "the X-Api-Key header must hold a live API key")
}

const (
	// maxHeader is the longest credential that is hashed; valid ones are shorter.
	maxHeader = 512
	// maxForeign is the longest token of another issuer.
	maxForeign = 8192
)

// Authenticate completes the caller of a request. It returns API_KEY_INVALID, BAD_REQUEST for repeated headers
// (R-KEY9), UNAVAILABLE, or IDENTITY_PROVIDER_UNAVAILABLE for a token of another issuer. A key is read only from
// its header (R-KEY5), a token from its header or, with Cookies, from the cookie. A token without a live session is
// not an error here: operations that need a session refuse it.
func (a *Authenticator) Authenticate(r *http.Request, caller models.Caller) (models.Caller, error) {
	keys, tokens := r.Header["X-Api-Key"], r.Header["Authorization"]
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

	if caller.Device, err = a.deviceMark(r); err != nil {
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
	// guard: a key is live; a key is for its origins
	case !key.Live(now) || !key.AllowsOrigin(r.Header.Get("Origin")) || !a.accepts(key, r):
		return caller, errKey()
	}

	caller.APIKey = key
	if key.BackOffice() { // guard: a session means nothing in the back office
		a.noteUse(caller, now)
		return caller, nil
	}

	if foreign := foreignToken(tokens); foreign != "" && a.Customers != nil {
		// Only now: a caller without a live key can't make us verify a token.
		if session, customer, err = a.Customers.CustomerOf(r.Context(), caller,
			foreign); err != nil && models.CodeOf(err) != models.CodeUnauthenticated {
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

// accepts reports whether the key is of the accepted kind. A key of the back office is never accepted from a browser.
func (a *Authenticator) accepts(key *models.APIKey, r *http.Request) bool {
	if !key.BackOffice() {
		return a.Keys != BackOfficeKeys // guard: the private address is the back office's
	}
	// guard: a key of the back office works nowhere else; a key of the back office is no browser's
	return a.Keys != CustomerKeys && !FromBrowser(r)
}

// foreignToken returns the bearer token if another issuer may have issued it, or "". It is read only from its
// header.
func foreignToken(authorization []string) string {
	if len(authorization) != 1 {
		return ""
	}

	scheme, token, _ := strings.Cut(authorization[0], " ")
	if !strings.EqualFold(scheme, "Bearer") || len(token) > maxForeign || strings.Count(token, ".") != 2 ||
		strings.HasPrefix(token, models.SessionTokenPrefix) {
		return ""
	}

	return token
}

// noteUse notes that the key and the session were used, unless a recent use is stored already.
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

		use := models.Activity{SessionID: session.ID,
			AccountID: session.AccountID, APIKeyID: caller.APIKey.ID, UsedAt: now, SessionExpiresAt: expires}
		if session.Issuer != "" {
			use.SessionID = "" // it is not stored in any table
		}

		a.Activity.note(use)

		return
	}

	if used := caller.APIKey.LastUsedAt; used == nil || now.Sub(*used) >= activityResolution {
		a.Activity.note(models.Activity{APIKeyID: caller.APIKey.ID, UsedAt: now})
	}
}
