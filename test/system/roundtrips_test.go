package system

import (
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/world"
)

// TestRoundTrips guards the speed of the operations on PostgreSQL by their round trips to the server, or to PgBouncer,
// which are exact, unlike times. Each request has one that authenticates it.
func TestRoundTrips(t *testing.T) {
	t.Run("direct", func(t *testing.T) { roundTrips(t, postgrestest.URL(t)) })
	t.Run("PgBouncer", func(t *testing.T) { roundTrips(t, postgrestest.PgBouncer(t)(postgrestest.URL(t))) })
}

func roundTrips(t *testing.T, address string) {
	proxy, address := postgrestest.NewProxy(t, address, 0)
	w := world.NewOn(t, world.DefaultSettings(), address)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	// The first secret that is sealed needs the key.
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"nobody@example.com"}`))

	for _, test := range []struct {
		document, input string
		want            int
	}{
		{world.WholeAccount, `{}`, 1},
		{`mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city version } } }`,
			`{"city":"Gdansk"}`, 5},
		{`mutation($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }`,
			world.Credentials(account.DemoEmail, account.DemoPassword), 11},
		{`mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }`,
			`{"email":"demo@example.com"}`, 14},
	} {
		proxy.Reset()
		answer := w.Post(t, world.Call{Key: account.DevelopmentKey, Token: w.Tokens["demo"],
			Body: fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, test.document, test.input)})
		if trips, _ := proxy.Reset(); trips != test.want || answer.Code() != "" {
			t.Errorf("%s\ntook %d round trips, want %d\n%s", test.document, trips, test.want, answer.Body)
		}
	}
}
