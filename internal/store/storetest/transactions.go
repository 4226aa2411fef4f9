package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func transactionIsAllOrNothing(t *testing.T, f *fixture) {
	refused := errors.New("refused")
	err := f.InTx(f.ctx, func(tx account.Tx) error {
		f.ok(tx.CreateAccount(f.ctx, minimalAccount("a", "a@example.com")))
		return refused
	})
	if err != refused {
		t.Errorf("got %v instead of the caller's own error", err)
	}

	func() {
		defer func() {
			if recovered := recover(); recovered != "panic" {
				t.Errorf("recovered %v", recovered)
			}
		}()

		_ = f.InTx(f.ctx, func(tx account.Tx) error {
			f.ok(tx.CreateAccount(f.ctx, minimalAccount("a", "a@example.com")))
			panic("panic")
		})
	}()
	_, err = f.AccountByID(f.ctx, "a")
	f.notFound(err)
	f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, minimalAccount("a", "a@example.com")) })
	_, err = f.AccountByID(f.ctx, "a")
	f.ok(err)
}

func transactionEndsWithContext(_ *testing.T, f *fixture) {
	ctx, cancel := context.WithCancel(f.ctx)
	err := f.InTx(ctx, func(tx account.Tx) error {
		f.ok(tx.CreateAccount(ctx, minimalAccount("a", "a@example.com")))
		cancel()
		return nil // the commit must detect the failure
	})
	f.code(err, models.CodeUnavailable)
	f.code(f.InTx(ctx, func(account.Tx) error { return nil }), models.CodeUnavailable)
	_, err = f.AccountByID(ctx, "a")
	f.code(err, models.CodeUnavailable)
	_, err = f.AccountByID(f.ctx, "a")
	f.notFound(err)

	// A statement that fails because its own context ended fails the whole transaction, even if the caller
	// continues with another context.
	err = f.InTx(f.ctx, func(tx account.Tx) error {
		f.ok(tx.CreateAccount(f.ctx, minimalAccount("b", "b@example.com")))
		f.code(tx.CreateAccount(ctx, minimalAccount("c", "c@example.com")), models.CodeUnavailable)
		f.code(tx.CreateAccount(f.ctx, minimalAccount("d", "d@example.com")), models.CodeUnavailable)
		return nil
	})
	f.code(err, models.CodeUnavailable)
	for _, id := range []string{"b", "c", "d"} {
		_, err := f.AccountByID(f.ctx, id)
		f.notFound(err)
	}

	late, cancel := context.WithDeadline(f.ctx, time.Now().Add(-time.Second))
	defer cancel()
	f.code(f.InTx(late, func(account.Tx) error { return nil }), models.CodeUnavailable)
	f.ok(f.Ready(f.ctx))
}

func transactionAfterFailure(_ *testing.T, f *fixture) {
	f.account("a@example.com")
	f.tx(func(tx account.Tx) error {
		f.code(tx.CreateAccount(f.ctx, minimalAccount("b", "a@example.com")), models.CodeEmailUnavailable)
		return tx.CreateAccount(f.ctx, minimalAccount("b", "b@example.com"))
	})
	_, err := f.AccountByID(f.ctx, "b")
	f.ok(err)
	err = f.InTx(f.ctx, func(tx account.Tx) error {
		f.ok(tx.CreateAccount(f.ctx, minimalAccount("c", "c@example.com")))
		f.notFound(tx.CreateChallenge(f.ctx, &models.Challenge{ID: "c", AccountID: "nobody", SecretHash: hash("c")}))
		return nil
	})
	if err == nil {
		f.Fatal("a transaction with a failed statement was committed")
	}

	_, err = f.AccountByID(f.ctx, "c")
	f.notFound(err)
}

func closedIsUnavailable(_ *testing.T, f *fixture) {
	f.account("a@example.com")
	f.ok(f.Close())
	f.ok(f.Close())
	_, err := f.AccountByEmail(f.ctx, "a@example.com")
	f.code(err, models.CodeUnavailable)
	f.code(f.InTx(f.ctx, func(account.Tx) error { return nil }), models.CodeUnavailable)
	_, _, _, err = f.Authenticate(f.ctx, hash("k"), nil, base)
	f.code(err, models.CodeUnavailable)
	f.code(f.Ready(f.ctx), models.CodeUnavailable)
}

// knownAccountIsCurrent: what changed since the account was read is read again, and the copy is the caller's own.
func knownAccountIsCurrent(t *testing.T, f *fixture) {
	read := f.account("a@example.com")
	used := base.Add(time.Hour)
	lock := func() (locked *models.Account) {
		f.tx(func(tx account.Tx) (err error) {
			locked, err = tx.LockKnownAccount(f.ctx, read)
			return err
		})
		return locked
	}

	f.ok(f.RecordActivity(f.ctx, []models.Activity{{AccountID: read.ID, UsedAt: used}}))
	locked := lock()
	if locked == read || locked.LastActivityAt == nil || !locked.LastActivityAt.Equal(used) || locked.City != nil {
		t.Errorf("unchanged: %+v", locked)
	}

	f.tx(func(tx account.Tx) error {
		changed := *read
		changed.City = pointer("Gdansk")
		return tx.UpdateAccount(f.ctx, &changed, "city")
	})
	locked = lock()
	if locked.City == nil || *locked.City != "Gdansk" || locked.Version != read.Version+1 {
		t.Errorf("changed: %+v", locked)
	}
}
