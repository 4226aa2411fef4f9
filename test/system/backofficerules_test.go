package system

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestKeysOfTheBackOffice checks that a key is either an application's or the back office's, and that no page has the
// latter.
func TestKeysOfTheBackOffice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for field, wanted := range map[string]account.NewAPIKey{
		"permission": {Permissions: []models.Permission{models.PermissionSignIn, models.PermissionCustomerRead}},
		"origin": {
			Permissions: []models.Permission{models.PermissionCustomerRead}, Origins: []string{"https://shop.example"},
		},
	} {
		wanted.Name = "desk"
		_, _, err := d.Service.CreateAPIKey(t.Context(), wanted)
		var wrong *models.Error
		if !errors.As(err, &wrong) || wrong.Field != field || wrong.Code != models.CodeInvalidInput {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestBlockEndsWhatIsOpen checks that neither a session nor a mail's token from before a block works after it ended.
func TestBlockEndsWhatIsOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.customer(t, "ada@example.com")
	world.Succeed(t, d.Do(t, "", "requestPasswordReset", `{"email":"ada@example.com"}`))
	reset := d.Message(t, models.MessagePasswordReset, "ada@example.com")

	d.act(t, "blockCustomer", id, "", "__typename")
	d.act(t, "unblockCustomer", id, "", "__typename")

	if a := d.Do(t, "ada@example.com", "account", ""); a.Code() != "UNAUTHENTICATED" {
		t.Errorf("the session works: %s", a.Body)
	}
	a := d.Do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a heron on 9 tricycles"}`, *reset.Token))
	if a.Code() != "TOKEN_INVALID" {
		t.Errorf("the token works: %s", a.Body)
	}
}

// TestUnblockConfirmsNothing checks that an account whose address nobody has proved waits for that again after a block,
// if registrations are to be confirmed.
func TestUnblockConfirmsNothing(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Registration = account.RegistrationVerified
	d := &desk{world.New(t, settings)}
	d.Keys["desk"] = d.key(t, models.BackOfficePermissions...)
	world.Succeed(t, d.Do(t, "", "registerAccount", world.Credentials("ada@example.com", ownPassword)))
	found, err := d.Service.FindAccount(t.Context(), "ada@example.com")
	world.Check(t, err)

	d.act(t, "blockCustomer", found.ID, "", "__typename")
	a := d.act(t, "unblockCustomer", found.ID, "", "customer { status }")
	if status := a.At("unblockCustomer.customer.status"); status != "PENDING" {
		t.Errorf("the status is %v", status)
	}
}

// TestCorrectedAddressEndsSessions checks that a customer signs in anew after the shop has corrected the address.
func TestCorrectedAddressEndsSessions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.customer(t, "ada@example.com")

	d.act(t, "updateCustomer", id, `, email: "ada@example.org"`, "__typename")

	if a := d.Do(t, "ada@example.com", "account", ""); a.Code() != "UNAUTHENTICATED" {
		t.Errorf("the session works: %s", a.Body)
	}
}

// TestMessageOfAnotherCustomer checks that a message of somebody else is answered as one that does not exist.
func TestMessageOfAnotherCustomer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ada, bea := d.customer(t, "ada@example.com"), d.customer(t, "bea@example.com")
	d.act(t, "resendCustomerMessage", bea, ", message: PASSWORD_RESET", "__typename")
	messages, err := d.Store.MessagesOf(t.Context(), bea)
	world.Check(t, err)

	of := func(id string) string {
		a := d.ask(t, "desk", mutationOf("resendCustomerMessage", ada, fmt.Sprintf(", messageId: %q", id), "__typename"))
		return fmt.Sprint(a.Code(), a.Fields(), a.Errors[0].Message)
	}
	if others, none := of(messages[0].ID), of("none"); others != none {
		t.Errorf("another customer's message: %s, no message: %s", others, none)
	}
}

// TestResentMailsAreCounted checks that the mails which the shop sends again spend the budget of their address.
func TestResentMailsAreCounted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.customer(t, "ada@example.com")
	document := mutationOf("resendCustomerMessage", id, ", message: PASSWORD_RESET", "__typename")

	for i := range 4 {
		want := ""
		if i == 3 {
			want = "RATE_LIMITED"
		}
		if a := d.ask(t, "desk", document); a.Code() != want {
			t.Errorf("mail %d: %s", i+1, a.Body)
		}
		d.Clock.Advance(5 * time.Minute)
	}
}

// TestDeskCannotOptIn checks that with --double-opt-in an address that the desk verifies, or an answer that it writes
// down, sends nothing until the customer confirms by the mail.
func TestDeskCannotOptIn(t *testing.T) {
	d := newDesk(t)
	d.Service.Settings.DoubleOptIn = true
	world.Succeed(t, d.Do(t, "", "registerAccount",
		fmt.Sprintf(`{"email":"ora@example.com","password":%q,"agreements":{"email":true}}`, ownPassword)))
	ora, err := d.Service.FindAccount(t.Context(), "ora@example.com")
	world.Check(t, err)

	for _, act := range []struct{ operation, input string }{
		{"verifyCustomerAddress", `, email: "ora@example.com"`},
		{"updateCustomer", `, agreements: { email: true }`},
	} {
		a := d.act(t, act.operation, ora.ID, act.input, "customer { account { emailVerified agreements { email } } }")
		if a.At(act.operation+".customer.account.agreements.email") != nil {
			t.Errorf("granted at once: %s", a.Body)
		}
		d.Clock.Advance(time.Hour)
	}

	mail := d.Message(t, models.MessageConsentConfirm, "ora@example.com")
	world.Succeed(t, d.Do(t, "", "confirmConsent", fmt.Sprintf(`{"token":%q}`, *mail.Token)))
	a := world.Succeed(t, d.ask(t, "desk", fmt.Sprintf(`{ customer(id: %q) { account { agreements { email } } } }`, ora.ID)))
	if a.At("customer.account.agreements.email") != true {
		t.Errorf("not granted by the mail: %s", a.Body)
	}
}
