package server

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/identity/identitytest"
)

// issuersFile writes a file of entries.
func issuersFile(t *testing.T, directory, name, text string) string {
	t.Helper()
	file := filepath.Join(directory, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestProvidersFromTheirFiles guards that a token of an issuer in each file has its effect on a whole server.
func TestProvidersFromTheirFiles(t *testing.T) {
	directory, issuer := t.TempDir(), identitytest.New(t)
	providers := issuersFile(t, directory, "providers.json",
		fmt.Sprintf(`[{"provider":"OAUTH","issuer":%q,"audiences":["shop"]}]`, issuer.URL))
	tokens := issuersFile(t, directory, "tokens.json",
		fmt.Sprintf(`[{"provider":"OAUTH","issuer":%q,"audiences":["api"],"createAccounts":true}]`, issuer.URL))
	p := boot(t, directory, "--identity-providers", providers, "--customer-tokens", tokens)
	defer p.stop(t)
	claims := identitytest.Claims{"email": "anna@example.com", "email_verified": true}
	var in struct {
		SignInWithIdentityProvider struct{ Account struct{ ID, Email string } }
	}
	text := p.post(t,
		fmt.Sprintf(`{"query":"mutation($in: SignInWithIdentityProviderInput!) { signInWithIdentityProvider(input: $in) { account { id email } } }",
		"variables":{"in":{"identityProvider":"OAUTH","externalToken":%q}}}`, issuer.Token(time.Now(), "anna", claims)),
		&in)
	account := in.SignInWithIdentityProvider.Account
	if account.Email != "anna@example.com" {
		t.Fatal(text)
	}

	claims["aud"] = "api"
	request, err := http.NewRequest(http.MethodPost, p.curl[1], strings.NewReader(`{"query":"{ account { id } }"}`))
	if err != nil {
		t.Fatal(err)
	}

	for _, header := range append(slices.Clone(p.curl[2:4]),
		"Authorization: Bearer "+issuer.Token(time.Now(), "anna", claims)) {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Set(name, value)
	}

	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if body, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(body), account.ID) {
		t.Errorf("%s, %v", body, err)
	}
}

// TestFilesThatRefuseTheStart guards that a wrong file ends the start with one line that names the setting.
func TestFilesThatRefuseTheStart(t *testing.T) {
	directory := t.TempDir()
	one := issuersFile(t, directory, "one.json",
		`[{"provider":"OAUTH","issuer":"https://login.example","audiences":["shop"]}]`)

	for name, args := range map[string][]string{
		"--identity-providers can't be read": {"--identity-providers", filepath.Join(directory, "missing.json")},
		"--customer-tokens can't be read":    {"--customer-tokens", filepath.Join(directory, "missing.json")},
		"--identity-providers must be a JSON array": {"--identity-providers", issuersFile(t, directory, "object.json",
			`{}`)},
		"--identity-providers has a wrong entry 1": {"--identity-providers", issuersFile(t, directory, "plain.json",
			`[{"provider":"OAUTH","issuer":"http://login.example","audiences":["a"]}]`)},
		"--identity-providers has a wrong entry 1: an address": {"--identity-providers", issuersFile(t, directory,
			"private.json", `[{"provider":"OAUTH","issuer":"https://10.0.0.1","audiences":["a"]}]`)},
		"--customer-tokens has a wrong entry 1: an address": {"--customer-tokens", issuersFile(t, directory,
			"keys.json", `[{"provider":"OAUTH","issuer":"https://login.example","jwksUrl":"https://192.168.1.1/keys",
			"audiences":["a"]}]`)},
		"--customer-tokens has a wrong entry 1": {"--customer-tokens", issuersFile(t, directory, "aimless.json",
			`[{"provider":"OAUTH","issuer":"https://login.example"}]`)},
		"--fields can't be read": {"--fields", filepath.Join(directory, "missing.json")},
		"--fields is wrong: line 1: fields.citty is no field": {"--fields", issuersFile(t, directory, "fields.json",
			`{"fields": {"citty": {}}}`)},
		"--customer-tokens and --identity-provider": {"--identity-providers", one, "--customer-tokens", one},
	} {
		var out, problems output
		code := run(t.Context(), append([]string{"--listen", "127.0.0.1:0", "--database", filepath.Join(t.TempDir(),
			"x.db")}, args...), nil, strings.NewReader(""), &out, &problems)

		if said := strings.TrimSpace(problems.String()); code == 0 || !strings.Contains(said, name) ||
			strings.Contains(said, "\n") {
			t.Errorf("%s: ended with %d: %q", name, code, said)
		}
	}
}
