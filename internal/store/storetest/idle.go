package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// idleAccounts guards that an account is found once when it has been idle for long enough, and that a use is none of its
// changes.
func idleAccounts(t *testing.T, f *fixture) {
	const day = 24 * time.Hour
	created, used, imported := f.account("a@example.com"), f.account("b@example.com"), f.account("c@example.com")
	f.tx(func(tx account.Tx) error { return tx.RecordUse(f.ctx, used.ID, base.Add(9*day)) })
	f.tx(func(tx account.Tx) error { return tx.RecordUse(f.ctx, used.ID, base.Add(8*day)) })
	f.tx(func(tx account.Tx) error { return tx.CountIdleFrom(f.ctx, imported.ID, base.Add(5*day)) })

	find := func(before time.Time, limit, want int) {
		t.Helper()
		looked, err := f.FindIdle(f.ctx, before, base.Add(20*day), limit)
		f.ok(err)
		if looked != want {
			t.Errorf("looked at %d accounts, want %d", looked, want)
		}
	}
	due := func(now time.Time, want ...string) {
		t.Helper()
		ids, err := f.DueIdleNotices(f.ctx, now, 9)
		f.ok(err)
		if !slices.Equal(ids, want) {
			t.Errorf("due are %v, want %v", ids, want)
		}
	}
	find(base, 9, 0)
	find(base.Add(day), 1, 1)
	find(base.Add(day), 9, 1)
	find(base.Add(day), 9, 0) // the account that was used is not looked at again
	due(base.Add(20*day), created.ID)
	find(base.Add(6*day), 9, 1)
	due(base.Add(19 * day))
	f.tx(func(tx account.Tx) error {
		notice, err := tx.IdleNotice(f.ctx, imported.ID)
		f.ok(err)
		if !notice.IdleSince.Equal(base.Add(5*day)) || notice.Told != 0 || notice.MessageID != "" {
			t.Errorf("the import's notice is %+v", notice)
		}

		return tx.DropIdleNotice(f.ctx, imported.ID)
	})
	find(base.Add(10*day), 9, 1)
	due(base.Add(20*day), slices.Sorted(slices.Values([]string{created.ID, used.ID}))...)

	kept, err := f.AccountByID(f.ctx, used.ID)
	f.ok(err)
	if kept.Version != used.Version || !kept.UpdatedAt.Equal(used.UpdatedAt) || !kept.LastUsed().Equal(base.Add(9*day)) {
		t.Errorf("a use changed the account to %+v", kept)
	}
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.CountIdleFrom(f.ctx, "nobody", base) }))
}

// idleNotices guards that the notices of an account are kept, see whether a message was sent, and go with the account.
func idleNotices(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	looked, err := f.FindIdle(f.ctx, base.Add(time.Hour), base, 9)
	f.ok(err)
	if looked != 1 {
		t.Fatalf("looked at %d accounts", looked)
	}

	notice := &models.IdleNotice{AccountID: owner.ID, IdleSince: base, Told: 2, MessageID: "m", DueAt: base.Add(time.Hour)}
	f.tx(func(tx account.Tx) error { return tx.KeepIdleNotice(f.ctx, notice) })
	_, err = f.FindIdle(f.ctx, base.Add(time.Hour), base.Add(2*time.Hour), 9)
	f.ok(err)
	f.tx(func(tx account.Tx) error {
		read, err := tx.IdleNotice(f.ctx, owner.ID)
		f.ok(err)
		if read.Told != 2 || read.MessageID != "m" || !read.DueAt.Equal(notice.DueAt) || !read.IdleSince.Equal(owner.UpdatedAt) {
			t.Errorf("kept is %+v", read)
		}

		return nil
	})

	sentAt := func(id string) (at *time.Time, err error) {
		err = f.InTx(f.ctx, func(tx account.Tx) error {
			at, err = tx.SentAt(f.ctx, id)
			return err
		})
		return at, err
	}
	waiting, sent, failed := f.message(owner.ID, ""), f.message(owner.ID, ""), f.message(owner.ID, "")
	f.ok(f.MarkSent(f.ctx, sent.ID, base.Add(time.Minute)))
	f.ok(f.MarkFailed(f.ctx, failed.ID, base.Add(time.Minute), "refused", nil))
	if at, err := sentAt(waiting.ID); at != nil || err != nil {
		t.Errorf("a message that waits was sent at %v, %v", at, err)
	}
	if at, err := sentAt(sent.ID); err != nil || at == nil || !at.Equal(base.Add(time.Minute)) {
		t.Errorf("a message was sent at %v, %v", at, err)
	}
	for _, id := range []string{failed.ID, "gone"} {
		_, err := sentAt(id)
		f.notFound(err)
	}

	signedIn := func(now time.Time, want bool) {
		t.Helper()
		f.tx(func(tx account.Tx) error {
			is, err := tx.SignedIn(f.ctx, owner.ID, now)
			if is != want {
				t.Errorf("signed in is %v, %v", is, err)
			}
			return err
		})
	}
	signedIn(base, false)
	session := f.session(owner)
	signedIn(session.ExpiresAt.Add(-time.Second), true)
	signedIn(session.ExpiresAt, false)

	f.tx(func(tx account.Tx) error { _, err := tx.DeleteAccount(f.ctx, owner.ID); return err })
	for _, change := range []func(tx account.Tx) error{
		func(tx account.Tx) error { _, err := tx.IdleNotice(f.ctx, owner.ID); return err },
		func(tx account.Tx) error { return tx.KeepIdleNotice(f.ctx, notice) },
		func(tx account.Tx) error { return tx.DropIdleNotice(f.ctx, owner.ID) },
	} {
		f.notFound(f.InTx(f.ctx, change))
	}
}
