package system

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
	"github.com/accountql/accountql/test/world"
)

// These tests check the scope of an Idempotency-Key: its sender, its request, and its lifetime (R-ANS5).

func changing(from, to string) string {
	return fmt.Sprintf(`{"oldPassword":%q,"newPassword":%q}`, from, to)
}

// same fails the test unless two responses have the same bytes.
func same(t *testing.T, first, again *world.Answer) {
	t.Helper()
	if first.Body != again.Body || first.Status != again.Status {
		t.Errorf("answered %d\n%s\nand then %d\n%s", first.Status, first.Body, again.Status, again.Body)
	}
}

func TestIdempotencyKeyIsForOneRequest(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := world.NewOn(t, world.DefaultSettings(), database)
		world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
		first := world.Succeed(t, keyed(t, w, "demo", "key", "updateAccount", `{"city":"Gdansk","company":"Example"}`))
		same(t, first, keyed(t, w, "demo", "key", "updateAccount", `{ "company":"Example", "city":"Gdansk" }`))

		// Another request with the same key is refused and changes nothing; its status shows this to clients that
		// read only the status.
		other := keyedCall(t, w, "demo", "key", "updateAccount", `{"city":"Warsaw"}`)
		other.Accept = "application/json"
		refused(t, w.Post(t, other), models.CodeIdempotencyKeyReused)
		refused(t, keyed(t, w, "demo", "key", "cancelEmailChange", ""), models.CodeIdempotencyKeyReused)
		named := keyedCall(t, w, "demo", "key", "updateAccount", `{"city":"Gdansk","company":"Example"}`)
		named.Body = strings.Replace(named.Body, `"mutation(`, `"mutation A(`, 1)
		refused(t, w.Post(t, named), models.CodeIdempotencyKeyReused)
		if a := w.Do(t, "demo", "account", ""); a.At("account.city") != "Gdansk" {
			t.Errorf("a refused repetition was done: %s", a.Body)
		}

		// Ten minutes after the first request the key is free again.
		w.Clock.Advance(10*time.Minute - time.Second)
		same(t, first, keyed(t, w, "demo", "key", "updateAccount", `{"city":"Gdansk","company":"Example"}`))
		w.Clock.Advance(time.Second)
		world.Succeed(t, keyed(t, w, "demo", "key", "updateAccount", `{"city":"Warsaw"}`))
	})
}

