package system

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

const (
	day = 24 * time.Hour
	// keepIdle is --retain-idle in these tests.
	keepIdle = 365 * day
)

// idle lets time pass for accounts that nobody uses.
type idle struct {
	*world.World
	t *testing.T
}

// newIdle returns a world whose customers have just been made, signed in and out.
func newIdle(t *testing.T, database string, names ...string) idle {
	t.Helper()
	w := idle{world.NewOn(t, unlimited(), database), t}
	for _, name := range names {
		addCustomer(t, w.World, name)
		world.Succeed(t, w.Do(t, name, "signOut", `{"scope":"ALL_SESSIONS"}`))
	}
	_, err := w.Service.EraseAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)

	return w
}

// pass lets time pass, takes the steps that are due then, and returns how many accounts were erased.
func (w idle) pass(by time.Duration) int {
	w.t.Helper()
	w.Clock.Advance(by)
	erased, err := w.Service.EraseIdle(w.t.Context(), w.Clock.Now().Add(-keepIdle))
	world.Check(w.t, err)

	return erased
}

// send sends what waits, and looks whether it was sent.
func (w idle) send() {
	w.t.Helper()
	world.Check(w.t, w.Worker.Drain(w.t.Context()))
	if erased := w.pass(time.Hour); erased != 0 {
		w.t.Errorf("%d accounts are erased as soon as a mail is sent", erased)
	}
}

// told returns how many notices customers have got.
func (w idle) told() (count int) {
	for _, message := range w.Inbox.Messages(w.t.Context()) {
		if message.Kind == string(models.MessageAccountIdle) {
			count++
		}
	}
	return count
}

// announce tells all customers twice. After it, seven days less an hour are left.
func (w idle) announce() {
	w.t.Helper()
	w.pass(keepIdle - 30*day + time.Hour)
	w.send()
	w.pass(23 * day)
	w.send()
}

// exists checks whether a customer has an account.
func (w idle) exists(name string, want bool) {
	w.t.Helper()
	_, err := w.Store.AccountByEmail(w.t.Context(), models.EmailAddress(name+"@example.com"))
	if (err == nil) != want {
		w.t.Errorf("%s: %v", name, err)
	}
}

func (w idle) signIn(name string) *world.Answer {
	w.t.Helper()
	return w.Do(w.t, name, "signIn", world.Credentials(models.EmailAddress(name+"@example.com"), account.DemoPassword))
}

// TestIdleAccountsAreErased follows an account that nobody uses until it is erased, beside one whose customer comes back
// after each notice, for one short look.
func TestIdleAccountsAreErased(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := newIdle(t, database, "ida", "ben")
		list := &erasureList{}
		w.Service.Erasures = list
		ida, err := w.Store.AccountByEmail(t.Context(), "ida@example.com")
		world.Check(t, err)
		look := func() {
			t.Helper()
			world.Succeed(t, w.signIn("ben"))
			world.Succeed(t, w.Do(t, "ben", "signOut", `{"scope":"THIS_SESSION"}`))
		}

		if w.pass(keepIdle - 30*day - time.Hour); w.told() != 0 {
			t.Errorf("%d notices are sent too early", w.told())
		}
		w.pass(2 * time.Hour)
		w.send()
		if w.told() != 2 {
			t.Errorf("%d notices of two are sent", w.told())
		}
		look()

		w.pass(23*day - 2*time.Hour)
		w.send()
		if w.told() != 2 {
			t.Errorf("the second notice comes too early")
		}
		w.pass(2 * time.Hour)
		w.send()
		if last := w.Message(t, models.MessageAccountIdle, ""); w.told() != 3 || last.To != "ida@example.com" {
			t.Errorf("%d notices, the last one to %s", w.told(), last.To)
		}

		if erased := w.pass(7*day - 2*time.Hour); erased != 0 {
			t.Errorf("%d accounts are erased too early", erased)
		}
		if erased := w.pass(2 * time.Hour); erased != 1 {
			t.Errorf("%d accounts of one are erased", erased)
		}
		w.exists("ida", false)
		w.exists("ben", true)
		if w.Message(t, models.MessageAccountDeleted, "ida@example.com"); list.erased(t) != 1 {
			t.Error("the erasure is not listed")
		}

		trail, err := w.Store.Activity(t.Context(), ida.ID, 0, 3)
		world.Check(t, err)
		for i, want := range []string{"idle expired", "idle notice", "idle notice"} {
			if trail[i].Operation != want {
				t.Errorf("the trail has %s, want %s", trail[i].Operation, want)
			}
		}
		if _, _, err := w.Store.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}

		// He came back 28 days ago, so that he is told in 307 days.
		if w.pass(306 * day); w.told() != 3 {
			t.Errorf("%d notices", w.told())
		}
		w.pass(2 * day)
		if w.send(); w.told() != 4 {
			t.Errorf("%d notices a year after he came back", w.told())
		}
	})
}

