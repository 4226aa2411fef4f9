package system

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// told is a webhook that records the type and data of each event.
type told struct {
	mu     sync.Mutex
	t      *testing.T
	events []string
}

// Send records the event.
func (c *told) Send(_ context.Context, message notify.Rendered) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var event struct {
		ID, Type, AccountID string
		CreatedAt           time.Time
		Data                json.RawMessage
	}
	if err := json.Unmarshal([]byte(message.Text),
		&event); err != nil || event.ID != message.ID || event.AccountID == "" || event.CreatedAt.IsZero() {
		c.t.Errorf("%v in %s", err, message.Text)
	}

	for _, private := range []string{"@", "example", "Ada", "+48", "demo", "correct", "203.0"} {
		if strings.Contains(message.Text, private) {
			c.t.Errorf("the event tells %q: %s", private, message.Text)
		}
	}

	c.events = append(c.events, event.Type+string(event.Data))

	return nil
}

// expect checks the events since the last call, in any order: they are sent concurrently.
func (c *told) expect(t *testing.T, w *world.World, after string, want ...string) {
	t.Helper()
	world.Check(t, w.Worker.Drain(context.Background()))
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.Sort(c.events)
	slices.Sort(want)
	if !slices.Equal(c.events, want) {
		t.Errorf("after %s:\n got %q\nwant %q", after, c.events, want)
	}

	c.events = nil
}

// newToldWorld returns a world with --webhook.
func newToldWorld(t *testing.T) (*world.World, *told) {
	settings := world.DefaultSettings()
	settings.Webhook = true
	w := world.New(t, settings)
	base := "https://shop.example/#{token}"
	renderer, err := notify.NewRenderer(
		notify.Links{PasswordReset: base, EmailChange: base, Activation: base, EmailUndo: base},
	)
	world.Check(t, err)
	receiver := &told{t: t}
	w.Worker = notify.New(notify.Config{
		Store: w.Store, Render: renderer.Render, Log: world.Discard, Now: w.Clock.Now,
		Senders: map[models.MessageChannel]notify.Sender{
			models.ChannelMail: w.Inbox, models.ChannelTextMessage: w.Inbox, models.ChannelWebhook: receiver,
		},
	})

	return w, receiver
}

// TestEveryChangeIsTold runs the operations, and expects an event for each change and for nothing else.
func TestEveryChangeIsTold(t *testing.T) {
	w, webhook := newToldWorld(t)
	webhook.expect(t, w, "the start", `account.created{}`)

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
		`account.updated{"fields":["agreements.push","attributes","firstName","language"]}`)
	if a := w.Do(t, "ada", "updateAccount", `{"firstName":""}`); a.Code() == "" {
		t.Error("an empty name was accepted")
	}

	webhook.expect(t, w, "an updateAccount that is refused")
	do("requestPhoneUpdate", `{"phone":"+48512345678","password":"`+password+`"}`)
	webhook.expect(t, w, "requestPhoneUpdate", `phone.change_requested{}`)
	code := w.Message(t, models.MessagePhoneCode, "")
	do("confirmPhoneUpdate",
		fmt.Sprintf(`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":false}`, *code.Code))
	webhook.expect(t, w, "confirmPhoneUpdate", `phone.changed{}`)
	do("requestEmailChange", `{"email":"ada.new@example.com","password":"`+password+`"}`)
	webhook.expect(t, w, "requestEmailChange", `email.change_requested{}`)
	do("confirmEmailChange",
		`{"token":"`+*w.Message(t, models.MessageEmailChange, "").Token+`","newsletterAgreement":true}`)
	webhook.expect(t, w, "confirmEmailChange", `email.changed{}`)
	do("undoEmailChange", `{"token":"`+*w.Message(t, models.MessageEmailChanged, "ada@example.com").Token+`"}`)
	webhook.expect(t, w, "undoEmailChange", `email.restored{"revokedSessions":1}`)
	do("requestPasswordReset", `{"email":"ada@example.com"}`)
	webhook.expect(t, w, "requestPasswordReset")
	do("confirmPasswordReset",
		`{"token":"`+*w.Message(t, models.MessagePasswordReset, "").Token+`","password":"purple monkey dishwasher"}`)
	webhook.expect(t, w, "confirmPasswordReset", `password.reset{"revokedSessions":0}`)
	do("signIn", `{"email":"ada@example.com","password":"purple monkey dishwasher"}`)
	do("changePassword", `{"oldPassword":"purple monkey dishwasher","newPassword":"another fine password"}`)
	webhook.expect(t, w, "changePassword", `password.changed{"revokedSessions":0}`)
	do("signOut", `{"scope":"OTHER_SESSIONS"}`)
	webhook.expect(t, w, "a signOut of nothing")
	do("signOut", `{"scope":"ALL_SESSIONS"}`)
	webhook.expect(t, w, "signOut", `session.revoked{"revokedSessions":1}`)
	do("signIn", `{"email":"ada@example.com","password":"another fine password"}`)
	// Events that are queued when the account is deleted are sent nevertheless.
	do("updateAccount", `{"city":"Poznań"}`)
	do("deleteAccount", `{"clientAuthFactor":"another fine password","identityProvider":"SYNERISE"}`)
	webhook.expect(t, w, "deleteAccount", `account.deleted{}`, `account.updated{"fields":["city"]}`)
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
