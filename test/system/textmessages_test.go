package system

import (
	"fmt"
	"testing"

	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestNoTextMessages checks a service that has no sender of text messages: what needs one is refused and changes
// nothing, and everything else works, a code that was sent before included.
func TestNoTextMessages(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	v := visit(t, w, 1)
	v.changePhone()
	code := v.secret(models.MessagePhoneCode, v.phone)
	w.Service.Settings.NoTextMessages = true

	const unavailable = string(models.CodeMessageChannelUnavailable)
	for customer, calls := range map[string]map[string]string{
		v.name: {
			"requestPhoneUpdate": `{"phone":"+447400123456"}`,
			"updateAccount":      fmt.Sprintf(`{"firstName":"Dee","phone":"+447400123456","password":%q}`, v.password),
		},
		"": {
			"requestPhoneUpdate": fmt.Sprintf(`{"phone":"+447400123456","accountEmail":%q,"password":%q}`, v.email,
				v.password),
		},
	} {
		for operation, input := range calls {
			a := w.Do(t, customer, operation, input)
			if a.Status != 503 || a.Code() != unavailable || len(a.Data) > 0 {
				t.Errorf("%s %s: %d %s", operation, input, a.Status, a.Body)
			}
		}
	}

	// Nothing was changed: neither the name, nor the change that waits for its code.
	shown := w.Do(t, v.name, "account", "")
	if shown.At("account.firstName") != nil || shown.At("account.pendingPhoneUpdate") == nil {
		t.Errorf("a refusal changed the account: %s", shown.Body)
	}
	v.must("confirmPhoneUpdate",
		fmt.Sprintf(`{"phone":%q,"confirmationCode":%q,"smsAgreement":true}`, v.phone, code))

	// A notice to the former number can't be sent; the one to the address is.
	v.must("updateAccount", fmt.Sprintf(`{"phone":null,"password":%q}`, v.password))
	w.Message(t, models.MessagePhoneChanged, string(v.email))
	texts := 0
	for _, message := range w.Inbox.Messages(t.Context()) {
		if message.Channel == string(models.ChannelTextMessage) {
			texts++
		}
	}
	if texts != 1 {
		t.Errorf("%d text messages, want only the code", texts)
	}
}
