package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

// TestWebOrigin guards R-PRF10: the own origin is that of the public URL, as browsers write it.
func TestWebOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"https://Accounts.Shop.example/path": "https://accounts.shop.example",
		"https://accounts.shop.example:443":  "https://accounts.shop.example",
		"https://accounts.shop.example:8443": "https://accounts.shop.example:8443",
		"http://[::1]:8080":                  "http://[::1]:8080",
		"http://127.0.0.1:80":                "http://127.0.0.1",
		"https://bücher.example":             "https://xn--bcher-kva.example",
	} {
		parsed, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := webOrigin(parsed); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// TestOwnOrigin guards R-PRF10: a stranger's name that leads to this server is not our origin, whatever the Host
// header and the browser say, and neither is our own name without TLS.
func TestOwnOrigin(t *testing.T) {
	settings := config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://accounts.shop.example",
		Cookies: new(true),
		SMTP:    "smtp://mail.shop.example", MailFrom: "no-reply@shop.example"}
	s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "origin.db"))
	if err != nil {
		t.Fatal(err)
	}

	for _, test := range []struct {
		host, origin, site string
		refused            bool
	}{
		{"accounts.shop.example", "https://accounts.shop.example", "same-origin", false},
		{"proxied.internal", "https://accounts.shop.example", "same-origin", false},
		{"accounts.shop.example", "", "", false},
		{"evil.example", "https://evil.example", "same-origin", true},
		{"evil.example", "https://evil.example", "", true},
		{"accounts.shop.example", "http://accounts.shop.example", "same-origin", true},
		{"accounts.shop.example", "https://accounts.shop.example:8443", "same-site", true},
		{"accounts.shop.example", "null", "", true},
		{"accounts.shop.example", "", "cross-site", true},
		{"accounts.shop.example", "", "same-site", true},
	} {
		request := httptest.NewRequest(http.MethodPost, "http://"+test.host+"/graphql", nil)
		for name, value := range map[string]string{"Origin": test.origin, "Sec-Fetch-Site": test.site} {
			if value != "" {
				request.Header.Set(name, value)
			}
		}

		answer := httptest.NewRecorder()
		s.handler.ServeHTTP(answer, request)
		// A request that passes the check of its origin has no key.
		if refused := answer.Code == http.StatusForbidden; refused != test.refused ||
			!refused && answer.Code != http.StatusUnauthorized {
			t.Errorf("%+v: status %d", test, answer.Code)
		}
	}
}

// TestCookieOrigins guards that a page of another origin may send its cookies only if --cookies is set and the
// origin is listed, and never with "*".
func TestCookieOrigins(t *testing.T) {
	settings := config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example",
		Cookies:        new(true),
		AllowedOrigins: []string{"https://shop.example"}, SMTP: "smtp://mail.shop.example",
		MailFrom: "no-reply@shop.example"}
	s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "cookies.db"))
	if err != nil {
		t.Fatal(err)
	}

	for origin, want := range map[string]string{
		"https://shop.example": "true", "https://evil.example": "", "https://evil.shop.example": "", "null": "", "*": "",
	} {
		for _, method := range []string{http.MethodPost, http.MethodOptions} {
			request := httptest.NewRequest(method, "http://api.shop.example/graphql", nil)
			request.Header.Set("Origin", origin)
			request.Header.Set("Access-Control-Request-Method", http.MethodPost)
			request.Header.Set("Access-Control-Request-Headers", "content-type,x-api-key")
			answer := httptest.NewRecorder()
			s.handler.ServeHTTP(answer, request)
			allowed := answer.Header().Get("Access-Control-Allow-Origin")
			credentials := answer.Header().Get("Access-Control-Allow-Credentials")
			if credentials != want || want == "" && allowed != "" || want != "" && allowed != origin {
				t.Errorf("%s from %s is allowed as %q, with credentials %q", method, origin, allowed, credentials)
			}
		}
	}
}
