package system

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// told is a webhook that records the type and data of each event, and holds it against its schema.
type told struct {
	mu      sync.Mutex
	t       *testing.T
	worker  *notify.Worker
	schemas map[models.EventType]*jsonschema.Schema
	events  []string
	// last holds the number of each account's last event, and seen the types.
	last map[string]int
	seen map[models.EventType]bool
}

// receiptInEvent is the receipt in the data of account.deleted.
var receiptInEvent = regexp.MustCompile(`,"receipt":"[^"]+"`)

// toldEvent is the body of a request.
type toldEvent struct {
	ID        string           `json:"id"`
	Type      models.EventType `json:"type"`
	AccountID string           `json:"accountId"`
	Sequence  int              `json:"sequence"`
	Data      json.RawMessage  `json:"data"`
}

// Send records the event.
func (c *told) Send(_ context.Context, message notify.Rendered) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var event toldEvent
	if err := json.Unmarshal([]byte(message.Text), &event); err != nil || event.ID != message.ID {
		c.t.Errorf("%v in %s of %s", err, message.Text, message.ID)
	}
	if err := world.CheckEvent(c.schemas, event.Type, message.Text); err != nil {
		c.t.Errorf("%s: %v", message.Text, err)
	}
	if event.Sequence != c.last[event.AccountID]+1 {
		c.t.Errorf("%s follows number %d", message.Text, c.last[event.AccountID])
	}

	// A receipt is readable once it is decoded, and may then say nothing private either.
	read := receiptInEvent.ReplaceAllStringFunc(message.Text, func(receipt string) string {
		payload, err := base64.RawURLEncoding.DecodeString(strings.Split(receipt, ".")[1])
		if err != nil {
			c.t.Errorf("%v in %s", err, receipt)
		}
		return string(payload)
	})
	for _, private := range []string{"@", "example", "Ada", "+48", "demo", "correct", "203.0"} {
		if strings.Contains(read, private) {
			c.t.Errorf("the event tells %q: %s", private, read)
		}
	}

	c.events = append(c.events, string(event.Type)+receiptInEvent.ReplaceAllString(string(event.Data), ""))
	c.last[event.AccountID], c.seen[event.Type] = event.Sequence, true

	return nil
}

// expect checks the events since the last call, in any order: they are sent concurrently.
func (c *told) expect(t *testing.T, w *world.World, after string, want ...string) {
	t.Helper()
	world.Check(t, w.Worker.Drain(context.Background()))
	world.Check(t, c.worker.Drain(context.Background()))
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.Sort(c.events)
	slices.Sort(want)
	if !slices.Equal(c.events, want) {
		t.Errorf("after %s:\n got %q\nwant %q", after, c.events, want)
	}

	c.events = nil
}

// newToldWorld returns a world with a webhook. It is told of one event after the other.
func newToldWorld(t *testing.T) (*world.World, *told) {
	w := world.New(t, world.WithTerms(t, world.DefaultSettings(), false))
	world.Listen(t, w)
	receiver := &told{
		t: t, schemas: world.EventSchemas(t), last: map[string]int{}, seen: map[models.EventType]bool{},
	}
	receiver.worker = w.EventWorker(t, receiver)

	return w, receiver
}

