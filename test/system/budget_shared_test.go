package system

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestServiceCeiling checks the ceiling of the whole service: above it no secret is sent, while requests for mails
// that anybody may make are still accepted.
func TestServiceCeiling(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.Messages = account.Limit{Uses: 3, Window: time.Hour}
	w := signedIn(t, settings)
	addCustomer(t, w, "other")
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	world.Succeed(t, w.Do(t, "", "registerAccount", `{"email":"new@example.com","password":"a long enough one"}`))
	sent := count(t, w, models.MessagePasswordReset) + count(t, w, models.MessageActivation) +
		count(t, w, models.MessagePhoneCode)
	if sent != 3 {
		t.Errorf("%d messages below the ceiling", sent)
	}

	limited(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48601234567"}`))
	limited(t, w.Do(t, "demo", "requestEmailChange",
		fmt.Sprintf(`{"email":"other@example.com","password":%q}`, account.DemoPassword)))
	w.Clock.Advance(2 * time.Minute)
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	limited(t, w.Do(t, "", "registerAccount", `{"email":"another@example.com","password":"a long enough one"}`))
	if n := count(t, w, models.MessagePasswordReset) + count(t, w, models.MessageActivation) +
		count(t, w, models.MessagePhoneCode); n != sent {
		t.Errorf("%d messages beyond the ceiling", n-sent)
	}

	world.Succeed(t, w.Do(t, "demo", "account", ""))
	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
}

// TestBudgetsAreShared checks R-THR1: processes share their counts, which survive a restart.
func TestBudgetsAreShared(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	second := process(t, w)
	for i, process := range []*world.World{w, second, w, second, w} {
		refused(t, process.Do(t, "", "signIn", world.Credentials(account.DemoEmail, fmt.Sprint("wrong ", i))),
			models.CodeInvalidCredentials)
	}

	limited(t, second.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	world.Check(t, w.Store.Close())
	world.Check(t, second.Store.Close())
	third := process(t, w)
	limited(t, third.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	limited(t, third.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	world.Succeed(t, third.Do(t, "demo", "account", ""))
}

// brokenBudgets is a database whose budgets can't be written.
type brokenBudgets struct{ account.Store }

func (s brokenBudgets) InTx(ctx context.Context, decide func(account.Tx) error) error {
	return s.Store.InTx(ctx, func(tx account.Tx) error { return decide(brokenTx{tx}) })
}

type brokenTx struct{ account.Tx }

func (brokenTx) SpendBudget(context.Context, string, time.Time, time.Duration) (models.Budget, error) {
	return models.Budget{}, models.Unavailable(errors.New("no budgets today"))
}

// TestCredentialChecksFailClosed checks R-THR5: without budgets no password, token or code is verified, while reads
// still work.
func TestCredentialChecksFailClosed(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	code, wrong := askForCode(t, w, "demo", "+48512345678")
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.Message(t, models.MessagePasswordReset, "demo@example.com").Token
	original := w.Service.Store
	w.Service.Store = brokenBudgets{original}

	for _, try := range []struct{ customer, operation, right, wrong string }{
		{"", "signIn", world.Credentials(account.DemoEmail,
			account.DemoPassword), world.Credentials(account.DemoEmail, "wrong")},
		{"demo", "changePassword", fmt.Sprintf(`{"oldPassword":%q,"newPassword":"a long enough one"}`,
			account.DemoPassword), `{"oldPassword":"wrong","newPassword":"a long enough one"}`},
		{"demo", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`,
			account.DemoPassword), `{"clientAuthFactor":"wrong"}`},
		{"demo", "confirmPhoneUpdate", confirmation("+48512345678", code), confirmation("+48512345678", wrong)},
		{"", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`,
			token), `{"token":"wrong","password":"a long enough one"}`},
	} {
		right := refused(t, w.Do(t, try.customer, try.operation, try.right), models.CodeUnavailable)
		if a := w.Do(t, try.customer, try.operation, try.wrong); unnumbered(a) != unnumbered(right) {
			t.Errorf("%s: a wrong secret is told from a right one: %s", try.operation, a.Body)
		}
	}

	world.Succeed(t, w.Do(t, "demo", "account", ""))
	w.Service.Store = original
	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))

	world.Check(t, w.Store.Close())
	refused(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)),
		models.CodeUnavailable)
}
