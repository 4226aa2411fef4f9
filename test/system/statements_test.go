package system

import (
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/test/world"
)

// TestStatements guards the speed of the operations by their calls of the store, which are exact, unlike times: an
// additional statement must be a decision and not an accident. It also checks that the outbox is woken if and only
// if there is a message. One more statement authenticates each request.
func TestStatements(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	seen := observe(w)

	for _, test := range []struct {
		document, input string
		want            string
	}{
		{world.WholeAccount, `{}`, ""},
		{`mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { account { city version } } }`,
			`{"city":"Gdansk"}`,
			"BEGIN, LockKnownAccount, UpdateAccount city, RecordEvent, COMMIT"},
		{`mutation($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }`,
			world.Credentials(account.DemoEmail, account.DemoPassword),
			// The try is counted permanently before the password is verified (R-PWD2), in a transaction of its own.
			"AccountByEmail, BEGIN, SpendBudget, SpendBudget, COMMIT, BEGIN, ResetBudget, COMMIT, BEGIN, LockKnownAccount, CreateSession, RecordEvent, COMMIT"},
		{`mutation($input: SignInInput!) { signIn(input: $input) { session { token } } }`,
			world.Credentials(account.DemoEmail, "a wrong password"),
			"AccountByEmail, BEGIN, SpendBudget, SpendBudget, COMMIT, Registrations, BEGIN, RecordEvent, COMMIT"},
		{`mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }`,
			`{"email":"demo@example.com"}`,
			"BEGIN, AccountByEmail, SpendBudget, SpendBudget, SpendBudget, SpendBudget, BlockBudget, VoidChallenges, INSERT, Enqueue, RecordEvent, COMMIT, Wake"},
		{`mutation($input: SignOutInput!) { signOut(input: $input) { revokedSessions } }`, `{"scope":"OTHER_SESSIONS"}`,
			"BEGIN, EndSessions, RecordEvent, COMMIT"},
	} {
		answer := w.Post(t, world.Call{Key: account.DevelopmentKey, Token: w.Tokens["demo"],
			Body: fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, test.document, test.input)})

		steps, _ := seen.take()
		if got := strings.Join(steps, ", "); got != test.want {
			t.Errorf("%s\nasks for\n%s\nwant\n%s\n%s", test.document, got, test.want, answer.Body)
		}
	}
}
