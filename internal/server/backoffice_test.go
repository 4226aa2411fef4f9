package server

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
)

// officeAddress matches the address of --backoffice-listen, which the log names.
var officeAddress = regexp.MustCompile(`msg="serving the back office" address=(\S+)`)

// TestBackOfficeAddress guards that a key of the back office works at its own address and nowhere else, in no browser,
// and that this address takes no other key and serves nothing else.
func TestBackOfficeAddress(t *testing.T) {
	directory := t.TempDir()
	p := boot(t, directory, "--backoffice-listen", "127.0.0.1:0")
	found := officeAddress.FindStringSubmatch(p.stderr.String())
	if found == nil {
		t.Fatal(p.stderr.String())
	}

	office := "http://" + found[1]
	var desk struct{ Key string }
	command(t, directory+"/accountql.db", "", "apikey create --name desk --permission BACKOFFICE_CUSTOMER_READ", &desk)
	send := func(address, key string, headers ...string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/graphql",
			strings.NewReader(`{"query":"{ customers(search: \"demo@\") { edges { node { account { email } } } } }"}`))
		if err != nil {
			t.Fatal(err)
		}

		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/graphql-response+json")
		r.Header.Set("X-Api-Key", key)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}

		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}

		return response.StatusCode, string(body)
	}

	if status, body := send(office, desk.Key); status != http.StatusOK || !strings.Contains(body, "demo@example.com") {
		t.Errorf("%d %s", status, body)
	}
	for _, refused := range []struct {
		address, key string
		headers      []string
		status       int
	}{
		{p.address, desk.Key, nil, http.StatusUnauthorized},
		{office, account.DevelopmentKey, nil, http.StatusUnauthorized},
		{office, desk.Key, []string{"Sec-Fetch-Site", "same-origin"}, http.StatusUnauthorized},
		{office, desk.Key, []string{"Origin", p.address}, http.StatusForbidden},
		{office, desk.Key, []string{"Origin", office}, http.StatusForbidden},
	} {
		if status, body := send(refused.address, refused.key, refused.headers...); status != refused.status ||
			strings.Contains(body, "demo@") {
			t.Errorf("%s with %v: %d %s", refused.address, refused.headers, status, body)
		}
	}

	for _, path := range []string{"/", "/inbox", "/session", "/schema.graphqls", "/metrics"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, office+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if _ = response.Body.Close(); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, response.StatusCode)
		}
	}
}
