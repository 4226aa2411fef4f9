package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// deletions guards that grace periods are found when they are over, the oldest first, and end once.
func deletions(t *testing.T, f *fixture) {
	var ids []string
	for i := range 3 {
		owner := f.account(models.EmailAddress(f.id("owner") + "@example.com"))
		ids = append(ids, owner.ID)
		f.tx(func(tx account.Tx) error {
			return tx.ScheduleDeletion(f.ctx, &models.Deletion{
				AccountID: owner.ID, RequestedAt: base, ScheduledFor: base.Add(time.Duration(3-i) * time.Hour),
			})
		})
	}

	due := func(now time.Time, limit int) []string {
		t.Helper()
		found, err := f.DueDeletions(f.ctx, now, limit)
		f.ok(err)
		return found
	}
	if early := due(base.Add(time.Hour-time.Microsecond), 9); len(early) != 0 {
		t.Errorf("too early are %v", early)
	}
	if all := due(base.Add(3*time.Hour), 9); !slices.Equal(all, []string{ids[2], ids[1], ids[0]}) {
		t.Errorf("due are %v of %v", all, ids)
	}
	if one := due(base.Add(3*time.Hour), 1); !slices.Equal(one, ids[2:]) {
		t.Errorf("due first are %v of %v", one, ids)
	}

	kept, err := f.Deletion(f.ctx, ids[0])
	f.ok(err)
	if !kept.RequestedAt.Equal(base) || !kept.ScheduledFor.Equal(base.Add(3*time.Hour)) {
		t.Errorf("kept is %+v", kept)
	}

	f.tx(func(tx account.Tx) error { return tx.CancelDeletion(f.ctx, ids[0]) })
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.CancelDeletion(f.ctx, ids[0]) }))
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { _, err := tx.Deletion(f.ctx, ids[0]); return err }))
	_, err = f.Deletion(f.ctx, ids[0])
	f.notFound(err)

	f.tx(func(tx account.Tx) error { return f.erase(tx, ids[1]) })
	if left := due(base.Add(3*time.Hour), 9); !slices.Equal(left, ids[2:]) {
		t.Errorf("left are %v of %v", left, ids)
	}

	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
		return tx.ScheduleDeletion(f.ctx, &models.Deletion{AccountID: "nobody", RequestedAt: base, ScheduledFor: base})
	}))
}
