package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

// TestPasskeyPages: browsers find the related origins, and password managers the page, where passkeys work.
func TestPasskeyPages(t *testing.T) {
	for name, test := range map[string]struct {
		settings        config.Settings
		webauthn, pages string
	}{
		"this machine": {config.Settings{PublicURL: "http://127.0.0.1:8080"},
			`{"origins":["http://localhost:8080"]}`,
			`{"enroll":"http://127.0.0.1:8080/account/passkeys","manage":"http://127.0.0.1:8080/account/passkeys"}`},
		"a shop": {config.Settings{Mode: config.Production, PublicURL: "https://accounts.shop.example",
			AccountURL: "https://shop.example/account", PasskeyRPID: "shop.example",
			PasskeyOrigins: []string{"https://shop.example", "https://shop.de", "android:apk-key-hash:abc"}},
			`{"origins":["https://accounts.shop.example","https://shop.example","https://shop.de"]}`,
			`{"enroll":"https://shop.example/account","manage":"https://shop.example/account"}`},
		"a shop without a page": {config.Settings{Mode: config.Production, PublicURL: "https://shop.example:443"},
			`{"origins":["https://shop.example"]}`, ""},
		"a number": {config.Settings{Mode: config.Production, PublicURL: "https://192.0.2.1"}, "", ""},
		"no TLS":   {config.Settings{Mode: config.Development, PublicURL: "http://shop.example:8080"}, "", ""},
	} {
		party, err := newRelyingParty(test.settings)
		if err != nil || (party == nil) != (test.webauthn == "") {
			t.Fatalf("%s: %v, %v", name, party, err)
		}

		mux := http.NewServeMux()
		s := &server{settings: test.settings, passkeys: party}
		if err := s.passkeyPages(mux, test.settings.PublicURL); err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]string{
			"/.well-known/webauthn": test.webauthn, "/.well-known/passkey-endpoints": test.pages,
		} {
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
			got, kind := w.Body.String(), w.Header().Get("Content-Type")
			if want == "" && w.Code != http.StatusNotFound || want != "" && (got != want || kind != "application/json") {
				t.Errorf("%s: %s is answered %d %s %s", name, path, w.Code, kind, got)
			}
		}
	}
}

// TestWrongPasskeySettings: a domain or an origin that browsers would refuse is told before the server starts.
func TestWrongPasskeySettings(t *testing.T) {
	for problem, settings := range map[string]config.Settings{
		"--public-url must be https with a host name": {PublicURL: "https://192.0.2.1", PasskeyRPID: "shop.example"},
		"--public-url must be https with a ":          {PublicURL: "http://shop.example", PasskeyOrigins: []string{"https://shop.de"}},
		"--passkey-rp-id must be the host":            {PublicURL: "https://shop.example", PasskeyRPID: "other.example"},
		`--passkey-origins "http://shop.de"`:          {PublicURL: "https://shop.example", PasskeyOrigins: []string{"http://shop.de"}},
		"--passkey-origins browsers accept": {PublicURL: "https://shop.example", PasskeyOrigins: []string{
			"https://a.com", "https://b.com", "https://c.com", "https://d.com", "https://e.com",
		}},
		"--passkey-rp-id must be the host ": {PublicURL: "https://shop.example", PasskeyRPID: "hop.example"},
	} {
		if _, err := newRelyingParty(settings); err == nil || !strings.HasPrefix(err.Error(), strings.TrimSpace(problem)) {
			t.Errorf("%s: %v", problem, err)
		}
	}
}
