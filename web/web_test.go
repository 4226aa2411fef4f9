package web

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// operations are the tabs of GraphiQL in their order: the life of one customer, in which each operation finds what
// it needs. Operations that end all sessions come before signIn, and operations that need a session after it.
var operations = []string{
	"registerAccount", "requestAccountActivation", "confirmAccountActivation",
	"requestEmailChange", "confirmEmailChange", "cancelEmailChange", "undoEmailChange",
	"requestPasswordReset", "confirmPasswordReset",
	"signIn", "account", "updateAccount", "changePassword",
	"requestPhoneUpdate", "confirmPhoneUpdate", "cancelPhoneUpdate",
	"signInWithIdentityProvider", "linkIdentityProvider", "unlinkIdentityProvider", "acceptTerms",
	"createAddress", "updateAddress", "deleteAddress",
	"requestPasskey", "confirmPasskey", "renamePasskey", "removePasskey", "requestPasskeySignIn", "signInWithPasskey",
	"requestPasskeyProof", "apiKey", "session",
	"signOut", "renameSession", "forgetDevice", "revokeSession", "requestDataExport", "dataExport",
	"cancelAccountDeletion", "confirmConsent", "withdrawConsent", "requestIdentityCode", "proveIdentity",
	"deleteAccount", "settings", "removePassword", "secureAccount", "requestSignInCode", "signInWithCode",
	"requestAuthenticator", "confirmAuthenticator", "completeSignIn", "replaceRecoveryCodes", "removeAuthenticator",
	"enrollAuthenticator", "requestFactorReset", "confirmFactorReset", "cancelFactorReset",
}

const testKey = "ak_development_test"

func noMessages(context.Context, []string) ([]Message, error) { return nil, nil }

// pages returns every page by its path.
func pages() map[string]http.Handler {
	return map[string]http.Handler{"/": GraphiQL(testKey), "/inbox": Inbox(noMessages),
		"/account": Account(AccountConfig{}), "/account/reset-password": Account(AccountConfig{})}
}

func get(t *testing.T, h http.Handler, method, path string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestStatusTypeAndCaching(t *testing.T) {
	graphiQL, inbox, account := GraphiQL(testKey), Inbox(noMessages), Account(AccountConfig{})

	for _, tc := range []struct {
		handler     http.Handler
		method      string
		path        string
		status      int
		contentType string
		cache       string
	}{
		{graphiQL, "GET", "/", 200, "text/html; charset=utf-8", noStore},
		{graphiQL, "HEAD", "/", 200, "text/html; charset=utf-8", noStore},
		{graphiQL, "GET", "/graphiql/config.json", 200, "application/json; charset=utf-8", noStore},
		{graphiQL, "GET", "/graphiql/icon.svg", 200, "image/svg+xml", noStore},
		{graphiQL, "GET", "/graphiql/LICENSES.md", 200, "text/plain; charset=utf-8", noStore},
		{graphiQL, "GET", "/graphiql/index.html", 404, "text/plain; charset=utf-8", noStore},
		{graphiQL, "GET", "/graphiql/assets/", 404, "text/plain; charset=utf-8", noStore},
		{graphiQL, "GET", "/graphiql/../web.go", 404, "text/plain; charset=utf-8", noStore},
		{graphiQL, "GET", "/elsewhere", 404, "text/plain; charset=utf-8", noStore},
		{graphiQL, "POST", "/", 405, "text/plain; charset=utf-8", noStore},
		{account, "GET", "/account", 200, "text/html; charset=utf-8", noStore},
		{account, "HEAD", "/account/", 200, "text/html; charset=utf-8", noStore},
		{account, "GET", "/account/reset-password", 200, "text/html; charset=utf-8", noStore},
		{account, "GET", "/account/config.json", 200, "application/json; charset=utf-8", noStore},
		{account, "GET", builtIcon(t), 200, "image/svg+xml", immutable},
		{account, "GET", "/account/missing.js", 404, "text/plain; charset=utf-8", noStore},
		{account, "GET", "/account/assets/", 404, "text/plain; charset=utf-8", noStore},
		{account, "GET", "/account/a/b", 404, "text/plain; charset=utf-8", noStore},
		{account, "POST", "/account/reset-password", 405, "text/plain; charset=utf-8", noStore},
		{inbox, "GET", "/inbox", 200, "text/html; charset=utf-8", noStore},
		{inbox, "GET", "/inbox.json", 200, "application/json; charset=utf-8", noStore},
		{inbox, "HEAD", "/inbox.json", 200, "application/json; charset=utf-8", noStore},
		{inbox, "GET", "/inbox/inbox.js", 200, "text/javascript; charset=utf-8", noStore},
		{inbox, "GET", "/inbox/inbox.css", 200, "text/css; charset=utf-8", noStore},
		{inbox, "GET", "/inbox/reading.css", 200, "text/css; charset=utf-8", noStore},
		{inbox, "GET", "/inbox/adapted.css", 200, "text/css; charset=utf-8", noStore},
		{inbox, "GET", "/inbox/icon.svg", 200, "image/svg+xml", noStore},
		{inbox, "GET", "/inbox/", 404, "text/plain; charset=utf-8", noStore},
		{inbox, "GET", "/inbox/index.html", 404, "text/plain; charset=utf-8", noStore},
		{inbox, "DELETE", "/inbox.json", 405, "text/plain; charset=utf-8", noStore},
	} {
		r := get(t, tc.handler, tc.method, tc.path)

		if r.StatusCode != tc.status {
			t.Errorf("%s %s: status %d, want %d", tc.method, tc.path, r.StatusCode, tc.status)
		}
		if got := r.Header.Get("Content-Type"); got != tc.contentType {
			t.Errorf("%s %s: content type %q, want %q", tc.method, tc.path, got, tc.contentType)
		}
		if got := r.Header.Get("Cache-Control"); got != tc.cache {
			t.Errorf("%s %s: cache control %q, want %q", tc.method, tc.path, got, tc.cache)
		}
		if got := r.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s %s: X-Content-Type-Options %q", tc.method, tc.path, got)
		}
		if allow := r.Header.Get("Allow"); (allow == "GET, HEAD") != (tc.status == 405) {
			t.Errorf("%s %s: Allow is %q", tc.method, tc.path, allow)
		}
	}
}