// TestEveryChangeIsTold runs the operations, and expects an event for each change and for nothing else.
func TestEveryChangeIsTold(t *testing.T) {
	w, webhook := newToldWorld(t)
	// do runs an operation that must succeed.
	do := func(operation, input string) {
		t.Helper()
		w.Clock.Advance(2 * time.Minute)
		if a := w.Do(t, "ada", operation, input); a.Code() != "" {
			t.Fatalf("%s: %s", operation, a.Body)
		}
	}

	const password = "correct horse battery staple"
	do("registerAccount", `{"email":"ada@example.com","password":"`+password+`","firstName":"Ada","language":"de-AT"}`)
	activation := w.Message(t, models.MessageActivation, "ada@example.com")
	if !strings.HasPrefix(activation.Subject, "Bestätigen") {
		t.Errorf("the mail speaks %q", activation.Subject)
	}

	webhook.expect(t, w, "registerAccount", `account.created{}`)
	do("registerAccount", `{"email":"ada@example.com","password":"`+password+`"}`)
	webhook.expect(t, w, "registerAccount of a taken address")
	do("confirmAccountActivation", fmt.Sprintf(`{"token":%q,"password":%q}`, *activation.Token, password))
	webhook.expect(t, w, "confirmAccountActivation", `account.activated{}`)
	do("signIn", `{"email":"ada@example.com","password":"`+password+`"}`)
	webhook.expect(t, w, "signIn")
	do("updateAccount", `{"firstName":"Ada L","agreements":{"push":true},"attributes":{"x":1},"language":null}`)
	webhook.expect(t, w, "updateAccount",
		`account.updated{"fields":["agreements.push","attributes","firstName","language"]}`,
		`account.consent_changed{"consents":[{"channel":"PUSH","state":"GRANTED"}]}`)
	if a := w.Do(t, "ada", "updateAccount", `{"firstName":""}`); a.Code() == "" {
		t.Error("an empty name was accepted")
	}

	webhook.expect(t, w, "an updateAccount that is refused")
	do("requestPhoneUpdate", `{"phone":"+48512345678","password":"`+password+`"}`)
	webhook.expect(t, w, "requestPhoneUpdate", `phone.change_requested{}`)
	code := w.Message(t, models.MessagePhoneCode, "")
	do("confirmPhoneUpdate",
		fmt.Sprintf(`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":false}`, *code.Code))
	webhook.expect(t, w, "confirmPhoneUpdate", `account.consent_changed{"consents":[{"channel":"SMS","state":"WITHDRAWN"}]}`,
		`phone.changed{}`)
	do("requestEmailChange", `{"email":"ada.new@example.com","password":"`+password+`"}`)
	webhook.expect(t, w, "requestEmailChange", `email.change_requested{}`)
	do("confirmEmailChange",
		`{"token":"`+*w.Message(t, models.MessageEmailChange, "").Token+`","newsletterAgreement":true}`)
	webhook.expect(t, w, "confirmEmailChange", `account.consent_changed{"consents":[{"channel":"EMAIL","state":"GRANTED"}]}`,
		`email.changed{}`)
	do("undoEmailChange", `{"token":"`+*w.Message(t, models.MessageEmailChanged, "ada@example.com").Token+`"}`)
	webhook.expect(t, w, "undoEmailChange", `account.consent_changed{"consents":[{"channel":"EMAIL","state":"NOT_ASKED"}]}`,
		`email.restored{"revokedSessions":1}`)
	do("requestPasswordReset", `{"email":"ada@example.com"}`)
	webhook.expect(t, w, "requestPasswordReset")
	do("confirmPasswordReset",
		`{"token":"`+*w.Message(t, models.MessagePasswordReset, "").Token+`","password":"purple monkey dishwasher"}`)
	webhook.expect(t, w, "confirmPasswordReset", `password.reset{"revokedSessions":0}`)
	do("signIn", `{"email":"ada@example.com","password":"purple monkey dishwasher"}`)
	do("changePassword", `{"oldPassword":"purple monkey dishwasher","newPassword":"another fine password"}`)
	webhook.expect(t, w, "changePassword", `password.changed{"revokedSessions":0}`)
	w.Service.Settings = world.WithTerms(t, w.Service.Settings, false)
	do("acceptTerms", `{"terms":[{"id":"terms","version":"1"}]}`)
	webhook.expect(t, w, "acceptTerms", `account.terms_accepted{"terms":[{"id":"terms","version":"1"}]}`)
	do("acceptTerms", `{"terms":[{"id":"terms","version":"1"}]}`)
	webhook.expect(t, w, "an acceptTerms of what was accepted")
	address := addAddress(t, w, "ada", newAddress)
	webhook.expect(t, w, "createAddress", fmt.Sprintf(`address.created{"addressId":%q}`, address))
	do("updateAddress", fmt.Sprintf(`{"id":%q,"company":"Mill"}`, address))
	webhook.expect(t, w, "updateAddress", fmt.Sprintf(`address.updated{"addressId":%q,"fields":["company"]}`, address))
	do("deleteAddress", fmt.Sprintf(`{"id":%q}`, address))
	webhook.expect(t, w, "deleteAddress", fmt.Sprintf(`address.deleted{"addressId":%q}`, address))
	toldPasskeys(t, w, webhook)
	do("signOut", `{"scope":"OTHER_SESSIONS"}`)
	webhook.expect(t, w, "a signOut of nothing")
	do("signOut", `{"scope":"ALL_SESSIONS"}`)
	webhook.expect(t, w, "signOut", `session.revoked{"revokedSessions":1}`)
	do("signIn", `{"email":"ada@example.com","password":"another fine password"}`)
	w.Service.Settings.DeletionGrace = 24 * time.Hour
	do("deleteAccount", `{"clientAuthFactor":"another fine password","identityProvider":"SYNERISE"}`)
	scheduled := w.Clock.Now().Add(24 * time.Hour).Format(time.RFC3339Nano)
	webhook.expect(t, w, "deleteAccount with a grace period",
		`account.deletion_requested{"revokedSessions":1,"scheduledFor":"`+scheduled+`"}`)
	do("cancelAccountDeletion", `{"token":"`+*w.Message(t, models.MessageDeletionPending, "").Token+`"}`)
	webhook.expect(t, w, "cancelAccountDeletion", `account.deletion_cancelled{}`)
	w.Service.Settings.DeletionGrace = 0
	do("signIn", `{"email":"ada@example.com","password":"another fine password"}`)
	// Events that are queued when the account is deleted are sent nevertheless.
	do("updateAccount", `{"city":"Poznań"}`)
	do("deleteAccount", `{"clientAuthFactor":"another fine password","identityProvider":"SYNERISE"}`)
	webhook.expect(t, w, "deleteAccount", `account.deleted{"identityProviders":[]}`, `account.updated{"fields":["city"]}`)

	bob, err := w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "bob@shop.test"})
	world.Check(t, err)
	webhook.expect(t, w, "a command", `account.created{}`)
	shop := account.OperatorInput{ID: bob.ID, Operator: "Zoë", Reason: "asked for it"}
	_, err = w.Service.BlockCustomer(t.Context(), models.Caller{}, account.BlockCustomerInput{OperatorInput: shop})
	world.Check(t, err)
	webhook.expect(t, w, "a block", `account.blocked{}`)
	_, err = w.Service.UnblockCustomer(t.Context(), models.Caller{}, account.UnblockCustomerInput{OperatorInput: shop})
	world.Check(t, err)
	webhook.expect(t, w, "an unblock", `account.unblocked{}`)

	eve := account.NewAccount{Email: "eve@shop.test", Password: account.DemoPassword}
	world.NewSubject(t, w, eve, func(*models.Account) {})
	signInFrom(t, w, "eve", eve.Email, "another-device-0")
	signInFrom(t, w, "eve", eve.Email, "another-device-1")
	webhook.expect(t, w, "another customer", `account.created{}`)
	world.Succeed(t, w.Do(t, "", "secureAccount",
		fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageNewDevice, "eve@shop.test").Token)))
	webhook.expect(t, w, "secureAccount", fmt.Sprintf(`account.secured{"changesPausedUntil":%q,"revokedSessions":2}`,
		w.Clock.Now().Add(24*time.Hour).Format(time.RFC3339Nano)))

	factorsAreTold(t, w, webhook)

	for _, event := range models.EventTypes {
		if !webhook.seen[event] {
			t.Errorf("no operation here sends %s", event)
		}
	}
}

