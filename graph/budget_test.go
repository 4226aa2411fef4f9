package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// This file guards the default budgets of docs/contract.md, one by one. What several
// callers at once may do is in singleuse_test.go, what a network may in network_test.go.

// addCustomer makes an account NAME@example.com with the demo customer's password, and signs it in.
func addCustomer(t testing.TB, w *world, name string) *models.Account {
	t.Helper()
	email := models.EmailAddress(name + "@example.com")
	customer, err := w.service.CreateAccount(context.Background(), account.NewAccount{Email: email, Password: account.DemoPassword})
	check(t, err)
	if a := w.do(t, name, "signIn", credentials(email, account.DemoPassword)); a.code() != "" {
		t.Fatalf("signIn: %s", a.body)
	}
	return customer
}

// unnumbered is an answer's status and body without its request id: what two uniform answers have in common.
func unnumbered(a *answer) string {
	return fmt.Sprint(a.status, " ", strings.ReplaceAll(a.body, a.header.Get("X-Request-Id"), "ID"))
}

// refused checks the code of a refusal, and its status.
func refused(t testing.TB, a *answer, code models.Code) *answer {
	t.Helper()
	if a.code() != string(code) || a.status != code.Status() {
		t.Fatalf("want %s, got %d %s", code, a.status, a.body)
	}
	return a
}

// limited checks a RATE_LIMITED answer and returns the wait that it asks for.
func limited(t testing.TB, a *answer) time.Duration {
	t.Helper()
	refused(t, a, models.CodeRateLimited)
	seconds := a.Errors[0].Extensions.RetryAfter
	if seconds < 1 || a.header.Get("Retry-After") != fmt.Sprint(seconds) {
		t.Fatalf("retryAfter %d, Retry-After %q", seconds, a.header.Get("Retry-After"))
	}
	return time.Duration(seconds) * time.Second
}

// count is how many messages of a kind were sent so far.
func (w *world) count(t testing.TB, kind models.MessageKind) int {
	t.Helper()
	check(t, w.worker.Drain(context.Background()))
	n := 0
	for _, message := range w.inbox.Messages(context.Background()) {
		if message.Kind == string(kind) {
			n++
		}
	}
	return n
}

// wrongPasswords are the operations that look at a password: with a session, and by accountEmail without one.
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

