package web

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestLinksStatusTypeAndCaching(t *testing.T) {
	h := Links()
	for _, tc := range []struct {
		method, path string
		status       int
		contentType  string
	}{
		{"GET", "/reset-password", 200, "text/html; charset=utf-8"},
		{"HEAD", "/reset-password", 200, "text/html; charset=utf-8"},
		{"GET", "/confirm-email", 200, "text/html; charset=utf-8"},
		{"GET", "/activate", 200, "text/html; charset=utf-8"},
		{"GET", "/undo-email", 200, "text/html; charset=utf-8"},
		{"GET", "/links/links.js", 200, "text/javascript; charset=utf-8"},
		{"GET", "/links/links.css", 200, "text/css; charset=utf-8"},
		{"GET", "/links/icon.svg", 200, "image/svg+xml"},
		{"GET", "/links/", 404, "text/plain; charset=utf-8"},
		{"GET", "/links/page.html", 404, "text/plain; charset=utf-8"},
		{"GET", "/reset-password/", 404, "text/plain; charset=utf-8"},
		{"POST", "/reset-password", 405, "text/plain; charset=utf-8"},
		{"POST", "/undo-email", 405, "text/plain; charset=utf-8"},
	} {
		r := get(t, h, tc.method, tc.path)
		if r.StatusCode != tc.status {
			t.Errorf("%s %s: status %d, want %d", tc.method, tc.path, r.StatusCode, tc.status)
		}
		if got := r.Header.Get("Content-Type"); got != tc.contentType {
			t.Errorf("%s %s: content type %q, want %q", tc.method, tc.path, got, tc.contentType)
		}
		if got := r.Header.Get("Cache-Control"); got != noStore {
			t.Errorf("%s %s: cache control %q", tc.method, tc.path, got)
		}
		if got := r.Header.Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("%s %s: referrer policy %q", tc.method, tc.path, got)
		}
		if got := r.Header.Get("Content-Security-Policy"); !strings.Contains(got, "style-src 'self';") {
			t.Errorf("%s %s: the policy allows other styles: %s", tc.method, tc.path, got)
		}
		if allow := r.Header.Get("Allow"); (allow == "GET, HEAD") != (tc.status == 405) {
			t.Errorf("%s %s: Allow is %q", tc.method, tc.path, allow)
		}
	}
}

// TestLinksAskForWhatTheyNeed checks the parts of a page that its purpose prescribes. The form is
// hidden until the script has found a token, so a page without one offers nothing to press.
func TestLinksAskForWhatTheyNeed(t *testing.T) {
	h := Links()
	for path, parts := range map[string][]string{
		"/reset-password": {`data-operation="confirmPasswordReset"`, `<label for="password">`, `autocomplete="new-password"`, `id="password-problem"`},
		"/confirm-email":  {`data-operation="confirmEmailChange"`, `name="newsletterAgreement" value="true" required>`, `name="newsletterAgreement" value="false" required>`},
		"/activate":       {`data-operation="confirmAccountActivation"`},
		"/undo-email":     {`data-operation="undoEmailChange"`},
	} {
		page := body(t, get(t, h, "GET", path))
		for _, part := range append(parts, `role="status"`, `role="alert"`, `<html lang="en">`, "<h1", "<noscript>") {
			if !strings.Contains(page, part) {
				t.Errorf("%s has no %s", path, part)
			}
		}
		if !regexp.MustCompile(`<form [^>]*method="post"[^>]* hidden>`).MatchString(page) {
			t.Errorf("%s: the form isn't hidden, or could put its fields into the address", path)
		}
		if wantInput := path == "/reset-password" || path == "/confirm-email"; strings.Contains(page, "<input") != wantInput {
			t.Errorf("%s: has an input: %v, want %v", path, !wantInput, wantInput)
		}
		if strings.Contains(page, "checked") {
			t.Errorf("%s answers for the customer", path)
		}
	}
}

// TestLinksFitTheSchema compares the mutations in the script with the schema: their inputs, and
// the fields they select and send.
func TestLinksFitTheSchema(t *testing.T) {
	raw, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	schema := string(raw)
	script := body(t, get(t, Links(), "GET", "/links/links.js"))
	block := func(head string) string {
		_, rest, found := strings.Cut(schema, "\n"+head+" {\n")
		if !found {
			t.Errorf("the schema has no %s", head)
		}
		rest, _, _ = strings.Cut(rest, "\n}")
		return rest
	}
	for _, page := range linkPages {
		name := page.Operation
		title := strings.ToUpper(name[:1]) + name[1:]
		head := "mutation " + name + "($input: " + title + "Input!) { " + name + "(input: $input) { "
		_, rest, found := strings.Cut(script, "'"+head)
		selection, _, closed := strings.Cut(rest, " } }',")
		if !found || !closed {
			t.Errorf("links.js has no %s", name)
			continue
		}
		payload := block("type " + title + "Payload")
		// Only the first level is compared: what stands in inner braces belongs to other types.
		for _, field := range strings.Fields(regexp.MustCompile(`\{.*?\}?$`).ReplaceAllString(selection, "")) {
			if !strings.Contains(payload, "  "+field+": ") {
				t.Errorf("%s selects %s, which its payload doesn't have", name, field)
			}
		}
		sent := map[string]bool{"token": true, "password": name == "confirmPasswordReset", "newsletterAgreement": name == "confirmEmailChange"}
		for _, m := range regexp.MustCompile(`(?m)^  (\w+): .*!$`).FindAllStringSubmatch(block("input "+title+"Input"), -1) {
			if !sent[m[1]] {
				t.Errorf("%s needs %s, which its page doesn't send", name, m[1])
			}
		}
	}
}

// TestLinksKeepTheToken holds the script to what makes a token in an address safe: nothing stores
// it, nothing sends it but a POST, and no text becomes markup.
func TestLinksKeepTheToken(t *testing.T) {
	script := body(t, get(t, Links(), "GET", "/links/links.js"))
	for _, word := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Storage", "cookie", "console.", "location.href", "location.search"} {
		if strings.Contains(script, word) {
			t.Errorf("links.js uses %s", word)
		}
	}
	for _, word := range []string{"history.replaceState(null, '', location.pathname)", "method: 'POST'", "credentials: 'omit'"} {
		if !strings.Contains(script, word) {
			t.Errorf("links.js lacks %s", word)
		}
	}
	for _, m := range regexp.MustCompile(`request\('([^']*)'`).FindAllStringSubmatch(script, -1) {
		if m[1] != "/graphiql/config.json" && m[1] != "/graphql" {
			t.Errorf("links.js asks %s", m[1])
		}
	}
}

func TestLinksMessagesAreWhole(t *testing.T) {
	seen := make(map[string]bool)
	for _, page := range linkPages {
		if page.Title == "" || page.Button == "" || !strings.HasSuffix(page.Explanation, ".") {
			t.Errorf("%s says too little", page.Path)
		}
		if seen[page.Title] {
			t.Errorf("%s has the title of another page", page.Path)
		}
		seen[page.Title] = true
		if r := get(t, Links(), http.MethodGet, page.Path); !strings.Contains(body(t, r), "<title>"+page.Title+" · AccountQL</title>") {
			t.Errorf("%s isn't called %q", page.Path, page.Title)
		}
	}
}
