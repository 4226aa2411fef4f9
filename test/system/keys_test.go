package system

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// rotation is two processes whose keys an operator rotates while customers use both.
type rotation struct {
	*testing.T
	processes []*world.World
	operator  *store.Store
	customers int
}

// TestKeysRotateUnderLoad rotates the keys while customers request codes and resets at one process, and confirm them at
// the other: no code, no token and no first answer is lost. Afterwards the former keys go (R-ROT1, R-ROT2).
func TestKeysRotateUnderLoad(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			settings := world.DefaultSettings()
			settings.Unlimited = true
			w := world.NewOn(t, settings, database(t))
			w.Clock.Advance(time.Since(w.Clock.Now())) // the database's clock says how old a key is
			operator, err := store.Open(t.Context(), w.Database)
			world.Check(t, err)
			t.Cleanup(func() { world.Check(t, operator.Close()) })

			r := &rotation{T: t, processes: []*world.World{w, process(t, w)}, operator: operator, customers: 6}
			for i := range r.customers {
				_, err := w.Service.CreateAccount(t.Context(),
					account.NewAccount{Email: models.EmailAddress(r.email(i)), Password: r.password(i)})
				world.Check(t, err)
				world.Succeed(t, w.Do(t, fmt.Sprint(i), "signIn", world.Credentials(models.EmailAddress(r.email(i)), r.password(i))))
			}

			for round := range 5 {
				r.round(round)
			}

			r.retire()
			r.round(9)
		})
	}
}

func (r *rotation) email(customer int) string { return fmt.Sprintf("rotated%d@example.com", customer) }
func (r *rotation) password(customer int) string {
	return fmt.Sprint("a lasting secret of number ", customer)
}

// at returns a process: another one for the next step of a customer.
func (r *rotation) at(n int) *world.World { return r.processes[n%len(r.processes)] }

// round lets every customer request secrets and then use them. Each half runs beside a rotation.
func (r *rotation) round(round int) {
	r.Helper()
	phone := func(i int) string { return fmt.Sprintf("+4851234%02d%02d", round, i) }
	key := func(i int) string { return fmt.Sprintf("round-%d-%d", round, i) }
	signIn := func(i int) string { return world.Credentials(models.EmailAddress(r.email(i)), r.password(i)) }

	first := r.besideRotation(func(i int) *world.Answer {
		r.succeed(r.at(i).Do(r, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, r.email(i))))
		r.succeed(r.at(i).Do(r, fmt.Sprint(i), "requestPhoneUpdate",
			fmt.Sprintf(`{"phone":%q,"password":%q}`, phone(i), r.password(i))))

		return keyed(r, r.at(i), "", key(i), "signIn", signIn(i))
	})
	codes, tokens := make([]string, r.customers), make([]string, r.customers)
	for i := range r.customers {
		world.Succeed(r, first[i])
		codes[i] = *r.at(0).Message(r, models.MessagePhoneCode, phone(i)).Code
		tokens[i] = *r.at(0).Message(r, models.MessagePasswordReset, r.email(i)).Token
	}

	again := r.besideRotation(func(i int) *world.Answer {
		r.succeed(r.at(i+1).Do(r, fmt.Sprint(i), "confirmPhoneUpdate",
			fmt.Sprintf(`{"phone":%q,"confirmationCode":%q,"smsAgreement":true}`, phone(i), codes[i])))

		// A password that the policy refuses shows that the token is valid.
		a := r.at(i+1).Do(r, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"short"}`, tokens[i]))
		if a.Code() != string(models.CodePasswordRejected) {
			r.Errorf("the token of a reset: %s", a.Body)
		}

		other := keyed(r, r.at(i+1), "", key(i), "signIn", world.Credentials(models.EmailAddress(r.email(i)), "another"))
		if other.Code() != string(models.CodeIdempotencyKeyReused) {
			r.Errorf("another request with the key: %s", other.Body)
		}

		return keyed(r, r.at(i+1), "", key(i), "signIn", signIn(i))
	})
	for i := range r.customers {
		if again[i].Body != first[i].Body {
			r.Errorf("a retry is answered %s\nfirst %s", again[i].Body, first[i].Body)
		}
	}

	world.Check(r, r.at(0).Worker.Drain(r.Context()))
	if state, err := r.operator.OutboxState(r.Context()); err != nil || state.Pending != 0 || state.Failed != 0 {
		r.Errorf("the outbox holds %+v, %v", state, err)
	}
}

// succeed reports an answer with errors. Unlike world.Succeed, any goroutine may call it.
func (r *rotation) succeed(a *world.Answer) {
	r.Helper()
	if len(a.Errors) > 0 {
		r.Errorf("refused: %s", a.Body)
	}
}

// besideRotation sends a request of each customer while the keys are rotated, and while one process reads them.
func (r *rotation) besideRotation(send func(i int) *world.Answer) []*world.Answer {
	r.Helper()
	var running sync.WaitGroup
	running.Go(func() {
		if err := storetest.Rotate(r.Context(), r.operator); err != nil {
			r.Error(err)
		}
		if _, err := r.at(1).Store.ReadKeys(r.Context()); err != nil {
			r.Error(err)
		}
	})
	defer running.Wait()

	return concurrently(r.customers, send)
}

// retire lets an hour pass, in which no process makes anything with a former key.
func (r *rotation) retire() {
	r.Helper()
	for _, w := range r.processes {
		_, err := w.Store.ReadKeys(r.Context())
		world.Check(r, err)
	}

	many, err := r.operator.ServerKeys(r.Context())
	world.Check(r, err)
	world.Check(r, r.operator.Reap(r.Context(), time.Now().Add(time.Hour+time.Minute)))
	few, err := r.operator.ServerKeys(r.Context())
	world.Check(r, err)
	few = slices.DeleteFunc(few, func(key models.ServerKey) bool {
		return key.Purpose == models.KeyOfLinks // links work for years
	})
	if len(many) < 20 || len(few) != 2 {
		r.Errorf("of %d keys %d are left", len(many), len(few))
	}
}
