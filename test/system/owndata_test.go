package system

import (
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestOwnDataIsRefused checks that no value of the customer's account is a password, with digits, signs and dates
// around it, and that no phrase is refused because it contains a name (R-PWD4).
func TestOwnDataIsRefused(t *testing.T) {
	w := signedIn(t, world.DefaultSettings())
	const phone = models.PhoneNumber("+48512345678")
	world.Succeed(t, w.Do(t, "demo", "updateAccount",
		`{"firstName":"Zuzanna","lastName":"Wielgosz-Kowal","displayName":"Zuzka","birthDate":"1987-02-13","company":"Fabryka Drutu",
		"address":"Polna 17","city":"Bielsko","province":"Podhale","zipCode":"43-300"}`))
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"`+string(phone)+`"}`))
	code := *w.Message(t, models.MessagePhoneCode, string(phone)).Code
	world.Succeed(t, w.Do(t, "demo", "confirmPhoneUpdate",
		`{"phone":"`+string(phone)+`","confirmationCode":"`+code+`","smsAgreement":false}`))

	change := func(password string) *world.Answer {
		return w.Do(t, "demo", "changePassword",
			`{"oldPassword":"`+account.DemoPassword+`","newPassword":"`+password+`"}`)
	}

	for _, password := range []string{
		"Zuzanna1987", "zuzanna!", "Wielgosz2026!", "W1elg0sz99", "wielgosz-kowal", "ZuzannaWielgosz", "Zuzka13.02.",
		"zuzka 1987", "fabrykadrutu", "FabrykaDrutu#1",
		"bielsko123", "Podhale#2020", "polna-17-17", "43-300 Bielsko", "48512345678", "512 345 678", "zuzka345678",
		"13021987", "13.2.1987", "1987-02-13", "02131987",
		"demo@example.com", "example2026", "Demo.Example", "AccountQL!1", "zuzkaxy1",
	} {
		a := change(password)
		if a.Code() != string(models.CodePasswordRejected) || a.Errors[0].Extensions.Reason != models.ReasonOwnData {
			t.Errorf("%q: %s", password, a.Body)
		}
	}

	world.Succeed(t, change("zuzka sees a heron in bielsko"))
}
