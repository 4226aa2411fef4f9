package server

import (
	"context"
	"crypto/sha1" //nolint:gosec // the public collections are of SHA-1
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
)

// This file guards that --breached-passwords reaches the flows and its counts reach the metrics (R-PWD10).

const leakedPassword = "the raven never sleeps"

// leakedFile writes a collection that holds the demo's password, leakedPassword and a third one.
func leakedFile(t *testing.T) string {
	t.Helper()
	var lines []string
	for i, password := range []string{account.DemoPassword, leakedPassword, "a third one"} {
		lines = append(lines, fmt.Sprintf("%X:%d\r\n", sha1.Sum([]byte(password)), i+1)) //nolint:gosec // as above
	}

	slices.Sort(lines)
	name := filepath.Join(t.TempDir(), "breached.txt")
	if err := os.WriteFile(name, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}

	return name
}

// leakedService starts a range API that holds the demo's password and leakedPassword.
func leakedService(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, password := range []string{account.DemoPassword, leakedPassword} {
			hash := fmt.Sprintf("%X", sha1.Sum([]byte(password))) //nolint:gosec // as above
			if suffix, found := strings.CutPrefix(hash, strings.TrimPrefix(r.URL.Path, "/range/")); found {
				_, _ = fmt.Fprintf(w, "%s:7\r\n", suffix)
			}
		}
	}))
	t.Cleanup(server.Close)

	return server.URL + "/range"
}

func TestBreachedPasswordsSetting(t *testing.T) {
	for name, collection := range map[string]func(*testing.T) string{"file": leakedFile, "service": leakedService} {
		t.Run(name, func(t *testing.T) {
			p := boot(t, t.TempDir(), "--breached-passwords", collection(t), "--metrics-listen", "127.0.0.1:0")
			defer p.stop(t)

			register := func(password string) string {
				return p.post(t,
					fmt.Sprintf(`{"query":"mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }",
					"variables":{"input":{"email":"raven@example.com","password":%q}}}`, password), nil)
			}

			if body := register(leakedPassword); !strings.Contains(body, `"reason":"BREACHED"`) {
				t.Errorf("registered with a leaked password: %s", body)
			}
			if body := register("the heron always sleeps"); !strings.Contains(body, `"accepted":true`) {
				t.Errorf("refused: %s", body)
			}

			numbers := scrape(t, p)
			for _, want := range []string{`{result="breached"} 1`, `{result="clean"} 1`, `{result="unavailable"} 0`} {
				if !strings.Contains(numbers, "accountql_breached_password_checks_total"+want) {
					t.Errorf("the metrics lack %s", want)
				}
			}
		})
	}
}

// scrape returns the text of /metrics.
func scrape(t *testing.T, p *process) string {
	t.Helper()
	_, text := private(t, p, "/metrics")
	return text
}

// private returns the status and the body of a page on the listener of metrics.
func private(t *testing.T, p *process, path string) (status int, body string) {
	t.Helper()
	address := regexp.MustCompile(`msg="serving metrics" address=(\S+)`).FindStringSubmatch(p.stderr.String())
	if address == nil {
		t.Fatalf("the log does not say where metrics are served: %s", p.stderr.String())
	}

	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+address[1]+path, nil)
	if err != nil {
		t.Fatal(err)
	}

	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}

	return answer.StatusCode, string(text)
}

// TestBreachedPasswordsOfACommand guards that a password which an operator sets is checked as well (R-C11).
func TestBreachedPasswordsOfACommand(t *testing.T) {
	database, file := migrated(t, "x.db"), leakedFile(t)
	line := "account create --email raven@example.com --password-stdin --breached-passwords " + file
	if code, _, stderr := try(database, leakedPassword+"\n",
		line); code == 0 || !strings.Contains(stderr, "was part of a data breach") {
		t.Errorf("%d: %s", code, stderr)
	}

	list := filepath.Join(t.TempDir(), "own.txt")
	if err := os.WriteFile(list, []byte("kundenkarte\nsommerschlussverkauf\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := try(database, "Kundenkarte2026!\n",
		line+" --password-blocklist "+list); code == 0 || !strings.Contains(stderr, "tried first") {
		t.Errorf("%d: %s", code, stderr)
	}
	if code, _, stderr := try(database, "the heron always sleeps\n", line); code != 0 {
		t.Errorf("%d: %s", code, stderr)
	}
}

// TestBreachedPasswordsThatAreNone guards that a start with an invalid collection ends in one line that names the
// setting.
func TestBreachedPasswordsThatAreNone(t *testing.T) {
	words := filepath.Join(t.TempDir(), "words.txt")
	if err := os.WriteFile(words, []byte("password\n123456\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	for _, value := range []string{words, t.TempDir(), filepath.Join(t.TempDir(),
		"missing"), "http://shop.example/range"} {
		for _, line := range []string{"serve --listen 127.0.0.1:0", "account create --email raven@example.com"} {
			code, _, stderr := try(migrated(t, "x.db"), "", line+" --breached-passwords "+value)
			if code != 2 || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "--breached-passwords ") {
				t.Errorf("%s, %s: %d, %q", line, value, code, stderr)
			}
		}
	}
}
