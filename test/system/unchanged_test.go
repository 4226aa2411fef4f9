package system

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that an unchanged value changes nothing: a page that sends the whole form creates no version,
// no event and no consent for values that the customer did not change.

func TestNothingChanged(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	world.Listen(t, w)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	whole := map[string]json.RawMessage{}
	for name, field := range profileCases {
		whole[name] = json.RawMessage(field.set)
	}

	whole["agreements"] = json.RawMessage(`{"email":true,"sms":false,"push":null}`)
	whole["attributes"] = json.RawMessage(`{"text":"ä","deep":{"list":[1,-7,"two",true,null,2.5]},"absent":null}`)
	world.Succeed(t, forms["variable"](w, t, whole))

	w.Clock.Advance(time.Hour)
	rows := openRows(t, w)
	before := rows(t)
	unchanged := func(t *testing.T, form string, input map[string]json.RawMessage) {
		t.Helper()
		earlier := newestEvent(t, w)
		world.Succeed(t, forms[form](w, t, input))
		if after := rows(t); after != before {
			t.Errorf("%s changed the rows from\n%s\nto\n%s", input, before, after)
		}
		if event := newestEvent(t,
			w); event.ID <= earlier.ID || event.Operation != "updateAccount" || event.Outcome != models.OutcomeSuccess {
			t.Errorf("%s is recorded as %+v", input, event)
		}
	}

	for form := range forms {
		t.Run(form, func(t *testing.T) {
			for _, name := range slices.Sorted(maps.Keys(whole)) {
				unchanged(t, form, map[string]json.RawMessage{name: whole[name]})
			}

			unchanged(t, form, whole)
			unchanged(t, form, map[string]json.RawMessage{
				"phone": json.RawMessage("null"), "email": json.RawMessage(`" DEMO@example.com"`),
			})
			unchanged(t, form,
				map[string]json.RawMessage{"agreements": json.RawMessage(`{}`), "attributes": json.RawMessage(`{}`)})
			unchanged(t, form, map[string]json.RawMessage{
				"zipCode": json.RawMessage(`" ＳＷ１Ａ\u00a0１ＡＡ"`), "countryCode": json.RawMessage(`"de"`),
			})
		})
	}

	// The expected version is checked nevertheless.
	refused(t, w.Do(t, "demo", "updateAccount", `{"city":`+string(whole["city"])+`,"expectedVersion":1}`),
		models.CodeVersionConflict)
}

// TestOnlyChangesAreTold checks that of several fields only the changed ones are written, reported and recorded.
func TestOnlyChangesAreTold(t *testing.T) {
	w, webhook := newToldWorld(t)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "demo", "updateAccount",
		`{"city":"Oslo","company":"Example","agreements":{"push":true},"attributes":{"a":1,"b":2}}`))
	webhook.expect(t, w, "the first update", `account.consent_changed{"consents":[{"channel":"PUSH","state":"GRANTED"}]}`,
		`account.updated{"fields":["agreements.push","attributes","city","company"]}`)

	w.Clock.Advance(time.Minute)
	a := world.Succeed(t, w.Do(t, "demo", "updateAccount",
		`{"city":"Rome","company":"Example","sex":null,"agreements":{"push":true,"wifi":false},"attributes":{"a":1}}`))
	webhook.expect(t, w, "the second update",
		`account.consent_changed{"consents":[{"channel":"WIFI","state":"WITHDRAWN"}]}`, `account.updated{"fields":["agreements.wifi","city"]}`)
	if version := a.At("updateAccount.account.version"); version != 3.0 {
		t.Errorf("the version is %v", version)
	}
	if got := consentHistory(t, w, a.At("updateAccount.account.id").(string)); !slices.Equal(got,
		[]string{"push=true/updateAccount", "wifi=false/updateAccount"}) {
		t.Errorf("the consents are %v", got)
	}

	w.Clock.Advance(time.Minute)
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"city":"Rome","company":"Example"}`))
	webhook.expect(t, w, "an update of nothing")
}

// TestRemovedPhone checks that a consent ends with its number, and that only a given consent ends.
func TestRemovedPhone(t *testing.T) {
	for name, input := range map[string]string{
		"never asked": `{}`, "agreed before": `{"agreements":{"sms":true}}`,
	} {
		t.Run(name, func(t *testing.T) {
			settings := world.DefaultSettings()
			settings.Unlimited = true
			w := world.New(t, settings)
			owner, err := w.Service.CreateAccount(t.Context(),
				account.NewAccount{Email: "anna@example.com", Password: account.DemoPassword, Phone: "+48512345678"})
			world.Check(t, err)
			world.Succeed(t, w.Do(t, "anna", "signIn", world.Credentials(owner.Email, account.DemoPassword)))
			world.Succeed(t, w.Do(t, "anna", "updateAccount", input))
			w.Clock.Advance(time.Second)

			// A consent in the same request as the removal waits for the next number.
			removal := fmt.Sprintf(`{"phone":null,"password":%q,"agreements":{"sms":true}}`, account.DemoPassword)
			a := world.Succeed(t, w.Do(t, "anna", "updateAccount", removal))
			if sms := a.At("updateAccount.account.agreements.sms"); sms != nil {
				t.Errorf("the consent is %v", sms)
			}

			want := []string{"sms=true/updateAccount"}
			if name == "agreed before" {
				want = []string{"sms=true/updateAccount", "sms=null/updateAccount", "sms=true/updateAccount"}
			}
			if got := consentHistory(t, w, owner.ID); !slices.Equal(got, want) {
				t.Errorf("the consents are %q, want %q", got, want)
			}
		})
	}
}

// consentHistory returns the answers of a customer, each as CHANNEL=ANSWER/OPERATION, the oldest first.
func consentHistory(t testing.TB, w *world.World, accountID string) []string {
	t.Helper()
	consents, err := w.Store.Consents(context.Background(), accountID)
	world.Check(t, err)
	var history []string
	for _, consent := range consents {
		answer := "null"
		if consent.Value != nil {
			answer = strconv.FormatBool(*consent.Value)
		}
		history = append(history, fmt.Sprintf("%s=%s/%s", consent.Channel, answer, consent.Source))
	}

	return history
}