func TestIdempotencyKeyIsItsSendersOwn(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	for _, customer := range []string{"demo", "again"} {
		world.Succeed(t, w.Do(t, customer, "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	}

	another := account.NewAccount{Email: "other@example.com", Password: "a walk along the river"}
	_, err := w.Service.CreateAccount(t.Context(), another)
	world.Check(t, err)
	world.Succeed(t, w.Do(t, "other", "signIn", world.Credentials("other@example.com", "a walk along the river")))
	application := account.NewAPIKey{Name: "second", Permissions: models.Permissions}
	_, plain, err := w.Service.CreateAPIKey(t.Context(), application)
	world.Check(t, err)

	// Each sender has its own response: another customer, another session of the same customer, another
	// application.
	bodies := map[string]string{}
	send := func(who string, c world.Call) {
		a := world.Succeed(t, w.Post(t, c))
		if before := bodies[a.Body]; before != "" {
			t.Errorf("%s got the answer of %s: %s", who, before, a.Body)
		}
		bodies[a.Body] = who
		same(t, a, w.Post(t, c))
	}

	for _, customer := range []string{"demo", "again", "other"} {
		send(customer, keyedCall(t, w, customer, "key", "updateAccount", `{"city":"Gdansk"}`))
	}

	second := keyedCall(t, w, "", "key", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword))
	send("without a session", second)
	second.Key = plain
	send("the other application", second)

	// An unknown token is a sender, too, and different from a request without a token.
	dead := keyedCall(t, w, "", "key", "updateAccount", `{"city":"Gdansk"}`)
	dead.Token = "as_nobody"
	refused(t, w.Post(t, dead), models.CodeUnauthenticated)
	dead.Token = ""
	refused(t, w.Post(t, dead), models.CodeIdempotencyKeyReused) // the key belongs to the sign-in without a session
}

// TestIdempotencyKeyShape checks that an invalid key is refused before anything runs, and that a query needs none.
func TestIdempotencyKeyShape(t *testing.T) {
	w := signedIn(t, world.DefaultSettings())
	longest := strings.Repeat("x", 64)
	for name, keys := range map[string][]string{
		"empty": {""}, "a blank": {"a key"}, "too long": {longest + "x"}, "two": {"one", "two"},
		"no ASCII":    {"schlüssel"},
		"a tabulator": {"a\tkey"}, "a control character": {"\x7f"},
	} {
		c := keyedCall(t, w, "demo", "", "updateAccount", `{"city":"Gdansk"}`)
		c.Header["Idempotency-Key"] = keys
		if a := refused(t, w.Post(t, c), models.CodeBadRequest); !strings.Contains(a.Body, "Idempotency-Key") {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}

		c = keyedCall(t, w, "demo", "", "account", "")
		c.Header["Idempotency-Key"] = keys
		world.Succeed(t, w.Post(t, c))
	}

	rows := query(t, w, `SELECT count(*) FROM idempotency_keys`)
	if a := w.Do(t, "demo", "account", ""); a.At("account.city") != nil || rows != 0 {
		t.Errorf("a refused key left something behind: %s", a.Body)
	}

	for _, key := range []string{"0190163d-8694-739b-aea5-966c26f8ad91", `"quoted"`, longest, "!", "~"} {
		a := world.Succeed(t, keyed(t, w, "demo", key, "updateAccount", `{"city":"Gdansk"}`))
		if got := a.Header.Get("Idempotency-Key"); got != key {
			t.Errorf("the answer names the key %q, not %q", got, key)
		}
	}
}

// TestRefusalsAreAnsweredAgain checks that a retry of a refusal costs nothing, and that a refusal that permits a
// retry is not stored.
func TestRefusalsAreAnsweredAgain(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	wrong := world.Credentials(account.DemoEmail, "a wrong password")
	first := refused(t, keyed(t, w, "", "wrong", "signIn", wrong), models.CodeInvalidCredentials)
	for range 10 {
		again := keyed(t, w, "", "wrong", "signIn", wrong)
		same(t, first, again)
	}

	json := keyedCall(t, w, "", "wrong", "signIn", wrong)
	json.Accept = "application/json"
	if a := w.Post(t, json); a.Status != http.StatusOK || a.Body != first.Body {
		t.Errorf("for another client: %d %s", a.Status, a.Body)
	}

	unauthenticated := keyed(t, w, "", "nobody", "cancelEmailChange", "")
	again := keyed(t, w, "", "nobody", "cancelEmailChange", "")
	same(t, refused(t, unauthenticated, models.CodeUnauthenticated), again)
	if again.Header.Get("WWW-Authenticate") == "" {
		t.Error("the repetition has no WWW-Authenticate")
	}

	// Now the account has to wait.
	for range 5 {
		w.Do(t, "", "signIn", wrong)
	}

	right := world.Credentials(account.DemoEmail, account.DemoPassword)
	wait := limited(t, keyed(t, w, "", "right", "signIn", right))
	w.Clock.Advance(wait)
	world.Succeed(t, keyed(t, w, "", "right", "signIn", right))
}

// TestUnknownOutcomeIsFoundOut checks a commit whose result the database did not report: a retry finds out whether
// it succeeded.
func TestUnknownOutcomeIsFoundOut(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := world.NewOn(t, world.DefaultSettings(), database)
		world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
		keeper := w.Service.Store
		for name, committed := range map[string]bool{"committed": true, "lost": false} {
			w.Service.Store = &unanswering{Store: keeper, commits: committed}
			input := fmt.Sprintf(`{"city":%q}`, name)
			refused(t, keyed(t, w, "demo", name, "updateAccount", input), models.CodeUnavailable)
			w.Service.Store = keeper
			before := timesDone(t, w, "updateAccount")
			again := world.Succeed(t, keyed(t, w, "demo", name, "updateAccount", input))
			done := timesDone(t, w, "updateAccount") == before
			if done != committed || again.At("updateAccount.account.city") != name {
				t.Errorf("%s: done already: %v; the repetition answers %s", name, done, again.Body)
			}
		}
	})
}

