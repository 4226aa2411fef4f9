package identity_test

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/models"
)

const complete = `{"provider":"OAUTH","issuer":"https://login.example","audiences":["shop"]}`

func TestFilesOfEntries(t *testing.T) {
	for text, want := range map[string]string{
		`[` + complete + `]`: "",
		`[{"provider":"GOOGLE","issuer":"https://accounts.google.com","audiences":["a","b"],"jwksUrl":"https://www.googleapis.com/oauth2/v3/certs"},` +
			complete + `]`: "",
		`[` + complete + `,{"provider":"OAUTH","issuer":"https://login.example/","audiences":["shop"]}]`:  "",
		`[{"provider":"FACEBOOK","issuer":"https://www.facebook.com","audiences":["1"],"appSecret":"s"}]`: "",

		``:                        "JSON array",
		`{}`:                      "JSON array",
		`[]`:                      "names no issuer",
		`null`:                    "names no issuer",
		`[` + complete + `] []`:   "nothing behind",
		`[` + complete + `,null]`: "entry 2",
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":["shop"],"secret":"x"}]`:                   `unknown field "secret"`,
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":"shop"}]`:                                  "audiences",
		`[{"provider":"OAUTH","issuer":"https://login.example"}]`:                                                     "audiences",
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":[]}]`:                                      "audiences",
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":["a"," "]}]`:                               "audiences",
		`[{"provider":"OAUTH","audiences":["shop"]}]`:                                                                 "issuer",
		`[{"provider":"OAUTH","issuer":"http://login.example","audiences":["shop"]}]`:                                 "issuer must be an https",
		`[{"provider":"OAUTH","issuer":"http://127.0.0.1:1","audiences":["shop"]}]`:                                   "issuer must be an https",
		`[{"provider":"OAUTH","issuer":"https://u:p@login.example","audiences":["shop"]}]`:                            "issuer must be",
		`[{"provider":"OAUTH","issuer":"https://login.example?x","audiences":["shop"]}]`:                              "issuer must be",
		`[{"provider":"OAUTH","issuer":"accounts.google.com","audiences":["shop"]}]`:                                  "issuer must be",
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":["shop"],"jwksUrl":"file:///etc/passwd"}]`: "jwksUrl",
		`[{"provider":"SYNERISE","issuer":"https://login.example","audiences":["shop"]}]`:                             "provider",
		`[{"provider":"UNKNOWN","issuer":"https://login.example","audiences":["shop"]}]`:                              "provider",
		`[{"issuer":"https://login.example","audiences":["shop"]}]`:                                                   "provider",
		`[` + complete + `,` + complete +
			`]`: "twice",
		`[{"provider":"APPLE","issuer":"https://a.example","audiences":["a"]},{"provider":"APPLE","issuer":"https://b.example","audiences":["a"]}]`: "APPLE stands there twice",
		`[{"provider":"GOOGLE","issuer":"https://login.example","audiences":["1"],"appSecret":"hidden"}]`:                                           "appSecret",
		`[{"provider":"FACEBOOK","issuer":"https://login.example","audiences":["1","2"],"appSecret":"hidden"}]`:                                     "appSecret",
		`[{"provider":"FACEBOOK","issuer":"https://login.example","audiences":["1"],"debugTokenUrl":"https://x.example"}]`:                          "debugTokenUrl",
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":["shop"],"createAccounts":true}]`:                                        "--customer-tokens",
	} {
		_, err := identity.ReadEntries(identity.Providers, strings.NewReader(text), false)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
		if err != nil && (strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "hidden")) {
			t.Errorf("%s: the refusal is %q", text, err)
		}
	}

	for text, development := range map[string]bool{
		`[{"provider":"OAUTH","issuer":"http://127.0.0.1:1/x","audiences":["shop"],"jwksUrl":"http://localhost:1/keys"}]`: true,
		`[{"provider":"OAUTH","issuer":"http://[::1]:1","audiences":["shop"]}]`:                                           true,
		`[{"provider":"OAUTH","issuer":"http://login.example","audiences":["shop"]}]`:                                     false,
		`[{"provider":"OAUTH","issuer":"http://10.0.0.1","audiences":["shop"]}]`:                                          false,
	} {
		if _, err := identity.ReadEntries(identity.Providers, strings.NewReader(text),
			true); (err == nil) != development {
			t.Errorf("%s in development: %v", text, err)
		}
	}
}

func TestFilesOfCustomerTokens(t *testing.T) {
	entries, err := identity.ReadEntries(identity.CustomerTokens, strings.NewReader(`[
		{"provider":"OAUTH","issuer":"https://a.example","audiences":["shop"],"subjectClaim":"customer","createAccounts":true},
		{"provider":"OAUTH","issuer":"https://b.example","audiences":["shop"]}]`), false)
	if err != nil || entries[0].SubjectClaim != "customer" || !entries[0].CreateAccounts ||
		entries[1].SubjectClaim != "sub" || entries[1].CreateAccounts {
		t.Errorf("%+v, %v", entries, err)
	}

	if _, err := identity.ReadEntries(identity.CustomerTokens, strings.NewReader(
		`[{"provider":"FACEBOOK","issuer":"https://a.example","audiences":["1"],"appSecret":"s"}]`,
	), false); err == nil {
		t.Error("a secret was accepted")
	}

	provider := identity.Entry{
		Provider: models.ProviderOAuth, Issuer: "https://a.example", Audiences: []string{"app"}, SubjectClaim: "sub",
	}
	for want, tokens := range map[string]identity.Entry{
		"": {Provider: models.ProviderOAuth,
			Issuer: "https://a.example", Audiences: []string{"api"}, SubjectClaim: "sub"},
		"subjectClaim": {Provider: models.ProviderOAuth,
			Issuer: "https://a.example", Audiences: []string{"api"}, SubjectClaim: "customer"},
		"same audience": {Provider: models.ProviderOAuth,
			Issuer: "https://a.example", Audiences: []string{"api", "app"}, SubjectClaim: "sub"},
		"as GOOGLE": {Provider: models.ProviderGoogle,
			Issuer: "https://a.example", Audiences: []string{"api"}, SubjectClaim: "sub"},
	} {
		err := identity.CheckTogether([]identity.Entry{provider}, []identity.Entry{tokens})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%+v: %v, want %q", tokens, err, want)
		}
	}
}