// TestWrongPasswordsShareOneBudget guards R-PWD2, R-DEL9 and R-THR3: five wrong
// passwords by any operations in any order, and every operation that looks at a password has to wait.
func TestWrongPasswordsShareOneBudget(t *testing.T) {
	for first := range wrongPasswords {
		t.Run(fmt.Sprint(first, " ", wrongPasswords[first].operation), func(t *testing.T) {
			t.Parallel()
			w := signedIn(t, defaultSettings())
			send := func(i int) *answer {
				try := wrongPasswords[(first+i)%len(wrongPasswords)]
				return w.do(t, try.customer, try.operation, try.input)
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

// TestWrongPasswordsWaitLonger guards the growing wait, and what it must not stop: the right
// password after it, live sessions, and the reset (R-THR4). An unknown address is answered the same (R-HASH2).
func TestWrongPasswordsWaitLonger(t *testing.T) {
	t.Parallel()
	w := signedIn(t, defaultSettings())
	for range 4 {
		refused(t, w.do(t, "", "signIn", credentials(account.DemoEmail, "wrong")), models.CodeInvalidCredentials)
	}
	// A right one in between, and the count begins anew.
	succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	for range 12 {
		known := w.do(t, "", "signIn", credentials(account.DemoEmail, "wrong"))
		unknown := w.do(t, "", "signIn", credentials("nobody@example.com", "wrong"))
		if unnumbered(known) != unnumbered(unknown) {
			t.Fatalf("an unknown address is told apart:\n%s\n%s", known.body, unknown.body)
		}
		succeed(t, w.do(t, "demo", "account", ""))
	}
	w.clock.advance(24 * time.Hour)
	succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	for range 4 {
		refused(t, w.do(t, "", "signIn", credentials(account.DemoEmail, "wrong")), models.CodeInvalidCredentials)
	}
	var waits []time.Duration
	for range 12 {
		refused(t, w.do(t, "", "signIn", credentials(account.DemoEmail, "wrong")), models.CodeInvalidCredentials)
		wait := limited(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
		if len(waits) > 0 && wait < waits[len(waits)-1] {
			t.Errorf("the wait %v after %v", wait, waits)
		}
		waits = append(waits, wait)
		w.clock.advance(wait - time.Microsecond)
		limited(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
		w.clock.advance(time.Microsecond)
	}
	if waits[0] != time.Second || waits[1] != 2*time.Second || waits[11] != 15*time.Minute {
		t.Errorf("the waits are %v", waits)
	}
	succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))

	// The reset goes through whatever the count, and ends it.
	for range 6 {
		w.do(t, "", "signIn", credentials(account.DemoEmail, "wrong"))
	}
	limited(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	succeed(t, w.do(t, "demo", "account", ""))
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.message(t, models.MessagePasswordReset, "demo@example.com").Token
	succeed(t, w.do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a new one of length"}`, token)))
	succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, "a new one of length")))
}

// TestPhoneCodesAreLimited guards R-RPU4 and R-CPU2: one code a minute and three an hour to a number, whoever asks,
// five an hour for an account; five tries at each code, of which a right code with another number is one (R-CPU4).
func TestPhoneCodesAreLimited(t *testing.T) {
	t.Parallel()
	w := signedIn(t, defaultSettings())
	addCustomer(t, w, "other")
	ask := func(customer, phone string) *answer {
		return w.do(t, customer, "requestPhoneUpdate", fmt.Sprintf(`{"phone":%q,"password":%q}`, phone, account.DemoPassword))
	}
	succeed(t, ask("demo", "+48512345678"))
	for _, form := range []string{"+48512345678", "+48 512 345 678", "0048512345678"} {
		if wait := limited(t, ask("other", form)); wait != time.Minute {
			t.Errorf("%s: wait %v", form, wait)
		}
	}
	code := *w.message(t, models.MessagePhoneCode, "").Code
	refused(t, w.do(t, "demo", "confirmPhoneUpdate", confirmation("+48601234567", code)), models.CodeCodeInvalid)
	for range 4 {
		refused(t, w.do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", "nothing")), models.CodeCodeInvalid)
	}
	refused(t, w.do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", code)), models.CodeCodeInvalid)
	w.clock.advance(time.Minute)
	succeed(t, ask("other", "+48512345678"))
	w.clock.advance(time.Minute)
	succeed(t, ask("demo", "+48512345678"))
	w.clock.advance(time.Minute)
	if wait := limited(t, ask("other", "+48512345678")); wait != 57*time.Minute {
		t.Errorf("the fourth code of the hour has to wait %v", wait)
	}
	// A new code has five tries of its own, and the budget of passwords is another one (R-CPU9).
	for range 4 {
		refused(t, w.do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", "nothing")), models.CodeCodeInvalid)
	}
	succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	succeed(t, w.do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", *w.message(t, models.MessagePhoneCode, "").Code)))
	for i := range 3 {
		succeed(t, ask("demo", fmt.Sprintf("+4860123456%d", i)))
	}
	limited(t, ask("demo", "+48601234569"))
	w.clock.advance(time.Hour)
	succeed(t, ask("demo", "+48601234569"))
}

// TestCodeFailuresNeedProof guards R-CPU3: after a hundred codes tried in vain a session alone starts no change of phone.
func TestCodeFailuresNeedProof(t *testing.T) {
	t.Parallel()
	settings := defaultSettings()
	settings.Limits.PhoneCodes.Uses, settings.Limits.AccountPhoneCodes.Uses = 1000, 1000
	w := signedIn(t, settings)
	for range 20 {
		succeed(t, w.do(t, "demo", "requestPhoneUpdate", fmt.Sprintf(`{"phone":"+48512345678","password":%q}`, account.DemoPassword)))
		for range 5 {
			refused(t, w.do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", "nothing")), models.CodeCodeInvalid)
		}
		w.clock.advance(61 * time.Second)
	}
	refused(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`), models.CodeReauthenticationRequired)
	succeed(t, w.do(t, "demo", "requestPhoneUpdate", fmt.Sprintf(`{"phone":"+48512345678","password":%q}`, account.DemoPassword)))
	succeed(t, w.do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", *w.message(t, models.MessagePhoneCode, "").Code)))
	w.clock.advance(61 * time.Second)
	succeed(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345679"}`))
}

// TestMailsToAnAddressAreLimited guards R-RPR7: one mail a minute and three an hour, and the answers never
// tell; the token that was mailed last works on, so that nobody can ask a victim's reset away (R-RPR6).
func TestMailsToAnAddressAreLimited(t *testing.T) {
	for operation, kind := range map[string]models.MessageKind{
		"requestPasswordReset": models.MessagePasswordReset, "requestAccountActivation": models.MessageActivation,
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, defaultSettings())
			succeed(t, w.do(t, "", "registerAccount", `{"email":"new@example.com","password":"a long enough one"}`))
			w.clock.advance(time.Hour)
			before := w.count(t, kind)
			uniform := ""
			ask := func(want int) {
				t.Helper()
				for _, email := range []string{"new@example.com", "NEW@Example.COM", "nobody@example.com"} {
					a := succeed(t, w.do(t, "", operation, fmt.Sprintf(`{"email":%q}`, email)))
					if uniform == "" {
						uniform = unnumbered(a)
					}
					if unnumbered(a) != uniform {
						t.Errorf("%s is answered %s, and another address %s", email, a.body, uniform)
					}
				}
				if sent := w.count(t, kind) - before; sent != want {
					t.Errorf("%d mails were sent, want %d", sent, want)
				}
			}
			for sent := range 3 {
				ask(sent + 1)
				w.clock.advance(time.Minute)
			}
			token := *w.message(t, kind, "new@example.com").Token
			ask(3)
			w.clock.advance(20 * time.Minute)
			ask(3)
			if operation == "requestPasswordReset" {
				succeed(t, w.do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"another one of length"}`, token)))
			}
			w.clock.advance(37 * time.Minute)
			ask(4)
		})
	}
}

// TestEmailChangesAreLimited guards R-REC7: five a day for an account, and for an address one mail a minute and three an hour, whoever asks for it.
func TestEmailChangesAreLimited(t *testing.T) {
	t.Parallel()
	w := signedIn(t, defaultSettings())
	addCustomer(t, w, "other")
	ask := func(customer, email string) *answer {
		return w.do(t, customer, "requestEmailChange", fmt.Sprintf(`{"email":%q,"password":%q}`, email, account.DemoPassword))
	}
	succeed(t, ask("demo", "new@example.com"))
	if wait := limited(t, ask("other", "NEW@example.com")); wait != time.Minute {
		t.Errorf("the second mail of a minute has to wait %v", wait)
	}
	for i := range 4 {
		succeed(t, ask("demo", fmt.Sprintf("new-%d@example.com", i)))
	}
	if wait := limited(t, ask("demo", "new-5@example.com")); wait != 24*time.Hour {
		t.Errorf("the sixth change of a day has to wait %v", wait)
	}
	limited(t, w.do(t, "demo", "updateAccount", fmt.Sprintf(`{"email":"new-6@example.com","password":%q}`, account.DemoPassword)))
	succeed(t, ask("other", "new-5@example.com"))
	for range 2 {
		w.clock.advance(time.Minute)
		succeed(t, ask("other", "new-5@example.com"))
	}
	w.clock.advance(time.Minute)
	if wait := limited(t, ask("other", "new-5@example.com")); wait != 57*time.Minute {
		t.Errorf("the fourth mail of an hour has to wait %v", wait)
	}
	w.clock.advance(24 * time.Hour)
	succeed(t, ask("demo", "new-5@example.com"))
}

// TestServiceCeiling guards the ceiling of the whole service: beyond it no secret is sent, and mails anybody can ask for go on being accepted.
func TestServiceCeiling(t *testing.T) {
	t.Parallel()
	settings := defaultSettings()
	settings.Limits.Messages = account.Limit{Uses: 3, Window: time.Hour}
	w := signedIn(t, settings)
	addCustomer(t, w, "other")
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	succeed(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	succeed(t, w.do(t, "", "registerAccount", `{"email":"new@example.com","password":"a long enough one"}`))
	sent := w.count(t, models.MessagePasswordReset) + w.count(t, models.MessageActivation) + w.count(t, models.MessagePhoneCode)
	if sent != 3 {
		t.Errorf("%d messages below the ceiling", sent)
	}
	limited(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48601234567"}`))
	limited(t, w.do(t, "demo", "requestEmailChange", fmt.Sprintf(`{"email":"other@example.com","password":%q}`, account.DemoPassword)))
	w.clock.advance(2 * time.Minute)
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	limited(t, w.do(t, "", "registerAccount", `{"email":"another@example.com","password":"a long enough one"}`))
	if n := w.count(t, models.MessagePasswordReset) + w.count(t, models.MessageActivation) + w.count(t, models.MessagePhoneCode); n != sent {
		t.Errorf("%d messages beyond the ceiling", n-sent)
	}
	succeed(t, w.do(t, "demo", "account", ""))
	succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
}

// TestBudgetsAreShared guards R-THR1: processes count together, and a restart forgets nothing.
func TestBudgetsAreShared(t *testing.T) {
	t.Parallel()
	w := signedIn(t, defaultSettings())
	second := w.process(t)
	for i, process := range []*world{w, second, w, second, w} {
		refused(t, process.do(t, "", "signIn", credentials(account.DemoEmail, fmt.Sprint("wrong ", i))), models.CodeInvalidCredentials)
	}
	limited(t, second.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	succeed(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	check(t, w.store.Close())
	check(t, second.store.Close())
	third := w.process(t)
	limited(t, third.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	limited(t, third.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	succeed(t, third.do(t, "demo", "account", ""))
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

// TestCredentialChecksFailClosed guards R-THR5: without budgets no password, token or code is looked at, and reads go on.
func TestCredentialChecksFailClosed(t *testing.T) {
	t.Parallel()
	w := signedIn(t, defaultSettings())
	code, wrong := askForCode(t, w, "demo", "+48512345678")
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	token := *w.message(t, models.MessagePasswordReset, "demo@example.com").Token
	original := w.service.Store
	w.service.Store = brokenBudgets{original}
	for _, try := range []struct{ customer, operation, right, wrong string }{
		{"", "signIn", credentials(account.DemoEmail, account.DemoPassword), credentials(account.DemoEmail, "wrong")},
		{"demo", "changePassword", fmt.Sprintf(`{"oldPassword":%q,"newPassword":"a long enough one"}`, account.DemoPassword), `{"oldPassword":"wrong","newPassword":"a long enough one"}`},
		{"demo", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword), `{"clientAuthFactor":"wrong"}`},
		{"demo", "confirmPhoneUpdate", confirmation("+48512345678", code), confirmation("+48512345678", wrong)},
		{"", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, token), `{"token":"wrong","password":"a long enough one"}`},
	} {
		right := refused(t, w.do(t, try.customer, try.operation, try.right), models.CodeUnavailable)
		if a := w.do(t, try.customer, try.operation, try.wrong); unnumbered(a) != unnumbered(right) {
			t.Errorf("%s: a wrong secret is told from a right one: %s", try.operation, a.body)
		}
	}
	succeed(t, w.do(t, "demo", "account", ""))
	w.service.Store = original
	succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))

	check(t, w.store.Close())
	refused(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)), models.CodeUnavailable)
}
