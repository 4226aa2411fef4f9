package graph_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// TestWhatLeavesNoEvent: docs/operations.md says which requests stand in no audit trail. These are all of their kinds.
func TestWhatLeavesNoEvent(t *testing.T) {
	page, err := os.ReadFile("../docs/operations.md")
	check(t, err)
	_, section, found := strings.Cut(string(page), "## The audit trail")
	if !found {
		t.Fatal("docs/operations.md does not say what the audit trail has")
	}
	rows := strings.Count(section, "\n| ") - 1 // without the head

	tried := 0
	silent := func(what string, w *world, ask func() *answer) {
		t.Helper()
		tried++
		before := events(t, w)
		a := ask()
		if n := events(t, w) - before; n != 0 {
			t.Errorf("%s leaves %d events: %s", what, n, a.body)
		}
	}
	w := signedIn(t, defaultSettings())
	send := func(body string, key string) func() *answer {
		return func() *answer {
			return w.post(t, call{key: key, token: w.tokens["demo"], body: body, accept: "application/graphql-response+json"})
		}
	}
	key := w.keys["development"]
	silent("a read", w, send(`{"query":"{ account { id } apiKey { name } }"}`, key))
	silent("a request without a live key", w, send(`{"query":"mutation { cancelEmailChange { account { id } } }"}`, "ak_none"))
	silent("a request that does not fit", w, send(`{"query":"mutation { signIn { account { id } } }"}`, key))
	silent("a value of another type", w, func() *answer {
		return refused(t, send(`{"query":"mutation { updateAccount(input: {avatarUrl: 7}) { account { id } } }"}`, key)(), models.CodeInvalidInput)
	})
	silent("a request that the service can't answer", w, func() *answer {
		w.service.Store = unable{w.store}
		defer func() { w.service.Store = w.store }()
		return refused(t, w.do(t, "demo", "updateAccount", `{"city":"Halfway"}`), models.CodeUnavailable)
	})
	silent("a fault of ours", w, func() *answer {
		newID := w.service.NewID
		w.service.NewID = func() string { panic("a fault") }
		defer func() { w.service.NewID = newID }()
		a := w.do(t, "demo", "updateAccount", `{"city":"Halfway"}`)
		if a.status != http.StatusInternalServerError {
			t.Errorf("answered %d %s", a.status, a.body)
		}
		return a
	})
	if tried != rows {
		t.Errorf("the page has %d rows, and %d were tried", rows, tried)
	}
}

// unable is a store whose database can't serve.
type unable struct{ account.Store }

var errUnable = errors.New("the database is gone")

func (unable) InTx(context.Context, func(tx account.Tx) error) error {
	return models.Unavailable(errUnable)
}
