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

// These tests check that second factors that are lost are removed on one road: with three days, and with everybody told
// (R-WAY4).

// resetWait is how long the customer has to object.
const resetWait = 3 * 24 * time.Hour

// lostApp asks for the removal of the demo customer's second factors, and returns the token of the mail.
func lostApp(t testing.TB, w *world.World) string {
	t.Helper()
	challenge := secondStep(t, w, account.DemoEmail, account.DemoPassword)
	world.Succeed(t, w.Do(t, "", "requestFactorReset", fmt.Sprintf(`{"challengeId":%q}`, challenge)))
	return *w.Message(t, models.MessageFactorResetAsked, string(account.DemoEmail)).Token
}

// factorResetSteps runs each operation of the road once with success, and once refused.
func factorResetSteps(
	t *testing.T, w *world.World, done func(customer, operation, input string) *world.Answer,
	refuse func(customer, operation, input string, code models.Code),
) {
	t.Helper()
	const password = "yet another one"
	addApp(t, w, "demo", password)
	ask := func() string {
		done("", "requestFactorReset", fmt.Sprintf(`{"challengeId":%q}`, secondStep(t, w, account.DemoEmail, password)))
		return *w.Message(t, models.MessageFactorResetAsked, string(account.DemoEmail)).Token
	}

	refuse("", "requestFactorReset", `{"challengeId":"none"}`, models.CodeTokenInvalid)
	ask()
	refuse("", "cancelFactorReset", `{"token":"none"}`, models.CodeTokenInvalid)
	done("demo", "cancelFactorReset", `{}`)

	w.Clock.Advance(time.Hour)
	token := ask()
	refuse("", "confirmFactorReset", `{"token":"none"}`, models.CodeTokenInvalid)
	w.Clock.Advance(resetWait)
	done("", "confirmFactorReset", fmt.Sprintf(`{"token":%q}`, token))

	w.Service.Settings.SecondFactor = account.SecondFactorRequired
	refuse("", "enrollAuthenticator", `{"challengeId":"none"}`, models.CodeTokenInvalid)
	done("", "enrollAuthenticator",
		fmt.Sprintf(`{"challengeId":%q}`, secondStep(t, w, account.DemoEmail, password)))
	w.Service.Settings.SecondFactor = account.SecondFactorOptional
	done("demo", "signIn", world.Credentials(account.DemoEmail, password))
}

// TestFactorsAreRemovedOnce checks that of 64 callers with the same token one removes the factors, and that of 64 who ask
// for the removal at once one does, in effect: one token works.
func TestFactorsAreRemovedOnce(t *testing.T) {
	for engine, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := world.NewOn(t, withoutLimits(), database(t))
			signInDemo(t, w)
			addApp(t, w, "demo", account.DemoPassword)
			challenge := secondStep(t, w, account.DemoEmail, account.DemoPassword)
			race(t, func(int) bool {
				return len(w.Do(t, "", "requestFactorReset", fmt.Sprintf(`{"challengeId":%q}`, challenge)).Errors) == 0
			})
			world.Check(t, w.Worker.Drain(t.Context()))
			w.Clock.Advance(resetWait)

			tokens := map[string]bool{}
			for _, message := range w.Inbox.Messages(t.Context()) {
				if message.Kind == string(models.MessageFactorResetAsked) && message.Token != nil {
					tokens[*message.Token] = true
				}
			}
			removed := 0
			for token := range tokens {
				removed += race(t, func(int) bool {
					return len(w.Do(t, "", "confirmFactorReset", fmt.Sprintf(`{"token":%q}`, token)).Errors) == 0
				})
			}
			if removed != 1 {
				t.Errorf("second factors were removed %d times", removed)
			}
		})
	}
}

