// Package identity verifies the tokens of the identity providers and issuers that an operator trusts. It returns a
// token's content; internal/account decides what it allows.
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

// Entry is one issuer of --identity-providers or --customer-tokens, with the keys that docs/identity.md describes
// in "The files".
type Entry struct {
	// Provider is the issuer's name in operations. Only OAUTH may be the provider of several issuers.
	Provider models.IdentityProvider `json:"provider"`
	// Issuer must equal the tokens' `iss`, character by character.
	Issuer string `json:"issuer"`
	// Audiences are the accepted client IDs: a token's `aud` must hold one of them.
	Audiences []string `json:"audiences"`
	// JWKSURL is the address of the issuer's keys; default: the address in the issuer's discovery document.
	JWKSURL string `json:"jwksUrl"`

	// AppSecret is the secret of the Facebook app whose ID is the only audience. With it Facebook's access tokens
	// are accepted besides those of Limited Login. Only in --identity-providers.
	AppSecret string `json:"appSecret"`
	// DebugTokenURL is the endpoint at which Facebook checks access tokens; default: that of graph.facebook.com.
	DebugTokenURL string `json:"debugTokenUrl"`

	// Page is what the shop's pages need for a button; nil is none. Only in --identity-providers.
	Page *Page `json:"page"`

	// SubjectClaim is the claim that identifies the customer; default: sub. Only in --customer-tokens.
	SubjectClaim string `json:"subjectClaim"`
	// CreateAccounts creates an account for an unknown subject. Only in --customer-tokens.
	CreateAccounts bool `json:"createAccounts"`
}

// The two files.
const (
	// Providers is the file of --identity-providers.
	Providers File = iota
	// CustomerTokens is the file of --customer-tokens.
	CustomerTokens
)

// File is the file that holds an entry.
type File int

// maxFile is how long a file of entries may be, in bytes.
const maxFile = 1 << 20

// ReadEntries reads a file of entries. The text of its error is one line that continues the name of the setting. In
// development, addresses may be plain http on this machine.
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
		// The library names the key or the position, never a value, which may be a secret.
		return nil, fmt.Errorf("must be a JSON array of objects with the documented keys: %s",
			strings.TrimPrefix(err.Error(), "json: "))
	}

	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("must hold nothing behind its JSON array")
	}
	if len(entries) == 0 {
		return nil, errors.New("names no issuer")
	}

	providers, issuers, names := map[models.IdentityProvider]bool{}, map[string]bool{}, map[string]bool{}
	for i := range entries {
		entry := &entries[i]
		if err := entry.check(file, development); err != nil {
			return nil, fmt.Errorf("has a wrong entry %d: %w", i+1, err)
		}
		if name := entry.buttonName(); name != "" && names[name] {
			return nil, fmt.Errorf("has a wrong entry %d: page.name %q stands there twice", i+1, name)
		}
		if issuers[entry.Issuer] {
			return nil, fmt.Errorf("has a wrong entry %d: the issuer %s stands there twice", i+1, entry.Issuer)
		}
		if providers[entry.Provider] && entry.Provider != models.ProviderOAuth {
			return nil, fmt.Errorf("has a wrong entry %d: %s stands there twice, which only OAUTH may", i+1,
				entry.Provider)
		}

		issuers[entry.Issuer], providers[entry.Provider], names[entry.buttonName()] = true, true, true
	}

	return entries, nil
}

func (e *Entry) check(file File, development bool) error {
	known := []models.IdentityProvider{
		models.ProviderGoogle, models.ProviderApple, models.ProviderFacebook, models.ProviderOAuth,
	}
	if !slices.Contains(known, e.Provider) {
		return errors.New("provider must be GOOGLE, APPLE, FACEBOOK or OAUTH")
	}
	if err := address("issuer", e.Issuer, development); err != nil {
		return err
	}
	if len(e.Audiences) == 0 ||
		slices.ContainsFunc(e.Audiences, func(audience string) bool { return strings.TrimSpace(audience) == "" }) {
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
		if e.Page != nil {
			return errors.New("page is a key of --identity-providers")
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
	if err := e.checkFacebook(development); err != nil {
		return err
	}

	return e.checkPage(development)
}

// subjectClaim is the default claim that identifies the customer.
const subjectClaim = "sub"

// debugTokenURL is Facebook's endpoint that describes access tokens.
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

// address returns an error unless the value is a plain web address: https, or in development http on this machine.
func address(key, value string, development bool) error {
	if strings.Contains(value, "?") || !isWebAddress(value, development) {
		return fmt.Errorf("%s must be an https address without user, query and fragment%s", key, orLoopback(development))
	}
	return nil
}

// isWebAddress reports whether a value is a web address without user and fragment, by https, or in development by http on
// this machine.
func isWebAddress(value string, development bool) bool {
	parsed, err := url.Parse(value)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil || strings.ContainsAny(value, " #") {
		return false
	}
	// guard: customers and requests go to providers by https
	return parsed.Scheme == "https" || development && parsed.Scheme == "http" && loopback(parsed.Hostname())
}

// orLoopback is the end of what a wrong address should have been.
func orLoopback(development bool) string {
	if development {
		return ", or http on this machine"
	}
	return ""
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

// CheckTogether returns an error if the two files contradict each other. If both have an issuer, they must identify
// customers by the same claim, or one customer's sub could be another's number; and only one of them may have an
// audience, or a token that clients renew by themselves could be exchanged for a session.
func CheckTogether(providers, customerTokens []Entry) error {
	for _, provider := range providers {
		for _, tokens := range customerTokens {
			if provider.Issuer != tokens.Issuer {
				continue
			}
			if provider.Provider != tokens.Provider {
				return fmt.Errorf("names %s as %s, but --identity-providers as %s", tokens.Issuer, tokens.Provider,
					provider.Provider)
			}
			if tokens.SubjectClaim != subjectClaim {
				return fmt.Errorf("must leave subjectClaim of %s at sub, for --identity-providers names the issuer, too",
					tokens.Issuer)
			}

			for _, audience := range tokens.Audiences {
				if slices.Contains(provider.Audiences, audience) {
					return fmt.Errorf("and --identity-providers hold the same audience %q of %s; it may stand in one of them",
						audience, tokens.Issuer)
				}
			}
		}
	}
	return nil
}
