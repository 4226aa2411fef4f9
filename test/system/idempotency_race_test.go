package system

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that exactly one of any number of attempts with one Idempotency-Key does something (R-ANS5).

// lease is how long an attempt has its key for itself: somewhat longer than the timeout of an operation here.
const lease = world.Patience + 2*time.Second

// heldHasher waits at the first verification of a password.
type heldHasher struct {
	account.Hasher
	entered, released chan struct{}
}

func (h heldHasher) Verify(ctx context.Context, stored *string, password string) (bool, error) {
	close(h.entered)
	<-h.released
	return h.Hasher.Verify(ctx, stored, password)
}

// held starts a request and stops it in the middle. finish lets it continue, and returns its response.
func held(t *testing.T, w *world.World, c world.Call) (finish func() *world.Answer) {
	t.Helper()
	hasher := w.Service.Hasher
	holder := heldHasher{hasher, make(chan struct{}), make(chan struct{})}
	w.Service.Hasher = holder
	given := make(chan *world.Answer, 1)
	go func() { given <- w.Post(t, c) }()
	<-holder.entered
	w.Service.Hasher = hasher

	return func() *world.Answer {
		close(holder.released)
		return <-given
	}
}

func TestIdempotencyKeyInUse(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	right := world.Credentials(account.DemoEmail, account.DemoPassword)
	finish := held(t, w, keyedCall(t, w, "", "key", "signIn", right))
	inUse := keyed(t, w, "", "key", "signIn", right)
	refused(t, inUse, models.CodeIdempotencyKeyInUse)
	if inUse.Status != 409 || inUse.Header.Get("Retry-After") != "1" || inUse.Errors[0].Extensions.RetryAfter != 1 {
		t.Errorf("answered %d %v %s", inUse.Status, inUse.Header, inUse.Body)
	}

	refused(t, keyed(t, w, "", "key", "signIn", world.Credentials(account.DemoEmail, "other")),
		models.CodeIdempotencyKeyReused)
	same(t, world.Succeed(t, finish()), keyed(t, w, "", "key", "signIn", right))
}

// TestOvertakenAttempt checks that an attempt that exceeds its lease gives way to a retry, and changes nothing
// afterwards.
func TestOvertakenAttempt(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := world.NewOn(t, world.DefaultSettings(), database)
		right := world.Credentials(account.DemoEmail, account.DemoPassword)
		finish := held(t, w, keyedCall(t, w, "", "key", "signIn", right))
		w.Clock.Advance(lease)
		second := world.Succeed(t, keyed(t, w, "", "key", "signIn", right))
		refused(t, finish(), models.CodeIdempotencyKeyInUse)
		same(t, second, keyed(t, w, "", "key", "signIn", right))

		w.Tokens["demo"], _ = second.At("signIn.session.token").(string)
		if a := world.Succeed(t, w.Do(t, "demo", "account", "")); a.At("account.sessionCount") != 1.0 {
			t.Errorf("%v sessions", a.At("account.sessionCount"))
		}
	})
}

// TestOvertakenRefusal checks the same for the refusal of such an attempt, which is not the first response.
func TestOvertakenRefusal(t *testing.T) {
	w := signedIn(t, world.DefaultSettings())
	change := keyedCall(t, w, "demo", "key", "changePassword", changing(account.DemoPassword, "a walk along the river"))
	finish := held(t, w, change)
	w.Clock.Advance(lease)
	second := world.Succeed(t, w.Post(t, change))
	same(t, second, finish()) // its own session has ended
	same(t, second, w.Post(t, change))

	// While the second attempt still runs, there is no first response yet.
	wrong := keyedCall(t, w, "", "wrong", "signIn", world.Credentials(account.DemoEmail, "a wrong password"))
	finishFirst := held(t, w, wrong)
	w.Clock.Advance(lease)
	finishSecond := held(t, w, wrong)
	refused(t, finishFirst(), models.CodeIdempotencyKeyInUse)
	same(t, refused(t, finishSecond(), models.CodeInvalidCredentials), w.Post(t, wrong))
}

// TestManyAttempts sends one mutation many times concurrently, alternately to two processes: each request gets the
// same response, or is told to wait.
func TestManyAttempts(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			settings := world.DefaultSettings()
			settings.Unlimited = true
			w := world.NewOn(t, settings, database(t))
			other := process(t, w)
			world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
			manyAttempts(t, w, other, "signIn", world.Credentials(account.DemoEmail, account.DemoPassword))
			next := fmt.Sprintf(`{"email":"next@example.com","password":%q}`, account.DemoPassword)
			manyAttempts(t, w, other, "requestEmailChange", next)
			manyAttempts(t, w, other, "updateAccount", `{"city":"Gdansk"}`)
			manyAttempts(t, w, other, "changePassword", changing(account.DemoPassword, "a walk along the river"))
		})
	}
}

func manyAttempts(t *testing.T, w, other *world.World, mutation, input string) {
	t.Helper()
	before := timesDone(t, w, mutation)
	answers := concurrently(concurrency, func(i int) *world.Answer {
		return keyed(t, []*world.World{w, other}[i%2], "demo", mutation, mutation, input)
	})
	last := world.Succeed(t, keyed(t, other, "demo", mutation, mutation, input))
	for _, a := range answers {
		if a.Body != last.Body && a.Code() != string(models.CodeIdempotencyKeyInUse) {
			t.Errorf("%s: answered\n%s\nand in the end\n%s", mutation, a.Body, last.Body)
		}
	}

	if done := timesDone(t, w, mutation) - before; done != 1 {
		t.Errorf("%s was done %d times", mutation, done)
	}
	if token, ok := last.At(mutation + ".session.token").(string); ok {
		w.Tokens["demo"], other.Tokens["demo"] = token, token
		world.Succeed(t, other.Do(t, "demo", "account", ""))
	}
}

// timesDone counts how often an operation succeeded.
func timesDone(t *testing.T, w *world.World, operation string) int {
	t.Helper()
	done := 0
	world.Check(t, w.Store.AuditTrail(t.Context(), func(event models.AuditEvent) error {
		if event.Operation == operation && event.Outcome == models.OutcomeSuccess {
			done++
		}
		return nil
	}))

	return done
}
