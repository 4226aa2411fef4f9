//go:build !race

// The race detector makes pools drop what they hold, and so more allocations.

package graph_test

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/test/world"
)

// TestAllocations guards the speed of the operations by their allocations, which
// are exact where a time is not. What this guards beside the code of this package:
// that plans of statements stay (internal/store/sqlite_plans.go), that leaves and
// objects are short (graph/internal/leaves), that a row of a session is read by
// hand, and that the statements of most mutations are written out.
func TestAllocations(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	signInWhole(t, w)
	for _, test := range []struct {
		document, variables string
		most                float64
	}{
		{world.WholeAccount, `null`, 290},
		{`mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city version } } }`, `{"input":{"city":"Gdansk","company":"Example"}}`, 580},
		{`mutation($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }`, `{"input":` + world.Credentials(account.DemoEmail, account.DemoPassword) + `}`, 1060},
	} {
		ask := sendAgain(t, w, test.document, test.variables)
		// What is there already changes nothing, so every second one has other values.
		other := sendAgain(t, w, test.document, strings.NewReplacer("Gdansk", "Warsaw", "Example", "Elsewhere").Replace(test.variables))
		ask()
		if got := testing.AllocsPerRun(50, func() { other(); ask() }) / 2; got > test.most {
			t.Errorf("%.0f allocations, more than %.0f: %s", got, test.most, test.document)
		}
	}
}
