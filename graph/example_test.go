package graph_test

import (
	"context"
	"testing"
	"time"

	"github.com/99designs/gqlgen/client"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These examples show three ways to test a resolver, from the smallest to the largest. Each takes well under a
// second; none needs PostgreSQL, a listener or the network. test/world assembles the service.

// oneIdentity implements only what a read resolver needs of a database: other methods must not be called.
type oneIdentity struct{ account.Store }

func (oneIdentity) Identities(context.Context, string) ([]models.Identity, error) {
	return []models.Identity{{IdentityProvider: models.ProviderGoogle, Issuer: "https://accounts.google.com"}}, nil
}

// TestExampleReadResolver calls one resolver on a fake.
func TestExampleReadResolver(t *testing.T) {
	resolver := &graph.Resolver{Accounts: &account.Service{Store: oneIdentity{}}}

	identities, err := resolver.Account().Identities(t.Context(), &models.Account{ID: "anna"})

	if err != nil || len(identities) != 1 || identities[0].Issuer != "https://accounts.google.com" {
		t.Errorf("%v, %v", identities, err)
	}
}

// TestExampleMutation calls a mutation's resolver on the real service, on a database in memory.
func TestExampleMutation(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	anna, err := w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "anna@example.com"})
	world.Check(t, err)
	caller := models.Caller{Account: anna, Session: &models.Session{ID: "session", AccountID: anna.ID}}
	resolver := &graph.Resolver{Accounts: w.Service}

	city := "Halfway"
	payload, err := resolver.Mutation().UpdateAccount(auth.WithCaller(t.Context(), caller), account.UpdateAccountInput{
		ProfileInput: account.ProfileInput{City: models.Optional[string]{Set: true, Value: &city}},
	})
	world.Check(t, err)

	if kept, err := w.Service.FindAccount(t.Context(),
		"anna@example.com"); err != nil || *kept.City != city || *payload.Account.City != city {
		t.Errorf("%v, %v", kept, err)
	}
}

// TestExampleHandler calls the whole handler with gqlgen's test client: document, key, session, response.
func TestExampleHandler(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	handler, err := graph.New(w.Service, graph.Options{
		Authenticator: &auth.Authenticator{Store: w.Store, Now: w.Clock.Now, SessionIdle: time.Hour},
		Log:           world.Discard,
	})
	world.Check(t, err)
	asks := client.New(handler, client.AddHeader("X-Api-Key", account.DevelopmentKey))

	var signedIn struct {
		SignIn struct{ Session struct{ Token string } }
	}
	world.Check(t,
		asks.Post(`mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }`, &signedIn,
			client.Var("input", map[string]any{"email": account.DemoEmail, "password": account.DemoPassword})))

	var read struct{ Account struct{ Email string } }
	world.Check(t, asks.Post(`{ account { email } }`, &read,
		client.AddHeader("Authorization", "Bearer "+signedIn.SignIn.Session.Token)))
	if read.Account.Email != string(account.DemoEmail) {
		t.Errorf("read %+v", read)
	}
}
