package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// This file guards that of any number of attempts with one Idempotency-Key one does something (R-ANS5).

// lease is how long an attempt has its key for itself: somewhat longer than an operation may take here.
const lease = patience + 2*time.Second

// heldHasher waits where the first password is verified.
type heldHasher struct {
	account.Hasher
	entered, released chan struct{}
}

func (h heldHasher) Verify(ctx context.Context, stored *string, password string) (bool, error) {
	close(h.entered)
	<-h.released
	return h.Hasher.Verify(ctx, stored, password)
}

// held begins a request and stops it in the middle. finish lets it go on, and returns its answer.
func (w *world) held(t *testing.T, c call) (finish func() *answer) {
	t.Helper()
	hasher := w.service.Hasher
	holder := heldHasher{hasher, make(chan struct{}), make(chan struct{})}
	w.service.Hasher = holder
	given := make(chan *answer, 1)
	go func() { given <- w.post(t, c) }()
	<-holder.entered
	w.service.Hasher = hasher
	return func() *answer {
		close(holder.released)
		return <-given
	}
}

func TestIdempotencyKeyInUse(t *testing.T) {
	w := newWorld(t, defaultSettings())
	right := credentials(account.DemoEmail, account.DemoPassword)
	finish := w.held(t, w.keyedCall(t, "", "key", "signIn", right))
	inUse := w.keyed(t, "", "key", "signIn", right)
	refused(t, inUse, models.CodeIdempotencyKeyInUse)
	if inUse.status != 409 || inUse.header.Get("Retry-After") != "1" || inUse.Errors[0].Extensions.RetryAfter != 1 {
		t.Errorf("answered %d %v %s", inUse.status, inUse.header, inUse.body)
	}
	refused(t, w.keyed(t, "", "key", "signIn", credentials(account.DemoEmail, "other")), models.CodeIdempotencyKeyReused)
	same(t, succeed(t, finish()), w.keyed(t, "", "key", "signIn", right))
}

// TestOvertakenAttempt: an attempt that takes longer than its time gives way to a repetition, and changes nothing any
// more.
func TestOvertakenAttempt(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := newWorldOn(t, defaultSettings(), database)
		right := credentials(account.DemoEmail, account.DemoPassword)
		finish := w.held(t, w.keyedCall(t, "", "key", "signIn", right))
		w.clock.advance(lease)
		second := succeed(t, w.keyed(t, "", "key", "signIn", right))
		refused(t, finish(), models.CodeIdempotencyKeyInUse)
		same(t, second, w.keyed(t, "", "key", "signIn", right))

		w.tokens["demo"], _ = second.at("signIn.session.token").(string)
		if a := succeed(t, w.do(t, "demo", "account", "")); a.at("account.sessionCount") != 1.0 {
			t.Errorf("%v sessions", a.at("account.sessionCount"))
		}
	})
}

// TestOvertakenRefusal: so does the refusal of such an attempt, which is not the first answer.
func TestOvertakenRefusal(t *testing.T) {
	w := signedIn(t, defaultSettings())
	change := w.keyedCall(t, "demo", "key", "changePassword", changing(account.DemoPassword, "a walk along the river"))
	finish := w.held(t, change)
	w.clock.advance(lease)
	second := succeed(t, w.post(t, change))
	same(t, second, finish()) // by itself it would find its session dead
	same(t, second, w.post(t, change))

	// Where the second one still runs, nobody knows the first answer yet.
	wrong := w.keyedCall(t, "", "wrong", "signIn", credentials(account.DemoEmail, "a wrong password"))
	finishFirst := w.held(t, wrong)
	w.clock.advance(lease)
	finishSecond := w.held(t, wrong)
	refused(t, finishFirst(), models.CodeIdempotencyKeyInUse)
	same(t, refused(t, finishSecond(), models.CodeInvalidCredentials), w.post(t, wrong))
}

// TestManyAttempts sends one mutation many times at once, by turns to two processes: each gets the one answer, or is
// told to wait.
func TestManyAttempts(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"SQLite": sqliteFile, "PostgreSQL": postgrestest.URL} {
		t.Run(name, func(t *testing.T) {
			settings := defaultSettings()
			settings.Unlimited = true
			w := newWorldOn(t, settings, database(t))
			other := w.process(t)
			succeed(t, w.do(t, "demo", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
			manyAttempts(t, w, other, "signIn", credentials(account.DemoEmail, account.DemoPassword))
			next := fmt.Sprintf(`{"email":"next@example.com","password":%q}`, account.DemoPassword)
			manyAttempts(t, w, other, "requestEmailChange", next)
			manyAttempts(t, w, other, "updateAccount", `{"city":"Gdansk"}`)
			manyAttempts(t, w, other, "changePassword", changing(account.DemoPassword, "a walk along the river"))
		})
	}
}

func manyAttempts(t *testing.T, w, other *world, mutation, input string) {
	t.Helper()
	before := w.successes(t, mutation)
	answers := atOnce(crowd, func(i int) *answer {
		return []*world{w, other}[i%2].keyed(t, "demo", mutation, mutation, input)
	})
	last := succeed(t, other.keyed(t, "demo", mutation, mutation, input))
	for _, a := range answers {
		if a.body != last.body && a.code() != string(models.CodeIdempotencyKeyInUse) {
			t.Errorf("%s: answered\n%s\nand in the end\n%s", mutation, a.body, last.body)
		}
	}
	if done := w.successes(t, mutation) - before; done != 1 {
		t.Errorf("%s was done %d times", mutation, done)
	}
	if token, ok := last.at(mutation + ".session.token").(string); ok {
		w.tokens["demo"], other.tokens["demo"] = token, token
		succeed(t, other.do(t, "demo", "account", ""))
	}
}

// successes counts how often an operation was done.
func (w *world) successes(t *testing.T, operation string) int {
	t.Helper()
	done := 0
	check(t, w.store.AuditTrail(t.Context(), func(event models.AuditEvent) error {
		if event.Operation == operation && event.Outcome == models.OutcomeSuccess {
			done++
		}
		return nil
	}))
	return done
}
