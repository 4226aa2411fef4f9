package server

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/passkey"
)

// newRelyingParty returns the shop as authenticators know it, or nil if --public-url has no host name that browsers
// accept, or neither TLS nor this machine: passkeys are off then.
func newRelyingParty(settings config.Settings) (*passkey.RelyingParty, error) {
	if settings.PublicURL == "" {
		return nil, nil //nolint:nilnil // there is no page yet, and so no passkey
	}
	page, err := url.Parse(settings.PublicURL)
	if err == nil {
		page, err = url.Parse(webOrigin(page))
	}
	if err != nil {
		// The parser's error would repeat the address, and what of a password is in it.
		return nil, &config.Error{Setting: "--public-url", Problem: "must be an absolute http or https address"}
	}

	host, id := passkey.Host(page.Hostname()), settings.PasskeyRPID
	if page.Scheme != "https" && host != "localhost" {
		host = "" // browsers have no passkeys there
	}
	switch {
	case host == "" && id == "" && len(settings.PasskeyOrigins) == 0:
		return nil, nil //nolint:nilnil // there are no passkeys
	case host == "":
		return nil, &config.Error{Setting: "--public-url",
			Problem: "must be https with a host name, not a number, where --passkey-rp-id or --passkey-origins is set"}
	case id == "":
		id = host
	case id != host && !strings.HasSuffix(host, "."+id):
		return nil, &config.Error{Setting: "--passkey-rp-id",
			Problem: "must be the host of --public-url or a domain above it"}
	}

	if port := page.Port(); port != "" {
		page.Host = net.JoinHostPort(host, port)
	} else {
		page.Host = host
	}

	party, err := passkey.New(passkey.Config{
		ID: id, Name: brandName(settings), Origins: append([]string{page.String()}, settings.PasskeyOrigins...),
		Lifetime: account.PasskeyTTL,
	})
	if err != nil {
		return nil, &config.Error{Setting: "--passkey-origins", Problem: err.Error()}
	}

	return party, nil
}

// passkeyPages serves what browsers and password managers look up: which other hosts may use the shop's passkeys, and
// where customers add and manage theirs.
func (s *server) passkeyPages(mux *http.ServeMux, base string) error {
	if s.passkeys == nil {
		return nil
	}

	related := s.passkeys.RelatedOrigins()
	mux.HandleFunc("GET /.well-known/webauthn", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, related) })

	page := s.passkeysURL(base)
	if page == "" {
		return nil
	}
	endpoints, err := json.Marshal(map[string]string{"enroll": page, "manage": page})
	if err != nil {
		return fmt.Errorf("passkey endpoints: %w", err)
	}
	mux.HandleFunc("GET /.well-known/passkey-endpoints",
		func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, endpoints) })

	return nil
}

// passkeysURL returns the page with the customer's passkeys: the operator's account page, or our own, or
// "" if neither exists.
func (s *server) passkeysURL(base string) string {
	switch {
	case s.settings.AccountURL != "":
		return s.settings.AccountURL
	case s.settings.ServesAccountPage():
		return base + "/account/passkeys"
	}
	return ""
}

func writeJSON(w http.ResponseWriter, document []byte) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(document)
}
