package system

import (
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that one proof opens one window: of any number of concurrent callers with the same code, or with the
// same session, one has it.

// onBothEngines runs a test with a signed-in demo customer on each database.
func onBothEngines(t *testing.T, test func(t *testing.T, w *world.World)) {
	t.Helper()
	for engine, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			settings := world.DefaultSettings()
			settings.Unlimited = true
			w := world.NewOn(t, settings, database(t))
			world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
			test(t, w)
		})
	}
}

func TestIdentityCodeWorksOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, w *world.World) {
		world.Succeed(t, w.Do(t, "laptop", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
		world.Succeed(t, w.Do(t, "demo", "requestIdentityCode", `{"channel":"EMAIL"}`))
		input := fmt.Sprintf(`{"code":%q}`, *w.Message(t, models.MessageIdentityCode, "").Code)
		sessions := []string{w.Tokens["demo"], w.Tokens["laptop"]}
		answers := raceForSecret(t, w, concurrency, func(i int) *world.Answer {
			return w.Post(t, proof(t, w, sessions[i%len(sessions)], input))
		})

		oneWinner(t, answers, models.CodeCodeInvalid)
	})
}

// proof is a call of proveIdentity that keeps no token.
func proof(t *testing.T, w *world.World, token, input string) world.Call {
	t.Helper()
	return world.Call{
		Key: w.Keys["development"], Token: token, Accept: "application/graphql-response+json",
		Body: fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(t, w.Schema, "proveIdentity", true), input),
	}
}

// TestSessionIsRotatedOnce checks that a thief who proves at the same time as the customer doesn't end up with a token
// of the customer's session, too.
func TestSessionIsRotatedOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, w *world.World) {
		token, input := w.Tokens["demo"], fmt.Sprintf(`{"password":%q}`, account.DemoPassword)
		answers := raceForSession(t, w, concurrency, func(int) *world.Answer {
			return w.Post(t, proof(t, w, token, input))
		})
		winner := oneWinner(t, answers, models.CodeUnauthenticated)

		w.Tokens["demo"] = answers[winner].At("proveIdentity.session.token").(string)
		world.Succeed(t, w.Do(t, "demo", "requestEmailChange", `{"email":"next@example.com"}`))
		w.Tokens["old"] = token
		refused(t, w.Do(t, "old", "account", ""), models.CodeUnauthenticated)
	})
}

// TestProofKeepsTheSessionsLimits checks that a proof does not prolong a session: its end is that of its sign-in.
func TestProofKeepsTheSessionsLimits(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	session := func() models.Session {
		t.Helper()
		demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
		world.Check(t, err)
		sessions, err := w.Store.Sessions(t.Context(), demo.ID, w.Clock.Now())
		world.Check(t, err)
		return sessions[0]
	}

	before := session()
	w.Clock.Advance(time.Hour)
	world.Succeed(t, w.Do(t, "demo", "proveIdentity", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)))

	if after := session(); after.ID != before.ID || !after.CreatedAt.Equal(before.CreatedAt) ||
		!after.EndsAt.Equal(before.EndsAt) || after.StepUpAt == nil {
		t.Errorf("the session was\n%+v\nand is\n%+v", before, after)
	}
}

// TestNobodyProvesByCodesAfterAHundred checks R-CPU3: after a hundred wrong codes in a row no more are sent, also with
// --rate-limits off, and the password still opens the window.
func TestNobodyProvesByCodesAfterAHundred(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	for range 20 {
		world.Succeed(t, w.Do(t, "demo", "requestIdentityCode", `{"channel":"EMAIL"}`))
		for range 5 {
			refused(t, w.Do(t, "demo", "proveIdentity", `{"code":"wrong"}`), models.CodeCodeInvalid)
		}
	}

	refused(t, w.Do(t, "demo", "requestIdentityCode", `{"channel":"EMAIL"}`), models.CodeRateLimited)
	world.Succeed(t, w.Do(t, "demo", "proveIdentity", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "requestEmailChange", `{"email":"next@example.com"}`))
	// A new number asks in the call, because its code could be guessed on.
	refused(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`), models.CodeReauthenticationRequired)
	refused(t, w.Do(t, "demo", "updateAccount", `{"phone":"+48512345678"}`), models.CodeReauthenticationRequired)
}
