package system

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestNothingIsLeftOfARegistration checks R-PRF2 and R-DEL6: the values of a registration are stored encrypted, and
// no byte of them stays once it has expired and was deleted, or the proven account of its address was deleted.
func TestNothingIsLeftOfARegistration(t *testing.T) {
	whole := fmt.Sprintf(`{"email":%q,"password":"quilpfritz is no good password","agreements":{"email":true},%s}`,
		personEmail, person)
	for name, end := range map[string]func(t *testing.T, w *world.World){
		"expired": func(t *testing.T, w *world.World) {
			world.Succeed(t, w.Do(t, "other", "deleteAccount", `{"clientAuthFactor":"a stranger was here"}`))
			if n := query(t, w, `SELECT count(*) FROM registrations`); n != 1 {
				t.Fatalf("%d registrations wait", n)
			}

			// Sent mails are kept for some weeks.
			w.Message(t, models.MessageAccountDeleted, personEmail)
			w.Clock.Advance(100 * 24 * time.Hour)
			world.Check(t, w.Store.Reap(t.Context(), w.Clock.Now()))
			world.Check(t, w.Store.Forget(t.Context()))
		},
		"deleted": func(t *testing.T, w *world.World) {
			token := *w.Message(t, models.MessagePasswordReset, personEmail).Token
			world.Succeed(t, w.Do(t, "", "confirmPasswordReset",
				fmt.Sprintf(`{"token":%q,"password":%q}`, token, account.DemoPassword)))
			// The values of a stranger's registration of a taken address are also kept for a while.
			world.Succeed(t, w.Do(t, "", "registerAccount", whole))
			world.Succeed(t, w.Do(t, "other", "signIn", world.Credentials(personEmail, account.DemoPassword)))
			world.Succeed(t,
				w.Do(t, "other", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
			w.Message(t, models.MessageAccountDeleted, personEmail)
			world.Check(t, w.Store.Forget(t.Context()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world.New(t, unlimited())
			world.Succeed(t, w.Do(t, "", "registerAccount", world.Credentials(personEmail, "a stranger was here")))
			world.Succeed(t, w.Do(t, "other", "signIn", world.Credentials(personEmail, "a stranger was here")))
			world.Succeed(t, w.Do(t, "", "registerAccount", whole))
			world.Succeed(t, w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, personEmail)))
			world.Check(t, w.Worker.Drain(t.Context()))

			// The address must be searchable, and a mail contains the name.
			for _, hit := range found(t, w) {
				if !strings.HasSuffix(hit, ": quilpfritz") && !strings.HasSuffix(hit, ": Zulfiqar") {
					t.Errorf("not sealed: %s", hit)
				}
			}

			if len(found(t, w)) == 0 {
				t.Fatal("not even the address is found, so the test looks in the wrong place")
			}

			end(t, w)
			if n := query(t, w, `SELECT count(*) FROM registrations`); n != 0 {
				t.Errorf("%d registrations are left", n)
			}
			if hits := found(t, w); len(hits) > 0 {
				t.Errorf("left behind: %v", hits)
			}
		})
	}
}
