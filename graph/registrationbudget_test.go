package graph_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// TestCeilingKeepsHalfForCustomers guards R-PRF8: strangers use up half of the ceiling, and addresses without an account nothing of it.
func TestCeilingKeepsHalfForCustomers(t *testing.T) {
	t.Parallel()
	settings := defaultSettings()
	settings.Limits.Messages = account.Limit{Uses: 4, Window: time.Hour}
	w := signedIn(t, settings)
	for i := range 8 {
		succeed(t, w.do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":"nobody-%d@example.com"}`, i)))
	}
	succeed(t, w.do(t, "", "registerAccount", `{"email":"new-1@example.com","password":"a long enough one"}`))
	succeed(t, w.do(t, "", "registerAccount", `{"email":"new-2@example.com","password":"a long enough one"}`))
	limited(t, w.do(t, "", "registerAccount", `{"email":"new-3@example.com","password":"a long enough one"}`))
	// A reset of an address that nobody has proven is a stranger's, too.
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"new-1@example.com"}`))
	if n := w.count(t, models.MessagePasswordReset); n != 0 {
		t.Errorf("strangers got %d resets beyond their half", n)
	}
	succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	succeed(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	limited(t, w.do(t, "demo", "requestPhoneUpdate", `{"phone":"+48601234567"}`))
	if n := w.count(t, models.MessagePasswordReset); n != 1 {
		t.Errorf("the customer got %d resets", n)
	}
}

// TestRegistrationsAreLimited guards R-PRF8: a network mails ten addresses an hour, one address gets three mails an
// hour of a kind, whoever asks, and what meets the pause of a minute is sent after it.
func TestRegistrationsAreLimited(t *testing.T) {
	t.Parallel()
	settings := defaultSettings()
	settings.Limits.NetworkMails = account.DefaultLimits().NetworkMails
	w := newWorld(t, settings)
	register := func(email string) *answer {
		return w.do(t, "", "registerAccount", fmt.Sprintf(`{"email":%q,"password":"a long enough one"}`, email))
	}
	for i := range 10 {
		succeed(t, register(fmt.Sprintf("new-%d@example.com", i)))
	}
	if wait := limited(t, register("new-10@example.com")); wait != time.Hour {
		t.Errorf("the eleventh registration of an hour has to wait %v", wait)
	}
	if n := w.count(t, models.MessageActivation); n != 10 {
		t.Errorf("%d mails", n)
	}

	w.clock.advance(time.Hour)
	for range 5 {
		succeed(t, register("victim@example.com"))
	}
	for i, wait := range []time.Duration{0, time.Minute, time.Minute, time.Minute, time.Hour} {
		w.clock.advance(wait)
		if n := w.count(t, models.MessageActivation) - 10; n != min(i+1, 3) {
			t.Errorf("%d mails to one address after %d waits", n, i)
		}
	}
}

// TestAccountsOfANetwork guards R-PRF8: one network makes twenty accounts an hour, by registering or by a provider.
func TestAccountsOfANetwork(t *testing.T) {
	for operation, input := range map[string]func(w *world, email string) string{
		"registerAccount": func(_ *world, email string) string {
			return credentials(models.EmailAddress(email), "a long enough one")
		},
		"signInWithIdentityProvider": func(w *world, email string) string {
			token := w.newToken("google", email, identitytest.Claims{"email": email, "email_verified": true})
			return fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`, token)
		},
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			settings := defaultSettings()
			settings.Limits.NetworkAccounts = account.DefaultLimits().NetworkAccounts
			w := newWorld(t, settings)
			w.trust(t, "google", models.ProviderGoogle, false, false)
			for i := range 20 {
				succeed(t, w.do(t, "", operation, input(w, fmt.Sprintf("new-%d@example.com", i))))
			}
			if wait := limited(t, w.do(t, "", operation, input(w, "one-more@example.com"))); wait != time.Hour {
				t.Errorf("the account beyond the limit has to wait %v", wait)
			}
			if _, err := w.service.FindAccount(t.Context(), "one-more@example.com"); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("the account beyond the limit: %v", err)
			}
			// Who has an account comes in all the same.
			if operation == "signInWithIdentityProvider" {
				succeed(t, w.do(t, "", operation, input(w, "new-1@example.com")))
			}
			w.clock.advance(time.Hour)
			succeed(t, w.do(t, "", operation, input(w, "one-more@example.com")))
		})
	}
}
