package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

// TestCookieOrigins: only where --cookies is set may a page of another origin
// send its cookies, only one that is listed, and never one of "*".
func TestCookieOrigins(t *testing.T) {
	settings := config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example", Cookies: true,
		AllowedOrigins: []string{"https://shop.example"}, SMTP: "smtp://mail.shop.example", MailFrom: "no-reply@shop.example"}
	s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "cookies.db"))
	if err != nil {
		t.Fatal(err)
	}
	for origin, want := range map[string]string{"https://shop.example": "true", "https://evil.example": "", "https://evil.shop.example": "", "null": "", "*": ""} {
		for _, method := range []string{http.MethodPost, http.MethodOptions} {
			request := httptest.NewRequest(method, "http://api.shop.example/graphql", nil)
			request.Header.Set("Origin", origin)
			request.Header.Set("Access-Control-Request-Method", http.MethodPost)
			request.Header.Set("Access-Control-Request-Headers", "content-type,x-api-key")
			answer := httptest.NewRecorder()
			s.handler.ServeHTTP(answer, request)
			allowed, credentials := answer.Header().Get("Access-Control-Allow-Origin"), answer.Header().Get("Access-Control-Allow-Credentials")
			if credentials != want || want == "" && allowed != "" || want != "" && allowed != origin {
				t.Errorf("%s from %s is allowed as %q, with credentials %q", method, origin, allowed, credentials)
			}
		}
	}
}
