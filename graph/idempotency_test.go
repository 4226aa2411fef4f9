package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
)

// This file guards whose an Idempotency-Key is, for how long, and for what (R-ANS5).

func changing(from, to string) string {
	return fmt.Sprintf(`{"oldPassword":%q,"newPassword":%q}`, from, to)
}

// same fails unless two answers are the same bytes.
func same(t *testing.T, first, again *answer) {
	t.Helper()
	if first.body != again.body || first.status != again.status {
		t.Errorf("answered %d\n%s\nand then %d\n%s", first.status, first.body, again.status, again.body)
	}
}

func TestIdempotencyKeyIsForOneRequest(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := newWorldOn(t, defaultSettings(), database)
		succeed(t, w.do(t, "demo", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
		first := succeed(t, w.keyed(t, "demo", "key", "updateAccount", `{"city":"Gdansk","company":"Example"}`))
		same(t, first, w.keyed(t, "demo", "key", "updateAccount", `{ "company":"Example", "city":"Gdansk" }`))

		// Something else under the same key is refused, with a status for who reads nothing else, and done is nothing.
		other := w.keyedCall(t, "demo", "key", "updateAccount", `{"city":"Warsaw"}`)
		other.accept = "application/json"
		refused(t, w.post(t, other), models.CodeIdempotencyKeyReused)
		refused(t, w.keyed(t, "demo", "key", "cancelEmailChange", ""), models.CodeIdempotencyKeyReused)
		named := w.keyedCall(t, "demo", "key", "updateAccount", `{"city":"Gdansk","company":"Example"}`)
		named.body = strings.Replace(named.body, `"mutation(`, `"mutation A(`, 1)
		refused(t, w.post(t, named), models.CodeIdempotencyKeyReused)
		if a := w.do(t, "demo", "account", ""); a.at("account.city") != "Gdansk" {
			t.Errorf("a refused repetition was done: %s", a.body)
		}

		// Ten minutes from the first, it is nobody's key any more.
		w.clock.advance(10*time.Minute - time.Second)
		same(t, first, w.keyed(t, "demo", "key", "updateAccount", `{"city":"Gdansk","company":"Example"}`))
		w.clock.advance(time.Second)
		succeed(t, w.keyed(t, "demo", "key", "updateAccount", `{"city":"Warsaw"}`))
	})
}

