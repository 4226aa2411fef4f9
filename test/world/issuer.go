package world

import (
	"testing"

	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// TrustedIssuer is an issuer that a world trusts, with its entry in one of the two files.
type TrustedIssuer struct {
	*identitytest.Issuer
	entry     identity.Entry
	customers bool
}

// Trust starts an issuer under a name of the test; customers adds it to --customer-tokens.
func (w *World) Trust(
	t testing.TB, name string, provider models.IdentityProvider, customers, create bool,
) *TrustedIssuer {
	t.Helper()
	if w.Issuers == nil {
		w.Issuers = map[string]*TrustedIssuer{}
	}

	issuer := identitytest.New(t)
	one := &TrustedIssuer{Issuer: issuer, customers: customers, entry: identity.Entry{
		Provider: provider, Issuer: issuer.URL, Audiences: []string{identitytest.Audience}, SubjectClaim: "sub",
		CreateAccounts: create,
	}}
	w.Issuers[name] = one
	client := egress.NewClient(egress.Policy{Loopback: true})
	t.Cleanup(client.Close)
	config := identity.Config{Client: client, Now: w.Clock.Now, Log: Discard}
	for _, issuer := range w.Issuers {
		if issuer.customers {
			config.CustomerTokens = append(config.CustomerTokens, issuer.entry)
		} else {
			config.Providers = append(config.Providers, issuer.entry)
		}
	}

	w.Service.Verifier = identity.New(config)

	return one
}

// NewToken returns a token of an issuer, signed at the world's time.
func (w *World) NewToken(issuer, subject string, claims identitytest.Claims) string {
	return w.Issuers[issuer].Token(w.Clock.Now(), subject, claims)
}
