package storetest

import (
	"fmt"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func challenges(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	_, err := f.PendingChallenge(f.ctx, owner.ID, models.PurposeEmailChange, base)
	f.notFound(err)
	made := f.challenge(owner, models.PurposeEmailChange)
	got, err := f.ChallengeBySecret(f.ctx, made.Purpose, made.SecretHash)
	f.ok(err)
	if !reflect.DeepEqual(got, made) {
		t.Errorf("\n got %+v\nwant %+v", got, made)
	}

	_, err = f.ChallengeBySecret(f.ctx, models.PurposePasswordReset, made.SecretHash)
	f.notFound(err)
	_, err = f.ChallengeBySecret(f.ctx, made.Purpose, hash("unknown"))
	f.notFound(err)

	newer := &models.Challenge{
		ID: "a-newer", AccountID: owner.ID, Purpose: models.PurposeEmailChange, SecretHash: hash("newer"),
		CreatedAt: base.Add(time.Second), ExpiresAt: base.Add(time.Minute), ResendAvailableAt: base,
	}
	f.tx(func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, newer) })

	pending := func(now time.Time) string {
		got, err := f.PendingChallenge(f.ctx, owner.ID, models.PurposeEmailChange, now)
		f.ok(err)
		return got.ID
	}

	if id := pending(base); id != newer.ID {
		t.Errorf("pending is %s", id)
	}
	if id := pending(newer.ExpiresAt); id != made.ID {
		t.Errorf("after the newer has expired, pending is %s", id)
	}

	_, err = f.PendingChallenge(f.ctx, owner.ID, models.PurposeEmailChange, made.ExpiresAt)
	f.notFound(err)

	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.UseChallenge(f.ctx, made.ID, made.ExpiresAt) }))
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.UseChallenge(f.ctx, "unknown", base) }))
	f.tx(func(tx account.Tx) error { return tx.UseChallenge(f.ctx, made.ID, base) })
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.UseChallenge(f.ctx, made.ID, base) }))
	_, err = f.ChallengeBySecret(f.ctx, made.Purpose, made.SecretHash)
	f.notFound(err)
	f.notFound(
		f.InTx(f.ctx, func(tx account.Tx) error { _, err := tx.TryChallenge(f.ctx, made.ID, 5, base); return err }),
	)
	twin := *newer
	twin.ID = "twin"
	f.code(f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, &twin) }), models.CodeInternal)
}

func challengeIsUsedOnce(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	challenge := f.challenge(owner, models.PurposePasswordReset)
	won := f.race(func(int) error {
		return f.InTx(f.ctx, func(tx account.Tx) error {
			if _, err := tx.LockAccount(f.ctx, owner.ID); err != nil {
				return err
			}
			return tx.UseChallenge(f.ctx, challenge.ID, base)
		})
	}, isNotFound)
	if won != 1 {
		t.Fatalf("%d callers used one challenge", won)
	}
}

func challengeIsTriedFiveTimes(t *testing.T, f *fixture) {
	const limit = 5
	challenge := f.challenge(f.account("a@example.com"), models.PurposePhoneUpdate)
	var seen atomic.Int64
	won := f.race(func(int) error {
		return f.InTx(f.ctx, func(tx account.Tx) error {
			tried, err := tx.TryChallenge(f.ctx, challenge.ID, limit, base)
			if err != nil {
				return err
			}
			if tried.ID != challenge.ID || tried.Attempts < 1 || tried.Attempts > limit {
				return fmt.Errorf("tried %+v", tried)
			}

			seen.Add(1 << (8 * (tried.Attempts - 1)))

			return nil
		})
	}, isNotFound)
	if won != limit || seen.Load() != 0x0101010101 {
		t.Fatalf("%d tries, counts %x", won, seen.Load())
	}

	expired := f.challenge(f.account("b@example.com"), models.PurposePhoneUpdate)
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
		_, err := tx.TryChallenge(f.ctx, expired.ID, limit, expired.ExpiresAt)
		return err
	}))
	f.notFound(f.InTx(
		f.ctx, func(tx account.Tx) error { _, err := tx.TryChallenge(f.ctx, "unknown", limit, base); return err },
	))
}

// voidUndos keeps older undo challenges for another address.
func voidUndos(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	undo := func(of *models.Account, target string, made time.Time) *models.Challenge {
		id := f.id("undo")
		challenge := &models.Challenge{
			ID: id, AccountID: of.ID, Purpose: models.PurposeEmailUndo, SecretHash: hash(id), Target: target,
			EmailAtIssue: of.Email,
			CreatedAt:    made, ExpiresAt: base.Add(time.Hour), ResendAvailableAt: base,
		}
		f.tx(func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, challenge) })

		return challenge
	}

	older := undo(owner, "first@example.com", base.Add(-time.Hour))
	same := undo(owner, "second@example.com", base.Add(-time.Hour))
	younger, others := undo(owner, "third@example.com", base), undo(other, "third@example.com", base)
	f.tx(func(tx account.Tx) error { return tx.VoidUndos(f.ctx, owner.ID, "second@example.com", base) })

	for _, kept := range []*models.Challenge{older, others} {
		_, err := f.ChallengeBySecret(f.ctx, kept.Purpose, kept.SecretHash)
		f.ok(err)
	}

	for _, void := range []*models.Challenge{same, younger} {
		_, err := f.ChallengeBySecret(f.ctx, void.Purpose, void.SecretHash)
		f.notFound(err)
	}
}

