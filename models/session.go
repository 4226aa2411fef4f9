package models

import (
	"net/netip"
	"time"
)

// SessionTokenPrefix begins every bearer token of a customer.
const SessionTokenPrefix = "as_"

// Session is a signed-in customer on one device. Every row is a live session: a session that ends is deleted in the
// transaction that ends it (R-SES5).
type Session struct {
	ID        string
	AccountID string
	// APIKeyID is the key that the session was created with, for the audit trail.
	APIKeyID string
	// TokenHash is the SHA-256 of the whole token. It has a unique index (R-SES1).
	TokenHash []byte
	CreatedAt time.Time
	// AuthenticatedAt is when the customer last proved a factor (docs/domain.md, "Step-up").
	AuthenticatedAt time.Time
	// StepUpAt is when proveIdentity opened the session's window, or nil.
	StepUpAt   *time.Time
	LastUsedAt time.Time
	// EndsAt is the absolute limit: CreatedAt plus --session-max.
	EndsAt time.Time
	// ExpiresAt is LastUsedAt plus --session-idle, but at most EndsAt.
	ExpiresAt time.Time
	UserAgent *string
	// Brands is the Sec-CH-UA header of the sign-in, which names browsers that look like another one in UserAgent.
	Brands *string
	IP     *string
	// Name is what the customer calls the session.
	Name *string

	// Token is set only on a session that was just created.
	Token *string `gorm:"-"`
	// Mark is that of the device, set only on a session that a sign-in created; "" if the device has none.
	Mark string `gorm:"-"`
	// Issuer is the token's issuer if the session is a token of --customer-tokens, and otherwise "". Such a session
	// is stored in no table.
	Issuer string `gorm:"-"`
	// Current is set only in an answer to the session's own customer.
	Current bool `gorm:"-"`
}

// Caller is the sender of a request: the application and, if a live session was sent, the customer.
type Caller struct {
	APIKey *APIKey
	// Session and Account are either both nil or both set.
	Session *Session
	Account *Account
	// SessionRefused is true if a bearer token was sent that belongs to no live session.
	SessionRefused bool
	// SessionInCookie is true if the session came in a browser's cookie, which holds one session at a time.
	SessionInCookie bool
	// CookieUnread is true if a session cookie was sent but ignored, because the request does not say which page it
	// is for.
	CookieUnread bool
	// IP is the client's address without the port.
	IP        string
	UserAgent string
	// Brands is the Sec-CH-UA header.
	Brands string
	// Device is the mark by which a device is known again, or "" if it sends none.
	Device    string
	RequestID string
	// Origin is the origin of the page that sent the request, or "".
	Origin string
	// PrivacyControl is true if the browser sent Sec-GPC: 1: its user objects to being tracked and sold.
	PrivacyControl bool
	// Forwards is true if the address passed on further addresses, which are not believed because it is no trusted
	// proxy, or not read because they are in another header than X-Forwarded-For.
	Forwards bool
}

// Unauthenticated returns the error for a caller without a live session. It tells the developer of a server that
// renders pages what is missing besides the customer's cookie.
func (c Caller) Unauthenticated() *Error {
	message := "sign in first: there is no live session"
	if c.CookieUnread {
		message += "; the cookie was not read: a server that passes it on sends the Origin of its page, too"
	}
	return NewError(CodeUnauthenticated, message)
}

// Network returns the client's address as budgets count it: an IPv4 address, the /64 of an IPv6 address, or "" if
// the client runs on this machine (R-THR2).
func (c Caller) Network() string {
	address, err := netip.ParseAddr(c.IP)
	if err != nil || address.IsLoopback() {
		return ""
	}
	if address.Is4() {
		return address.String()
	}

	prefix, err := address.Prefix(64) // guard: a network of IPv6 is a /64
	if err != nil {
		return ""
	}

	return prefix.String()
}

// AccountID returns the id of the caller's account, or "".
func (c Caller) AccountID() string {
	if c.Account == nil {
		return ""
	}
	return c.Account.ID
}

// Activity is one use of a session and a key. It is recorded some time after the request, so that reading an
// account writes nothing.
type Activity struct {
	// SessionID and AccountID are "" for a request without a session.
	SessionID string
	AccountID string
	APIKeyID  string
	UsedAt    time.Time
	// SessionExpiresAt is the session's new idle limit.
	SessionExpiresAt time.Time
}

// TokenSession returns the id of sessions that are customer tokens of the issuer.
func TokenSession(issuer string) string { return "issuer:" + issuer }
