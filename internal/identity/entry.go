// Package identity verifies the tokens of the identity providers and issuers
// that an operator trusts. It says what a token says, and leaves it to
// internal/account what that is good for.
package identity

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// Entry is one issuer of --identity-providers or --customer-tokens, under the keys of docs/identity.md, "The files".
type Entry struct {
	// Provider is what operations call the issuer. Only OAUTH may name several.
	Provider models.IdentityProvider `json:"provider"`
	// Issuer is what the tokens' `iss` must be, to the letter.
	Issuer string `json:"issuer"`
	// Audiences are the client ids that tokens may be for: `aud` must hold one of them.
	Audiences []string `json:"audiences"`
	// JWKSURL is where the issuer's keys are; left out, the issuer's discovery document says so.
	JWKSURL string `json:"jwksUrl"`

	// AppSecret is that of the Facebook app whose id is the one audience. It lets
	// Facebook's access tokens be checked, beside those of Limited Login. --identity-providers only.
	AppSecret string `json:"appSecret"`
	// DebugTokenURL is Facebook's endpoint for that; left out: graph.facebook.com's.
	DebugTokenURL string `json:"debugTokenUrl"`

	// SubjectClaim names the claim that tells the customers apart; left out: sub. --customer-tokens only.
	SubjectClaim string `json:"subjectClaim"`
	// CreateAccounts gives an unknown subject an account on first sight. --customer-tokens only.
	CreateAccounts bool `json:"createAccounts"`
}

// The two files.
const (
	// Providers is the file of --identity-providers.
	Providers File = iota
	// CustomerTokens is the file of --customer-tokens.
	CustomerTokens
)

// File says which file an entry stands in.
type File int

// maxFile bounds a file of entries.
const maxFile = 1 << 20

// ReadEntries reads a file of entries. Its failure is one line that continues
// the name of the setting. In development, addresses may be plain http on this machine.
func ReadEntries(file File, text io.Reader, development bool) ([]Entry, error) {
	limited, err := io.ReadAll(io.LimitReader(text, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	if len(limited) > maxFile {
		return nil, errors.New("is longer than 1 MiB")
	}
	decoder := json.NewDecoder(bytes.NewReader(limited))
	decoder.DisallowUnknownFields()
	var entries []Entry
	if err := decoder.Decode(&entries); err != nil {
		// The library names the key or the place, never a value, which may be a secret.
		return nil, fmt.Errorf("must be a JSON array of objects with the documented keys: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("must hold nothing behind its JSON array")
	}
	if len(entries) == 0 {
		return nil, errors.New("names no issuer")
	}
	providers, issuers := map[models.IdentityProvider]bool{}, map[string]bool{}
	for i := range entries {
		entry := &entries[i]
		if err := entry.check(file, development); err != nil {
			return nil, fmt.Errorf("has a wrong entry %d: %w", i+1, err)
		}
		if issuers[entry.Issuer] {
			return nil, fmt.Errorf("has a wrong entry %d: the issuer %s stands there twice", i+1, entry.Issuer)
		}
		if providers[entry.Provider] && entry.Provider != models.ProviderOAuth {
			return nil, fmt.Errorf("has a wrong entry %d: %s stands there twice, which only OAUTH may", i+1, entry.Provider)
		}
		issuers[entry.Issuer], providers[entry.Provider] = true, true
	}
	return entries, nil
}

func (e *Entry) check(file File, development bool) error {
	known := []models.IdentityProvider{models.ProviderGoogle, models.ProviderApple, models.ProviderFacebook, models.ProviderOAuth}
	if !slices.Contains(known, e.Provider) {
		return errors.New("provider must be GOOGLE, APPLE, FACEBOOK or OAUTH")
	}
	if err := address("issuer", e.Issuer, development); err != nil {
		return err
	}
	if len(e.Audiences) == 0 || slices.ContainsFunc(e.Audiences, func(audience string) bool { return strings.TrimSpace(audience) == "" }) {
		return errors.New("audiences must hold at least one client id, and no empty one")
	}
	if e.JWKSURL != "" {
		if err := address("jwksUrl", e.JWKSURL, development); err != nil {
			return err
		}
	}
	if file == CustomerTokens {
		if e.AppSecret != "" || e.DebugTokenURL != "" {
			return errors.New("appSecret and debugTokenUrl are keys of --identity-providers")
		}
		if e.SubjectClaim == "" {
			e.SubjectClaim = subjectClaim
		}
		return nil
	}
	if e.SubjectClaim != "" || e.CreateAccounts {
		return errors.New("subjectClaim and createAccounts are keys of --customer-tokens")
	}
	e.SubjectClaim = subjectClaim
	return e.checkFacebook(development)
}

// subjectClaim is the claim that names the customer, where nothing else is configured.
const subjectClaim = "sub"

// debugTokenURL is where Facebook tells what an access token is.
const debugTokenURL = "https://graph.facebook.com/debug_token"

func (e *Entry) checkFacebook(development bool) error {
	if e.AppSecret == "" {
		if e.DebugTokenURL != "" {
			return errors.New("debugTokenUrl needs appSecret")
		}
		return nil
	}
	if e.Provider != models.ProviderFacebook {
		return errors.New("appSecret is a key of FACEBOOK")
	}
	if len(e.Audiences) != 1 {
		return errors.New("appSecret needs audiences to hold the app's id alone")
	}
	if e.DebugTokenURL == "" {
		e.DebugTokenURL = debugTokenURL
	}
	return address("debugTokenUrl", e.DebugTokenURL, development)
}

// address refuses what is no plain address of the web: https, or in development http on this machine.
func address(key, value string, development bool) error {
	wanted := "an https address without user, query and fragment"
	if development {
		wanted += ", or http on this machine"
	}
	parsed, err := url.Parse(value)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil || strings.ContainsAny(value, " ?#") ||
		parsed.Scheme != "https" && !(development && parsed.Scheme == "http" && loopback(parsed.Hostname())) {
		return fmt.Errorf("%s must be %s", key, wanted)
	}
	return nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

// CheckTogether refuses two files that contradict each other. An issuer that
// stands in both must tell customers apart by the same claim, or one customer's
// sub could be another's number; and an audience stands in one of them only, or
// a token that clients renew by themselves could be swapped for a session.
func CheckTogether(providers, customerTokens []Entry) error {
	for _, provider := range providers {
		for _, tokens := range customerTokens {
			if provider.Issuer != tokens.Issuer {
				continue
			}
			if provider.Provider != tokens.Provider {
				return fmt.Errorf("names %s as %s, but --identity-providers as %s", tokens.Issuer, tokens.Provider, provider.Provider)
			}
			if tokens.SubjectClaim != subjectClaim {
				return fmt.Errorf("must leave subjectClaim of %s at sub, for --identity-providers names the issuer, too", tokens.Issuer)
			}
			for _, audience := range tokens.Audiences {
				if slices.Contains(provider.Audiences, audience) {
					return fmt.Errorf("and --identity-providers hold the same audience %q of %s; it may stand in one of them", audience, tokens.Issuer)
				}
			}
		}
	}
	return nil
}
