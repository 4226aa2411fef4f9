package system

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestCeilingKeepsHalfForCustomers checks R-PRF8: strangers can use up half of the ceiling, and addresses without
// an account none of it.
func TestCeilingKeepsHalfForCustomers(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.Messages = account.Limit{Uses: 4, Window: time.Hour}
	w := signedIn(t, settings)
	for i := range 8 {
		world.Succeed(t, w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":"nobody-%d@example.com"}`, i)))
	}

	world.Succeed(t, w.Do(t, "", "registerAccount", `{"email":"new-1@example.com","password":"a long enough one"}`))
	world.Succeed(t, w.Do(t, "", "registerAccount", `{"email":"new-2@example.com","password":"a long enough one"}`))
	limited(t, w.Do(t, "", "registerAccount", `{"email":"new-3@example.com","password":"a long enough one"}`))
	// A reset of an unproven address is also a stranger's.
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"new-1@example.com"}`))
	if n := count(t, w, models.MessagePasswordReset); n != 0 {
		t.Errorf("strangers got %d resets beyond their half", n)
	}

	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	limited(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48601234567"}`))
	if n := count(t, w, models.MessagePasswordReset); n != 1 {
		t.Errorf("the customer got %d resets", n)
	}
}

// TestRegistrationsAreLimited checks R-PRF8: a network sends mails to ten addresses an hour, an address gets three
// mails of a kind an hour, whoever requests them, and a mail within the pause of a minute is sent after it.
func TestRegistrationsAreLimited(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.NetworkMails = account.DefaultLimits().NetworkMails
	w := world.New(t, settings)
	register := func(email string) *world.Answer {
		return w.Do(t, "", "registerAccount", fmt.Sprintf(`{"email":%q,"password":"a long enough one"}`, email))
	}

	for i := range 10 {
		world.Succeed(t, register(fmt.Sprintf("new-%d@example.com", i)))
	}

	if wait := limited(t, register("new-10@example.com")); wait != time.Hour {
		t.Errorf("the eleventh registration of an hour has to wait %v", wait)
	}
	if n := count(t, w, models.MessageActivation); n != 10 {
		t.Errorf("%d mails", n)
	}

	w.Clock.Advance(time.Hour)
	for range 5 {
		world.Succeed(t, register("victim@example.com"))
	}

	for i, wait := range []time.Duration{0, time.Minute, time.Minute, time.Minute, time.Hour} {
		w.Clock.Advance(wait)
		if n := count(t, w, models.MessageActivation) - 10; n != min(i+1, 3) {
			t.Errorf("%d mails to one address after %d waits", n, i)
		}
	}
}

// TestAccountsOfANetwork checks R-PRF8: one network creates twenty accounts an hour, by registration or by a
// provider.
func TestAccountsOfANetwork(t *testing.T) {
	for operation, input := range map[string]func(w *world.World, email string) string{
		"registerAccount": func(_ *world.World, email string) string {
			return world.Credentials(models.EmailAddress(email), "a long enough one")
		},
		"signInWithIdentityProvider": func(w *world.World, email string) string {
			token := w.NewToken("google", email, identitytest.Claims{"email": email, "email_verified": true})
			return fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`, token)
		},
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			settings := world.DefaultSettings()
			settings.Limits.NetworkAccounts = account.DefaultLimits().NetworkAccounts
			w := world.New(t, settings)
			w.Trust(t, "google", models.ProviderGoogle, false, false)
			for i := range 20 {
				world.Succeed(t, w.Do(t, "", operation, input(w, fmt.Sprintf("new-%d@example.com", i))))
			}

			if wait := limited(t, w.Do(t, "", operation, input(w, "one-more@example.com"))); wait != time.Hour {
				t.Errorf("the account beyond the limit has to wait %v", wait)
			}
			if _, err := w.Service.FindAccount(t.Context(),
				"one-more@example.com"); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("the account beyond the limit: %v", err)
			}

			// Customers with an account can still sign in.
			if operation == "signInWithIdentityProvider" {
				world.Succeed(t, w.Do(t, "", operation, input(w, "new-1@example.com")))
			}

			w.Clock.Advance(time.Hour)
			world.Succeed(t, w.Do(t, "", operation, input(w, "one-more@example.com")))
		})
	}
}
