package identity_test

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/models"
)

// Beginnings of entries, to which a test adds a page.
const (
	googleEntry   = `[{"provider":"GOOGLE","issuer":"https://accounts.google.com","audiences":["app","web"],"page":`
	facebookEntry = `[{"provider":"FACEBOOK","issuer":"https://www.facebook.com","audiences":["1"],"appSecret":"hidden","page":`
	oauthEntry    = `[{"provider":"OAUTH","issuer":"https://login.example","audiences":["shop"],"page":`
)

func TestPagesOfProviders(t *testing.T) {
	for text, want := range map[string]identity.Page{
		googleEntry + `{"clientId":"web"}}]`: {
			ClientID: "web", AuthorizationURL: "https://accounts.google.com/o/oauth2/v2/auth", Name: "Google"},
		`[{"provider":"APPLE","issuer":"https://appleid.apple.com","audiences":["web"],"page":{"clientId":"web"}}]`: {
			ClientID: "web", AuthorizationURL: "https://appleid.apple.com/auth/authorize", Name: "Apple"},
		facebookEntry + `{"clientId":"1","authorizationUrl":"https://www.facebook.com/v25.0/dialog/oauth"}}]`: {
			ClientID: "1", AuthorizationURL: "https://www.facebook.com/v25.0/dialog/oauth", Name: "Facebook"},
		facebookEntry + `{"clientId":"1"}}]`: {
			ClientID: "1", AuthorizationURL: "https://www.facebook.com/dialog/oauth", Name: "Facebook"},
		oauthEntry + `{"clientId":"shop","authorizationUrl":"https://login.example/auth?policy=b2c","name":"Łódź ID"}}]`: {
			ClientID: "shop", AuthorizationURL: "https://login.example/auth?policy=b2c", Name: "Łódź ID"},
	} {
		entries, err := identity.ReadEntries(identity.Providers, strings.NewReader(text), false)
		if err != nil || *entries[0].Page != want {
			t.Errorf("%s: %v, %v", text, entries, err)
		}
	}
}

func TestWrongPagesOfProviders(t *testing.T) {
	const address = `"authorizationUrl":"https://login.example/auth"`
	longest := strings.Repeat("é", 40)

	for text, want := range map[string]string{
		googleEntry + `{}}]`:                                                                      "page.clientId",
		googleEntry + `{"clientId":"other"}}]`:                                                    "page.clientId must be one of the audiences",
		googleEntry + `{"clientId":["web"]}}]`:                                                    "page.clientId",
		googleEntry + `"web"}]`:                                                                   "page",
		googleEntry + `{"clientId":"web","clientSecret":"hidden"}}]`:                              `unknown field "clientSecret"`,
		googleEntry + `{"clientId":"web","name":"Google"}}]`:                                      "page.name is a key of OAUTH",
		googleEntry + `{"clientId":"web","authorizationUrl":"http://accounts.google.com/auth"}}]`: "page.authorizationUrl",
		googleEntry + `{"clientId":"web","authorizationUrl":"javascript:alert(1)"}}]`:             "page.authorizationUrl",

		oauthEntry + `{"clientId":"shop","name":"Shop ID"}}]`:                                                   "page.authorizationUrl",
		oauthEntry + `{"clientId":"shop","name":"Shop ID","authorizationUrl":"https://login.example/auth#x"}}]`: "page.authorizationUrl",
		oauthEntry + `{"clientId":"shop","name":"Shop ID","authorizationUrl":"https://u@login.example/auth"}}]`: "page.authorizationUrl",
		oauthEntry + `{"clientId":"shop","name":"Shop ID","authorizationUrl":"http://127.0.0.1/auth"}}]`:        "page.authorizationUrl",
		oauthEntry + `{"clientId":"shop","name":"Shop ID","authorizationUrl":"/auth"}}]`:                        "page.authorizationUrl",
		oauthEntry + `{"clientId":"shop",` + address + `}}]`:                                                    "page.name",
		oauthEntry + `{"clientId":"shop","name":" Shop ID",` + address + `}}]`:                                  "page.name",
		oauthEntry + `{"clientId":"shop","name":"Shop\nID",` + address + `}}]`:                                  "page.name",
		oauthEntry + `{"clientId":"shop","name":"Shop\u202eID",` + address + `}}]`:                              "page.name",
		oauthEntry + `{"clientId":"shop","name":"` + longest + `x",` + address + `}}]`:                          "page.name",
		oauthEntry + `{"clientId":"shop","name":"` + longest + `",` + address + `}}]`:                           "",
		oauthEntry + `null}]`: "",

		`[{"provider":"FACEBOOK","issuer":"https://www.facebook.com","audiences":["1"],"page":{"clientId":"1"}}]`: "page of FACEBOOK needs appSecret",
		oauthEntry + `{"clientId":"shop","name":"Google",` + address + `}},` + googleEntry[1:] +
			`{"clientId":"web"}}]`: `entry 2: page.name "Google" stands there twice`,
	} {
		_, err := identity.ReadEntries(identity.Providers, strings.NewReader(text), false)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
		if err != nil && (strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "hidden")) {
			t.Errorf("%s: the refusal is %q", text, err)
		}
	}

	local := oauthEntry + `{"clientId":"shop","name":"Shop ID","authorizationUrl":"http://127.0.0.1:1/auth"}}]`
	if _, err := identity.ReadEntries(identity.Providers, strings.NewReader(local), true); err != nil {
		t.Errorf("in development: %v", err)
	}
	if _, err := identity.ReadEntries(identity.Providers,
		strings.NewReader(strings.ReplaceAll(local, "127.0.0.1", "10.0.0.1")), true); err == nil {
		t.Error("in development another machine is reached by http")
	}
	if _, err := identity.ReadEntries(identity.CustomerTokens, strings.NewReader(local), true); err == nil ||
		!strings.Contains(err.Error(), "page is a key of --identity-providers") {
		t.Errorf("customer tokens have a page: %v", err)
	}
}

// TestButtonsAreShown checks what everybody may read of a provider with a page, and of one without.
func TestButtonsAreShown(t *testing.T) {
	entries, err := identity.ReadEntries(identity.Providers, strings.NewReader(
		facebookEntry+`{"clientId":"1"}},{"provider":"APPLE","issuer":"https://appleid.apple.com","audiences":["web"]}]`), false)
	if err != nil {
		t.Fatal(err)
	}

	shown := identity.New(identity.Config{Providers: entries}).SignInProviders()
	want := models.SignInProviderPage{
		AuthorizationURL: "https://www.facebook.com/dialog/oauth", ClientID: "1", Name: "Facebook",
	}
	if len(shown) != 2 || shown[0].Page == nil || *shown[0].Page != want || shown[1].Page != nil {
		t.Errorf("%+v", shown)
	}
}