func voidChallenges(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	void := func(purposes ...models.Purpose) (voided int) {
		f.tx(func(tx account.Tx) (err error) {
			voided, err = tx.VoidChallenges(f.ctx, owner.ID, base, purposes...)
			return err
		})
		return voided
	}

	kept := f.challenge(other, models.PurposeEmailChange)
	used := f.challenge(owner, models.PurposeEmailChange)
	f.tx(func(tx account.Tx) error { return tx.UseChallenge(f.ctx, used.ID, base) })
	f.challenge(owner, models.PurposeEmailChange)
	reset := f.challenge(owner, models.PurposePasswordReset)
	f.challenge(owner, models.PurposePhoneUpdate)
	if got := void(models.PurposeEmailChange); got != 1 {
		t.Errorf("%d e-mail changes were live", got)
	}

	_, err := f.ChallengeBySecret(f.ctx, reset.Purpose, reset.SecretHash)
	f.ok(err)
	if got := void(models.PurposeEmailChange, models.PurposeEmailUndo); got != 0 {
		t.Errorf("%d were live of none", got)
	}
	if got := void(); got != 2 {
		t.Errorf("%d were live of the rest", got)
	}

	_, err = f.ChallengeBySecret(f.ctx, reset.Purpose, reset.SecretHash)
	f.notFound(err)
	_, err = f.ChallengeBySecret(f.ctx, kept.Purpose, kept.SecretHash)
	f.ok(err)
}

func (f *fixture) spend(key string, now time.Time) (budget models.Budget) {
	f.Helper()
	f.tx(func(tx account.Tx) (err error) {
		budget, err = tx.SpendBudget(f.ctx, key, now, time.Hour)
		return err
	})
	return budget
}

func budgets(t *testing.T, f *fixture) {
	expect := func(name string, got models.Budget, count int, resets time.Time, blocked time.Time) {
		t.Helper()
		if got.Key != "k" || got.Count != count || !got.ResetsAt.Equal(resets) || !got.BlockedUntil.Equal(blocked) {
			t.Errorf("%s: %+v", name, got)
		}
	}

	end, until := base.Add(time.Hour), base.Add(2*time.Hour)
	expect("first", f.spend("k", base), 1, end, time.Time{})
	expect("second", f.spend("k", base.Add(time.Minute)), 2, end, time.Time{})
	f.spend("other", base)
	f.tx(func(tx account.Tx) error { return tx.BlockBudget(f.ctx, "k", until) })
	read, err := f.Budgets(f.ctx, "k", "unknown")
	f.ok(err)
	if len(read) != 1 {
		t.Fatalf("read %+v", read)
	}

	expect("read", read[0], 2, end, until)
	expect("read, and spent", read[0].Spent(end.Add(-time.Microsecond)), 3, end, until)
	if anew := read[0].Spent(end); anew.Count != 1 || !anew.BlockedUntil.IsZero() {
		t.Errorf("spent when its time is over: %+v", anew)
	}

	expect("blocked", f.spend("k", end.Add(-time.Microsecond)), 3, end, until)
	expect("anew", f.spend("k", end), 1, end.Add(time.Hour), time.Time{})
	f.tx(func(tx account.Tx) error { return tx.ResetBudget(f.ctx, "k") })
	expect("reset", f.spend("k", base), 1, end, time.Time{})
	f.tx(func(tx account.Tx) error { return tx.ResetBudget(f.ctx, "unknown") })
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.BlockBudget(f.ctx, "unknown", until) }))

	if refused := f.InTx(f.ctx, func(tx account.Tx) error {
		if _, err := tx.SpendBudget(f.ctx, "k", base, time.Hour); err != nil {
			return err
		}
		return models.NewError(models.CodeRateLimited, "too many")
	}); models.CodeOf(refused) != models.CodeRateLimited {
		t.Errorf("got %v", refused)
	}

	expect("a refused transaction spends nothing", f.spend("k", base), 2, end, time.Time{})
}

func budgetCountsEach(t *testing.T, f *fixture) {
	var counts [many + 1]atomic.Bool
	won := f.race(func(int) error {
		return f.InTx(f.ctx, func(tx account.Tx) error {
			budget, err := tx.SpendBudget(f.ctx, "k", base, time.Hour)
			if err == nil && counts[budget.Count].Swap(true) {
				return fmt.Errorf("two got the count %d", budget.Count)
			}
			return err
		})
	}, func(error) bool { return false })
	if won != many {
		t.Fatalf("%d counted", won)
	}
}
