package system

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the budgets of client networks (R-THR2, R-CPR7, R-RPR7).

// process is another process on the world's database, and the world's clock.
func process(t testing.TB, w *world.World, proxies ...netip.Prefix) *world.World {
	t.Helper()
	other := *w
	var err error
	other.Store, err = store.Open(context.Background(), w.Database)
	world.Check(t, err)
	t.Cleanup(func() { world.Check(t, other.Store.Close()) })
	service := *w.Service
	service.Store, service.CodeKeys = other.Store, other.Store
	other.Service = &service
	other.Handler, err = graph.New(other.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: other.Store, Now: w.Clock.Now, SessionIdle: service.Settings.SessionIdle,
		},
		OperationTimeout: world.Patience, Log: slog.New(slog.NewTextHandler(w.Log, nil)), TrustedProxies: proxies,
	})
	world.Check(t, err)

	return &other
}

// from runs an operation from a client's address, with further headers as pairs of name and value.
func from(t testing.TB, w *world.World, address, operation, input string, header ...string) *world.Answer {
	t.Helper()
	body := fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(t, w.Schema, operation, true), input)
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(address), 40000).String()
	r.Header = http.Header{"X-Api-Key": {w.Keys["development"]},
		"Content-Type": {"application/json"}, "Accept": {"application/graphql-response+json"}}
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}

	return w.Send(t, r)
}

// tries are the operations that try a secret, each with a wrong secret and the code of its refusal.
var tries = []struct {
	operation, input string
	code             models.Code
}{
	{"signIn", `{"email":"nobody-%d@example.com","password":"wrong"}`, models.CodeInvalidCredentials},
	{"confirmPasswordReset", `{"token":"wrong %d","password":"a long enough one"}`, models.CodeTokenInvalid},
	{"confirmEmailChange", `{"token":"wrong %d","newsletterAgreement":true}`, models.CodeTokenInvalid},
	{"undoEmailChange", `{"token":"wrong %d"}`, models.CodeTokenInvalid},
	{"secureAccount", `{"token":"wrong %d"}`, models.CodeTokenInvalid},
	{"cancelAccountDeletion", `{"token":"wrong %d"}`, models.CodeTokenInvalid},
	{"confirmAccountActivation", `{"token":"wrong %d"}`, models.CodeTokenInvalid},
	{"confirmPhoneUpdate",
		`{"phone":"+48512345678","confirmationCode":"%06d","smsAgreement":true,"challengeId":"none"}`,
		models.CodeCodeInvalid},
	{"signInWithCode", `{"challengeId":"none %d","code":"wrong"}`, models.CodeCodeInvalid},
	{"requestEmailChange", `{"email":"new@example.com","accountEmail":"nobody-%d@example.com","password":"wrong"}`,
		models.CodeInvalidCredentials},
	{"requestPhoneUpdate", `{"phone":"+48512345678","accountEmail":"nobody-%d@example.com","password":"wrong"}`,
		models.CodeInvalidCredentials},
}

