package server

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

// preflight sends a preflight for headers from a page of an origin.
func preflight(handler http.Handler, origin, headers string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodOptions, "https://api.shop.example/graphql", nil)
	request.Header.Set("Origin", origin)
	request.Header.Set("Access-Control-Request-Method", http.MethodPost)
	request.Header.Set("Access-Control-Request-Headers", headers)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

// allows reports whether a browser would let the page send the headers after this answer.
func allows(answer *httptest.ResponseRecorder, headers string) bool {
	allowed := strings.Split(strings.ToLower(answer.Header().Get("Access-Control-Allow-Headers")), ",")
	for name := range strings.SplitSeq(headers, ",") {
		found := false
		for _, one := range allowed {
			found = found || strings.TrimSpace(one) == name
		}
		if !found {
			return false
		}
	}

	return answer.Code/100 == 2 && answer.Header().Get("Access-Control-Allow-Origin") != ""
}

// TestAllowedHeaders guards that pages may send the headers that tracing and GraphQL clients add and those of
// --allowed-headers; for any other header the browser learns that the header is at fault, and the log names it once
// per origin.
func TestAllowedHeaders(t *testing.T) {
	for _, cookies := range []bool{false, true} {
		settings := config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example",
			Cookies:        &cookies,
			AllowedOrigins: []string{"https://shop.example", "https://www.shop.example"},
			AllowedHeaders: []string{"X-Shop", "x-shop-2"},
			SMTP:           "smtp://mail.shop.example", MailFrom: "no-reply@shop.example"}
		s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "headers.db"))
		if err != nil {
			t.Fatal(err)
		}

		var log bytes.Buffer
		s.log = slog.New(slog.NewTextHandler(&log, nil))
		if s.handler, err = s.routes(t.Context()); err != nil {
			t.Fatal(err)
		}

		for _, headers := range []string{
			"authorization,content-type,x-api-key", "content-type,idempotency-key,x-api-key",
			"baggage,content-type,sentry-trace,x-api-key", "traceparent,tracestate",
			"apollographql-client-name,apollographql-client-version,content-type",
			"graphql-client-name,graphql-client-version", "x-requested-with", "b3,x-b3-traceid",
			"x-apollo-operation-id,x-apollo-operation-name",
			"x-datadog-origin,x-datadog-parent-id,x-datadog-sampling-priority,x-datadog-trace-id", "x-shop",
			"x-shop,x-shop-2",
		} {
			if answer := preflight(s.handler, "https://shop.example", headers); !allows(answer, headers) {
				t.Errorf("%s: %d %v", headers, answer.Code, answer.Header())
			}

			if answer := preflight(s.handler, "https://evil.example", headers); answer.Code/100 == 2 ||
				answer.Header().Get("Access-Control-Allow-Origin")+
					answer.Header().Get("Access-Control-Allow-Headers") != "" {
				t.Errorf("%s from elsewhere: %d %v", headers, answer.Code, answer.Header())
			}
		}

		if log.Len() > 0 {
			t.Errorf("logged without a cause: %s", log.String())
		}

		for _, origin := range []string{
			"https://shop.example", "https://shop.example", "https://www.shop.example", "https://evil.example",
		} {
			answer := preflight(s.handler, origin, "content-type,x-secret")
			named := answer.Code/100 == 2 && answer.Header().Get("Access-Control-Allow-Origin") == origin &&
				allows(answer, "content-type")
			if allows(answer, "x-secret") || named != (origin != "https://evil.example") {
				t.Errorf("%s: %d %v", origin, answer.Code, answer.Header())
			}
		}

		if lines := log.String(); strings.Count(lines, "x-secret") != 2 ||
			!strings.Contains(lines, "--allowed-headers") || strings.Contains(lines, "evil.example") {
			t.Errorf("the log should name the header once for each of two origins: %s", lines)
		}

		for i := range 2 * maxLogged {
			preflight(s.handler, "https://shop.example", fmt.Sprintf("x-made-up-%d", i))
		}

		preflight(s.handler, "https://shop.example", strings.Repeat("x", maxLoggedHeader+1)+",x-\"quoted\"")
		if lines := strings.Count(log.String(), "\n"); lines != maxLogged {
			t.Errorf("%d lines are logged, want %d", lines, maxLogged)
		}
	}
}

