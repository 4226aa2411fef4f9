package web

import (
	"strings"
	"testing"
)

// TestBrandFiles checks that a picture of the shop is nothing but a picture, even for who opens it by its address, and
// that it may be kept.
func TestBrandFiles(t *testing.T) {
	const path = "/account/brand/"
	h := Brand(path, map[string]BrandFile{"logo-1.svg": {"image/svg+xml", []byte("<svg/>")}})

	answer := get(t, h, "GET", path+"logo-1.svg")
	policy := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "sandbox"} {
		if !strings.Contains(policy+";", want+";") {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	if strings.Contains(policy, "script-src") || strings.Contains(policy, "allow-") {
		t.Errorf("the policy lets scripts run: %s", policy)
	}
	if answer.Header.Get("Cache-Control") != immutable || answer.Header.Get("Content-Type") != "image/svg+xml" ||
		answer.Header.Get("X-Content-Type-Options") != "nosniff" ||
		answer.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || body(t, answer) != "<svg/>" {
		t.Errorf("headers %v", answer.Header)
	}

	for _, missing := range []string{"", "logo-2.svg", "../config.json"} {
		if got := get(t, h, "GET", path+missing).StatusCode; got != 404 {
			t.Errorf("%q: %d", missing, got)
		}
	}
}

// TestAccountInTheBrand checks that the page wears the brand before any script, as text and by addresses of its own.
func TestAccountInTheBrand(t *testing.T) {
	page := body(t, get(t, Account(AccountConfig{
		Brand: AccountBrand{Name: `A"B`, Logo: &AccountLogo{Light: "/account/brand/l.svg", Dark: "/account/brand/d.svg"}},
		Look: AccountLook{Stylesheet: "/account/brand/style-1.css", Icon: "/account/brand/i.svg", Light: "#fffffe",
			Dark: "#000001"},
	}), "GET", "/account"))
	for _, want := range []string{
		`<img class="logo" src="/account/brand/l.svg" alt="A&#34;B">`,
		`<source srcset="/account/brand/d.svg" media="(prefers-color-scheme: dark)">`,
		`<link rel="stylesheet" href="/account/brand/style-1.css"></head>`, `<link rel="icon" href="/account/brand/i.svg">`,
		`content="#fffffe" media="(prefers-color-scheme: light)"`, `content="#000001" media="(prefers-color-scheme: dark)"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if strings.Contains(page, ">AccountQL<") || strings.Contains(page, "style=") {
		t.Errorf("the page has another name, or styles of its own:\n%s", page)
	}
}
