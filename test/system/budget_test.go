package system

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the default budgets of docs/contract.md, one by one. singleuse_test.go checks concurrent
// callers, network_test.go the budgets of networks.

// addCustomer creates an account NAME@example.com with the demo customer's password, and signs it in.
func addCustomer(t testing.TB, w *world.World, name string) *models.Account {
	t.Helper()
	email := models.EmailAddress(name + "@example.com")
	customer, err := w.Service.CreateAccount(context.Background(),
		account.NewAccount{Email: email, Password: account.DemoPassword})
	world.Check(t, err)
	if a := w.Do(t, name, "signIn", world.Credentials(email, account.DemoPassword)); a.Code() != "" {
		t.Fatalf("signIn: %s", a.Body)
	}

	return customer
}

// unnumbered returns a response's status and body without its request id: uniform responses have these in common.
func unnumbered(a *world.Answer) string {
	return fmt.Sprint(a.Status, " ", strings.ReplaceAll(a.Body, a.Header.Get("X-Request-Id"), "ID"))
}

// refused checks the code and the status of a refusal.
func refused(t testing.TB, a *world.Answer, code models.Code) *world.Answer {
	t.Helper()
	if a.Code() != string(code) || a.Status != graph.Status(code) {
		t.Fatalf("want %s, got %d %s", code, a.Status, a.Body)
	}
	return a
}

// limited checks a RATE_LIMITED response and returns its wait.
func limited(t testing.TB, a *world.Answer) time.Duration {
	t.Helper()
	refused(t, a, models.CodeRateLimited)
	seconds := a.Errors[0].Extensions.RetryAfter
	if seconds < 1 || a.Header.Get("Retry-After") != fmt.Sprint(seconds) {
		t.Fatalf("retryAfter %d, Retry-After %q", seconds, a.Header.Get("Retry-After"))
	}
	return time.Duration(seconds) * time.Second
}

// count returns how many messages of a kind have been sent.
func count(t testing.TB, w *world.World, kind models.MessageKind) int {
	t.Helper()
	world.Check(t, w.Worker.Drain(context.Background()))
	n := 0
	for _, message := range w.Inbox.Messages(context.Background()) {
		if message.Kind == string(kind) {
			n++
		}
	}

	return n
}

// wrongPasswords are the operations that verify a password: with a session, or by accountEmail without a session.
var wrongPasswords = []struct{ customer, operation, input string }{
	{"demo", "changePassword", `{"oldPassword":"wrong","newPassword":"a long enough one"}`},
	{"demo", "deleteAccount", `{"clientAuthFactor":"wrong"}`},
	{"", "signIn", `{"email":"DEMO@example.com","password":"wrong"}`},
	{"demo", "updateAccount", `{"email":"new@example.com","password":"wrong"}`},
	{"demo", "requestEmailChange", `{"email":"new@example.com","password":"wrong"}`},
	{"demo", "requestPhoneUpdate", `{"phone":"+48512345678","password":"wrong"}`},
	{"", "requestEmailChange", `{"email":"new@example.com","password":"wrong","accountEmail":"demo@EXAMPLE.com"}`},
	{"", "requestPhoneUpdate", `{"phone":"+48512345678","password":"wrong","accountEmail":"Demo@example.com"}`},
}

// TestWrongPasswordsShareOneBudget checks R-PWD2, R-DEL9 and R-THR3: after five wrong passwords in any operations
// and any order, every operation that verifies a password has to wait.
func TestWrongPasswordsShareOneBudget(t *testing.T) {
	for first := range wrongPasswords {
		t.Run(fmt.Sprint(first, " ", wrongPasswords[first].operation), func(t *testing.T) {
			t.Parallel()
			w := signedIn(t, world.DefaultSettings())
			send := func(i int) *world.Answer {
				try := wrongPasswords[(first+i)%len(wrongPasswords)]
				return w.Do(t, try.customer, try.operation, try.input)
			}

			for i := range 5 {
				refused(t, send(i), models.CodeInvalidCredentials)
			}

			for i := range wrongPasswords {
				limited(t, send(i))
			}
		})
	}
}

