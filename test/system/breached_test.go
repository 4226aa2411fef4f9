package system

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check R-PWD10: breached passwords are checked when a new password is set, and at no other time.

// leaked is a collection of breached passwords that records the lookups.
type leaked struct {
	mu    sync.Mutex
	known []string
	asked []string
}

// Breached implements account.Breaches.
func (l *leaked) Breached(_ context.Context, password string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, password)
	return slices.Contains(l.known, password)
}

func TestBreachedPasswordsAreRefused(t *testing.T) {
	const known, fresh = "the raven never sleeps", "the heron always sleeps"
	w := world.New(t, world.DefaultSettings())
	breaches := &leaked{known: []string{known, account.DemoPassword}}
	w.Service.Breaches = breaches

	refusedAt := func(field string, a *world.Answer) {
		t.Helper()
		if a.Code() != string(models.CodePasswordRejected) || a.Errors[0].Extensions.Reason != models.ReasonBreached ||
			a.Errors[0].Extensions.Field != field {
			t.Errorf("want PASSWORD_REJECTED BREACHED at %s: %s", field, a.Body)
		}
	}

	// A sign-in checks nothing: the demo's password is breached, and works.
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	if len(breaches.asked) != 0 {
		t.Errorf("a sign-in asked for %q", breaches.asked)
	}

	refusedAt("newPassword",
		w.Do(t, "demo", "changePassword", `{"oldPassword":"`+account.DemoPassword+`","newPassword":"`+known+`"}`))
	refusedAt("password", w.Do(t, "", "registerAccount", `{"email":"raven@example.com","password":"`+known+`"}`))
	refusedAt("password", w.Do(t, "", "registerAccount", `{"email":"demo@example.com","password":"`+known+`"}`))
	_, err := w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "raven@example.com", Password: known})
	if models.CodeOf(err) != models.CodePasswordRejected {
		t.Errorf("account create: %v", err)
	}

	// A password that is refused for another reason is not checked, and an imported account comes with its hash.
	before := len(breaches.asked)
	w.Do(t, "", "registerAccount", `{"email":"raven@example.com","password":"password1"}`)
	_, said, err := importLines(w, `{"email":"imported@example.com","passwordHash":`+foreignHashes[2]+"}\n", false)
	if err != nil {
		t.Errorf("%v: %s", err, said)
	}
	if len(breaches.asked) != before {
		t.Errorf("asked for %q", breaches.asked[before:])
	}

	// A refused reset leaves its token valid.
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.Message(t, models.MessagePasswordReset, "demo@example.com").Token
	refusedAt("password", w.Do(t, "", "confirmPasswordReset", `{"token":"`+token+`","password":"`+known+`"}`))
	world.Succeed(t, w.Do(t, "", "confirmPasswordReset", `{"token":"`+token+`","password":"`+fresh+`"}`))
}

// TestDevelopmentStartsWithABreachedDemo checks that the demo's password may be breached: it is public, so every
// collection may have it.
func TestDevelopmentStartsWithABreachedDemo(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	_, err := w.Service.EraseAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	breaches := &leaked{known: []string{account.DemoPassword}}
	w.Service.Breaches = breaches
	world.Check(t, w.Service.EnsureDevelopment(t.Context()))
	if w.Service.Breaches != account.Breaches(breaches) {
		t.Error("breaches are not asked for any more")
	}
}
