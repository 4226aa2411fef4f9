package system

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// newSubscriber returns a world with the second opt-in, whose demo customer is signed in, and the token of the demo
// customer's link for newsletters.
func newSubscriber(t *testing.T, database string) (*world.World, string) {
	t.Helper()
	settings := unlimited()
	settings.DoubleOptIn = true
	w := world.NewOn(t, settings, database)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	link, err := w.Service.By(account.Actor{Operator: "ops"}).
		UnsubscribeLink(t.Context(), string(account.DemoEmail), models.ConsentEmail)
	world.Check(t, err)

	return w, path.Base(link.URL)
}

const (
	agree       = `{"agreements":{"email":true}}`
	newsletters = `{account{consents{channel state source}}}`
)

// newsletterState returns the state of the demo customer's consent to newsletters.
func newsletterState(t *testing.T, w *world.World) string {
	t.Helper()
	answer := world.Succeed(t, w.Post(t, world.Call{
		Key: w.Keys["development"], Token: w.Tokens["demo"], Body: `{"query":` + world.Quote(newsletters) + `}`,
	}))
	return answer.At("account.consents").([]any)[0].(map[string]any)["state"].(string)
}

// asked returns how many mails have asked for the second opt-in.
func asked(t *testing.T, w *world.World) int {
	t.Helper()
	world.Check(t, w.Worker.Drain(t.Context()))
	mails := 0
	for _, message := range w.Inbox.Messages(t.Context()) {
		if message.Kind == string(models.MessageConsentConfirm) {
			mails++
		}
	}
	return mails
}

// TestUnsubscribeAtOnce withdraws a consent while it is given, confirmed, withdrawn and mailed. Whatever came first, the
// answers follow each other without a gap, and after the last withdrawal nothing leaves (R-DAT2, R-DAT3).
func TestUnsubscribeAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w, token := newSubscriber(t, database)
		for range 6 {
			world.Succeed(t, w.Do(t, "demo", "updateAccount", agree))
			w.Clock.Advance(time.Second)
			optIn := *w.Message(t, models.MessageConsentConfirm, "").Token

			var together sync.WaitGroup
			for _, act := range []func(){
				func() { world.Check(t, w.Service.Unsubscribe(t.Context(), models.Caller{}, token)) },
				func() { world.Check(t, w.Service.Unsubscribe(t.Context(), models.Caller{}, token)) },
				func() { w.Do(t, "", "confirmConsent", fmt.Sprintf(`{"token":%q}`, optIn)) },
				func() { world.Succeed(t, w.Do(t, "demo", "updateAccount", agree)) },
				func() { world.Check(t, w.Worker.Drain(t.Context())) },
			} {
				together.Go(act)
			}
			together.Wait()

			w.Clock.Advance(time.Second)
			world.Succeed(t, w.Do(t, "", "withdrawConsent", fmt.Sprintf(`{"token":%q}`, token)))
			if got := newsletterState(t, w); got != "WITHDRAWN" {
				t.Fatalf("after the withdrawal it is %s", got)
			}

			before := asked(t, w)
			w.Clock.Advance(time.Hour)
			if got := asked(t, w); got != before {
				t.Fatalf("%d mails left after the withdrawal", got-before)
			}
			code := w.Do(t, "", "confirmConsent", fmt.Sprintf(`{"token":%q}`, optIn)).Code()
			if code != string(models.CodeTokenInvalid) {
				t.Fatalf("a withdrawn consent is confirmed: %q", code)
			}
		}
	})
}

// killedStore is a store whose process is killed in a transaction, after it has done so many things.
type killedStore struct {
	account.Store
	after int
}

var errKilled = errors.New("killed")

func (s killedStore) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return s.Store.InTx(ctx, func(tx account.Tx) error {
		killed := &killedTx{Tx: tx, left: s.after}
		return errors.Join(decide(killed), errKilled)
	})
}

type killedTx struct {
	account.Tx
	left int
}

// step fails once the steps are used up.
func (t *killedTx) step(do func() error) error {
	if t.left--; t.left < 0 {
		return errKilled
	}
	return do()
}

