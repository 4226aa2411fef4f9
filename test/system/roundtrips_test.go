package system

import (
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/world"
)

const updateCity = `mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city version } } }`

// TestRoundTrips guards the speed of the operations on PostgreSQL by their round trips to the server, or to PgBouncer,
// which are exact, unlike times. Each request has one that authenticates it. A connection that was idle takes no more;
// one that prepares a statement does, so a request that took more than it should is sent again.
func TestRoundTrips(t *testing.T) {
	t.Run("direct", func(t *testing.T) { roundTrips(t, postgrestest.URL(t)) })
	t.Run("PgBouncer", func(t *testing.T) { roundTrips(t, postgrestest.PgBouncer(t)(postgrestest.URL(t))) })
}

func roundTrips(t *testing.T, address string) {
	t.Parallel()
	proxy, w := behindProxy(t, address, 0)

	for _, test := range []struct {
		document, input string
		want            int
	}{
		{world.WholeAccount, `{}`, 1},
		{updateCity, `{"city":"Gdansk"}`, 5},
		{`mutation($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }`,
			world.Credentials(account.DemoEmail, account.DemoPassword), 12},
		{`mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }`,
			`{"email":"demo@example.com"}`, 14},
	} {
		var trips int
		for range 3 {
			time.Sleep(1100 * time.Millisecond) // the driver would ask a connection that was idle for a second
			proxy.Reset()

			answer := postDemo(t, w, test.document, test.input)
			if answer.Code() != "" {
				t.Errorf("%s\n%s", test.document, answer.Body)
			}
			if trips, _ = proxy.Reset(); trips <= test.want {
				break
			}
		}

		if trips != test.want {
			t.Errorf("%s\ntook %d round trips, want %d", test.document, trips, test.want)
		}
	}
}

// BenchmarkRoundTrips measures a read and an update with a server next door, and with one that is a millisecond away.
func BenchmarkRoundTrips(b *testing.B) {
	for _, delay := range []time.Duration{0, time.Millisecond} {
		for name, through := range map[string]func(string) string{
			"direct": func(address string) string { return address }, "PgBouncer": postgrestest.PgBouncer(b),
		} {
			_, w := behindProxy(b, through(postgrestest.URL(b)), delay)
			for operation, document := range map[string]string{"account": world.WholeAccount, "updateAccount": updateCity} {
				b.Run(fmt.Sprintf("%s/%s/%v", operation, name, delay), func(b *testing.B) {
					for b.Loop() {
						if answer := postDemo(b, w, document, `{"city":"Gdansk"}`); answer.Code() != "" {
							b.Fatal(answer.Body)
						}
					}
				})
			}
		}
	}
}

// behindProxy starts a service on a database behind a proxy, with the demo customer signed in.
func behindProxy(t testing.TB, address string, delay time.Duration) (*postgrestest.Proxy, *world.World) {
	proxy, address := postgrestest.NewProxy(t, address, delay)
	w := world.NewOn(t, world.DefaultSettings(), address)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	// The first secret that is sealed needs the key.
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"nobody@example.com"}`))

	return proxy, w
}

func postDemo(t testing.TB, w *world.World, document, input string) *world.Answer {
	return w.Post(t, world.Call{Key: account.DevelopmentKey, Token: w.Tokens["demo"],
		Body: fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, document, input)})
}
