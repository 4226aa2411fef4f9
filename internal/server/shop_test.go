package server

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

// TestSettingsOfAShop checks that a whole server tells the settings that it was started with, and holds the file of
// --fields.
func TestSettingsOfAShop(t *testing.T) {
	directory := t.TempDir()
	providers := issuersFile(t, directory, "providers.json", `[{"provider":"GOOGLE","issuer":"https://accounts.google.com",
		"audiences":["web","phone"],"page":{"clientId":"web"}},
		{"provider":"OAUTH","issuer":"https://partner.example","audiences":["shop"]}]`)
	tokens := issuersFile(t, directory, "tokens.json",
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":["api"]}]`)
	fields := issuersFile(t, directory, "fields.json",
		`{"fields": {"city": {"access": "read"}}, "attributes": {"size": {"type": "integer"}}}`)
	p := boot(t, directory, "--identity-providers", providers, "--customer-tokens", tokens, "--fields", fields,
		"--mail-from", "The Shop <no-reply@shop.example>", "--support-contact", "help@shop.example",
		"--registration", "verified", "--password-min-length", "12")
	defer p.stop(t)

	const want = `{"settings":{"brand":{"name":"The Shop"},"registration":"VERIFIED","password":{"minLength":12},` +
		`"identityProviders":[{"identityProvider":"GOOGLE","issuer":"https://accounts.google.com",` +
		`"clientIds":["web","phone"],"page":{"authorizationUrl":"https://accounts.google.com/o/oauth2/v2/auth",` +
		`"clientId":"web","name":"Google"}},{"identityProvider":"OAUTH","issuer":"https://partner.example",` +
		`"clientIds":["shop"],"page":null}],"languages":["de","en","es","fr","ja","pl"],` +
		`"supportContact":"help@shop.example","maxAge":60}}`
	var settings any
	if got := p.post(t, `{"query":"{ settings { brand { name } registration password { minLength } `+
		`identityProviders { identityProvider issuer clientIds page { authorizationUrl clientId name } } languages supportContact maxAge } }"}`,
		&settings); !strings.Contains(got, want) {
		t.Errorf("answered %s", got)
	}

	got := p.post(t, `{"query":"mutation { registerAccount(input: {email: \"new@example.com\", `+
		`password: \"a walk along the river\", city: \"Paris\", attributes: {isAdmin: true}}) { accepted } }"}`, &settings)
	for _, reason := range []string{"FIELD_READ_ONLY", "UNKNOWN_ATTRIBUTE"} {
		if !strings.Contains(got, reason) {
			t.Errorf("there is no %s in %s", reason, got)
		}
	}
}

// TestBrandName checks where the name of the shop comes from.
func TestBrandName(t *testing.T) {
	for _, test := range []struct{ mailFrom, publicURL, want string }{
		{"The Shop <no-reply@shop.example>", "https://api.shop.example", "The Shop"},
		{`"Ærø & Co." <no-reply@shop.example>`, "https://api.shop.example", "Ærø & Co."},
		{"no-reply@shop.example", "https://api.shop.example:8443/x", "api.shop.example"},
	} {
		got := brandName(config.Settings{MailFrom: test.mailFrom, PublicURL: test.publicURL})
		if got != test.want {
			t.Errorf("%s: the brand is %q, want %q", test.mailFrom, got, test.want)
		}
	}
}