func TestContentSecurityPolicy(t *testing.T) {
	for path, h := range pages() {
		policy := get(t, h, "GET", path).Header.Get("Content-Security-Policy")
		directives := make(map[string]string)
		for _, d := range strings.Split(policy, "; ") {
			name, value, _ := strings.Cut(d, " ")
			directives[name] = value
		}

		for name, want := range map[string]string{
			"default-src":     "'none'",
			"script-src":      "'self'",
			"connect-src":     "'self'",
			"frame-ancestors": "'none'",
			"base-uri":        "'none'",
			"form-action":     "'none'",
		} {
			if directives[name] != want {
				t.Errorf("%s: %s is %q, want %q", path, name, directives[name], want)
			}
		}

		if strings.HasPrefix(path, "/account") {
			// A customer's picture may be on any host, but nothing else.
			policy = strings.Replace(policy, "img-src 'self' https:;", "img-src 'self';", 1)
		}
		if strings.Contains(policy, "http") || strings.Contains(policy, "*") || strings.Contains(policy, "eval") {
			t.Errorf("%s: the policy opens more than the page needs: %s", path, policy)
		}
	}
}

// TestPagesLoadOnlyTheirOwnFiles reads the pages as a browser would: the same handler serves every script, style,
// picture and preload, and no script or style is inline.
func TestPagesLoadOnlyTheirOwnFiles(t *testing.T) {
	reference := regexp.MustCompile(`<(?:script|link|img)\b[^>]*?\b(?:src|href)="([^"]*)"`)
	inline := regexp.MustCompile(`<script(?:[^>s]|s[^r])*>|<style|\son[a-z]+=|\sstyle=`)
	for path, h := range pages() {
		page := body(t, get(t, h, "GET", path))
		found := reference.FindAllStringSubmatch(page, -1)
		if len(found) < 3 {
			t.Errorf("%s: only %d references found", path, len(found))
		}

		for _, m := range found {
			if !strings.HasPrefix(m[1], "/") || strings.HasPrefix(m[1], "//") {
				t.Errorf("%s loads %q from elsewhere", path, m[1])
			}
			r := get(t, h, "GET", m[1])
			if r.StatusCode != http.StatusOK {
				t.Errorf("%s loads %s, which answers %d", path, m[1], r.StatusCode)
			}
		}

		if strings.Contains(page, "http://") || strings.Contains(page, "https://") {
			t.Errorf("%s names an address elsewhere", path)
		}
		if m := inline.FindString(page); m != "" {
			t.Errorf("%s has something inline that its policy refuses: %s", path, m)
		}
	}
}

func TestEveryBuiltFileIsServed(t *testing.T) {
	everyFileIsServed(t, GraphiQL(testKey), "graphiql/dist", "/graphiql/")
	everyFileIsServed(t, Account(AccountConfig{}), "account/dist", "/account/")
}

