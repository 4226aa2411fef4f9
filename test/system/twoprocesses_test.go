package system

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check two processes that share a database, with requests of one customer alternating between them.

// TestTwoProcesses runs on each database that two processes can share.
func TestTwoProcesses(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			settings := world.DefaultSettings()
			settings.Unlimited = true // a test below checks the budgets
			w := world.NewOn(t, settings, database(t))
			other := process(t, w)
			t.Run("both start at once", func(t *testing.T) { togetherStart(t, w, database(t)) })
			t.Run("a token is used once", func(t *testing.T) { togetherReset(t, w, other) })
			t.Run("a code has five tries", func(t *testing.T) { togetherCodes(t, w, other) })
			t.Run("one of many takes an e-mail", func(t *testing.T) { togetherRace(t, w, other) })
			t.Run("one request for a reset counts", func(t *testing.T) { togetherRequests(t, w, other) })
			t.Run("what one ends is over in the other", func(t *testing.T) { togetherEnd(t, w, other) })
		})
		t.Run(name+" budgets", func(t *testing.T) {
			w := world.NewOn(t, world.DefaultSettings(), database(t))
			togetherBudgets(t, w, process(t, w))
		})
	}
}

// rushBoth sends requests to both processes alternately; all of them wait after the read that finds a secret.
func rushBoth(t testing.TB, w, other *world.World, send func(at *world.World, i int) *world.Answer) []*world.Answer {
	held, one, two := newGate(t, concurrency), w.Service.Store, other.Service.Store
	w.Service.Store, other.Service.Store = gatedStore{one, held}, gatedStore{two, held}
	defer func() { w.Service.Store, other.Service.Store = one, two }()

	return held.concurrently(concurrency, func(i int) *world.Answer { return send([]*world.World{w, other}[i%2], i) })
}

// togetherStart starts processes in development mode on an empty database.
func togetherStart(t *testing.T, w *world.World, database string) {
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			opened, err := store.Open(t.Context(), database)
			if err != nil {
				t.Error(err)
				return
			}

			service := *w.Service
			service.Store = opened
			if err := errors.Join(opened.Migrate(t.Context()), service.EnsureDevelopment(t.Context()),
				opened.Close()); err != nil {
				t.Error(err)
			}
		})
	}

	running.Wait()
}

func togetherReset(t *testing.T, w, other *world.World) {
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.Message(t, models.MessagePasswordReset, "").Token
	answers := rushBoth(t, w, other, func(at *world.World, i int) *world.Answer {
		return at.Do(t, "", "confirmPasswordReset",
			fmt.Sprintf(`{"token":%q,"password":"a new password for number %d"}`, token, i))
	})
	winner := oneWinner(t, answers, models.CodeTokenInvalid)
	world.Succeed(t, other.Do(t, "demo", "signIn",
		world.Credentials(account.DemoEmail, fmt.Sprintf("a new password for number %d", winner))))
}

func togetherCodes(t *testing.T, w, other *world.World) {
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	code := *w.Message(t, models.MessagePhoneCode, "").Code
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}

	answers := rushBoth(t, w, other, func(at *world.World, _ int) *world.Answer {
		return at.Do(t, "demo", "confirmPhoneUpdate",
			fmt.Sprintf(`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true}`, wrong))
	})
	for _, a := range answers {
		if a.Code() != string(models.CodeCodeInvalid) {
			t.Errorf("a wrong code: %s", a.Body)
		}
	}

	last := other.Do(t, "demo", "confirmPhoneUpdate",
		fmt.Sprintf(`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true}`, code))
	if last.Code() != string(models.CodeCodeInvalid) {
		t.Errorf("the right code after five wrong ones: %s", last.Body)
	}
}

func togetherRace(t *testing.T, w, other *world.World) {
	answers := concurrently(concurrency, func(i int) *world.Answer {
		at := []*world.World{w, other}[i%2]
		return at.Do(t, "", "registerAccount",
			fmt.Sprintf(`{"email":"Race@Example.com","password":"the password of number %d"}`, i))
	})
	for _, a := range answers {
		world.Succeed(t, a)
	}

	made := 0
	world.Check(t, w.Store.AuditTrail(t.Context(), func(event models.AuditEvent) error {
		if event.Operation == "registerAccount" && event.AccountID != "" {
			made++
		}
		return nil
	}))
	world.Check(t, w.Worker.Drain(t.Context()))
	activations, notices := 0, 0
	for _, message := range w.Inbox.Messages(t.Context()) {
		switch {
		case message.To != "race@example.com":
		case message.Kind == string(models.MessageActivation):
			activations++
		case message.Kind == string(models.MessageAccountExists):
			notices++
		}
	}

	// One request creates the account; the others wait for the proof of their own mails.
	if made != 1 || activations != concurrency || notices != 0 {
		t.Errorf("%d accounts, %d activations, %d notices", made, activations, notices)
	}
}

// togetherRequests requests a reset many times concurrently: the newest token is valid, and no other.
func togetherRequests(t *testing.T, w, other *world.World) {
	for _, a := range concurrently(concurrency, func(i int) *world.Answer {
		return []*world.World{w, other}[i%2].Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`)
	}) {
		world.Succeed(t, a)
	}

	world.Check(t, w.Worker.Drain(t.Context()))
	good := 0
	for _, message := range w.Inbox.Messages(t.Context()) {
		if message.Kind != string(models.MessagePasswordReset) || message.Token == nil {
			continue
		}

		// A password that the policy refuses shows that the token is valid, and leaves it valid.
		a := other.Do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"short"}`, *message.Token))
		if a.Code() == string(models.CodePasswordRejected) {
			good++
		}
	}

	if good != 1 {
		t.Errorf("%d tokens are good", good)
	}
}

func togetherEnd(t *testing.T, w, other *world.World) {
	secret := "the password of these two"
	_, err := w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "two@example.com", Password: secret})
	world.Check(t, err)
	world.Succeed(t, w.Do(t, "two", "signIn", world.Credentials("two@example.com", secret)))
	world.Succeed(t, other.Do(t, "two", "account", ""))
	world.Succeed(t, w.Do(t, "two", "signOut", `{"scope":"THIS_SESSION"}`))
	if a := other.Do(t, "two", "account", ""); a.Code() != string(models.CodeUnauthenticated) {
		t.Errorf("after the sign-out in one: %s", a.Body)
	}

	key, plain, err := w.Service.CreateAPIKey(t.Context(),
		account.NewAPIKey{Name: "both", Permissions: models.Permissions})
	world.Check(t, err)
	other.Keys["both"] = plain
	world.Succeed(t, other.DoWith(t, "both", "two", "signIn", world.Credentials("two@example.com", secret)))
	world.Check(t, w.Service.RevokeAPIKey(t.Context(), key.ID))
	if a := other.DoWith(t, "both", "two", "account", ""); a.Status != 401 {
		t.Errorf("after the key was revoked in one: %d %s", a.Status, a.Body)
	}
}

// togetherBudgets guesses a password in both processes, which together allow five tries.
func togetherBudgets(t *testing.T, w, other *world.World) {
	limited := 0
	for i := range 12 {
		if []*world.World{w, other}[i%2].Do(t, "", "signIn",
			world.Credentials(account.DemoEmail, "wrong")).Code() == string(models.CodeRateLimited) {
			limited++
		}
	}

	if limited != 12-5 {
		t.Errorf("%d of 12 tries were held up", limited)
	}
}
