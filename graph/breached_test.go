package graph_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// This file guards R-PWD10: passwords of data breaches are looked for where a new
// password is set, and nowhere else.

// leaked is a collection of breaches that notes what it was asked.
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
	w := newWorld(t, defaultSettings())
	breaches := &leaked{known: []string{known, account.DemoPassword}}
	w.service.Breaches = breaches

	refusedAt := func(field string, a *answer) {
		t.Helper()
		if a.code() != string(models.CodePasswordRejected) || a.Errors[0].Extensions.Reason != models.ReasonBreached || a.Errors[0].Extensions.Field != field {
			t.Errorf("want PASSWORD_REJECTED BREACHED at %s: %s", field, a.body)
		}
	}

	// A sign-in asks nobody: the demo's password is known, and works.
	succeed(t, w.do(t, "demo", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	if len(breaches.asked) != 0 {
		t.Errorf("a sign-in asked for %q", breaches.asked)
	}

	refusedAt("newPassword", w.do(t, "demo", "changePassword", `{"oldPassword":"`+account.DemoPassword+`","newPassword":"`+known+`"}`))
	refusedAt("password", w.do(t, "", "registerAccount", `{"email":"raven@example.com","password":"`+known+`"}`))
	refusedAt("password", w.do(t, "", "registerAccount", `{"email":"demo@example.com","password":"`+known+`"}`))
	_, err := w.service.CreateAccount(t.Context(), account.NewAccount{Email: "raven@example.com", Password: known})
	if models.CodeOf(err) != models.CodePasswordRejected {
		t.Errorf("account create: %v", err)
	}

	// What is refused anyway is not asked for, and what is imported brings its hash.
	before := len(breaches.asked)
	w.do(t, "", "registerAccount", `{"email":"raven@example.com","password":"password1"}`)
	_, said, err := importLines(w, `{"email":"imported@example.com","passwordHash":`+foreignHashes[2]+"}\n", false)
	if err != nil {
		t.Errorf("%v: %s", err, said)
	}
	if len(breaches.asked) != before {
		t.Errorf("asked for %q", breaches.asked[before:])
	}

	// A reset that is refused leaves its token good.
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.message(t, models.MessagePasswordReset, "demo@example.com").Token
	refusedAt("password", w.do(t, "", "confirmPasswordReset", `{"token":"`+token+`","password":"`+known+`"}`))
	succeed(t, w.do(t, "", "confirmPasswordReset", `{"token":"`+token+`","password":"`+fresh+`"}`))
}

// TestDevelopmentStartsWithABreachedDemo: the demo's password is published, so every collection may have it.
func TestDevelopmentStartsWithABreachedDemo(t *testing.T) {
	w := newWorld(t, defaultSettings())
	_, err := w.service.EraseAccount(t.Context(), string(account.DemoEmail))
	check(t, err)
	breaches := &leaked{known: []string{account.DemoPassword}}
	w.service.Breaches = breaches
	check(t, w.service.EnsureDevelopment(t.Context()))
	if w.service.Breaches != account.Breaches(breaches) {
		t.Error("breaches are not asked for any more")
	}
}
