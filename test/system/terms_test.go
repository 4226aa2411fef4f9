package system

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestTermsAreAcceptedOnce: of several concurrent acceptances of one version each succeeds, one is recorded, and the
// webhook hears of one.
func TestTermsAreAcceptedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		settings := world.WithTerms(t, unlimited(), true)
		w := world.NewOn(t, settings, database)
		world.Listen(t, w)
		world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))

		const tries = 8
		answers := concurrently(tries, func(int) *world.Answer {
			return w.Do(t, "demo", "acceptTerms", `{"terms":[{"id":"terms","version":"1"}]}`)
		})
		for _, answer := range answers {
			world.Succeed(t, answer)
		}

		demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
		world.Check(t, err)
		accepted, err := w.Store.TermsAcceptances(t.Context(), demo.ID)
		world.Check(t, err)
		if len(accepted) != 1 || accepted[0].Document != "terms" || accepted[0].Source != "acceptTerms" {
			t.Errorf("recorded %+v", accepted)
		}
		if sent := eventsOfType(t, w, models.EventTermsAccepted); len(sent) != 1 {
			t.Errorf("the webhook hears %d times", len(sent))
		}
	})
}

// eventsOfType returns the waiting events of the webhook.
func eventsOfType(t *testing.T, w *world.World, event models.EventType) []models.Message {
	t.Helper()
	claimed, err := w.Store.QueueOf("webhook").ClaimMessages(t.Context(), w.Clock.Now(), time.Minute, 1000)
	world.Check(t, err)
	return slices.DeleteFunc(claimed, func(m models.Message) bool { return m.Kind != models.MessageKind(event) })
}

// TestTermsGate guards that exactly the operations whose row says so wait for the terms, and that Account.can foretells
// it for each of them.
func TestTermsGate(t *testing.T) {
	for _, operation := range account.Operations() {
		prepare, known := successes[string(operation.Name)]
		if !known || !operation.Ability {
			continue
		}

		t.Run(string(operation.Name), func(t *testing.T) {
			t.Parallel()
			w := world.New(t, world.WithTerms(t, unlimited(), false))
			w.Trust(t, "google", models.ProviderGoogle, false, false)
			world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
			_, input := prepare(t, w)
			customer := "demo"
			if w.Tokens["new"] != "" {
				customer = "new"
			}
			w.Service.Settings = world.WithTerms(t, w.Service.Settings, true) // a required version takes effect now

			query := fmt.Sprintf(`{"query":"{ account { can { %s { reason } } } }"}`, operation.Name)
			can := world.Succeed(t, w.Post(t, world.Call{
				Key: w.Keys["development"], Token: w.Tokens[customer], Body: query,
			}))
			foretold, _ := can.At(fmt.Sprintf("account.can.%s.reason", operation.Name)).(string)

			code := w.Do(t, customer, string(operation.Name), input).Code()
			if waits := code == string(models.CodeTermsRequired); waits != operation.Terms {
				t.Errorf("its row says %v, and it is answered %q", operation.Terms, code)
			}
			if foretells := foretold == string(models.CodeTermsRequired); foretells != operation.Terms {
				t.Errorf("its row says %v, and the forecast is %q", operation.Terms, foretold)
			}
		})
	}
}

// TestTermsAreExported guards that what a customer accepted goes along: to an export, to another installation, and away
// with the account.
func TestTermsAreExported(t *testing.T) {
	w := world.New(t, world.WithTerms(t, world.DefaultSettings(), true))
	world.Succeed(t, w.Do(t, "", "registerAccount", `{"email":"ada@example.com","password":"a walk along the shore",
		"terms":[{"id":"terms","version":"1"}]}`))

	export, err := w.Service.ExportAccount(t.Context(), "ada@example.com")
	world.Check(t, err)
	if len(export.Terms) != 1 || export.Terms[0].Source != "registerAccount" || len(export.Registrations[0].Brought.Terms) != 1 {
		t.Errorf("exported %+v", export.Terms)
	}

	lines := exportLines(t, w, "ada@example.com")
	other := world.New(t, world.WithTerms(t, world.DefaultSettings(), true))
	if _, said, err := importLines(other, lines, false); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	imported, err := other.Service.ExportAccount(t.Context(), "ada@example.com")
	world.Check(t, err)
	if len(imported.Terms) != 1 || imported.Terms[0].Version != "1" || imported.Terms[0].Source != "registerAccount" ||
		!imported.Terms[0].AcceptedAt.Equal(export.Terms[0].AcceptedAt) {
		t.Errorf("imported %+v", imported.Terms)
	}

	_, err = w.Service.EraseAccount(t.Context(), "ada@example.com")
	world.Check(t, err)
	if left, err := w.Store.TermsAcceptances(t.Context(), export.Account.ID); err != nil || len(left) != 0 {
		t.Errorf("after the deletion there is %+v, %v", left, err)
	}
}