func everyFileIsServed(t *testing.T, h http.Handler, folder, address string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "index.html" {
			return err
		}

		name, packed := strings.CutSuffix(name, ".gz")
		r := get(t, h, "GET", address+name)
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s is built but answers %d, %s", name, r.StatusCode, r.Header.Get("Content-Encoding"))
		}
		if got := r.Header.Get("Content-Type"); got == "application/octet-stream" {
			t.Errorf("%s has no content type of its own", name)
		}

		plain := body(t, r)
		if n := len(plain); r.Header.Get("Content-Length") != strconv.Itoa(n) {
			t.Errorf("%s: Content-Length %s for %d bytes", name, r.Header.Get("Content-Length"), n)
		}

		if packed {
			w, asked := httptest.NewRecorder(), httptest.NewRequest("GET", address+name, nil)
			asked.Header.Set("Accept-Encoding", "gzip, deflate, br")
			h.ServeHTTP(w, asked)
			answer := w.Result()
			if answer.Header.Get("Content-Encoding") != "gzip" || answer.Header.Get("Vary") != "Accept-Encoding" ||
				string(unpack(w.Body.Bytes())) != plain {
				t.Errorf("%s: a browser gets %v", name, answer.Header)
			}
		}

		if strings.HasPrefix(name, "assets/") && r.Header.Get("Cache-Control") != immutable {
			t.Errorf("%s may be cached for ever, since its name holds a hash", name)
		}
		if strings.HasSuffix(name, ".map") {
			t.Errorf("%s: source maps only make the binary larger", name)
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestConfigHoldsTheKey(t *testing.T) {
	var config map[string]string
	if err := json.NewDecoder(get(t, GraphiQL(testKey), "GET", "/graphiql/config.json").Body).Decode(
		&config,
	); err != nil {
		t.Fatal(err)
	}

	if len(config) != 1 || config["apiKey"] != testKey {
		t.Errorf("config is %v", config)
	}
}

// TestOperations checks the tabs on disk, and that the committed build contains them unchanged, so that nobody
// edits an operation and forgets to build.
func TestOperations(t *testing.T) {
	files, err := filepath.Glob("graphiql/operations/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2*len(operations) {
		t.Errorf("%d files for %d operations: each has two; add a new one to operations above", len(files), len(operations))
	}

	built := builtScripts(t)
	for i, name := range operations {
		base := filepath.Join("graphiql", "operations", pad(i+1)+"-"+name)
		document, err := os.ReadFile(base + ".graphql")
		if err != nil {
			t.Error(err)
			continue
		}

		comment, rest := 0, string(document)
		for strings.HasPrefix(rest, "# ") {
			_, rest, _ = strings.Cut(rest, "\n")
			comment++
		}

		if comment < 1 || comment > 2 {
			t.Errorf("%s starts with %d lines of comment, want one or two", name, comment)
		}

		// GraphiQL takes a tab's title from the operation's name.
		if !regexp.MustCompile(`^(query|mutation) ` + name + `\b`).MatchString(rest) {
			t.Errorf("%s doesn't name its operation after the field", name)
		}
		if !strings.Contains(built, quoted(string(document))) {
			t.Errorf("%s is not in the built page: run npm ci && npm run build in web/graphiql", name)
		}

		raw, err := os.ReadFile(base + ".variables.json")
		if err != nil {
			t.Error(err)
			continue
		}

		var variables map[string]any
		if err := json.Unmarshal(raw, &variables); err != nil {
			t.Errorf("%s: variables: %v", name, err)
		}
		declared := regexp.MustCompile(`\$(\w+):`).FindAllStringSubmatch(rest, -1)
		for _, variable := range declared {
			if _, has := variables[variable[1]]; !has || len(declared) != len(variables) {
				t.Errorf("%s: the variables are %v", name, variables)
			}
		}
		if len(declared) == 0 && len(variables) > 0 {
			t.Errorf("%s: the variables are %v", name, variables)
		}
	}
}

// builtIcon returns the address that the account page's build gave to its icon.
func builtIcon(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob("account/dist/assets/icon-*.svg.gz")
	if err != nil || len(names) != 1 {
		t.Fatalf("the page has %d icons: %v", len(names), err)
	}
	return "/account/assets/" + strings.TrimSuffix(filepath.Base(names[0]), ".gz")
}

func builtScripts(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob("graphiql/dist/assets/*.js.gz")
	if err != nil || len(names) == 0 {
		t.Fatalf("there is no built page: %v", err)
	}

	var all strings.Builder
	for _, name := range names {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(unpack(script))
	}

	return all.String()
}

// quoted returns a document as the bundler writes it: in a template literal, including line breaks.
func quoted(document string) string {
	return "`" + document + "`"
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
