package identity

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// algorithms are the accepted signature algorithms. All are asymmetric: only the issuer has the private key. Never
// "none", and never a shared secret.
var algorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

const (
	// maxToken is in bytes; tokens of providers have about 1,000.
	maxToken = 8192
	// maxSubject is in bytes; OpenID Connect allows 255.
	maxSubject = 255
	// skew is how far the issuer's clock may be ahead of ours.
	skew = time.Minute
	// latest is the largest accepted time in a claim, in seconds since 1970.
	latest = 1e11
)

// claims are the claims of a token, under their exact names.
type claims map[string]json.RawMessage

// unverified is a token whose signature has not been verified yet.
type unverified struct {
	raw string
	// signed is the part that the signature covers: unlike the signature, it has only one spelling.
	signed string
	alg    string
	typ    string
	claims claims
}

var errMalformed = errors.New("it is no signed token")

// parse decodes a token in compact form and trusts none of it.
func parse(raw string) (*unverified, error) {
	parts := strings.Split(raw, ".")
	if len(raw) > maxToken || len(parts) != 3 || slices.Contains(parts, "") {
		return nil, errMalformed
	}

	token := &unverified{raw: raw, signed: parts[0] + "." + parts[1]}
	var header claims
	if decode(parts[0], &header) != nil || decode(parts[1], &token.claims) != nil {
		return nil, errMalformed
	}

	// A critical extension must be understood (RFC 7515, section 4.1.11), and this service understands none.
	if _, critical := header["crit"]; critical {
		return nil, errMalformed
	}

	token.alg, token.typ = header.text("alg"), strings.TrimPrefix(strings.ToLower(header.text("typ")), "application/")

	return token, nil
}

func decode(part string, target *claims) error {
	text, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, target)
}

// text returns the claim if it is a string, or "".
func (c claims) text(name string) string {
	var text string
	if json.Unmarshal(c[name], &text) != nil {
		return ""
	}
	return text
}

// flag reports whether the claim is true; Apple writes it as a string.
func (c claims) flag(name string) bool {
	value := string(c[name])
	return value == "true" || value == `"true"`
}

// time returns a claim in seconds since 1970 as a time, or the zero time if it is absent.
func (c claims) time(name string) (time.Time, error) {
	raw, given := c[name]
	if !given {
		return time.Time{}, nil
	}

	var seconds float64
	if err := json.Unmarshal(raw, &seconds); err != nil || seconds <= 0 || seconds > latest {
		return time.Time{}, errors.New("a time in it is no time")
	}

	whole, fraction := math.Modf(seconds)

	return time.Unix(int64(whole), int64(fraction*float64(time.Second))).UTC(), nil
}

// audiences returns the audiences of the token: the claim is one string, or a list.
func (c claims) audiences() []string {
	var many []string
	if json.Unmarshal(c["aud"], &many) == nil {
		return many
	}
	if one := c.text("aud"); one != "" {
		return []string{one}
	}

	return nil
}

// times holds the claims about time, checked against the clock.
type times struct{ issued, authenticated, expires time.Time }

// check returns an error if the token is not valid now.
func (c claims) check(now time.Time) (times, error) {
	var t times
	var notBefore time.Time
	for name, target := range map[string]*time.Time{
		"iat": &t.issued, "auth_time": &t.authenticated, "exp": &t.expires, "nbf": &notBefore,
	} {
		var err error
		if *target, err = c.time(name); err != nil {
			return t, err
		}
	}

	switch soon := now.Add(skew); {
	case t.expires.IsZero() || t.issued.IsZero():
		return t, errors.New("it says not when it was issued or expires")
	case !now.Before(t.expires): // guard: a token expires
		return t, errors.New("it has expired")
	// guard: a token is not of the future
	case notBefore.After(soon) || t.issued.After(soon) || t.authenticated.After(soon):
		return t, errors.New("it is of the future")
	}

	return t, nil
}

// subject returns the claim that identifies the customer.
func (c claims) subject(name string) (string, error) {
	subject := c.text(name)
	unprintable := func(r rune) bool { return !unicode.IsPrint(r) }
	if subject == "" || len(subject) > maxSubject || !utf8.ValidString(subject) ||
		strings.ContainsFunc(subject, unprintable) {
		return "", errors.New("it names no customer")
	}
	return subject, nil
}
