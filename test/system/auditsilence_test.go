package system

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestWhatLeavesNoEvent sends one request of every kind that leaves no event in the audit trail, according to
// docs/operations.md.
func TestWhatLeavesNoEvent(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations.md")
	world.Check(t, err)
	_, section, found := strings.Cut(string(page), "## The audit trail")
	if !found {
		t.Fatal("docs/operations.md does not say what the audit trail has")
	}

	section, _, _ = strings.Cut(section, "\n### ")
	rows := strings.Count(section, "\n| ") - 1 // without the header row

	tried := 0
	silent := func(what string, w *world.World, ask func() *world.Answer) {
		t.Helper()
		tried++
		before := events(t, w)
		a := ask()
		if n := events(t, w) - before; n != 0 {
			t.Errorf("%s leaves %d events: %s", what, n, a.Body)
		}
	}

	w := signedIn(t, world.DefaultSettings())
	send := func(body string, key string) func() *world.Answer {
		return func() *world.Answer {
			return w.Post(t,
				world.Call{Key: key, Token: w.Tokens["demo"], Body: body, Accept: "application/graphql-response+json"})
		}
	}

	key := w.Keys["development"]
	silent("a read", w, send(`{"query":"{ account { id } apiKey { name } }"}`, key))
	silent("a request without a live key", w,
		send(`{"query":"mutation { cancelEmailChange { account { id } } }"}`, "ak_none"))
	silent("a request that does not fit", w, send(`{"query":"mutation { signIn { account { id } } }"}`, key))
	silent("a value of another type", w, func() *world.Answer {
		return refused(t, send(`{"query":"mutation { updateAccount(input: {avatarUrl: 7}) { account { id } } }"}`,
			key)(), models.CodeInvalidInput)
	})
	silent("a request that the service can't answer", w, func() *world.Answer {
		w.Service.Store = unable{w.Store}
		defer func() { w.Service.Store = w.Store }()
		return refused(t, w.Do(t, "demo", "updateAccount", `{"city":"Halfway"}`), models.CodeUnavailable)
	})
	silent("a fault of ours", w, func() *world.Answer {
		newID := w.Service.NewID
		w.Service.NewID = func() string { panic("a fault") }
		defer func() { w.Service.NewID = newID }()
		a := w.Do(t, "demo", "updateAccount", `{"city":"Halfway"}`)
		if a.Status != http.StatusInternalServerError {
			t.Errorf("answered %d %s", a.Status, a.Body)
		}

		return a
	})
	if tried != rows {
		t.Errorf("the page has %d rows, and %d were tried", rows, tried)
	}
}

// unable is a store whose database is unavailable.
type unable struct{ account.Store }

var errUnable = errors.New("the database is gone")

func (unable) InTx(context.Context, func(tx account.Tx) error) error {
	return models.Unavailable(errUnable)
}
