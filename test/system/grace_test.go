package system

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

const grace = 30 * 24 * time.Hour

// TestGraceEndsOnce races what can happen when a grace period is over: two reapers, two cancellations and two
// sign-ins. Either one cancellation succeeds, and the account is open and whole, or the account is erased and every
// cancellation is refused.
func TestGraceEndsOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		settings := unlimited()
		settings.DeletionGrace = grace
		w := world.NewOn(t, settings, database)
		kept, erased := 0, 0
		for round := range 12 {
			email := fmt.Sprintf("round%d@example.com", round)
			addCustomer(t, w, fmt.Sprintf("round%d", round))
			world.Succeed(t, w.Do(t, "customer", "signIn", world.Credentials(models.EmailAddress(email), account.DemoPassword)))
			world.Succeed(t, w.Do(t, "customer", "deleteAccount",
				fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
			w.Clock.Advance(grace)

			if endGrace(t, w, email, round) {
				kept++
			} else {
				erased++
			}
		}

		t.Logf("%d accounts were kept, %d erased", kept, erased)
		if _, _, err := w.Store.VerifyAudit(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// endGrace lets everybody act on one account at once, and reports whether the account was kept.
func endGrace(t *testing.T, w *world.World, email string, round int) (kept bool) {
	t.Helper()
	var group sync.WaitGroup
	start := make(chan struct{})
	at := func(act func()) {
		group.Go(func() {
			<-start
			act()
		})
	}

	cancellations, signIns := make([]*world.Answer, 2), make([]*world.Answer, 2)
	for i := range 2 {
		at(func() {
			if _, err := w.Service.EraseDue(context.Background()); err != nil {
				t.Error(err)
			}
		})
		at(func() {
			cancellations[i] = w.Do(t, "", "cancelAccountDeletion",
				fmt.Sprintf(`{"accountEmail":%q,"password":%q}`, email, account.DemoPassword))
		})
		at(func() {
			signIns[i] = w.Do(t, "", "signIn", world.Credentials(models.EmailAddress(email), account.DemoPassword))
		})
	}

	close(start)
	group.Wait()

	for _, a := range cancellations {
		switch {
		case a.Code() == "" && a.At("cancelAccountDeletion.cancelled") == true:
			if kept {
				t.Errorf("round %d: called off twice", round)
			}
			kept = true
		case a.Code() != "" && a.Code() != string(models.CodeInvalidCredentials):
			t.Errorf("round %d: a cancellation got %s", round, a.Body)
		}
	}

	after := w.Do(t, "", "signIn", world.Credentials(models.EmailAddress(email), account.DemoPassword))
	if want := map[bool]string{true: "", false: string(models.CodeInvalidCredentials)}[kept]; after.Code() != want {
		t.Errorf("round %d: kept is %v, and a sign-in gets %s", round, kept, after.Body)
	}

	for _, a := range signIns {
		switch a.Code() {
		case string(models.CodeDeletionPending), string(models.CodeInvalidCredentials):
		case "":
			if !kept {
				t.Errorf("round %d: a sign-in to an account that was erased got %s", round, a.Body)
			}
		default:
			t.Errorf("round %d: a sign-in got %s", round, a.Body)
		}
	}

	return kept
}

// TestNothingIsLeftAfterGrace is TestNothingIsLeftOfADeletedAccount for a deletion in two steps.
func TestNothingIsLeftAfterGrace(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.DeletionGrace = grace
	w := signedIn(t, settings)
	id, _ := live(t, w)
	world.Succeed(t, w.Do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
	world.Check(t, w.Worker.Drain(t.Context()))
	if hits := found(t, w); len(hits) == 0 {
		t.Fatal("nothing is found in the grace period, so the test looks in the wrong place")
	}

	w.Clock.Advance(grace)
	if erased, err := w.Service.EraseDue(t.Context()); erased != 1 || err != nil {
		t.Fatalf("erased %d, %v", erased, err)
	}
	if n := rowsOf(t, w, id) + query(t, w, "SELECT count(*) FROM deletions"); n != 0 {
		t.Errorf("%d rows are left", n)
	}

	if notice := w.Message(t, models.MessageAccountDeleted, ""); notice.To != personEmail {
		t.Errorf("the notice went to %s", notice.To)
	}
	world.Check(t, w.Store.Forget(t.Context()))
	if hits := found(t, w); len(hits) > 0 {
		t.Errorf("left behind: %v", hits)
	}
}

// TestErasureDoesNotWait guards that an operator erases an account in its grace period at once.
func TestErasureDoesNotWait(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.DeletionGrace = grace
	w := signedIn(t, settings)
	world.Succeed(t, w.Do(t, "demo", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
	if _, err := w.Service.EraseAccount(t.Context(), string(account.DemoEmail)); err != nil {
		t.Fatal(err)
	}
	if n := query(t, w, "SELECT count(*) FROM deletions"); n != 0 {
		t.Errorf("%d deletions wait", n)
	}

	w.Clock.Advance(grace)
	if erased, err := w.Service.EraseDue(t.Context()); erased != 0 || err != nil {
		t.Errorf("erased %d, %v", erased, err)
	}
}

// slowReaper is a store whose reaper is overtaken after it has looked for what is due.
type slowReaper struct {
	account.Store
	overtake func()
}

func (s slowReaper) DueDeletions(ctx context.Context, now time.Time, limit int) ([]string, error) {
	due, err := s.Store.DueDeletions(ctx, now, limit)
	s.overtake()
	return due, err
}

// TestReaperLooksAgain guards that a reaper erases nothing that was called off, or asked for again, since it looked.
func TestReaperLooksAgain(t *testing.T) {
	for name, again := range map[string]bool{"called off": false, "asked for again": true} {
		t.Run(name, func(t *testing.T) {
			settings := world.DefaultSettings()
			settings.DeletionGrace = grace
			w := signedIn(t, settings)
			erase := fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)
			world.Succeed(t, w.Do(t, "demo", "deleteAccount", erase))
			w.Clock.Advance(grace)

			w.Service.Store = slowReaper{w.Store, func() {
				world.Succeed(t, w.Do(t, "", "cancelAccountDeletion",
					fmt.Sprintf(`{"accountEmail":%q,"password":%q}`, account.DemoEmail, account.DemoPassword)))
				if again {
					world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
					world.Succeed(t, w.Do(t, "demo", "deleteAccount", erase))
				}
			}}
			if erased, err := w.Service.EraseDue(t.Context()); erased != 0 || err != nil {
				t.Errorf("erased %d, %v", erased, err)
			}

			if _, err := w.Store.AccountByEmail(t.Context(), account.DemoEmail); err != nil {
				t.Errorf("the account is gone: %v", err)
			}
		})
	}
}