// TestIdleNoticeIsNeverShort guards that the times count from when the mails were sent: neither a stopped process nor an
// outage of the mail shortens them, and who could not be told is told from the beginning.
func TestIdleNoticeIsNeverShort(t *testing.T) {
	t.Parallel()
	w := newIdle(t, world.SQLiteFile(t), "ida")
	w.pass(2 * keepIdle)
	w.pass(29 * day) // the mail waits for so long
	w.send()
	if w.pass(22 * day); query(t, w.World, "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND kind = 'ACCOUNT_IDLE'") != 0 {
		t.Error("the second notice comes too soon after the first was sent")
	}
	w.pass(day)
	for range 6 {
		if w.pass(day) != 0 {
			t.Fatal("erased before the second notice was sent")
		}
	}
	w.send()
	if w.told() != 2 || w.pass(7*day-2*time.Hour) != 0 || w.pass(time.Hour) != 1 {
		t.Errorf("after %d notices the account is not erased when it should be", w.told())
	}
}

// TestIdleNoticeMustBeSent guards that a notice that failed, that is gone, or that came too late counts for nothing.
func TestIdleNoticeMustBeSent(t *testing.T) {
	for name, spoil := range map[string]func(w idle){
		"failed": func(w idle) {
			id := w.waiting()
			world.Check(w.t, w.Store.MarkFailed(w.t.Context(), id, w.Clock.Now(), "no such mailbox", nil))
		},
		"gone": func(w idle) {
			db, err := sql.Open("sqlite3", "file:"+w.Database+"?_busy_timeout=30000")
			world.Check(w.t, err)
			defer db.Close()

			_, err = db.Exec("DELETE FROM outbox WHERE account_id <> ''")
			world.Check(w.t, err)
		},
		"too late": func(w idle) {
			w.Clock.Advance(8 * day)
			world.Check(w.t, w.Worker.Drain(w.t.Context()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newIdle(t, world.SQLiteFile(t), "ida")
			w.pass(keepIdle)
			w.send()
			w.pass(23 * day)
			spoil(w)
			for range 29 {
				if w.pass(day) != 0 {
					t.Fatal("erased after one notice")
				}
			}
			if w.told() != 1 {
				t.Fatalf("%d notices", w.told())
			}

			w.pass(3 * day)
			w.send()
			if w.pass(22*day) != 0 || w.told() != 2 {
				t.Errorf("%d notices: the first one did not come again", w.told())
			}
			w.pass(day)
			w.send()
			if w.told() != 3 || w.pass(7*day-time.Hour) != 1 {
				t.Errorf("after %d notices the account is not erased", w.told())
			}
		})
	}
}

// waiting returns the notice that waits to be sent.
func (w idle) waiting() (id string) {
	w.t.Helper()
	read, _ := w.Store.Engine().Pools()
	world.Check(w.t, read.QueryRowContext(w.t.Context(),
		"SELECT id FROM outbox WHERE kind = 'ACCOUNT_IDLE' AND sent_at IS NULL").Scan(&id))

	return id
}

// TestIdleAccountsThatStay guards that who can't be told, who is signed in, and whom the shop has blocked stays, whether
// it was so before the notices or since.
func TestIdleAccountsThatStay(t *testing.T) {
	change := func(w idle, columns ...string) {
		world.Check(w.t, w.Store.InTx(w.t.Context(), func(tx account.Tx) error {
			ida, err := tx.AccountByEmail(w.t.Context(), "ida@example.com")
			if err != nil {
				return err
			}
			ida.Status, ida.EmailVouched, ida.EmailVerifiedAt = models.StatusBlocked, false, nil
			ida.Email = models.PlaceholderEmail(ida.ID)

			return tx.UpdateAccount(w.t.Context(), ida, columns...)
		}))
	}
	for name, act := range map[string]func(w idle){
		"blocked":   func(w idle) { change(w, "status") },
		"unproven":  func(w idle) { change(w, "email_vouched", "email_verified_at") },
		"displaced": func(w idle) { change(w, "email") },
		"signed in": func(w idle) {
			w.Service.Settings.SessionIdle, w.Service.Settings.SessionMax = 2*keepIdle, 2*keepIdle
			world.Succeed(w.t, w.signIn("ida"))
		},
		"in its grace period": func(w idle) {
			w.Service.Settings.DeletionGrace = 3 * keepIdle
			world.Succeed(w.t, w.signIn("ida"))
			world.Succeed(w.t, w.Do(w.t, "ida", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := newIdle(t, world.SQLiteFile(t), "ida")
			act(before)
			before.announce()
			if erased := before.pass(8*day) + before.pass(40*day) + before.pass(40*day); erased != 0 || before.told() != 0 {
				t.Errorf("%d erased, %d notices", erased, before.told())
			}

			since := newIdle(t, world.SQLiteFile(t), "ida")
			since.announce()
			act(since)
			if erased := since.pass(8*day) + since.pass(40*day); erased != 0 || since.told() != 2 {
				t.Errorf("%d erased, %d notices", erased, since.told())
			}
		})
	}
}

// TestIdleTimeThatGrows guards that nobody is erased who would not be by the shop's present --retain-idle.
func TestIdleTimeThatGrows(t *testing.T) {
	t.Parallel()
	w := newIdle(t, world.SQLiteFile(t), "ida")
	w.announce()
	w.Clock.Advance(8 * day)
	for range 2 {
		if erased, err := w.Service.EraseIdle(t.Context(), w.Clock.Now().Add(-2*keepIdle)); erased != 0 || err != nil {
			t.Errorf("erased %d, %v", erased, err)
		}
	}

	if w.pass(0); query(t, w.World, "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND kind = 'ACCOUNT_IDLE'") != 1 {
		t.Error("the notices don't begin again")
	}
}

// TestImportBeginsUse guards that a customer who was brought along counts from then on, however old the account is.
func TestImportBeginsUse(t *testing.T) {
	t.Parallel()
	w := newIdle(t, world.SQLiteFile(t))
	_, said, err := importLines(w.World, `{"email":"old@example.com","createdAt":"2009-01-02T03:04:05Z",`+
		`"updatedAt":"2010-01-02T03:04:05Z","lastActivityDate":"2010-01-02T03:04:05Z"}`+"\n", false)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}

	if w.pass(keepIdle - 31*day); query(t, w.World, "SELECT count(*) FROM outbox WHERE kind = 'ACCOUNT_IDLE'") != 0 {
		t.Error("the customer is told too early")
	}
	w.pass(2 * day)
	w.send()
	w.pass(23 * day)
	w.send()
	if erased := w.pass(7 * day); erased != 1 || w.told() != 2 {
		t.Errorf("%d erased, %d notices", erased, w.told())
	}
}
