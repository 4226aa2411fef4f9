package system

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// overtaken is a store whose reaper is overtaken after it has looked for what is due. It finds only one account due, if
// there is an id.
type overtaken struct {
	account.Store
	id       string
	overtake func()
}

func (s overtaken) DueIdleNotices(ctx context.Context, now time.Time, limit int) ([]string, error) {
	due, err := s.Store.DueIdleNotices(ctx, now, limit)
	s.overtake()
	if s.id != "" {
		due = slices.DeleteFunc(due, func(id string) bool { return id != s.id })
	}

	return due, err
}

// TestComingBackOvertakesErasure guards that nobody is erased who has come back, however shortly, since the reaper
// looked.
func TestComingBackOvertakesErasure(t *testing.T) {
	device := &passkeytest.Authenticator{}
	for way, signIn := range map[string]func(w idle) *world.Answer{
		"password": func(w idle) *world.Answer { return w.signIn("ida") },
		"passkey": func(w idle) *world.Answer {
			return w.Do(w.t, "ida", "signInWithPasskey", fmt.Sprintf(`{"response":%s}`, passkeySignIn(w.t, w.World, device)))
		},
		"code": func(w idle) *world.Answer {
			return w.Do(w.t, "ida", "signInWithCode", signInCodeOf(w.t, w.World, "ida@example.com"))
		},
	} {
		t.Run(way, func(t *testing.T) {
			w := newIdle(t, world.SQLiteFile(t), "ida")
			world.Succeed(t, w.signIn("ida"))
			addPasskey(t, w.World, "ida", account.DemoPassword, device)
			world.Succeed(t, w.Do(t, "ida", "signOut", `{"scope":"ALL_SESSIONS"}`))

			w.announce()
			w.Service.Store = overtaken{Store: w.Store, overtake: func() {
				world.Succeed(t, signIn(w))
				world.Succeed(t, w.Do(t, "ida", "signOut", `{"scope":"ALL_SESSIONS"}`))
			}}
			if erased := w.pass(8 * day); erased != 0 {
				t.Errorf("erased %d", erased)
			}
			w.exists("ida", true)
		})
	}
}

// TestComingBackRacesErasure lets customers come back while two processes erase them: who got a session keeps the
// account, and nobody else does.
func TestComingBackRacesErasure(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		const rounds = 12
		var names []string
		for round := range rounds {
			names = append(names, fmt.Sprintf("round%d", round))
		}
		w := newIdle(t, database, append(names, "pace")...)
		w.announce()
		world.Succeed(t, w.signIn("pace"))
		begun := time.Now()
		world.Succeed(t, w.signIn("pace"))
		pace := time.Since(begun)
		w.Clock.Advance(8 * day)

		kept, whole := 0, w.Service.Store
		for _, name := range names {
			customer, err := w.Store.AccountByEmail(t.Context(), models.EmailAddress(name+"@example.com"))
			world.Check(t, err)
			// A sign-in takes longer than an erasure until it has locked the account.
			w.Service.Store = overtaken{whole, customer.ID, func() { time.Sleep(rand.N(pace/2 + 1)) }}
			signIns, erased := w.raceErasure(name)
			for _, a := range signIns {
				if a.Code() != "" && a.Code() != string(models.CodeInvalidCredentials) {
					t.Errorf("%s: a sign-in got %s", name, a.Body)
				}
				if (a.Code() == "") != (erased == 0) {
					t.Errorf("%s: %d erased, and a sign-in got %s", name, erased, a.Body)
				}
			}

			w.exists(name, erased == 0)
			kept += 1 - erased
		}

		w.Service.Store = whole
		if erased := w.pass(day); erased != 0 {
			t.Errorf("%d who came back are erased later", erased)
		}
		t.Logf("%d of %d accounts were kept", kept, rounds)
		if _, _, err := w.Store.VerifyAudit(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// raceErasure lets two processes and two sign-ins act on one account at once, and returns the sign-ins' answers and how
// often it was erased.
func (w idle) raceErasure(name string) (signIns []*world.Answer, erased int) {
	var group sync.WaitGroup
	start := make(chan struct{})
	credentials := world.Credentials(models.EmailAddress(name+"@example.com"), account.DemoPassword)
	signIns, counts := make([]*world.Answer, 2), make([]int, 2)
	for i := range 2 {
		group.Go(func() {
			<-start
			var err error
			if counts[i], err = w.Service.EraseIdle(context.Background(), w.Clock.Now().Add(-keepIdle)); err != nil {
				w.t.Error(err)
			}
		})
		group.Go(func() {
			<-start
			// For no customer: the sign-ins must not keep their tokens in one place.
			signIns[i] = w.Do(w.t, "", "signIn", credentials)
		})
	}

	close(start)
	group.Wait()

	return signIns, counts[0] + counts[1]
}
