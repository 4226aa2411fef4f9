package graph_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

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

func (s *story) issuer(ts *testscript.TestScript, _ bool, args []string) {
	create := slices.Contains(args, "-create")
	s.world().trust(s.t, args[0], models.IdentityProvider(args[1]), create || slices.Contains(args, "-customers"), create)
}

func (s *story) token(ts *testscript.TestScript, _ bool, args []string) {
	claims := identitytest.Claims{}
	for _, arg := range args[3:] {
		name, text, _ := strings.Cut(arg, "=")
		var value any = text
		if by, isTime := strings.CutPrefix(text, "@"); isTime {
			ago, err := time.ParseDuration(by)
			ts.Check(err)
			value = s.world().clock.Now().Add(ago).Unix()
		} else if json.Unmarshal([]byte(text), &value) != nil {
			value = text
		}
		claims[name] = value
	}
	ts.Setenv(args[0], s.world().newToken(args[1], args[2], claims))
}

func (s *story) broken(ts *testscript.TestScript, _ bool, args []string) {
	issuer := s.world().issuers[args[0]]
	switch args[1] {
	case "fails":
		issuer.Break(identitytest.Fails)
	case "never":
		issuer.Break(nil)
	default:
		ts.Fatalf("an issuer is broken by fails or never, not by %s", args[1])
	}
}
