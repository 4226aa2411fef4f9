package identity_test

import (
	"fmt"
	"log/slog"
	"maps"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// TestWatch guards that every token and every request is counted once, for the provider that it belongs to, and that
// the age of the keys is told once they were fetched.
func TestWatch(t *testing.T) {
	shop, other := identitytest.New(t), identitytest.New(t)
	google := identity.Entry{
		Provider: models.ProviderGoogle, Issuer: other.URL, Audiences: []string{"api"}, SubjectClaim: "sub",
	}
	client := egress.NewClient(egress.Policy{Loopback: true})
	t.Cleanup(client.Close)
	at, got := &clock{now: noon}, map[string]int{}
	count := func(kind string) func(models.IdentityProvider, identity.Result) {
		return func(provider models.IdentityProvider, result identity.Result) {
			got[fmt.Sprint(kind, " ", provider, " ", result)]++
		}
	}
	v := identity.New(identity.Config{
		Providers: []identity.Entry{entry(shop)}, CustomerTokens: []identity.Entry{google}, Client: client, Now: at.Now,
		Log:   slog.New(slog.DiscardHandler),
		Watch: identity.Watch{Verified: count("token"), Asked: count("request")},
	})
	if ages := v.KeyAges(); len(ages) != 0 {
		t.Errorf("ages before a token: %v", ages)
	}

	try := func(token string) { _, _ = v.Verify(t.Context(), models.ProviderOAuth, token) }
	try(shop.Token(noon, "anna", nil))
	try(shop.Token(noon, "anna", nil))
	try("hunter2")
	try(shop.Token(noon.Add(-time.Hour), "anna", nil))
	other.Break(identitytest.Fails)
	_, _ = v.VerifyCustomer(t.Context(), other.Token(noon, "anna", identitytest.Claims{"aud": "api"}))
	_, _ = v.Verify(t.Context(), models.ProviderApple, shop.Token(noon, "anna", nil)) // is not configured

	want := map[string]int{
		"token OAUTH accepted": 2, "token OAUTH refused": 2, "token GOOGLE unavailable": 1,
		// The discovery document, and the keys.
		"request OAUTH answered": 2, "request GOOGLE answered": 1, "request GOOGLE failed": 1,
	}
	if !maps.Equal(got, want) {
		t.Errorf("counted %v\nwant %v", got, want)
	}

	at.advance(time.Minute)
	if ages := v.KeyAges(); len(ages) != 1 || ages[models.ProviderOAuth] != time.Minute {
		t.Errorf("ages %v", ages)
	}
	if providers := v.Providers(); len(providers) != 2 {
		t.Errorf("providers %v", providers)
	}
}
