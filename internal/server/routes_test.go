package server

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

// ask sends a request to a server that does not listen.
func ask(s *server, method, host, path string) *http.Response {
	request := httptest.NewRequest(method, "http://"+host+path, nil)
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, request)
	return answer.Result()
}

func TestProduction(t *testing.T) {
	settings := config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example",
		AllowedOrigins: []string{"https://shop.example"},
		SMTP:           "smtp://mail.shop.example", MailFrom: "no-reply@shop.example"}
	directory := t.TempDir()
	s, err := newTestServer(t, settings, filepath.Join(directory, "production.db"))
	if err != nil {
		t.Fatal(err)
	}

	for _, path := range []string{"/", "/graphiql/config.json",
		"/inbox", "/inbox.json", "/inbox/inbox.js", "/schema.graphqls", "/.well-known/change-password"} {
		if answer := ask(s, "GET", "api.shop.example", path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}

	ready := ask(s, "GET", "10.0.0.1:8080", "/readyz")
	if ready.StatusCode != http.StatusOK || ready.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("/readyz: %d, %v", ready.StatusCode, ready.Header)
	}

	s.draining.Store(true)
	if draining, alive := ask(s, "GET", "x",
		"/readyz"), ask(s, "GET", "x", "/livez"); draining.StatusCode != 503 || alive.StatusCode != 200 {
		t.Errorf("draining: /readyz %d, /livez %d", draining.StatusCode, alive.StatusCode)
	}

	for origin, want := range map[string]string{"https://shop.example": "https://shop.example",
		"https://evil.example": "", "null": "", "http://localhost:3000": ""} {
		request := httptest.NewRequest(http.MethodPost, "http://api.shop.example/graphql", nil)
		request.Header.Set("Origin", origin)
		answer := httptest.NewRecorder()
		s.handler.ServeHTTP(answer, request)
		if got := answer.Header().Get("Access-Control-Allow-Origin"); got != want ||
			answer.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("Origin %s is allowed as %q", origin, got)
		}
	}

	database := filepath.Join(directory, "development.db")
	development, err := newTestServer(t, config.Settings{Mode: config.Development}, database)
	if err != nil {
		t.Fatal(err)
	}
	if err := development.store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := newTestServer(t, settings, database); err == nil || !strings.HasPrefix(err.Error(), "--database ") {
		t.Errorf("production starts on development's data: %v", err)
	}
}

// TestChangePassword guards the address to which password managers are sent; production without an account page has
// none (TestProduction).
func TestChangePassword(t *testing.T) {
	production := config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example",
		AccountURL: "https://shop.example/account",
		SMTP:       "smtp://mail.shop.example", MailFrom: "no-reply@shop.example"}
	for want, settings := range map[string]config.Settings{
		"/account/password":            {Mode: config.Development},
		"/base/account/password":       {Mode: config.Development, PublicURL: "https://tunnel.example/base"},
		"https://shop.example/account": production,
	} {
		s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "x.db"))
		if err != nil {
			t.Fatal(err)
		}

		answer := ask(s, "GET", "127.0.0.1", "/.well-known/change-password")
		if got := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || got != want {
			t.Errorf("%d to %q, want %q", answer.StatusCode, got, want)
		}
	}
}

// TestHosts guards that a stranger's name for 127.0.0.1 does not reach what development shows.
func TestHosts(t *testing.T) {
	s, err := newTestServer(t, config.Settings{Mode: config.Development, PublicURL: "https://tunnel.example"},
		filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}

	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "LOCALHOST": 200, "127.0.0.1:8080": 200, "[::1]": 200,
		"[::1]:8080": 200, "tunnel.example": 200,
		"evil.example": 421, "evil.example:8080": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example": 421,
		"0.0.0.0:8080": 421, "192.168.1.1": 421,
	} {
		if answer := ask(s, "GET", host, "/inbox.json"); answer.StatusCode != want {
			t.Errorf("Host %s: %d, want %d", host, answer.StatusCode, want)
		}
	}

	// Developers behind a proxy find the refusal in the log.
	var log bytes.Buffer
	s.log = newLogger(&log, "text", "debug")
	if s.handler, err = s.routes(t.Context()); err != nil {
		t.Fatal(err)
	}

	answer := ask(s, "POST", "evil.example", "/graphql")
	id := answer.Header.Get("X-Request-Id")
	if line := log.String(); id == "" || !strings.Contains(line, "level=DEBUG") ||
		!strings.Contains(line, "requestId="+id) || strings.Contains(line, "evil") {
		t.Errorf("logged %q of %q", line, id)
	}
}