// TestWrongPasswordsWaitLonger checks the growing wait, and that it stops neither the right password after it, nor
// live sessions, nor the reset (R-THR4). The response for an unknown address is the same (R-HASH2).
func TestWrongPasswordsWaitLonger(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	for range 4 {
		refused(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, "wrong")), models.CodeInvalidCredentials)
	}

	// After a right password the count starts again.
	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))

	for range 12 {
		known := w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, "wrong"))
		unknown := w.Do(t, "", "signIn", world.Credentials("nobody@example.com", "wrong"))
		if unnumbered(known) != unnumbered(unknown) {
			t.Fatalf("an unknown address is told apart:\n%s\n%s", known.Body, unknown.Body)
		}
		world.Succeed(t, w.Do(t, "demo", "account", ""))
	}

	w.Clock.Advance(24 * time.Hour)
	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	for range 4 {
		refused(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, "wrong")), models.CodeInvalidCredentials)
	}

	var waits []time.Duration
	for range 12 {
		refused(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, "wrong")), models.CodeInvalidCredentials)
		wait := limited(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
		if len(waits) > 0 && wait < waits[len(waits)-1] {
			t.Errorf("the wait %v after %v", wait, waits)
		}

		waits = append(waits, wait)
		w.Clock.Advance(wait - time.Microsecond)
		limited(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
		w.Clock.Advance(time.Microsecond)
	}

	if waits[0] != time.Second || waits[1] != 2*time.Second || waits[11] != 15*time.Minute {
		t.Errorf("the waits are %v", waits)
	}

	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))

	// The reset works whatever the count is, and ends it.
	for range 6 {
		w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, "wrong"))
	}

	limited(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "account", ""))
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.Message(t, models.MessagePasswordReset, "demo@example.com").Token
	world.Succeed(t,
		w.Do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a new one of length"}`, token)))
	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, "a new one of length")))
}

// TestPhoneCodesAreLimited checks R-RPU4 and R-CPU2: one code a minute and three an hour to a number, whoever
// requests them; five an hour for an account; and five tries for each code, in which a right code with another
// number counts (R-CPU4).
func TestPhoneCodesAreLimited(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	addCustomer(t, w, "other")
	ask := func(customer, phone string) *world.Answer {
		return w.Do(t, customer, "requestPhoneUpdate",
			fmt.Sprintf(`{"phone":%q,"password":%q}`, phone, account.DemoPassword))
	}

	world.Succeed(t, ask("demo", "+48512345678"))

	for _, form := range []string{"+48512345678", "+48 512 345 678", "0048512345678"} {
		if wait := limited(t, ask("other", form)); wait != time.Minute {
			t.Errorf("%s: wait %v", form, wait)
		}
	}

	code := *w.Message(t, models.MessagePhoneCode, "").Code
	refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48601234567", code)), models.CodeCodeInvalid)
	for range 4 {
		refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", "nothing")),
			models.CodeCodeInvalid)
	}

	refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", code)), models.CodeCodeInvalid)
	w.Clock.Advance(time.Minute)
	world.Succeed(t, ask("other", "+48512345678"))
	w.Clock.Advance(time.Minute)
	world.Succeed(t, ask("demo", "+48512345678"))
	w.Clock.Advance(time.Minute)
	if wait := limited(t, ask("other", "+48512345678")); wait != 57*time.Minute {
		t.Errorf("the fourth code of the hour has to wait %v", wait)
	}

	// A new code has five tries of its own, and a budget separate from that of passwords (R-CPU9).
	for range 4 {
		refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", "nothing")),
			models.CodeCodeInvalid)
	}

	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "confirmPhoneUpdate",
		confirmation("+48512345678", *w.Message(t, models.MessagePhoneCode, "").Code)))
	for i := range 3 {
		world.Succeed(t, ask("demo", fmt.Sprintf("+4860123456%d", i)))
	}

	limited(t, ask("demo", "+48601234569"))
	w.Clock.Advance(time.Hour)
	world.Succeed(t, ask("demo", "+48601234569"))
}

