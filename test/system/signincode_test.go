package system

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check sign-ins by code: one session for a code, and nothing in an answer that tells whose address it is.

// signInCodeOf asks for a code and returns the input of signInWithCode.
func signInCodeOf(t testing.TB, w *world.World, email models.EmailAddress) string {
	t.Helper()
	a := world.Succeed(t, w.Do(t, "", "requestSignInCode", fmt.Sprintf(`{"email":%q}`, email)))
	w.Clock.Advance(time.Minute) // a code of just now lets this one wait

	return fmt.Sprintf(`{"challengeId":%q,"code":%q}`,
		a.At("requestSignInCode.challengeId"), *w.Message(t, models.MessageSignInCode, string(email)).Code)
}

// wrongly returns an input of signInWithCode with another code.
func wrongly(t testing.TB, input string) string {
	t.Helper()
	var read struct{ ChallengeID string }
	world.Check(t, json.Unmarshal([]byte(input), &read))
	return fmt.Sprintf(`{"challengeId":%q,"code":"wrong"}`, read.ChallengeID)
}

// triesLeft returns what a refusal of a code says is left.
func triesLeft(t testing.TB, a *world.Answer) any {
	t.Helper()
	refused(t, a, models.CodeCodeInvalid)
	var body struct {
		Errors []struct{ Extensions map[string]any }
	}
	world.Check(t, json.Unmarshal([]byte(a.Body), &body))

	return body.Errors[0].Extensions["triesLeft"]
}

// ownerGate makes the callers wait after the read that finds whose code it is.
type ownerGate struct {
	account.Store
	gate *gate
}

func (s ownerGate) AccountByID(ctx context.Context, id string) (*models.Account, error) {
	owner, err := s.Store.AccountByID(ctx, id)
	s.gate.pass()
	return owner, err
}

// TestSignInCodeWorksOnce lets many callers use the same right code; five of them get as far as the write that decides.
func TestSignInCodeWorksOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, w *world.World) {
		world.NewSubject(t, w, account.NewAccount{Email: "ida@example.com"}, func(*models.Account) {})
		input := signInCodeOf(t, w, "ida@example.com")
		held, original := newGate(t, concurrency), w.Service.Store
		w.Service.Store = ownerGate{original, held}
		answers := held.concurrently(concurrency, func(int) *world.Answer { return w.Do(t, "", "signInWithCode", input) })
		w.Service.Store = original

		oneWinner(t, answers, models.CodeCodeInvalid)
		ida, err := w.Service.FindAccount(t.Context(), "ida@example.com")
		world.Check(t, err)
		if n, err := w.Store.CountSessions(t.Context(), ida.ID, w.Clock.Now()); err != nil || n != 1 {
			t.Errorf("there are %d sessions, %v", n, err)
		}
	})
}

// TestSignInCodeIsTriedFiveTimes lets many callers guess at once: five guesses are compared, however many there are.
func TestSignInCodeIsTriedFiveTimes(t *testing.T) {
	onBothEngines(t, func(t *testing.T, w *world.World) {
		input := signInCodeOf(t, w, account.DemoEmail)
		left := map[any]int{}
		for _, a := range concurrently(concurrency, func(int) *world.Answer {
			return w.Do(t, "", "signInWithCode", wrongly(t, input))
		}) {
			left[triesLeft(t, a)]++
		}

		if left[4.0] != 1 || left[3.0] != 1 || left[2.0] != 1 || left[1.0] != 1 || left[0.0] != concurrency-4 {
			t.Errorf("the tries that are left: %v", left)
		}
		refused(t, w.Do(t, "", "signInWithCode", input), models.CodeCodeInvalid)
	})
}

// TestChallengesOfCodesTellNothing checks that the tries that are left are the same for a code that was sent, for one
// that was replaced or voided, for a challenge of nobody, and for one that there is not.
func TestChallengesOfCodesTellNothing(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	ask := func(email string) string {
		a := world.Succeed(t, w.Do(t, "", "requestSignInCode", fmt.Sprintf(`{"email":%q}`, email)))
		w.Clock.Advance(time.Minute)
		return wrongly(t, fmt.Sprintf(`{"challengeId":%q}`, a.At("requestSignInCode.challengeId")))
	}

	guesses := map[string]string{
		"replaced": ask("demo@example.com"), "sent": ask("demo@example.com"),
		"of nobody, asked for again": ask("nobody@example.com"), "of nobody": ask("nobody@example.com"),
		"made up": `{"challengeId":"made up","code":"wrong"}`,
	}
	addCustomer(t, w, "other")
	guesses["voided"] = ask("other@example.com")
	world.Succeed(t, w.Do(t, "other", "changePassword", fmt.Sprintf(`{"oldPassword":%q,"newPassword":"a long enough one"}`,
		account.DemoPassword)))

	for name, guess := range guesses {
		for _, want := range []float64{4, 3, 2, 1, 0, 0} {
			if got := triesLeft(t, w.Do(t, "", "signInWithCode", guess)); got != want {
				t.Errorf("%s: %v tries left, want %v", name, got, want)
			}
		}
	}
}

// TestStrangersLockNobodyOut checks that guesses at codes to sign in count against no account: its customer's other codes
// work as before.
func TestStrangersLockNobodyOut(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.SignInCodes.Uses = 100
	w := signedIn(t, settings)
	for range 30 {
		guess := wrongly(t, signInCodeOf(t, w, account.DemoEmail))
		for range 5 {
			refused(t, w.Do(t, "", "signInWithCode", guess), models.CodeCodeInvalid)
		}
	}

	world.Succeed(t, w.Do(t, "demo", "requestIdentityCode", `{"channel":"EMAIL"}`))
	world.Succeed(t, w.Do(t, "", "signInWithCode", signInCodeOf(t, w, account.DemoEmail)))
}

// TestSignInCodesAreLimited checks R-RPR7 for codes: one mail a minute and three an hour to an address, without a
// difference in the answers; what is not sent voids nothing.
func TestSignInCodesAreLimited(t *testing.T) {
	t.Parallel()
	w := world.New(t, world.DefaultSettings())
	var input string
	for asked := range 5 {
		for _, email := range []string{"demo@example.com", "nobody@example.com"} {
			a := world.Succeed(t, w.Do(t, "", "requestSignInCode", fmt.Sprintf(`{"email":%q}`, email)))
			id, ok := a.At("requestSignInCode.challengeId").(string)
			if !ok || len(id) != 36 {
				t.Errorf("%s: %s", email, a.Body)
			}
			if email == "demo@example.com" && asked == 2 {
				input = fmt.Sprintf(`{"challengeId":%q,"code":%q}`, id, *w.Message(t, models.MessageSignInCode, email).Code)
			}
		}

		if n := count(t, w, models.MessageSignInCode); n != min(asked+1, 3) {
			t.Errorf("%d mails were sent after %d requests", n, asked+1)
		}
		w.Clock.Advance(time.Minute)
	}

	world.Succeed(t, w.Do(t, "", "signInWithCode", input))
}