// TestFormerAddressStopsAFactorReset: whoever moved an account to another mailbox can't use that mailbox alone.
func TestFormerAddressStopsAFactorReset(t *testing.T) {
	w := world.New(t, withoutLimits())
	signInDemo(t, w)
	phone := addApp(t, w, "demo", account.DemoPassword)
	world.Succeed(t, w.Do(t, "demo", "requestEmailChange",
		fmt.Sprintf(`{"email":"moved@example.com",%s}`, phone.proof(t, w, account.DemoPassword))))
	change := *w.Message(t, models.MessageEmailChange, "moved@example.com").Token
	world.Succeed(t, w.Do(t, "demo", "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":false}`, change)))

	ask := func() {
		challenge := secondStep(t, w, "moved@example.com", account.DemoPassword)
		world.Succeed(t, w.Do(t, "", "requestFactorReset", fmt.Sprintf(`{"challengeId":%q}`, challenge)))
	}
	ask()
	stop := fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageFactorResetFormer, string(account.DemoEmail)).Token)
	confirm := fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageFactorResetAsked, "moved@example.com").Token)
	if a := w.Do(t, "", "confirmFactorReset", stop); a.Code() != string(models.CodeTokenInvalid) {
		t.Errorf("the former address removes the factors: %s", a.Body)
	}

	if a := world.Succeed(t, w.Do(t, "", "cancelFactorReset", stop)); a.At("cancelFactorReset.cancelled") != true {
		t.Errorf("the former address stops nothing: %s", a.Body)
	}
	w.Clock.Advance(resetWait)
	if a := w.Do(t, "", "confirmFactorReset", confirm); a.Code() != string(models.CodeTokenInvalid) {
		t.Errorf("a removal that was stopped goes on: %s", a.Body)
	}
}

// TestShopStopsAFactorReset: support can keep the second factors, and nothing that it can do removes them.
func TestShopStopsAFactorReset(t *testing.T) {
	d := newDesk(t)
	d.Service.Settings.SecondFactor = account.SecondFactorOptional
	signInDemo(t, d.World)
	addApp(t, d.World, "demo", account.DemoPassword)
	demo, err := d.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)

	token := lostApp(t, d.World)
	for _, cancelled := range []bool{true, false} {
		a := d.act(t, "cancelCustomerFactorReset", demo.ID, "", "cancelled")
		if a.At("cancelCustomerFactorReset.cancelled") != cancelled {
			t.Errorf("want cancelled %v: %s", cancelled, a.Body)
		}
	}
	d.Message(t, models.MessageFactorResetStopped, string(account.DemoEmail))
	d.Clock.Advance(resetWait)
	if a := d.Do(t, "", "confirmFactorReset", fmt.Sprintf(`{"token":%q}`, token)); a.Code() != string(models.CodeTokenInvalid) {
		t.Errorf("a removal that the shop stopped goes on: %s", a.Body)
	}

	for name, document := range backOfficeDocuments {
		if name == "eraseCustomer" {
			continue
		}
		d.ask(t, "desk", fmt.Sprintf(document, demo.ID))
		if now, err := d.Store.AccountByID(t.Context(), demo.ID); err != nil || now.SecondFactorSince == nil {
			t.Fatalf("%s removes a second factor: %v", name, err)
		}
	}
}

// TestPauseStopsAFactorReset: while secureAccount pauses changes, no second factor is removed, and no removal begins.
func TestPauseStopsAFactorReset(t *testing.T) {
	w := world.New(t, withoutLimits())
	signInDemo(t, w)
	addApp(t, w, "demo", account.DemoPassword)
	token := lostApp(t, w)
	demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	w.Clock.Advance(resetWait)
	until := w.Clock.Now().Add(time.Hour)
	demo.ChangesPausedUntil = &until
	world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
		return tx.UpdateAccount(t.Context(), demo, "changes_paused_until")
	}))

	challenge := secondStep(t, w, account.DemoEmail, account.DemoPassword)
	for operation, input := range map[string]string{
		"confirmFactorReset": fmt.Sprintf(`{"token":%q}`, token),
		"requestFactorReset": fmt.Sprintf(`{"challengeId":%q}`, challenge),
	} {
		if a := w.Do(t, "", operation, input); a.Code() != string(models.CodeRateLimited) {
			t.Errorf("%s in a pause: %s", operation, a.Body)
		}
	}
}

// officeKeepsFactors lets the shop stop the removal of the demo customer's second factors.
func officeKeepsFactors(t *testing.T, w *world.World) {
	t.Helper()
	w.Service.Settings.SecondFactor = account.SecondFactorOptional
	signInDemo(t, w)
	addApp(t, w, "demo", account.DemoPassword)
	lostApp(t, w)
	demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)

	office := w.Service.By(account.Actor{Operator: "zoe"})
	_, err = office.CancelCustomerFactorReset(t.Context(), models.Caller{},
		account.CancelCustomerFactorResetInput{OperatorInput: account.OperatorInput{ID: demo.ID}})
	world.Check(t, err)
}

// TestRemovedFactorsVoidWhatWaits: a sign-in that was under way when the second factors were removed ends nowhere.
func TestRemovedFactorsVoidWhatWaits(t *testing.T) {
	w := world.New(t, withoutLimits())
	signInDemo(t, w)
	addApp(t, w, "demo", account.DemoPassword)
	before, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	token := lostApp(t, w)
	w.Clock.Advance(resetWait)
	step := secondStep(t, w, account.DemoEmail, account.DemoPassword)
	world.Succeed(t, w.Do(t, "", "confirmFactorReset", fmt.Sprintf(`{"token":%q}`, token)))

	a := w.Do(t, "", "completeSignIn", fmt.Sprintf(`{"challengeId":%q,"code":"123456"}`, step))
	if a.Code() != string(models.CodeTokenInvalid) {
		t.Errorf("a sign-in of two factors goes on without them: %s", a.Body)
	}
	after, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	if err != nil || after.CredentialEpoch == before.CredentialEpoch {
		t.Errorf("the credentials are the same, %v", err)
	}
}

// TestEnrollmentEndsSessions: what one factor opened, before second factors were required, ends with the first
// authenticator; and of 64 callers with its code one adds it.
func TestEnrollmentEndsSessions(t *testing.T) {
	for engine, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := world.NewOn(t, withoutLimits(), database(t))
			signInDemo(t, w)
			w.Service.Settings.SecondFactor = account.SecondFactorRequired
			step := secondStep(t, w, account.DemoEmail, account.DemoPassword)
			a := world.Succeed(t, w.Do(t, "", "enrollAuthenticator", fmt.Sprintf(`{"challengeId":%q}`, step)))
			phone := appShown(t, a, "enrollAuthenticator")

			complete := fmt.Sprintf(`{"challengeId":%q,"code":%q}`, phone.challenge, phone.code(t, w))
			if won := race(t, func(int) bool { return len(w.Do(t, "", "completeSignIn", complete).Errors) == 0 }); won != 1 {
				t.Errorf("%d callers added an authenticator", won)
			}
			if a := w.Do(t, "demo", "account", ""); a.Code() != string(models.CodeUnauthenticated) {
				t.Errorf("a session of one factor lives on: %s", a.Body)
			}
		})
	}
}

// afterAccount is a store that lets something else happen once, after the account of a challenge was read.
type afterAccount struct{ between }

// AccountByID implements account.Store.
func (s *afterAccount) AccountByID(ctx context.Context, id string) (*models.Account, error) {
	found, err := s.Store.AccountByID(ctx, id)
	s.once()
	return found, err
}

// TestEnrollmentIsBegunOnce: a challenge that began an authenticator meanwhile begins no other.
func TestEnrollmentIsBegunOnce(t *testing.T) {
	w := world.New(t, withoutLimits())
	w.Service.Settings.SecondFactor = account.SecondFactorRequired
	store := &afterAccount{between{Store: w.Service.Store}}
	w.Service.Store = store
	input := fmt.Sprintf(`{"challengeId":%q}`, secondStep(t, w, account.DemoEmail, account.DemoPassword))
	store.happen = func() { world.Succeed(t, w.Do(t, "", "enrollAuthenticator", input)) }
	if a := w.Do(t, "", "enrollAuthenticator", input); a.Code() != string(models.CodeTokenInvalid) {
		t.Errorf("a challenge that began an authenticator begins another one: %s", a.Body)
	}
}