// TestReadableHeaders guards that pages can read the headers of an answer, also those of a refusal.
func TestReadableHeaders(t *testing.T) {
	s, err := newTestServer(t, config.Settings{Mode: config.Development}, filepath.Join(t.TempDir(), "readable.db"))
	if err != nil {
		t.Fatal(err)
	}

	request := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/graphql", nil)
	request.Header.Set("Origin", "http://127.0.0.1:3000")
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, request)
	readable := strings.ToLower(answer.Header().Get("Access-Control-Expose-Headers"))
	for _, name := range []string{"retry-after", "x-request-id", "idempotency-key"} {
		if !strings.Contains(readable, name) {
			t.Errorf("%s is not among %s", name, readable)
		}
	}
}

// TestHeadersThatNoPageCanSend guards that such headers stop the start, with the setting's name.
func TestHeadersThatNoPageCanSend(t *testing.T) {
	_, err := newTestServer(t, config.Settings{Mode: config.Development, AllowedHeaders: []string{"Cookie"}},
		filepath.Join(t.TempDir(), "refused.db"))
	if err == nil || !strings.HasPrefix(err.Error(), "--allowed-headers ") {
		t.Errorf("a server starts that allows Cookie: %v", err)
	}
}

// TestRefusedPreflightsAreLogged guards that a preflight which a browser takes as refused is logged at debug level,
// with the request id of its answer and without a stranger's text.
func TestRefusedPreflightsAreLogged(t *testing.T) {
	settings := config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example",
		AllowedOrigins: []string{"https://shop.example"}, SMTP: "smtp://mail.shop.example",
		MailFrom: "no-reply@shop.example"}
	s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "preflights.db"))
	if err != nil {
		t.Fatal(err)
	}

	var log bytes.Buffer
	s.log = newLogger(&log, "text", "debug")
	if s.handler, err = s.routes(t.Context()); err != nil {
		t.Fatal(err)
	}

	for name, test := range map[string]struct{ origin, method, headers, problem string }{
		"allowed":          {"https://shop.example", "POST", "content-type,x-api-key", ""},
		"another origin":   {"https://stranger.example", "POST", "content-type", "the origin is not allowed"},
		"no origin at all": {"null", "POST", "content-type", "the origin is not allowed"},
		"another method":   {"https://shop.example", "PUT", "content-type", "the method is not allowed"},
		"another header":   {"https://shop.example", "POST", "content-type,x-stranger", "a header is not allowed"},
	} {
		log.Reset()
		request := httptest.NewRequest(http.MethodOptions, "https://api.shop.example/graphql", nil)
		request.Header.Set("Origin", test.origin)
		request.Header.Set("Access-Control-Request-Method", test.method)
		request.Header.Set("Access-Control-Request-Headers", test.headers)
		answer := httptest.NewRecorder()
		s.handler.ServeHTTP(answer, request)

		var lines []string
		for line := range strings.SplitSeq(strings.TrimSpace(log.String()), "\n") {
			if strings.Contains(line, "level=DEBUG") {
				lines = append(lines, line)
			}
		}

		id := answer.Header().Get("X-Request-Id")

		if test.problem == "" {
			if len(lines) > 0 {
				t.Errorf("%s: logged %q", name, lines)
			}
			continue
		}

		if len(lines) != 1 || id == "" || !strings.Contains(lines[0], "requestId="+id) ||
			!strings.Contains(lines[0], "code=BAD_REQUEST") ||
			!strings.Contains(lines[0], test.problem) || strings.Contains(lines[0], "stranger") {
			t.Errorf("%s: logged %q of %s", name, lines, id)
		}
	}
}

// TestLogLevel guards that --log-level decides which lines are logged.
func TestLogLevel(t *testing.T) {
	for level, want := range map[string]int{"debug": 4, "info": 3, "warn": 2, "error": 1} {
		for _, format := range []string{"text", "json"} {
			var log bytes.Buffer
			logger := newLogger(&log, format, level)
			logger.Debug("a")
			logger.Info("b")
			logger.Warn("c")
			logger.Error("d")
			if got := strings.Count(log.String(), "\n"); got != want {
				t.Errorf("%s, %s: %d lines, and not %d", level, format, got, want)
			}
		}
	}
}