// TestADeletionNamesTheProviders checks that the shop learns which providers were linked, and that the account's
// numbers end with that event.
func TestADeletionNamesTheProviders(t *testing.T) {
	w, webhook := newToldWorld(t)
	issuer := w.Trust(t, "other", models.ProviderOAuth, false, false)
	const line = `{"email":"eve@shop.test","identities":[{"identityProvider":"OAUTH","issuer":%q,"subject":"eve"},` +
		`{"identityProvider":"OAUTH","issuer":"https://another.test","subject":"eve"}]}`
	_, said, err := importLines(w, fmt.Sprintf(line+"\n", issuer.URL), false)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}

	webhook.expect(t, w, "an import", `account.created{}`)
	erased, err := w.Service.EraseAccount(t.Context(), "eve@shop.test")
	world.Check(t, err)
	webhook.expect(t, w, "an erasure", `account.deleted{"identityProviders":["OAUTH"]}`)
	if last := webhook.last[erased.AccountID]; last != 2 {
		t.Errorf("the last number is %d", last)
	}
}

// TestAnchorsAreTold checks that a webhook which asks for it is told of an anchor, and one that wants all of accounts is
// not.
func TestAnchorsAreTold(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	_, err := w.Store.RecordWebhookTargets(t.Context(), []models.WebhookTarget{
		{Name: "webhook", Events: []models.EventType{models.EventAuditAnchored}}, {Name: "everything"},
	}, w.Clock.Now())
	world.Check(t, err)
	receiver := &told{
		t: t, schemas: world.EventSchemas(t), last: map[string]int{"": -1}, seen: map[models.EventType]bool{},
	}
	receiver.worker = w.EventWorker(t, receiver)

	var anchor bytes.Buffer
	seal, err := w.Store.WriteAnchor(t.Context(), &anchor, time.Time{})
	world.Check(t, err)
	world.Check(t, w.Service.AnnounceAnchor(t.Context(), seal))
	receiver.expect(t, w, "an anchor", fmt.Sprintf(`audit.anchored{"chains":%d,"key":"signatures/1","root":%q,"signature":%q}`,
		seal.Chains, seal.Root, base64.StdEncoding.EncodeToString(seal.Value)))
	if n := query(t, w, "SELECT count(*) FROM outbox WHERE channel = 'WEBHOOK'"); n != 1 {
		t.Errorf("%d messages tell of the anchor", n)
	}
}