// TestCodeFailuresNeedProof checks R-CPU3: after a hundred wrong codes, a session alone can't start a change of
// phone.
func TestCodeFailuresNeedProof(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.PhoneCodes.Uses, settings.Limits.AccountPhoneCodes.Uses = 1000, 1000
	w := signedIn(t, settings)
	for range 20 {
		world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate",
			fmt.Sprintf(`{"phone":"+48512345678","password":%q}`, account.DemoPassword)))
		for range 5 {
			refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", "nothing")),
				models.CodeCodeInvalid)
		}
		w.Clock.Advance(61 * time.Second)
	}

	refused(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`), models.CodeReauthenticationRequired)
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate",
		fmt.Sprintf(`{"phone":"+48512345678","password":%q}`, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "confirmPhoneUpdate",
		confirmation("+48512345678", *w.Message(t, models.MessagePhoneCode, "").Code)))
	w.Clock.Advance(61 * time.Second)
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345679"}`))
}

// TestMailsToAnAddressAreLimited checks R-RPR7: one mail a minute and three an hour, without a difference in the
// responses; the newest token stays valid, so that nobody can invalidate a victim's reset (R-RPR6).
func TestMailsToAnAddressAreLimited(t *testing.T) {
	for operation, kind := range map[string]models.MessageKind{
		"requestPasswordReset": models.MessagePasswordReset, "requestAccountActivation": models.MessageActivation,
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			w := world.New(t, world.DefaultSettings())
			world.Succeed(t,
				w.Do(t, "", "registerAccount", `{"email":"new@example.com","password":"a long enough one"}`))
			w.Clock.Advance(time.Hour)
			before := count(t, w, kind)
			uniform := ""
			ask := func(want int) {
				t.Helper()
				for _, email := range []string{"new@example.com", "NEW@Example.COM", "nobody@example.com"} {
					a := world.Succeed(t, w.Do(t, "", operation, fmt.Sprintf(`{"email":%q}`, email)))
					if uniform == "" {
						uniform = unnumbered(a)
					}
					if unnumbered(a) != uniform {
						t.Errorf("%s is answered %s, and another address %s", email, a.Body, uniform)
					}
				}

				if sent := count(t, w, kind) - before; sent != want {
					t.Errorf("%d mails were sent, want %d", sent, want)
				}
			}

			for sent := range 3 {
				ask(sent + 1)
				w.Clock.Advance(time.Minute)
			}

			token := *w.Message(t, kind, "new@example.com").Token
			ask(3)
			w.Clock.Advance(20 * time.Minute)
			ask(3)
			if operation == "requestPasswordReset" {
				world.Succeed(t, w.Do(t, "", "confirmPasswordReset",
					fmt.Sprintf(`{"token":%q,"password":"another one of length"}`, token)))
			}

			w.Clock.Advance(37 * time.Minute)
			ask(4)
		})
	}
}

// TestEmailChangesAreLimited checks R-REC7: five a day for an account, and for an address one mail a minute and
// three an hour, whoever requests them.
func TestEmailChangesAreLimited(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	addCustomer(t, w, "other")
	ask := func(customer, email string) *world.Answer {
		return w.Do(t, customer, "requestEmailChange",
			fmt.Sprintf(`{"email":%q,"password":%q}`, email, account.DemoPassword))
	}

	world.Succeed(t, ask("demo", "new@example.com"))
	if wait := limited(t, ask("other", "NEW@example.com")); wait != time.Minute {
		t.Errorf("the second mail of a minute has to wait %v", wait)
	}

	for i := range 4 {
		world.Succeed(t, ask("demo", fmt.Sprintf("new-%d@example.com", i)))
	}

	if wait := limited(t, ask("demo", "new-5@example.com")); wait != 24*time.Hour {
		t.Errorf("the sixth change of a day has to wait %v", wait)
	}

	limited(t, w.Do(t, "demo", "updateAccount",
		fmt.Sprintf(`{"email":"new-6@example.com","password":%q}`, account.DemoPassword)))
	world.Succeed(t, ask("other", "new-5@example.com"))
	for range 2 {
		w.Clock.Advance(time.Minute)
		world.Succeed(t, ask("other", "new-5@example.com"))
	}

	w.Clock.Advance(time.Minute)
	if wait := limited(t, ask("other", "new-5@example.com")); wait != 57*time.Minute {
		t.Errorf("the fourth mail of an hour has to wait %v", wait)
	}

	w.Clock.Advance(24 * time.Hour)
	world.Succeed(t, ask("demo", "new-5@example.com"))
}
