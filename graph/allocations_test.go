//go:build !race

// The race detector makes pools drop objects, which causes more allocations.

package graph_test

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/test/world"
)

// TestAllocations limits the allocations of the operations, because they are exact and times are not. Besides the
// code of this package, it guards that plans of statements are cached (internal/store/sqlite/library.go), that leaves
// and objects are short or programs (graph/internal/generate), that the row of a session is read by hand, and that
// the statements of most mutations are written out.
func TestAllocations(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	signInWhole(t, w)

	for _, test := range []struct {
		document, variables string
		most                float64
	}{
		{world.WholeAccount, `null`, 80},
		{`mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city version } } }`,
			`{"input":{"city":"Gdansk","company":"Example"}}`, 238},
		{`mutation($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }`,
			`{"input":` + world.Credentials(account.DemoEmail, account.DemoPassword) + `}`, 425},
	} {
		ask := sendAgain(t, w, test.document, test.variables)
		// Equal values change nothing, so every second request has other values.
		other := sendAgain(t, w, test.document,
			strings.NewReplacer("Gdansk", "Warsaw", "Example", "Elsewhere").Replace(test.variables))
		ask()
		got := testing.AllocsPerRun(50, func() { other(); ask() }) / 2
		t.Logf("%.0f allocations, at most %.0f: %s", got, test.most, test.document) // `make bench` reads it
		if got > test.most {
			t.Errorf("%.0f allocations, more than %.0f: %s", got, test.most, test.document)
		}
	}
}
