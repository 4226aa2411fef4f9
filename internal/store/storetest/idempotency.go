package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// idempotencyKey returns a key with a lease of some seconds and a lifetime of ten minutes from base.
func (f *fixture) idempotencyKey(owner string) *models.IdempotencyKey {
	f.Helper()
	return &models.IdempotencyKey{
		ID: f.id("key"), Fingerprint: hash("request"), Owner: owner,
		LeaseUntil: base.Add(7 * time.Second), ExpiresAt: base.Add(10 * time.Minute),
	}
}

// reserve tries to get a key for an owner at a time.
func (f *fixture) reserve(key models.IdempotencyKey, owner string, now time.Time) error {
	f.Helper()
	key.Owner, key.LeaseUntil, key.ExpiresAt = owner, now.Add(7*time.Second), now.Add(10*time.Minute)
	return f.InTx(f.ctx, func(tx account.Tx) error { return tx.ReserveIdempotencyKey(f.ctx, &key, now) })
}

// kept returns a copy of a key with an owner, an outcome and an answer.
func kept(key *models.IdempotencyKey, owner, outcome, answer string) *models.IdempotencyKey {
	copied := *key
	copied.Owner, copied.Outcome, copied.Answer = owner, []byte(outcome), []byte(answer)
	return &copied
}

func (f *fixture) keepOutcome(key *models.IdempotencyKey) error {
	return f.InTx(f.ctx, func(tx account.Tx) error { return tx.KeepOutcome(f.ctx, key) })
}

func (f *fixture) keepAnswer(key *models.IdempotencyKey) error {
	return f.InTx(f.ctx, func(tx account.Tx) error { return tx.KeepAnswer(f.ctx, key) })
}

func isTaken(err error) bool { return errors.Is(err, models.ErrTaken) }

func idempotencyKeys(t *testing.T, f *fixture) {
	key := f.idempotencyKey("first")
	_, err := f.IdempotencyKey(f.ctx, key.ID, base)
	f.notFound(err)
	f.ok(f.reserve(*key, "first", base))

	// While the first attempt runs, nobody else gets the key. After its lease, only a retry of the same request
	// does.
	other := *key
	other.Fingerprint = hash("another request")
	late := base.Add(7 * time.Second)
	for name, err := range map[string]error{
		"a running key":                       f.reserve(*key, "second", late.Add(-time.Microsecond)),
		"another request of a key left alone": f.reserve(other, "second", late),
	} {
		if !isTaken(err) {
			t.Errorf("%s is given away: %v", name, err)
		}
	}

	f.ok(f.reserve(*key, "second", late))

	// The owner that lost it can't write any more.
	renewed, owner := "renewed", f.account("a@example.com")
	f.notFound(f.keepOutcome(kept(key, "first", "of the first", "")))
	f.notFound(f.keepAnswer(kept(key, "first", "", "of the first")))
	f.tx(func(tx account.Tx) error { return tx.FreeIdempotencyKey(f.ctx, key.ID, "first") })
	outcome := kept(key, "second", "outcome", "")
	outcome.RenewedID, outcome.AccountID = &renewed, &owner.ID
	f.ok(f.keepOutcome(outcome))

	// An outcome stays, whoever asks and however late. It is written once and answered once.
	f.notFound(f.keepOutcome(outcome))
	f.tx(func(tx account.Tx) error { return tx.FreeIdempotencyKey(f.ctx, key.ID, "second") })
	if err := f.reserve(*key, "third", late.Add(8*time.Second)); !isTaken(err) {
		t.Errorf("a key with an outcome is given away: %v", err)
	}

	f.ok(f.keepAnswer(kept(key, "second", "", "answer")))
	f.notFound(f.keepAnswer(kept(key, "second", "", "another answer")))

	// It is found by both ids, with the sealed values, until it expires.
	for _, id := range []string{key.ID, renewed} {
		found, err := f.IdempotencyKey(f.ctx, id, late)
		f.ok(err)
		if string(found.Outcome) != "outcome" || string(found.Answer) != "answer" || found.Owner != "second" ||
			!reflect.DeepEqual(found.Fingerprint, key.Fingerprint) || *found.AccountID != owner.ID || !found.Settled() {
			t.Errorf("by %s there is %+v", id, found)
		}
	}

	end := late.Add(10 * time.Minute)
	_, err = f.IdempotencyKey(f.ctx, key.ID, end)
	f.notFound(err)
	f.ok(f.reserve(other, "fourth", end))
	fresh, err := f.IdempotencyKey(f.ctx, key.ID, end)
	f.ok(err)
	if fresh.Settled() || fresh.AccountID != nil || fresh.RenewedID != nil || fresh.Owner != "fourth" {
		t.Errorf("a key that had expired holds %+v", fresh)
	}
}

// idempotencyKeysGo checks that keys are deleted with their account, when they are freed, and when they are old,
// and that the answer of a refusal is kept without an outcome.
func idempotencyKeysGo(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	theirs, freed, refused := f.idempotencyKey("one"), f.idempotencyKey("one"), f.idempotencyKey("one")
	for _, key := range []*models.IdempotencyKey{theirs, freed, refused} {
		f.ok(f.reserve(*key, "one", base))
	}

	outcome := kept(theirs, "one", "outcome", "")
	outcome.AccountID = &owner.ID
	f.ok(f.keepOutcome(outcome))
	f.ok(f.keepAnswer(kept(refused, "one", "", "refusal")))
	f.notFound(f.keepOutcome(kept(refused, "one", "outcome", "")))

	f.tx(func(tx account.Tx) error { return tx.FreeIdempotencyKey(f.ctx, freed.ID, "one") })
	_, err := f.IdempotencyKey(f.ctx, freed.ID, base)
	f.notFound(err)
	f.tx(func(tx account.Tx) error { return f.erase(tx, owner.ID) })
	_, err = f.IdempotencyKey(f.ctx, theirs.ID, base)
	f.notFound(err)

	found, err := f.IdempotencyKey(f.ctx, refused.ID, base)
	f.ok(err)
	if string(found.Answer) != "refusal" || found.Outcome != nil {
		t.Errorf("the refusal is %+v", found)
	}

	f.ok(f.Reap(f.ctx, base.Add(10*time.Minute)))
	_, err = f.IdempotencyKey(f.ctx, refused.ID, base)
	f.notFound(err)
}

// oneReservesKey: of many concurrent attempts, one gets a new key, and one gets an abandoned key.
func oneReservesKey(t *testing.T, f *fixture) {
	key := f.idempotencyKey("")
	for _, now := range []time.Time{base, base.Add(time.Minute), base.Add(20 * time.Minute)} {
		won := f.race(func(n int) error { return f.reserve(*key, string(rune('A'+n)), now) }, isTaken)
		if won != 1 {
			t.Errorf("%d attempts got one key", won)
		}
	}
}