// TestTriesOfANetwork checks that all tries of one network share a budget, whatever secret they try.
func TestTriesOfANetwork(t *testing.T) {
	for name, test := range map[string]struct {
		// The requests use the addresses alternately; header is sent with all of them.
		addresses []string
		header    func(i int) []string
		proxies   []netip.Prefix
		limited   bool
	}{
		"one IPv4 address":         {addresses: []string{"192.0.2.7"}, limited: true},
		"the same, written longer": {addresses: []string{"192.0.2.7", "::ffff:192.0.2.7"}, limited: true},
		"a /64 of IPv6": {addresses: []string{
			"2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2:3:4:5:6",
		}, limited: true},
		"many IPv4 addresses": {addresses: []string{"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"}},
		"many /64": {
			addresses: []string{"2001:db8:1:1::1", "2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:4::1"},
		},
		"this machine":         {addresses: []string{"127.0.0.1"}},
		"this machine by IPv6": {addresses: []string{"::1"}},
		"a forwarded address that nobody trusts": {
			addresses: []string{"192.0.2.7"}, limited: true,
			header: func(i int) []string { return []string{"X-Forwarded-For", fmt.Sprint("198.51.100.", i)} },
		},
		"other headers that name an address": {
			addresses: []string{"192.0.2.7"}, limited: true,
			proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
			header: func(i int) []string {
				return []string{"X-Real-Ip", fmt.Sprint("198.51.100.",
					i), "Forwarded", fmt.Sprint("for=198.51.100.", i), "True-Client-Ip", fmt.Sprint("198.51.100.", i)}
			},
		},
		"clients behind a trusted proxy": {
			addresses: []string{"192.0.2.7"}, proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
			header: func(i int) []string { return []string{"X-Forwarded-For", fmt.Sprint("198.51.100.", i)} },
		},
		"a client behind a trusted proxy that writes addresses to the left": {
			addresses: []string{"192.0.2.7"},
			limited:   true, proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
			header: func(i int) []string {
				return []string{"X-Forwarded-For", fmt.Sprintf("198.51.100.%d, 203.0.113.9", i)}
			},
		},
		"a client behind two proxies, in two headers": {
			addresses: []string{"192.0.2.7"}, limited: true,
			proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
			header: func(i int) []string {
				return []string{"X-Forwarded-For", fmt.Sprint("198.51.100.",
					i), "X-Forwarded-For", "203.0.113.9, 192.0.2.8"}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := world.DefaultSettings()
			settings.Limits.NetworkTries = account.Limit{Uses: len(tries), Window: 10 * time.Minute}
			w := process(t, world.New(t, settings), test.proxies...)
			try := func(i int) *world.Answer {
				var header []string
				if test.header != nil {
					header = test.header(i)
				}
				one := tries[i%len(tries)]
				return from(t, w, test.addresses[i%len(test.addresses)], one.operation, fmt.Sprintf(one.input, i),
					header...)
			}

			for i := range tries {
				refused(t, try(i), tries[i].code)
			}

			for i := range tries {
				if a := try(len(tries) + i); test.limited {
					limited(t, a)
				} else {
					refused(t, a, tries[i].code)
				}
			}

			w.Clock.Advance(10 * time.Minute)
			refused(t, try(0), tries[0].code)
		})
	}
}

// TestLimitedNetworkStopsNoSession checks R-THR4: a live session still works in a network that has no tries left.
func TestLimitedNetworkStopsNoSession(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.NetworkTries = account.Limit{Uses: 2, Window: 10 * time.Minute}
	w := signedIn(t, settings)
	refused(t, w.Do(t, "", "signIn", world.Credentials("nobody@example.com", "wrong")), models.CodeInvalidCredentials)
	limited(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "account", ""))
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"firstName":"Ada"}`))
	a := from(t, w, "198.51.100.1", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword))
	if a.Code() != "" {
		t.Errorf("the right password from another network: %s", a.Body)
	}
}

// TestMailsOfANetwork checks R-RPR7: one network can request ten mails an hour, and the response does not change
// afterwards.
func TestMailsOfANetwork(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits = account.DefaultLimits()
	w := world.New(t, settings)
	ask := func(address, name string) {
		t.Helper()
		a := from(t, w, address, "requestPasswordReset", fmt.Sprintf(`{"email":"%s@example.com"}`, name))
		if accepted := a.At("requestPasswordReset.accepted"); a.Code() != "" || accepted != true {
			t.Errorf("%s: %s", name, a.Body)
		}
	}

	for i := range 12 {
		_, err := w.Service.CreateAccount(t.Context(), account.NewAccount{
			Email: models.EmailAddress(fmt.Sprintf("anna-%d@example.com", i)), Password: account.DemoPassword,
		})
		world.Check(t, err)
	}

	for i := range 12 {
		ask(fmt.Sprintf("2001:db8::%d", i+1), fmt.Sprintf("anna-%d", i))
	}

	if n := count(t, w, models.MessagePasswordReset); n != 10 {
		t.Errorf("%d mails were sent, want 10", n)
	}

	// Suppressed mails use up no budget of the addressee: a request from the customer's home network sends the
	// mail.
	ask("198.51.100.1", "anna-11")
	if n := count(t, w, models.MessagePasswordReset); n != 11 {
		t.Errorf("%d mails were sent, want 11", n)
	}

	w.Clock.Advance(time.Hour)
	ask("2001:db8::1", "anna-10")
	if n := count(t, w, models.MessagePasswordReset); n != 12 {
		t.Errorf("%d mails were sent, want 12", n)
	}
}
