package graph_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// This file guards what holds when two processes share a database, and requests
// of one customer alternate between them.

// TestTwoProcesses runs on each database that two processes can share.
func TestTwoProcesses(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"SQLite": sqliteFile, "PostgreSQL": postgrestest.URL} {
		t.Run(name, func(t *testing.T) {
			settings := defaultSettings()
			settings.Unlimited = true // the budgets have a test of their own below
			w := newWorldOn(t, settings, database(t))
			other := w.process(t)
			t.Run("both start at once", func(t *testing.T) { togetherStart(t, w, database(t)) })
			t.Run("a token is used once", func(t *testing.T) { togetherReset(t, w, other) })
			t.Run("a code has five tries", func(t *testing.T) { togetherCodes(t, w, other) })
			t.Run("one of many takes an e-mail", func(t *testing.T) { togetherRace(t, w, other) })
			t.Run("one request for a reset counts", func(t *testing.T) { togetherRequests(t, w, other) })
			t.Run("what one ends is over in the other", func(t *testing.T) { togetherEnd(t, w, other) })
		})
		t.Run(name+" budgets", func(t *testing.T) {
			w := newWorldOn(t, defaultSettings(), database(t))
			togetherBudgets(t, w, w.process(t))
		})
	}
}

// rushBoth sends requests to both processes by turns, all of them held behind the read that finds a secret.
func rushBoth(w, other *world, send func(at *world, i int) *answer) []*answer {
	held, one, two := newGate(crowd), w.service.Store, other.service.Store
	w.service.Store, other.service.Store = gatedStore{one, held}, gatedStore{two, held}
	defer func() { w.service.Store, other.service.Store = one, two }()
	return atOnce(crowd, func(i int) *answer { return send([]*world{w, other}[i%2], i) })
}

// togetherStart starts processes in development mode on an empty database.
func togetherStart(t *testing.T, w *world, database string) {
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			opened, err := store.Open(t.Context(), database)
			if err != nil {
				t.Error(err)
				return
			}
			service := *w.service
			service.Store = opened
			if err := errors.Join(opened.Migrate(t.Context()), service.EnsureDevelopment(t.Context()), opened.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
}

func togetherReset(t *testing.T, w, other *world) {
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.message(t, models.MessagePasswordReset, "").Token
	answers := rushBoth(w, other, func(at *world, i int) *answer {
		return at.do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a new password for number %d"}`, token, i))
	})
	winner := oneWinner(t, answers, models.CodeTokenInvalid)
	succeed(t, other.do(t, "demo", "signIn", credentials(account.DemoEmail, fmt.Sprintf("a new password for number %d", winner))))
}

func togetherCodes(t *testing.T, w, other *world) {
	succeed(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	code := *w.message(t, models.MessagePhoneCode, "").Code
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	answers := rushBoth(w, other, func(at *world, _ int) *answer {
		return at.do(t, "demo", "confirmPhoneUpdate", fmt.Sprintf(`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true}`, wrong))
	})
	for _, a := range answers {
		if a.code() != string(models.CodeCodeInvalid) {
			t.Errorf("a wrong code: %s", a.body)
		}
	}
	last := other.do(t, "demo", "confirmPhoneUpdate", fmt.Sprintf(`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true}`, code))
	if last.code() != string(models.CodeCodeInvalid) {
		t.Errorf("the right code after five wrong ones: %s", last.body)
	}
}

func togetherRace(t *testing.T, w, other *world) {
	answers := atOnce(crowd, func(i int) *answer {
		at := []*world{w, other}[i%2]
		return at.do(t, "", "registerAccount", fmt.Sprintf(`{"email":"Race@Example.com","password":"the password of number %d"}`, i))
	})
	for _, a := range answers {
		succeed(t, a)
	}
	made := 0
	check(t, w.store.AuditTrail(t.Context(), func(event models.AuditEvent) error {
		if event.Operation == "registerAccount" && event.AccountID != "" {
			made++
		}
		return nil
	}))
	check(t, w.worker.Drain(t.Context()))
	activations, notices := 0, 0
	for _, message := range w.inbox.Messages(t.Context()) {
		switch {
		case message.To != "race@example.com":
		case message.Kind == string(models.MessageActivation):
			activations++
		case message.Kind == string(models.MessageAccountExists):
			notices++
		}
	}
	// One makes the account; the others wait for the proof of their own mails.
	if made != 1 || activations != crowd || notices != 0 {
		t.Errorf("%d accounts, %d activations, %d notices", made, activations, notices)
	}
}

// togetherRequests asks many times at once for a reset: the newest token is good, and no other.
func togetherRequests(t *testing.T, w, other *world) {
	for _, a := range atOnce(crowd, func(i int) *answer {
		return []*world{w, other}[i%2].do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`)
	}) {
		succeed(t, a)
	}
	check(t, w.worker.Drain(t.Context()))
	good := 0
	for _, message := range w.inbox.Messages(t.Context()) {
		if message.Kind != string(models.MessagePasswordReset) || message.Token == nil {
			continue
		}
		// A password that the policy refuses says that the token is good, and leaves it so.
		a := other.do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"short"}`, *message.Token))
		if a.code() == string(models.CodePasswordRejected) {
			good++
		}
	}
	if good != 1 {
		t.Errorf("%d tokens are good", good)
	}
}

func togetherEnd(t *testing.T, w, other *world) {
	secret := "the password of these two"
	_, err := w.service.CreateAccount(t.Context(), account.NewAccount{Email: "two@example.com", Password: secret})
	check(t, err)
	succeed(t, w.do(t, "two", "signIn", credentials("two@example.com", secret)))
	succeed(t, other.do(t, "two", "account", ""))
	succeed(t, w.do(t, "two", "signOut", `{"scope":"THIS_SESSION"}`))
	if a := other.do(t, "two", "account", ""); a.code() != string(models.CodeUnauthenticated) {
		t.Errorf("after the sign-out in one: %s", a.body)
	}
	key, plain, err := w.service.CreateAPIKey(t.Context(), account.NewAPIKey{Name: "both", Permissions: models.Permissions})
	check(t, err)
	other.keys["both"] = plain
	succeed(t, other.doWith(t, "both", "two", "signIn", credentials("two@example.com", secret)))
	check(t, w.service.RevokeAPIKey(t.Context(), key.ID))
	if a := other.doWith(t, "both", "two", "account", ""); a.status != 401 {
		t.Errorf("after the key was revoked in one: %d %s", a.status, a.body)
	}
}

// togetherBudgets guesses a password in both, which has five tries in all.
func togetherBudgets(t *testing.T, w, other *world) {
	limited := 0
	for i := range 12 {
		if []*world{w, other}[i%2].do(t, "", "signIn", credentials(account.DemoEmail, "wrong")).code() == string(models.CodeRateLimited) {
			limited++
		}
	}
	if limited != 12-5 {
		t.Errorf("%d of 12 tries were held up", limited)
	}
}