func (t *killedTx) UpdateAccount(ctx context.Context, of *models.Account, columns ...string) error {
	return t.step(func() error { return t.Tx.UpdateAccount(ctx, of, columns...) })
}

func (t *killedTx) RecordConsents(ctx context.Context, consents []models.Consent) error {
	return t.step(func() error { return t.Tx.RecordConsents(ctx, consents) })
}

func (t *killedTx) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	return t.step(func() error { return t.Tx.RecordEvent(ctx, event) })
}

// TestUnsubscribeAfterAKill kills the process at each step of a withdrawal, and a process that had taken the mail of
// the second opt-in. A withdrawal that was not answered changed nothing and can be repeated; one that was answered takes
// the mail back (R-DAT3).
func TestUnsubscribeAfterAKill(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w, token := newSubscriber(t, database)
		world.Succeed(t, w.Do(t, "demo", "updateAccount", agree))
		keeper := w.Service.Store
		for steps := range 4 {
			w.Service.Store = killedStore{keeper, steps}
			if err := w.Service.Unsubscribe(t.Context(), models.Caller{}, token); !errors.Is(err, errKilled) {
				t.Fatalf("after %d steps: %v", steps, err)
			}
			w.Service.Store = keeper
			if got := newsletterState(t, w); got != "PENDING" {
				t.Fatalf("after %d steps it is %s", steps, got)
			}
		}

		// Another process has taken the mail, and is killed before it sends it.
		now := w.Clock.Now()
		taken, err := w.Store.ClaimMessages(t.Context(), now, time.Minute, 100)
		world.Check(t, err)
		if !slices.ContainsFunc(taken, func(m models.Message) bool { return m.Kind == models.MessageConsentConfirm }) {
			t.Fatalf("taken were %+v", taken)
		}

		world.Check(t, w.Service.Unsubscribe(t.Context(), models.Caller{}, token))
		w.Clock.Advance(time.Hour)
		if got := asked(t, w); got != 0 || newsletterState(t, w) != "WITHDRAWN" {
			t.Errorf("%d mails left, and it is %s", got, newsletterState(t, w))
		}
		left, err := w.Store.MessagesOf(t.Context(), taken[0].AccountID)
		world.Check(t, err)
		if slices.ContainsFunc(left, func(m models.Message) bool { return m.Kind == models.MessageConsentConfirm }) {
			t.Errorf("the mail is kept: %+v", left)
		}
	})
}

// TestConfirmedWithoutAnAnswer checks that a token confirms nothing once the answer is another one, also if a process of
// an older version gave that answer and left the token alive.
func TestConfirmedWithoutAnAnswer(t *testing.T) {
	optInAfter(t, func(w *world.World, tx account.Tx, owner *models.Account) error {
		return tx.RecordConsents(t.Context(), []models.Consent{{
			ID: w.Service.NewID(), AccountID: owner.ID, Channel: models.ConsentEmail, Source: "updateAccount",
			RecordedAt: w.Clock.Now(),
		}})
	})
}

// TestOptInIsForItsAddress checks that a mail to a former address confirms nothing for another one.
func TestOptInIsForItsAddress(t *testing.T) {
	optInAfter(t, func(_ *world.World, tx account.Tx, owner *models.Account) error {
		owner.Email = "elsewhere@example.com"
		return tx.UpdateAccount(t.Context(), owner, "email")
	})
}

// optInAfter checks that a token of the second opt-in is not valid any more after a change.
func optInAfter(t *testing.T, change func(w *world.World, tx account.Tx, owner *models.Account) error) {
	t.Helper()
	w, _ := newSubscriber(t, world.SQLiteFile(t))
	world.Succeed(t, w.Do(t, "demo", "updateAccount", agree))
	optIn := *w.Message(t, models.MessageConsentConfirm, "").Token
	owner, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	w.Clock.Advance(time.Second)
	world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error { return change(w, tx, owner) }))

	code := w.Do(t, "", "confirmConsent", fmt.Sprintf(`{"token":%q}`, optIn)).Code()
	if code != string(models.CodeTokenInvalid) {
		t.Errorf("answered with %q", code)
	}
}
