package graph_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/test/world"
)

// hurried is a store that checks the context of each transaction, and lets the client disconnect before its end.
type hurried struct {
	account.Store
	leave context.CancelFunc
	limit []time.Duration
}

func (h *hurried) InTx(ctx context.Context, decide func(account.Tx) error) error {
	until, limited := ctx.Deadline()
	if limited {
		h.limit = append(h.limit, time.Until(until))
	}

	return h.Store.InTx(ctx, func(tx account.Tx) error {
		if h.leave != nil {
			h.leave()
		}
		return decide(tx)
	})
}

// TestOperationsHaveADeadline checks that every query has a deadline of five seconds, and that a client that
// disconnects during a change leaves it either complete or undone (R-GQL10).
func TestOperationsHaveADeadline(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	patient := w.Handler
	store := &hurried{Store: w.Service.Store}
	w.Service.Store = store
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		}, Log: slog.New(slog.DiscardHandler),
	})
	world.Check(t, err)
	w.Do(t, "demo", "signIn", `{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`)
	w.Do(t, "demo", "updateAccount", `{"city":"Halfway"}`)
	if len(store.limit) < 2 {
		t.Errorf("%d of the transactions have a deadline", len(store.limit))
	}

	for _, limit := range store.limit {
		if limit > 5*time.Second {
			t.Errorf("a transaction has %v", limit)
		}
	}

	// The limit of five seconds is not what stops the change.
	w.Handler = patient
	world.Succeed(t, w.Do(t, "demo", "signIn", `{"email":"demo@example.com","password":"`+account.DemoPassword+`"}`))
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"city":"Halfway"}`))
	before, err := w.Service.FindAccount(t.Context(), "demo@example.com")
	world.Check(t, err)
	ctx, leave := context.WithCancel(t.Context())
	store.leave = leave
	body := `{"query":"mutation { updateAccount(input: {city: \"Elsewhere\", firstName: \"Ada\"}) { account { version } } }"}`
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Api-Key", w.Keys["development"])
	r.Header.Set("Authorization", "Bearer "+w.Tokens["demo"])
	w.Handler.ServeHTTP(httptest.NewRecorder(), r)

	after, err := w.Service.FindAccount(t.Context(), "demo@example.com")
	world.Check(t, err)
	whole := after.FirstName != nil && *after.City == "Elsewhere" && after.Version == before.Version+1
	none := after.FirstName == nil && *after.City == "Halfway" && after.Version == before.Version
	if !whole && !none {
		t.Errorf("half of a change is there: %+v", after)
	}
}