// unanswering is a store that does not report the result of a commit with an outcome.
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

// TestIdempotencyKeysAreErased checks that keys are deleted with their account and after their lifetime; the
// response to a deletion stays, without its account.
func TestIdempotencyKeysAreErased(t *testing.T) {
	w := signedIn(t, world.DefaultSettings())
	world.Succeed(t, keyed(t, w, "demo", "one", "updateAccount", `{"city":"Gdansk"}`))
	world.Succeed(t, keyed(t, w, "", "two", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys WHERE account_id <> ''`); n != 2 {
		t.Errorf("%d keys are of the account", n)
	}

	input := fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)
	deleted := world.Succeed(t, keyed(t, w, "demo", "three", "deleteAccount", input))
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys`); n != 1 {
		t.Errorf("%d keys are left of the account", n)
	}
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys WHERE account_id IS NOT NULL`); n != 0 {
		t.Error("the answer to the deletion says whose account it was")
	}

	same(t, deleted, keyed(t, w, "demo", "three", "deleteAccount", input))
	refused(t, keyed(t, w, "demo", "one", "updateAccount", `{"city":"Gdansk"}`), models.CodeUnauthenticated)

	w.Clock.Advance(10 * time.Minute)
	world.Check(t, w.Store.Reap(t.Context(), w.Clock.Now()))
	if n := query(t, w, `SELECT count(*) FROM idempotency_keys`); n != 0 {
		t.Errorf("%d keys are left after ten minutes", n)
	}
}

// TestLostCookie checks that a browser that did not get the response to changePassword keeps its session, and also
// a browser that got only the cookie.
func TestLostCookie(t *testing.T) {
	for name, dies := range map[string]bool{"heard by nobody": false, "and the process died": true} {
		t.Run(name, func(t *testing.T) {
			b := newBrowser(t, true)
			b.signIn(t)

			keyed := func() *world.Answer {
				header := ownPage()
				header.Set("Cookie", auth.SessionCookie+"="+b.cookie)
				header["Idempotency-Key"] = []string{"key"}
				return b.send(t, header, "changePassword", changing(account.DemoPassword, "a walk along the river"))
			}

			keeper := b.Service.Store
			if dies {
				b.Service.Store = unheard{keeper}
			}

			first := world.Succeed(t, keyed())
			b.Service.Store = keeper
			again := keyed()
			same(t, first, again)
			cookies := (&http.Response{Header: again.Header}).Cookies()
			shown := strings.Contains(again.Body, models.SessionTokenPrefix)
			if len(cookies) != 1 || cookies[0].Value == b.cookie || cookies[0].Value == "" || shown {
				t.Fatalf("the repetition sets %v: %s", cookies, again.Body)
			}
			if first.Header.Get("Set-Cookie") != again.Header.Get("Set-Cookie") {
				t.Errorf("the cookies are %v and %v", first.Header, again.Header)
			}

			// Now the browser has the new cookie and sends it.
			b.cookie = cookies[0].Value
			same(t, first, keyed())
			world.Succeed(t, b.ask(t, "account", ""))

			// A program with the same token does not get a response whose token is in a cookie, and a browser does
			// not get a program's response.
			program := keyedCall(t, b.World, "", "key", "changePassword",
				changing(account.DemoPassword, "a walk along the river"))
			program.Token = b.cookie
			refused(t, b.Post(t, program), models.CodeInvalidCredentials)
		})
	}
}

// TestOutcomeOfADeletionNamesNobody checks that what is kept for a retry of a deletion does not name the account.
func TestOutcomeOfADeletionNamesNobody(t *testing.T) {
	w := signedIn(t, unlimited())
	input := fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)
	world.Succeed(t, keyed(t, w, "demo", "key", "deleteAccount", input))

	const kept = `SELECT count(*) FROM idempotency_keys`
	if n, named := query(t, w, kept), query(t, w, kept+` WHERE account_id IS NOT NULL`); n != 1 || named != 0 {
		t.Errorf("%d outcomes are kept, and %d of them name the account", n, named)
	}
}
