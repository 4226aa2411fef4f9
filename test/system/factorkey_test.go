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

// TestAuthenticatorsOutliveTheirKey checks that the keys which have sealed an authenticator and hashed a recovery code can
// be exchanged: the secret is sealed anew, and the key of the codes is kept (R-ROT2).
func TestAuthenticatorsOutliveTheirKey(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { authenticatorsOutliveTheirKey(t, world.New(t, world.DefaultSettings())) })
	t.Run("PostgreSQL", func(t *testing.T) {
		postgrestest.Socket(t)
		authenticatorsOutliveTheirKey(t, world.NewOn(t, world.DefaultSettings(), postgrestest.URL(t)))
	})
}

func authenticatorsOutliveTheirKey(t *testing.T, w *world.World) {
	t.Helper()
	signInDemo(t, w)
	phone := addApp(t, w, "demo", account.DemoPassword)
	world.Check(t, w.Worker.Drain(t.Context())) // a mail that waits keeps its key, too
	for range 2 {
		world.Check(t, w.Service.RotateKeys(t.Context()))
		_, err := w.Store.ReadKeys(t.Context())
		world.Check(t, err)

		// The times of keys are the database's.
		later := time.Now().Add(2 * time.Hour)
		world.Check(t, w.Store.Reap(t.Context(), later))
	}

	keys, err := w.Store.ServerKeys(t.Context())
	world.Check(t, err)
	counts := map[models.KeyPurpose]int{}
	for _, key := range keys {
		counts[key.Purpose]++
	}
	if counts[models.KeyOfOutbox] != 1 || counts[models.KeyOfCodes] != 3 {
		t.Errorf("there are %d keys of the outbox and %d of codes", counts[models.KeyOfOutbox], counts[models.KeyOfCodes])
	}

	challenge := secondStep(t, w, account.DemoEmail, account.DemoPassword)
	world.Succeed(t, w.Do(t, "phone", "completeSignIn",
		fmt.Sprintf(`{"challengeId":%q,"code":%q}`, challenge, phone.code(t, w))))
	challenge = secondStep(t, w, account.DemoEmail, account.DemoPassword)
	world.Succeed(t, w.Do(t, "phone", "completeSignIn",
		fmt.Sprintf(`{"challengeId":%q,"recoveryCode":%q}`, challenge, phone.recoveryCodes[0])))

	// When no recovery code needs the old keys any more, they go.
	world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
		demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
		world.Check(t, err)
		return tx.ReplaceRecoveryCodes(t.Context(), demo.ID, nil)
	}))
	world.Check(t, w.Store.Reap(t.Context(), time.Now().Add(2*time.Hour)))
	keys, err = w.Store.ServerKeys(t.Context())
	world.Check(t, err)
	for _, key := range keys {
		if key.Purpose == models.KeyOfCodes && key.RetiredAt != nil {
			t.Errorf("the retired key %d of codes is still there", key.Number)
		}
	}
}

// TestWrongSecondFactorsAreCounted checks that after a hundred wrong codes in a row no code of an authenticator is looked at,
// and that recovery codes still work and begin the count again.
func TestWrongSecondFactorsAreCounted(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.NetworkTries.Uses = 10_000
	w := world.New(t, settings)
	signInDemo(t, w)
	phone := addApp(t, w, "demo", account.DemoPassword)
	complete := func(field, code string) *world.Answer {
		challenge := secondStep(t, w, account.DemoEmail, account.DemoPassword)
		return w.Do(t, "phone", "completeSignIn", fmt.Sprintf(`{"challengeId":%q,%q:%q}`, challenge, field, code))
	}

	for i := range 100 {
		if a := complete("code", "12345"); a.Code() != string(models.CodeCodeInvalid) {
			t.Fatalf("wrong code %d is answered %s", i+1, a.Code())
		}
	}
	if a := complete("code", phone.code(t, w)); a.Code() != string(models.CodeRateLimited) {
		t.Errorf("a right code after a hundred wrong ones is answered %q", a.Code())
	}
	if a := complete("recoveryCode", "BCDFG-HJKLM"); a.Code() != string(models.CodeCodeInvalid) {
		t.Errorf("a wrong recovery code is answered %q", a.Code())
	}

	world.Succeed(t, complete("recoveryCode", phone.recoveryCodes[0]))
	world.Succeed(t, complete("code", phone.code(t, w)))
}

// TestAuthenticatorsAreLimited checks that an account has at most five authenticators.
func TestAuthenticatorsAreLimited(t *testing.T) {
	t.Parallel()
	w := world.New(t, world.DefaultSettings())
	signInDemo(t, w)
	phone := addApp(t, w, "demo", account.DemoPassword)
	world.Succeed(t, w.Do(t, "demo", "proveIdentity", fmt.Sprintf(`{%s}`, phone.proof(t, w, account.DemoPassword))))
	for range 4 {
		a := world.Succeed(t, w.Do(t, "demo", "requestAuthenticator", `{}`))
		other := appOf(t, a)
		world.Succeed(t, w.Do(t, "demo", "confirmAuthenticator",
			fmt.Sprintf(`{"challengeId":%q,"code":%q}`, other.challenge, other.code(t, w))))
	}
	if a := w.Do(t, "demo", "requestAuthenticator", `{}`); a.Code() != string(models.CodeInvalidInput) {
		t.Errorf("a sixth authenticator is answered %q", a.Code())
	}
}
