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

// algorithms are those that a token may be signed with: signatures of a key
// whose other half only the issuer has. Never none, and never a shared secret.
var algorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

const (
	// maxToken is in bytes; tokens of providers have some 1,000.
	maxToken = 8192
	// maxSubject is in bytes; OpenID Connect allows 255.
	maxSubject = 255
	// skew is how far the issuer's clock may be ahead of ours.
	skew = time.Minute
	// latest bounds times in claims, in seconds.
	latest = 1e11
)

// claims are those of a token, under their exact names.
type claims map[string]json.RawMessage

// unverified is a token that nobody has vouched for yet.
type unverified struct {
	raw string
	// signed is what the signature covers: it can't be spelled differently, as the signature can.
	signed string
	alg    string
	typ    string
	claims claims
}

var errMalformed = errors.New("it is no signed token")

// parse reads a token in compact form, and trusts none of it.
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
	// An extension that a token declares critical must be understood, and none is.
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

// text returns a claim that is text, or "".
func (c claims) text(name string) string {
	var text string
	if json.Unmarshal(c[name], &text) != nil {
		return ""
	}
	return text
}

// flag returns a claim that is true, which Apple writes as text.
func (c claims) flag(name string) bool {
	value := string(c[name])
	return value == "true" || value == `"true"`
}

// time returns a claim in seconds since 1970; zero where it is left out.
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

// audiences are who the token is for: one, or a list.
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

// times are the claims about time, checked against the clock.
type times struct{ issued, authenticated, expires time.Time }

// check fails for a token that is not valid now.
func (c claims) check(now time.Time) (times, error) {
	var t times
	var notBefore time.Time
	for name, target := range map[string]*time.Time{"iat": &t.issued, "auth_time": &t.authenticated, "exp": &t.expires, "nbf": &notBefore} {
		var err error
		if *target, err = c.time(name); err != nil {
			return t, err
		}
	}
	switch soon := now.Add(skew); {
	case t.expires.IsZero() || t.issued.IsZero():
		return t, errors.New("it says not when it was issued or expires")
	case !now.Before(t.expires):
		return t, errors.New("it has expired")
	case notBefore.After(soon) || t.issued.After(soon) || t.authenticated.After(soon):
		return t, errors.New("it is of the future")
	}
	return t, nil
}

// subject returns the claim that names the customer.
func (c claims) subject(name string) (string, error) {
	subject := c.text(name)
	unprintable := func(r rune) bool { return !unicode.IsPrint(r) }
	if subject == "" || len(subject) > maxSubject || !utf8.ValidString(subject) || strings.ContainsFunc(subject, unprintable) {
		return "", errors.New("it names no customer")
	}
	return subject, nil
}
