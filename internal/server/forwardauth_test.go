package server

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
)

// createdKey is what `apikey create` prints.
type createdKey struct{ ID, Key string }

// askSession sends GET /session with headers, as lines.
func (p *process) askSession(t *testing.T, method, address string, headers ...string) *http.Response {
	t.Helper()
	request, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}

	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Set(name, value)
	}

	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}

	answer.Body = io.NopCloser(strings.NewReader(string(text)))

	return answer
}

// TestSessionCheck guards that GET /session tells of live sessions only, to keys with the permission, that it refuses as
// /graphql does; it works beside --trusted-documents-only, and cookies count for pages of the own origin only.
func TestSessionCheck(t *testing.T) {
	directory := t.TempDir()
	p := boot(t, directory, "--cookies")
	defer p.stop(t)
	database := filepath.Join(directory, "accountql.db")
	var orders, reader createdKey
	command(t, database, "", "apikey create --name orders --permission API_SESSION_CLIENT_READ", &orders)
	command(t, database, "", "apikey create --name reader --permission API_PERSONAL_INFORMATION_CLIENT_READ", &reader)
	var in signedIn
	p.post(t, p.curl[4], &in)
	address, token := p.address+"/session", in.SignIn.Session.Token
	bearer, key := "Authorization: Bearer "+token, "X-Api-Key: "+orders.Key
	cookie := "Cookie: __Host-accountql=" + token

	for name, test := range map[string]struct {
		headers []string
		status  int
		code    string
	}{
		"a live session":             {[]string{key, bearer}, http.StatusNoContent, ""},
		"a cookie of the own page":   {[]string{key, cookie, "Origin: " + p.address}, http.StatusNoContent, ""},
		"a cookie of a navigation":   {[]string{key, cookie, "Sec-Fetch-Site: same-origin"}, http.StatusNoContent, ""},
		"a cookie of another page":   {[]string{key, cookie, "Origin: https://evil.example"}, http.StatusForbidden, "BAD_REQUEST"},
		"a cookie of a foreign link": {[]string{key, cookie, "Sec-Fetch-Site: cross-site"}, http.StatusForbidden, "BAD_REQUEST"},
		"a cookie of no page":        {[]string{key, cookie}, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"no session":                 {[]string{key}, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"a wrong token":              {[]string{key, bearer + "x"}, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"no key":                     {[]string{bearer}, http.StatusUnauthorized, "API_KEY_INVALID"},
		"a key for something else":   {[]string{"X-Api-Key: " + reader.Key, bearer}, http.StatusForbidden, "PERMISSION_DENIED"},
	} {
		answer := p.askSession(t, http.MethodGet, address, test.headers...)
		text, _ := io.ReadAll(answer.Body)
		if answer.StatusCode != test.status || !strings.Contains(string(text), test.code) {
			t.Errorf("%s: %d, %s", name, answer.StatusCode, text)
		}

		told := answer.Header.Get("X-Account-Id") + answer.Header.Get("X-Authenticated-At") +
			answer.Header.Get("X-Session-Expires-At")
		if known := test.status == http.StatusNoContent; known != (told != "") {
			t.Errorf("%s: it tells %q", name, told)
		}
	}

	answer := p.askSession(t, http.MethodGet, address, key, bearer)
	if id := answer.Header.Get("X-Account-Id"); id != in.SignIn.Account.ID {
		t.Errorf("the account is %q", id)
	}
	for _, name := range []string{"X-Authenticated-At", "X-Session-Expires-At"} {
		if _, err := time.Parse(time.RFC3339Nano, answer.Header.Get(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("it may be stored: %v", answer.Header)
	}

	answer = p.askSession(t, http.MethodPost, address, key, bearer)
	if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != http.MethodGet {
		t.Errorf("a POST: %d, %v", answer.StatusCode, answer.Header)
	}

	p.ask(t, account.DevelopmentKey, token, `mutation { signOut(input: {}) { revokedSessions } }`)
	if answer := p.askSession(t, http.MethodGet, address, key, bearer); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("after the sign-out: %d", answer.StatusCode)
	}
}

// proxyRecipe returns the code block of a language in docs/services.md.
func proxyRecipe(t *testing.T, language string) string {
	t.Helper()
	page, err := os.ReadFile("docs/services.md")
	if err != nil {
		t.Fatal(err)
	}

	found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(page)
	if found == nil {
		t.Fatalf("docs/services.md has no block of %s", language)
	}

	return string(found[1])
}

// freePort returns a port of loopback on which nothing listens.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()

	return listener.Addr().String()
}

// TestForwardAuth puts the proxies of docs/services.md, with the recipes as they stand there, in front of a service that
// shows which customer it was told.
func TestForwardAuth(t *testing.T) {
	for name, proxy := range map[string]struct {
		language string
		// around puts the recipe into a whole configuration of a server at an address.
		around func(directory, address, recipe string) string
		args   func(file string) []string
	}{
		"nginx": {"nginx", func(directory, address, recipe string) string {
			return fmt.Sprintf(`daemon off; pid %s/pid; error_log stderr; worker_processes 1; events {} http { access_log off;
				client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s;
				scgi_temp_path %[1]s; server { listen %s; %s } }`, directory, address, recipe)
		}, func(file string) []string { return []string{"-c", file} }},
		"caddy": {"caddy", func(_, address, recipe string) string {
			return fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n}\nhttp://%s {\n%s}\n", address, recipe)
		}, func(file string) []string { return []string{"run", "--adapter", "caddyfile", "--config", file} }},
	} {
		t.Run(name, func(t *testing.T) {
			program, err := exec.LookPath(name)
			if err != nil {
				// Debian puts servers where only root looks.
				if program, err = exec.LookPath("/usr/sbin/" + name); err != nil {
					t.Skipf("no %s: it is in Debian's package nginx-light or caddy", name)
				}
			}

			text := proxyRecipe(t, proxy.language)
			directory := t.TempDir()
			p := boot(t, directory)
			defer p.stop(t)
			var orders createdKey
			database := filepath.Join(directory, "accountql.db")
			command(t, database, "", "apikey create --name orders --permission API_SESSION_CLIENT_READ", &orders)
			behind := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = fmt.Fprintf(w, "%s for %q", r.Method, r.Header.Values("X-Account-Id"))
			}))
			defer behind.Close()

			address, file := freePort(t), filepath.Join(directory, "proxy.conf")
			text = strings.NewReplacer("127.0.0.1:8080", strings.TrimPrefix(p.address, "http://"),
				"127.0.0.1:9000", strings.TrimPrefix(behind.URL, "http://"), "ORDERS_KEY", orders.Key).Replace(text)
			if err := os.WriteFile(file, []byte(proxy.around(directory, address, text)), 0o600); err != nil {
				t.Fatal(err)
			}

			running := exec.Command(program, proxy.args(file)...)
			running.Env = append(os.Environ(), "HOME="+directory, "XDG_DATA_HOME="+directory, "XDG_CONFIG_HOME="+directory)
			said := &output{}
			running.Stdout, running.Stderr = said, said
			if err := running.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() {
				_ = running.Process.Signal(syscall.SIGTERM) // so that it ends its own processes, too
				_ = running.Wait()
			}()

			for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
				if conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address); err == nil {
					_ = conn.Close()
					break
				}
				if time.Now().After(deadline) {
					t.Fatalf("%s does not listen: %s", name, said)
				}
			}

			var in signedIn
			p.post(t, p.curl[4], &in)
			bearer := "Authorization: Bearer " + in.SignIn.Session.Token
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				answer := p.askSession(t, method, "http://"+address+"/orders/1", bearer, "X-Account-Id: somebody-else",
					"Origin: https://shop.example", "Sec-Fetch-Site: cross-site")
				text, _ := io.ReadAll(answer.Body)
				if want := fmt.Sprintf(`%s for ["%s"]`, method, in.SignIn.Account.ID); string(text) != want {
					t.Errorf("%s with a session: %d, %s, want %s\n%s", method, answer.StatusCode, text, want, said)
				}
			}

			for name, headers := range map[string][]string{
				"no session": {"X-Account-Id: somebody-else"}, "a wrong token": {bearer + "x", "X-Account-Id: somebody-else"},
			} {
				if answer := p.askSession(t, http.MethodGet, "http://"+address+"/orders/1",
					headers...); answer.StatusCode != http.StatusUnauthorized {
					t.Errorf("%s: %d", name, answer.StatusCode)
				}
			}

			p.ask(t, account.DevelopmentKey, in.SignIn.Session.Token, `mutation { signOut(input: {}) { revokedSessions } }`)
			if answer := p.askSession(t, http.MethodGet, "http://"+address+"/orders/1",
				bearer); answer.StatusCode != http.StatusUnauthorized {
				t.Errorf("after the sign-out: %d", answer.StatusCode)
			}
		})
	}
}
