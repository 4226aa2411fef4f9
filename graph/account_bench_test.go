package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
)

const twentyFive = `query Account { account { id email emailVerified phone phoneVerified firstName lastName displayName sex birthDate avatarUrl ` +
	`company address city province zipCode countryCode language createdAt updatedAt version agreements { email sms push bluetooth } } }`

// discarded is a response that nobody keeps.
type discarded struct {
	header http.Header
	status int
	bytes  int
}

func (d *discarded) Header() http.Header  { return d.header }
func (d *discarded) WriteHeader(code int) { d.status = code }
func (d *discarded) Write(p []byte) (int, error) {
	d.bytes += len(p)
	return len(p), nil
}

// accountRequest returns what sends the account query once, as a signed-in customer.
func accountRequest(t testing.TB, w *world) func() {
	t.Helper()
	succeed(t, w.do(t, "demo", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	succeed(t, w.do(t, "demo", "updateAccount", `{"firstName":"Jan","lastName":"Kowalski","displayName":"Janek","sex":"MALE","birthDate":"1990-01-31",
		"avatarUrl":"https://images.example.com/jan.png","company":"Example Ltd","address":"1 Long Street","city":"Warsaw","province":"Masovia",
		"zipCode":"00-001","countryCode":"PL","language":"pl","agreements":{"email":true,"sms":true,"push":true,"bluetooth":true}}`))
	body := fmt.Sprintf(`{"query":%q}`, twentyFive)
	request, err := http.NewRequest(http.MethodPost, "/graphql", nil)
	check(t, err)
	request.RemoteAddr = "192.0.2.1:40000"
	request.Header = http.Header{
		"Content-Type": {"application/json"}, "Accept": {"application/json"}, "User-Agent": {"bench"},
		"X-Api-Key": {account.DevelopmentKey}, "Authorization": {"Bearer " + w.tokens["demo"]},
	}
	reader := strings.NewReader(body)
	request.ContentLength, request.Body = int64(len(body)), io.NopCloser(reader)
	return func() {
		reader.Reset(body)
		d := &discarded{header: http.Header{}}
		w.handler.ServeHTTP(d, request)
		if d.status != http.StatusOK || d.bytes < 500 {
			t.Fatalf("answered %d with %d bytes", d.status, d.bytes)
		}
	}
}

// BenchmarkAccount is the account query from the handler on, the database included.
func BenchmarkAccount(b *testing.B) {
	ask := accountRequest(b, newWorld(b, defaultSettings()))
	ask()
	b.ReportAllocs()
	for b.Loop() {
		ask()
	}
}
