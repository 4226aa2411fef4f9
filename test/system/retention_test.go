package system

import (
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestErasedTrailNamesNobody checks that the trail of an erased account has no address of a client, no user agent and no
// reference of the shop, in the erasure's own event neither, and still verifies (R-DAT4).
func TestErasedTrailNamesNobody(t *testing.T) {
	t.Parallel()
	w := newCustomer(t)
	demo, err := w.Store.AccountByEmail(t.Context(), account.DemoEmail)
	world.Check(t, err)
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"city":"Here"}`))
	addresses := func() (count int) {
		t.Helper()
		trail, err := w.Store.Activity(t.Context(), demo.ID, 0, 100)
		world.Check(t, err)
		for _, event := range trail {
			if event.IP != "" || event.UserAgent != "" || event.AuthID != "" {
				count++
			}
		}

		return count
	}
	if addresses() == 0 {
		t.Fatal("the trail has no addresses, so it tests nothing")
	}

	world.Succeed(t, w.Do(t, "demo", "deleteAccount",
		`{"clientAuthFactor":"correct horse battery staple","identityProvider":"SYNERISE","authId":"shop-4711"}`))
	if left := addresses(); left != 0 {
		t.Errorf("%d events of the erased account have addresses", left)
	}
	if _, _, err := w.Store.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestUnprovenAccountsAreErased checks that an account of which nobody proved an address goes when nobody has used it for
// long enough, and no other one.
func TestUnprovenAccountsAreErased(t *testing.T) {
	t.Parallel()
	w := world.New(t, world.DefaultSettings())
	list := &erasureList{}
	w.Service.Erasures = list
	for _, email := range []string{"stranger@example.com", "visitor@example.com", "proven@example.com"} {
		world.Succeed(t, w.Do(t, "", "registerAccount",
			`{"email":"`+email+`","password":"`+account.DemoPassword+`"}`))
	}
	world.Succeed(t, w.Do(t, "", "confirmAccountActivation", `{"token":"`+
		*w.Message(t, models.MessageActivation, "proven@example.com").Token+`","password":"`+account.DemoPassword+`"}`))

	const keep = 30 * 24 * time.Hour
	w.Clock.Advance(20 * 24 * time.Hour)
	world.Succeed(t, w.Do(t, "visitor", "signIn", world.Credentials("visitor@example.com", account.DemoPassword)))
	world.Succeed(t, w.Do(t, "visitor", "updateAccount", `{"city":"Here"}`))
	erase := func(want int) {
		t.Helper()
		sent := len(w.Inbox.Messages(t.Context()))
		erased, next, err := w.Service.EraseUnproven(t.Context(), "", w.Clock.Now().Add(-keep))
		if erased != want || next != "" || err != nil {
			t.Errorf("%d are erased, want %d, %q, %v", erased, want, next, err)
		}
		if now := len(w.Inbox.Messages(t.Context())); now != sent {
			t.Errorf("%d messages go to addresses that nobody proved", now-sent)
		}
	}
	erase(0)
	w.Clock.Advance(11 * 24 * time.Hour)
	erase(1)
	for email, there := range map[models.EmailAddress]bool{
		"stranger@example.com": false, "visitor@example.com": true, "proven@example.com": true, account.DemoEmail: true,
	} {
		if _, err := w.Store.AccountByEmail(t.Context(), email); (err == nil) != there {
			t.Errorf("%s: %v", email, err)
		}
	}
	if list.erased(t) != 1 {
		t.Error("the erasure is not listed")
	}

	w.Clock.Advance(31 * 24 * time.Hour)
	erase(1)
}