func TestIdempotencyKeyIsItsSendersOwn(t *testing.T) {
	w := newWorld(t, defaultSettings())
	for _, customer := range []string{"demo", "again"} {
		succeed(t, w.do(t, customer, "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	}
	another := account.NewAccount{Email: "other@example.com", Password: "a walk along the river"}
	_, err := w.service.CreateAccount(t.Context(), another)
	check(t, err)
	succeed(t, w.do(t, "other", "signIn", credentials("other@example.com", "a walk along the river")))
	application := account.NewAPIKey{Name: "second", Permissions: models.Permissions}
	_, plain, err := w.service.CreateAPIKey(t.Context(), application)
	check(t, err)

	// Each sender has its own answer: another customer, another session of the same one, another application.
	bodies := map[string]string{}
	send := func(who string, c call) {
		a := succeed(t, w.post(t, c))
		if before := bodies[a.body]; before != "" {
			t.Errorf("%s got the answer of %s: %s", who, before, a.body)
		}
		bodies[a.body] = who
		same(t, a, w.post(t, c))
	}
	for _, customer := range []string{"demo", "again", "other"} {
		send(customer, w.keyedCall(t, customer, "key", "updateAccount", `{"city":"Gdansk"}`))
	}
	second := w.keyedCall(t, "", "key", "signIn", credentials(account.DemoEmail, account.DemoPassword))
	send("without a session", second)
	second.key = plain
	send("the other application", second)

	// A token that nobody has is a sender as well, and never one without a token.
	dead := w.keyedCall(t, "", "key", "updateAccount", `{"city":"Gdansk"}`)
	dead.token = "as_nobody"
	refused(t, w.post(t, dead), models.CodeUnauthenticated)
	dead.token = ""
	refused(t, w.post(t, dead), models.CodeIdempotencyKeyReused) // that of the sign-in without a session
}

// TestIdempotencyKeyShape: what is no key is refused before anything runs, and a query needs none.
func TestIdempotencyKeyShape(t *testing.T) {
	w := signedIn(t, defaultSettings())
	longest := strings.Repeat("x", 64)
	for name, keys := range map[string][]string{
		"empty": {""}, "a blank": {"a key"}, "too long": {longest + "x"}, "two": {"one", "two"}, "no ASCII": {"schlüssel"},
		"a tabulator": {"a\tkey"}, "a control character": {"\x7f"},
	} {
		c := w.keyedCall(t, "demo", "", "updateAccount", `{"city":"Gdansk"}`)
		c.header["Idempotency-Key"] = keys
		if a := refused(t, w.post(t, c), models.CodeBadRequest); !strings.Contains(a.body, "Idempotency-Key") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
		c = w.keyedCall(t, "demo", "", "account", "")
		c.header["Idempotency-Key"] = keys
		succeed(t, w.post(t, c))
	}
	rows := query(t, w, `SELECT count(*) FROM idempotency_keys`)
	if a := w.do(t, "demo", "account", ""); a.at("account.city") != nil || rows != 0 {
		t.Errorf("a refused key left something behind: %s", a.body)
	}
	for _, key := range []string{"0190163d-8694-739b-aea5-966c26f8ad91", `"quoted"`, longest, "!", "~"} {
		a := succeed(t, w.keyed(t, "demo", key, "updateAccount", `{"city":"Gdansk"}`))
		if got := a.header.Get("Idempotency-Key"); got != key {
			t.Errorf("the answer names the key %q, not %q", got, key)
		}
	}
}

// TestRefusalsAreAnsweredAgain: a refusal costs what it costs once; one that says "try again" is tried again.
func TestRefusalsAreAnsweredAgain(t *testing.T) {
	w := newWorld(t, defaultSettings())
	wrong := credentials(account.DemoEmail, "a wrong password")
	first := refused(t, w.keyed(t, "", "wrong", "signIn", wrong), models.CodeInvalidCredentials)
	for range 10 {
		again := w.keyed(t, "", "wrong", "signIn", wrong)
		same(t, first, again)
	}
	json := w.keyedCall(t, "", "wrong", "signIn", wrong)
	json.accept = "application/json"
	if a := w.post(t, json); a.status != http.StatusOK || a.body != first.body {
		t.Errorf("for another client: %d %s", a.status, a.body)
	}

	unauthenticated := w.keyed(t, "", "nobody", "cancelEmailChange", "")
	again := w.keyed(t, "", "nobody", "cancelEmailChange", "")
	same(t, refused(t, unauthenticated, models.CodeUnauthenticated), again)
	if again.header.Get("WWW-Authenticate") == "" {
		t.Error("the repetition has no WWW-Authenticate")
	}

	// Now the account is held up for a while.
	for range 5 {
		w.do(t, "", "signIn", wrong)
	}
	right := credentials(account.DemoEmail, account.DemoPassword)
	wait := limited(t, w.keyed(t, "", "right", "signIn", right))
	w.clock.advance(wait)
	succeed(t, w.keyed(t, "", "right", "signIn", right))
}

// TestUnknownOutcomeIsFoundOut: the database did not say whether it committed. The repetition is told what it did.
func TestUnknownOutcomeIsFoundOut(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := newWorldOn(t, defaultSettings(), database)
		succeed(t, w.do(t, "demo", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
		keeper := w.service.Store
		for name, committed := range map[string]bool{"committed": true, "lost": false} {
			w.service.Store = &unanswering{Store: keeper, commits: committed}
			input := fmt.Sprintf(`{"city":%q}`, name)
			refused(t, w.keyed(t, "demo", name, "updateAccount", input), models.CodeUnavailable)
			w.service.Store = keeper
			before := w.successes(t, "updateAccount")
			again := succeed(t, w.keyed(t, "demo", name, "updateAccount", input))
			done := w.successes(t, "updateAccount") == before
			if done != committed || again.at("updateAccount.account.city") != name {
				t.Errorf("%s: done already: %v; the repetition answers %s", name, done, again.body)
			}
		}
	})
}

// unanswering is a store whose commit of an outcome gets no answer.
type unanswering struct {
	account.Store
	commits bool
}

func (u *unanswering) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	noted := &notedOutcome{}
	err := u.Store.InTx(ctx, func(tx account.Tx) error {
		noted.Tx = tx
		err := decide(noted)
		if err == nil && noted.kept && !u.commits {
			err = models.OutcomeUnknown(context.DeadlineExceeded)
		}
		return err
	})
	if err == nil && noted.kept {
		err = models.OutcomeUnknown(context.DeadlineExceeded)
	}
	return err
}

type notedOutcome struct {
	account.Tx
	kept bool
}

func (n *notedOutcome) KeepOutcome(ctx context.Context, key *models.IdempotencyKey) error {
	n.kept = true
	return n.Tx.KeepOutcome(ctx, key)
}

// TestIdempotencyKeysAreErased with their account, and by their age; the answer to a deletion stays, and is nobody's.
func TestIdempotencyKeysAreErased(t *testing.T) {
	w := signedIn(t, defaultSettings())
	succeed(t, w.keyed(t, "demo", "one", "updateAccount", `{"city":"Gdansk"}`))
	succeed(t, w.keyed(t, "", "two", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys WHERE account_id <> ''`); n != 2 {
		t.Errorf("%d keys are of the account", n)
	}
	input := fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)
	deleted := succeed(t, w.keyed(t, "demo", "three", "deleteAccount", input))
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys`); n != 1 {
		t.Errorf("%d keys are left of the account", n)
	}
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys WHERE account_id IS NOT NULL`); n != 0 {
		t.Error("the answer to the deletion says whose account it was")
	}
	same(t, deleted, w.keyed(t, "demo", "three", "deleteAccount", input))
	refused(t, w.keyed(t, "demo", "one", "updateAccount", `{"city":"Gdansk"}`), models.CodeUnauthenticated)

	w.clock.advance(10 * time.Minute)
	check(t, w.store.Reap(t.Context(), w.clock.Now()))
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys`); n != 0 {
		t.Errorf("%d keys are left after ten minutes", n)
	}
}

// TestLostCookie: a browser that heard nothing of the answer to changePassword keeps its session, and so does one that
// got the cookie and nothing else.
func TestLostCookie(t *testing.T) {
	for name, dies := range map[string]bool{"heard by nobody": false, "and the process died": true} {
		t.Run(name, func(t *testing.T) {
			b := newBrowser(t, true)
			b.signIn(t)
			keyed := func() *answer {
				header := ownPage()
				header.Set("Cookie", auth.SessionCookie+"="+b.cookie)
				header["Idempotency-Key"] = []string{"key"}
				return b.send(t, header, "changePassword", changing(account.DemoPassword, "a walk along the river"))
			}
			keeper := b.service.Store
			if dies {
				b.service.Store = unheard{keeper}
			}
			first := succeed(t, keyed())
			b.service.Store = keeper
			again := keyed()
			same(t, first, again)
			cookies := (&http.Response{Header: again.header}).Cookies()
			shown := strings.Contains(again.body, models.SessionTokenPrefix)
			if len(cookies) != 1 || cookies[0].Value == b.cookie || cookies[0].Value == "" || shown {
				t.Fatalf("the repetition sets %v: %s", cookies, again.body)
			}
			if first.header.Get("Set-Cookie") != again.header.Get("Set-Cookie") {
				t.Errorf("the cookies are %v and %v", first.header, again.header)
			}

			// Now the browser has the new cookie, and asks with that.
			b.cookie = cookies[0].Value
			same(t, first, keyed())
			succeed(t, b.ask(t, "account", ""))

			// A program with the same token gets no answer whose token went to a cookie, and the other way round.
			program := b.keyedCall(t, "", "key", "changePassword", changing(account.DemoPassword, "a walk along the river"))
			program.token = b.cookie
			refused(t, b.post(t, program), models.CodeInvalidCredentials)
		})
	}
}
