package system

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestTriesLeft checks that a refused code says how often it can still be tried, and that every code for which nothing
// waits says the same: none.
func TestTriesLeft(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	left := func(operation, input string) any {
		t.Helper()
		a := w.Do(t, "demo", operation, input)
		if a.Code() != string(models.CodeCodeInvalid) {
			t.Fatalf("%s: %s", operation, a.Body)
		}

		var body struct {
			Errors []struct{ Extensions map[string]any }
		}
		world.Check(t, json.Unmarshal([]byte(a.Body), &body))

		return body.Errors[0].Extensions["triesLeft"]
	}

	const number = "+48512345678"
	if got := left("confirmPhoneUpdate", confirmation(number, "000000")); got != 0.0 {
		t.Errorf("without a code: %v", got)
	}

	code, _ := askForCode(t, w, "demo", number)
	for _, want := range []float64{4, 3, 2, 1, 0, 0} {
		if got := left("confirmPhoneUpdate", confirmation(number, "0"+code)); got != want {
			t.Errorf("%v tries left, want %v", got, want)
		}
	}
	if got := left("confirmPhoneUpdate", fmt.Sprintf(
		`{"phone":%q,"confirmationCode":%q,"smsAgreement":true,"challengeId":"another"}`, number, code)); got != 0.0 {
		t.Errorf("another challenge: %v", got)
	}

	world.Succeed(t, w.Do(t, "demo", "requestIdentityCode", `{"channel":"EMAIL"}`))
	if got := left("proveIdentity", `{"code":"wrong"}`); got != 4.0 {
		t.Errorf("a code that proves: %v", got)
	}
}
