package graph_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/test/world"
)

// discarded is a response that is dropped.
type discarded struct {
	header  http.Header
	refused bool
	bytes   int
}

func (d *discarded) Header() http.Header  { return d.header }
func (d *discarded) WriteHeader(code int) { d.refused = code != http.StatusOK }
func (d *discarded) Write(p []byte) (int, error) {
	d.refused = d.refused || bytes.HasPrefix(p, []byte(`{"errors"`))
	d.bytes += len(p)
	return len(p), nil
}

// signInWhole signs the demo customer in, with values for all 25 leaves.
func signInWhole(t testing.TB, w *world.World) {
	t.Helper()
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "updateAccount",
		`{"firstName":"Jan","lastName":"Kowalski","displayName":"Janek","sex":"MALE","birthDate":"1990-01-31",
		"avatarUrl":"https://images.example.com/jan.png","company":"Example Ltd","address":"1 Long Street","city":"Warsaw","province":"Masovia",
		"zipCode":"00-001","countryCode":"PL","language":"pl","agreements":{"email":true,"sms":true,"push":true,"bluetooth":true}}`))
}

// newWholeCustomer starts a service without budgets whose demo customer is signed in and has told everything.
func newWholeCustomer(t testing.TB) *world.World {
	t.Helper()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	signInWhole(t, w)

	return w
}

// sendAgain returns a function that sends a request of that customer once, without a network.
func sendAgain(t testing.TB, w *world.World, document, variables string) func() {
	t.Helper()
	body := fmt.Sprintf(`{"query":%q,"variables":%s}`, document, variables)
	request, err := http.NewRequest(http.MethodPost, "/graphql", nil)
	world.Check(t, err)
	request.RemoteAddr = "192.0.2.1:40000"
	request.Header = http.Header{
		"Content-Type": {"application/json"}, "Accept": {"application/json"}, "User-Agent": {"bench"},
		"X-Api-Key": {account.DevelopmentKey}, "Authorization": {"Bearer " + w.Tokens["demo"]},
	}
	reader := strings.NewReader(body)
	request.ContentLength, request.Body = int64(len(body)), io.NopCloser(reader)

	return func() {
		reader.Reset(body)
		d := &discarded{header: http.Header{}}
		w.Handler.ServeHTTP(d, request)
		if d.refused || d.bytes == 0 {
			t.Fatal("the request was refused: ", document)
		}
	}
}

// BenchmarkAccount measures the account query from the handler to the database.
func BenchmarkAccount(b *testing.B) {
	w := world.New(b, world.DefaultSettings())
	signInWhole(b, w)
	ask := sendAgain(b, w, world.WholeAccount, `{}`)
	ask()
	b.ReportAllocs()
	for b.Loop() {
		ask()
	}
}
