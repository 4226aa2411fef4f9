package graph_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
)

// TestNetworkRequests: one network can't take all the turns, another one is not
// held up by it, and a request that is refused is not even authenticated.
func TestNetworkRequests(t *testing.T) {
	w := newWorld(t, defaultSettings())
	var err error
	w.handler, err = graph.New(w.service, graph.Options{
		Origin:          ownOrigin,
		Authenticator:   &auth.Authenticator{Store: w.store, Now: w.clock.Now, SessionIdle: time.Hour},
		NetworkRequests: account.Limit{Uses: 3, Window: time.Minute}, Log: discard,
	})
	check(t, err)
	ask := func(key string) *answer { return w.post(t, call{key: key, body: `{"query":"{ __typename }"}`}) }
	for range 3 {
		if a := ask(w.keys["development"]); a.status != http.StatusOK {
			t.Fatalf("within the limit: %d %s", a.status, a.body)
		}
	}
	a := ask("ak_unknown")
	if a.status != http.StatusTooManyRequests || a.code() != "RATE_LIMITED" || a.header.Get("Retry-After") != "60" {
		t.Errorf("beyond the limit: %d %s %v", a.status, a.body, a.header)
	}
	for name := range a.header {
		if name == "" || len(name) > 5 && name[:5] == "X-Rat" {
			t.Errorf("the limiter's own header %q is answered", name)
		}
	}
}
