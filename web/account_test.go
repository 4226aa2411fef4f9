package web

import (
	"html"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// TestAccountConfig checks the keys of the configuration; the page has its own type of it in
// packages/react/src/config.ts.
func TestAccountConfig(t *testing.T) {
	h := Account(AccountConfig{URL: "/graphql", APIKey: testKey, Brand: AccountBrand{Name: "Mill & <b>", Screens: []string{"EMAIL"}},
		Inbox: "/inbox", Demo: &DemoCustomer{Email: "a@example.com", Password: "b"}})
	want := `{"url":"/graphql","apiKey":"` + testKey +
		`","trustedDocuments":false,"cookies":false,"brand":{"name":"Mill \u0026 \u003cb\u003e","logo":null,"links":{"help":null,"imprint":null,"privacy":null,"terms":null},"defaultCountry":null,"defaultLanguage":null,"screens":["EMAIL"]},"inbox":"/inbox","demo":{"email":"a@example.com","password":"b"}}`
	if got := body(t, get(t, h, "GET", "/account/config.json")); got != want {
		t.Errorf("config is %s, want %s", got, want)
	}

	page := body(t, get(t, h, "GET", "/account/profile"))
	if !strings.Contains(page, `<meta name="config" content="`+html.EscapeString(want)+`">`) {
		t.Errorf("the page doesn't hold its config:\n%s", page)
	}
	if !strings.Contains(page, `<span id="brand">Mill &amp; &lt;b&gt;</span>`) {
		t.Errorf("the page doesn't show the shop's name as a text:\n%s", page)
	}
}

// TestAccountHasAName checks that the page of a shop without a name has the one that it was built with.
func TestAccountHasAName(t *testing.T) {
	if page := body(t, get(t, Account(AccountConfig{}), "GET", "/account")); !strings.Contains(page, `<span id="brand">AccountQL</span></span>`) {
		t.Errorf("the page has no name:\n%s", page)
	}
}

// TestAccountTakesStylesOfItsOwnOnly checks that text injected into the page can't change its appearance.
func TestAccountTakesStylesOfItsOwnOnly(t *testing.T) {
	r := get(t, Account(AccountConfig{}), "GET", "/account")
	if got := r.Header.Get("Content-Security-Policy"); !strings.Contains(got, "style-src 'self';") {
		t.Errorf("the policy allows other styles: %s", got)
	}
	if got := r.Header.Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("referrer policy %q", got)
	}
}

// TestAccountLoadsOnlyPicturesFromElsewhere checks that the page shows a customer's avatarUrl from any https
// address, and otherwise neither loads from nor sends to another host.
func TestAccountLoadsOnlyPicturesFromElsewhere(t *testing.T) {
	policy := get(t, Account(AccountConfig{}), "GET", "/account").Header.Get("Content-Security-Policy")
	for _, directive := range strings.Split(policy, "; ") {
		name, sources, _ := strings.Cut(directive, " ")
		want := map[bool]string{true: "'self' https:", false: "'self'"}[name == "img-src"]
		if sources != want && sources != "'none'" || name == "img-src" && sources != want {
			t.Errorf("the policy takes %s from %s", name, sources)
		}
	}

	picture, err := os.ReadFile("../packages/react/src/parts/Picture.tsx")
	if err != nil || !strings.Contains(string(picture), `referrerPolicy="no-referrer"`) {
		t.Errorf("the host of a picture is told where it is shown: %v", err)
	}
}

// TestAccountKeepsTheToken checks in the page's source what makes a token in a URL safe: no text becomes markup or
// code, nothing is stored longer than the tab, and the URL loses the token once it is used. A provider's token is used
// only for what the tab began, which test/browser/providerrefusals.test.mjs tries.
func TestAccountKeepsTheToken(t *testing.T) {
	source := os.DirFS("../packages/react/src")
	files := 0
	err := fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if extension := path.Ext(name); extension != ".ts" && extension != ".tsx" {
			return nil
		}

		files++
		text, err := fs.ReadFile(source, name)
		for _, word := range []string{"HTML =", "InnerHTML", "insertAdjacentHTML", "document.write", "eval(",
			"new Function", "localStorage", "document.cookie", "console.", "location.search", "location.href"} {
			if (name == "mark.ts" || name == "languages.ts") && word == "localStorage" {
				continue // the mark of a device and a language open nothing, and have to outlive the session
			}
			if name == "authorizationresponse.ts" && word == "location.href" {
				continue // takes a provider's answer out of the address, a refusal of its query among it
			}
			if strings.Contains(string(text), word) {
				t.Errorf("%s uses %s", name, word)
			}
		}

		return err
	})
	if err != nil || files < 20 {
		t.Errorf("%d files were read: %v", files, err)
	}

	for name, words := range map[string][]string{
		"hooks/useLinkToken.ts": {
			"new URLSearchParams(location.hash.slice(1))", "history.replaceState(history.state, '', location.pathname)",
		},
		"authorizationresponse.ts": {
			"history.replaceState(history.state, '', address.pathname + address.search)",
			"sessionStorage.removeItem(redirectKey)", "given.get('state') !== pending.state",
			"claims.nonce === nonce && withoutScheme(claims.iss) === withoutScheme(issuer)",
		},
	} {
		text, err := fs.ReadFile(source, name)
		if err != nil {
			t.Fatal(err)
		}

		for _, word := range words {
			if !strings.Contains(string(text), word) {
				t.Errorf("%s lacks %s", name, word)
			}
		}
	}
}
