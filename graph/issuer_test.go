package graph_test

import (
	"testing"

	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/outgoing"
	"github.com/accountql/accountql/models"
)

// trusted is an issuer that a world trusts, and its entry in one of the two files.
type trusted struct {
	*identitytest.Issuer
	entry     identity.Entry
	customers bool
}

// trust starts an issuer under a name of the test. customers makes it one of --customer-tokens.
func (w *world) trust(t testing.TB, name string, provider models.IdentityProvider, customers, create bool) *trusted {
	t.Helper()
	if w.issuers == nil {
		w.issuers = map[string]*trusted{}
	}
	issuer := identitytest.New(t)
	one := &trusted{Issuer: issuer, customers: customers, entry: identity.Entry{
		Provider: provider, Issuer: issuer.URL, Audiences: []string{identitytest.Audience}, SubjectClaim: "sub", CreateAccounts: create,
	}}
	w.issuers[name] = one
	client := outgoing.NewClient(outgoing.Reach{Loopback: true})
	t.Cleanup(client.Close)
	config := identity.Config{Client: client, Now: w.clock.Now, Log: discard}
	for _, issuer := range w.issuers {
		if issuer.customers {
			config.CustomerTokens = append(config.CustomerTokens, issuer.entry)
		} else {
			config.Providers = append(config.Providers, issuer.entry)
		}
	}
	w.service.Verifier = identity.New(config)
	return one
}

// newToken signs a token of an issuer at the world's time.
func (w *world) newToken(issuer, subject string, claims identitytest.Claims) string {
	return w.issuers[issuer].Token(w.clock.Now(), subject, claims)
}
