package system

import (
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// factorsAreTold runs the operations of second factors, and expects an event for each change.
func factorsAreTold(t *testing.T, w *world.World, webhook *told) {
	t.Helper()
	fay := account.NewAccount{Email: "fay@shop.test", Password: account.DemoPassword}
	world.NewSubject(t, w, fay, func(*models.Account) {})
	world.Succeed(t, w.Do(t, "fay", "signIn", world.Credentials(fay.Email, fay.Password)))
	webhook.expect(t, w, "a new customer", `account.created{}`)

	app := requestApp(t, w, "fay", fay.Password)
	webhook.expect(t, w, "requestAuthenticator")
	a := world.Succeed(t, w.Do(t, "fay", "confirmAuthenticator",
		fmt.Sprintf(`{"challengeId":%q,"code":%q}`, app.challenge, app.code(t, w))))
	app.id = a.At("confirmAuthenticator.authenticator.id").(string)
	webhook.expect(t, w, "confirmAuthenticator", `authenticator.added{}`)

	challenge := secondStep(t, w, fay.Email, fay.Password)
	webhook.expect(t, w, "the first step of a sign-in")
	world.Succeed(t, w.Do(t, "fay", "completeSignIn", fmt.Sprintf(`{"challengeId":%q,"recoveryCode":%q}`,
		challenge, a.At("confirmAuthenticator.recoveryCodes.0"))))
	webhook.expect(t, w, "completeSignIn", `recovery_code.used{"left":9}`)
	world.Succeed(t, w.Do(t, "fay", "replaceRecoveryCodes", fmt.Sprintf(`{%s}`, app.proof(t, w, fay.Password))))
	webhook.expect(t, w, "replaceRecoveryCodes", `recovery_codes.replaced{}`)
	lostFactorsAreTold(t, w, webhook, fay)
	world.Succeed(t, w.Do(t, "fay", "signIn", world.Credentials(fay.Email, fay.Password)))
	app = addApp(t, w, "fay", fay.Password)
	webhook.expect(t, w, "another confirmAuthenticator", `authenticator.added{}`)
	world.Succeed(t, w.Do(t, "fay", "removeAuthenticator", fmt.Sprintf(`{"id":%q,%s}`, app.id, app.proof(t, w, fay.Password))))
	webhook.expect(t, w, "removeAuthenticator", `authenticator.removed{}`)
}

// lostFactorsAreTold asks for the removal of second factors, stops it, asks again and waits, and adds another authenticator.
func lostFactorsAreTold(t *testing.T, w *world.World, webhook *told, of account.NewAccount) {
	t.Helper()
	ask := func() string {
		step := secondStep(t, w, of.Email, of.Password)
		world.Succeed(t, w.Do(t, "", "requestFactorReset", fmt.Sprintf(`{"challengeId":%q}`, step)))
		webhook.expect(t, w, "requestFactorReset", fmt.Sprintf(`second_factor.reset_requested{"availableAt":%q}`,
			w.Clock.Now().Add(resetWait).Format(time.RFC3339Nano)))
		return *w.Message(t, models.MessageFactorResetAsked, string(of.Email)).Token
	}

	world.Succeed(t, w.Do(t, "", "cancelFactorReset", fmt.Sprintf(`{"token":%q}`, ask())))
	webhook.expect(t, w, "cancelFactorReset", `second_factor.reset_cancelled{}`)
	w.Clock.Advance(time.Hour)
	token := ask()
	w.Clock.Advance(resetWait)
	world.Succeed(t, w.Do(t, "", "confirmFactorReset", fmt.Sprintf(`{"token":%q}`, token)))
	webhook.expect(t, w, "confirmFactorReset", `second_factor.reset{"revokedSessions":2}`)
}