// TestEventsAreReplayed checks that a span is sent again with its ids and numbers, that an unknown target and an open
// span are refused, and what stays in the audit trail.
func TestEventsAreReplayed(t *testing.T) {
	w, webhook := newToldWorld(t)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	change := func(city string) {
		w.Clock.Advance(time.Hour)
		world.Succeed(t, w.Do(t, "demo", "updateAccount", fmt.Sprintf(`{"city":%q}`, city)))
	}

	change("Poznań")
	change("Gdańsk")
	since := w.Clock.Now()
	_, err := w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "bob@shop.test"})
	world.Check(t, err)
	change("Sopot")
	changed := `account.updated{"fields":["city"]}`
	webhook.expect(t, w, "four events", `account.created{}`, changed, changed, changed)

	w.Clock.Advance(time.Second)
	demo, err := w.Store.AccountByEmail(t.Context(), account.DemoEmail)
	world.Check(t, err)
	operator := w.Service.By(account.Actor{Operator: "Zoë", Reason: "lost a disk"})
	for name, test := range map[string]struct {
		wanted models.WebhookFilter
		target string
		want   []string
		code   models.Code
	}{
		"a day":             {models.WebhookFilter{Since: since.Add(-24 * time.Hour)}, "", []string{`account.created{}`, changed, changed, changed}, ""},
		"the end":           {models.WebhookFilter{Since: since}, "webhook", []string{`account.created{}`, changed, changed}, ""},
		"the beginning":     {models.WebhookFilter{Since: since.Add(-24 * time.Hour), Until: since}, "", []string{changed}, ""},
		"an account":        {models.WebhookFilter{Since: since, AccountID: demo.ID}, "", []string{changed, changed}, ""},
		"nothing":           {models.WebhookFilter{Since: since.Add(24 * time.Hour)}, "", nil, ""},
		"an unknown target": {models.WebhookFilter{Since: since}, "orders", nil, models.CodeInvalidInput},
		"all times":         {models.WebhookFilter{}, "", nil, models.CodeInvalidInput},
	} {
		before := events(t, w)
		webhook.last = map[string]int{}
		if name != "a day" { // the span begins behind the first number
			webhook.last[demo.ID] = map[string]int{"the end": 1, "an account": 1}[name]
		}

		replayed, err := operator.ReplayEvents(t.Context(), test.wanted, test.target)
		if replayed != len(test.want) || (err != nil) != (test.code != "") || err != nil && models.CodeOf(err) != test.code {
			t.Errorf("%s: %d events, %v", name, replayed, err)
		}

		webhook.expect(t, w, name, test.want...)
		want := 0
		if len(test.want) > 0 || name == "an unknown target" {
			want = 1
		}
		if n := events(t, w) - before; n != want {
			t.Errorf("%s: %d audit events", name, n)
		}
	}
}

// TestNothingIsToldWithoutAWebhook checks the outbox without --webhook.
func TestNothingIsToldWithoutAWebhook(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	if a := w.Do(t, "demo", "signIn",
		fmt.Sprintf(`{"email":%q,"password":%q}`, account.DemoEmail, account.DemoPassword)); a.Code() != "" {
		t.Fatal(a.Body)
	}
	if a := w.Do(t, "demo", "updateAccount", `{"city":"Poznań"}`); a.Code() != "" {
		t.Fatal(a.Body)
	}
	if state, err := w.Store.OutboxState(t.Context()); err != nil || state.Pending != 0 {
		t.Errorf("%+v, %v", state, err)
	}
}
