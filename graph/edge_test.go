package graph_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/test/world"
)

// TestNetworkRequests checks that one network can't use up the service's capacity, that another network is not
// affected, and that a refused request is not even authenticated.
func TestNetworkRequests(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin:          world.OwnOrigin,
		Authenticator:   &auth.Authenticator{Store: w.Store, Now: w.Clock.Now, SessionIdle: time.Hour},
		NetworkRequests: account.Limit{Uses: 3, Window: time.Minute}, OperationTimeout: world.Patience,
		Log: world.Discard,
	})
	world.Check(t, err)
	ask := func(key string) *world.Answer {
		return w.Post(t, world.Call{Key: key, Body: `{"query":"{ __typename }"}`})
	}

	for range 3 {
		if a := ask(w.Keys["development"]); a.Status != http.StatusOK {
			t.Fatalf("within the limit: %d %s", a.Status, a.Body)
		}
	}

	a := ask("ak_unknown")
	if a.Status != http.StatusTooManyRequests || a.Code() != "RATE_LIMITED" || a.Header.Get("Retry-After") != "60" {
		t.Errorf("beyond the limit: %d %s %v", a.Status, a.Body, a.Header)
	}

	for name := range a.Header {
		if name == "" || len(name) > 5 && name[:5] == "X-Rat" {
			t.Errorf("the limiter's own header %q is answered", name)
		}
	}
}
