package system

import (
	"encoding/base32"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// phoneApp is an authenticator app of a customer.
type phoneApp struct {
	secret []byte
	// challenge is that of requestAuthenticator.
	challenge string
	// id and recoveryCodes are set once the app is confirmed.
	id            string
	recoveryCodes []string
}

// signInDemo signs the demo customer in.
func signInDemo(t testing.TB, w *world.World) {
	t.Helper()
	world.Succeed(t, w.Do(t, "demo", "signIn", fmt.Sprintf(`{"email":%q,"password":%q}`, account.DemoEmail, account.DemoPassword)))
}

// requestApp begins an authenticator of a session's customer.
func requestApp(t testing.TB, w *world.World, customer, password string) *phoneApp {
	t.Helper()
	return appOf(t, world.Succeed(t, w.Do(t, customer, "requestAuthenticator", fmt.Sprintf(`{"password":%q}`, password))))
}

// appOf returns the app that takes the secret of an answer of requestAuthenticator.
func appOf(t testing.TB, a *world.Answer) *phoneApp {
	t.Helper()
	return appShown(t, a, "requestAuthenticator")
}

// appShown returns the app that takes the secret of an answer.
func appShown(t testing.TB, a *world.Answer, operation string) *phoneApp {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(a.At(operation + ".secret").(string))
	world.Check(t, err)
	return &phoneApp{secret: secret, challenge: a.At(operation + ".challengeId").(string)}
}

// addApp adds the first authenticator of a session's customer.
func addApp(t testing.TB, w *world.World, customer, password string) *phoneApp {
	t.Helper()
	app := requestApp(t, w, customer, password)
	a := world.Succeed(t, w.Do(t, customer, "confirmAuthenticator",
		fmt.Sprintf(`{"challengeId":%q,"code":%q}`, app.challenge, app.code(t, w))))
	app.id = a.At("confirmAuthenticator.authenticator.id").(string)
	for _, code := range a.At("confirmAuthenticator.recoveryCodes").([]any) {
		app.recoveryCodes = append(app.recoveryCodes, code.(string))
	}

	return app
}

// code returns a code that was not used, after a step of the clock.
func (p *phoneApp) code(t testing.TB, w *world.World) string {
	t.Helper()
	w.Clock.Advance(totp.Period)
	code, err := totp.Code(p.secret, totp.Step(w.Clock.Now()))
	world.Check(t, err)
	return code
}

// proof returns the fields of a proof by two factors.
func (p *phoneApp) proof(t testing.TB, w *world.World, password string) string {
	t.Helper()
	return fmt.Sprintf(`"password":%q,"authenticatorCode":%q`, password, p.code(t, w))
}

// secondStep signs in with a password, and returns the challenge of the second step.
func secondStep(t testing.TB, w *world.World, email models.EmailAddress, password string) string {
	t.Helper()
	a := w.Do(t, "", "signIn", fmt.Sprintf(`{"email":%q,"password":%q}`, email, password))
	if a.Status != http.StatusForbidden || len(a.Errors) != 1 || a.Code() != string(models.CodeSecondFactorRequired) {
		t.Fatalf("a sign-in with one of two factors: %d %+v", a.Status, a.Errors)
	}
	return a.Errors[0].Extensions.ChallengeID
}

// factorSteps runs each operation of second factors once with success, and once refused.
func factorSteps(
	t *testing.T, w *world.World, done func(customer, operation, input string) *world.Answer,
	refuse func(customer, operation, input string, code models.Code),
) {
	t.Helper()
	const password = "yet another one"
	refuse("demo", "requestAuthenticator", `{"password":"wrong"}`, models.CodeInvalidCredentials)
	done("demo", "requestAuthenticator", fmt.Sprintf(`{"password":%q}`, password))
	refuse("demo", "confirmAuthenticator", `{"challengeId":"none","code":"123456"}`, models.CodeTokenInvalid)
	phone := requestApp(t, w, "demo", password)
	confirmed := done("demo", "confirmAuthenticator",
		fmt.Sprintf(`{"challengeId":%q,"code":%q}`, phone.challenge, phone.code(t, w)))
	id := confirmed.At("confirmAuthenticator.authenticator.id")

	challenge := secondStep(t, w, account.DemoEmail, password)
	refuse("", "completeSignIn", fmt.Sprintf(`{"challengeId":%q,"code":"12345"}`, challenge), models.CodeCodeInvalid)
	done("tablet", "completeSignIn", fmt.Sprintf(`{"challengeId":%q,"code":%q}`, challenge, phone.code(t, w)))
	refuse("demo", "replaceRecoveryCodes", fmt.Sprintf(`{"password":%q}`, password), models.CodeSecondFactorRequired)
	done("demo", "replaceRecoveryCodes", fmt.Sprintf(`{%s}`, phone.proof(t, w, password)))
	refuse("demo", "removeAuthenticator", fmt.Sprintf(`{"id":%q}`, id), models.CodeReauthenticationRequired)
	done("demo", "removeAuthenticator", fmt.Sprintf(`{"id":%q,%s}`, id, phone.proof(t, w, password)))
}

// TestSecondFactorsWorkOnce checks that of 64 callers with the same challenge, step or recovery code, one succeeds.
func TestSecondFactorsWorkOnce(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { secondFactorsWorkOnce(t, world.New(t, withoutLimits())) })
	t.Run("PostgreSQL", func(t *testing.T) {
		postgrestest.Socket(t)
		secondFactorsWorkOnce(t, world.NewOn(t, withoutLimits(), postgrestest.URL(t)))
	})
}

func withoutLimits() account.Settings {
	settings := world.DefaultSettings()
	settings.Unlimited = true
	return settings
}

func secondFactorsWorkOnce(t *testing.T, w *world.World) {
	t.Helper()
	signInDemo(t, w)
	phone := requestApp(t, w, "demo", account.DemoPassword)
	confirm := fmt.Sprintf(`{"challengeId":%q,"code":%q}`, phone.challenge, phone.code(t, w))
	if won := race(t, func(int) bool { return len(w.Do(t, "demo", "confirmAuthenticator", confirm).Errors) == 0 }); won != 1 {
		t.Errorf("%d callers added an authenticator by one challenge", won)
	}
	demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	listed, err := w.Store.Authenticators(t.Context(), demo.ID)
	if err != nil || len(listed) != 1 {
		t.Fatalf("the account has %d authenticators, %v", len(listed), err)
	}

	challenge := secondStep(t, w, account.DemoEmail, account.DemoPassword)
	complete := fmt.Sprintf(`{"challengeId":%q,"code":%q}`, challenge, phone.code(t, w))
	if won := race(t, func(int) bool { return len(w.Do(t, "", "completeSignIn", complete).Errors) == 0 }); won != 1 {
		t.Errorf("%d callers signed in by one challenge", won)
	}

	challenges := make([]string, racers)
	for i := range challenges {
		challenges[i] = secondStep(t, w, account.DemoEmail, account.DemoPassword)
	}
	code := phone.code(t, w)
	byCode := func(i int) bool {
		return len(w.Do(t, "", "completeSignIn", fmt.Sprintf(`{"challengeId":%q,"code":%q}`, challenges[i], code)).Errors) == 0
	}
	if won := race(t, byCode); won != 1 {
		t.Errorf("%d callers signed in by the code of one step", won)
	}

	codes := replacedCodes(t, w, phone)
	byRecovery := func(i int) bool {
		input := fmt.Sprintf(`{"challengeId":%q,"recoveryCode":%q}`, challenges[i], codes[0])
		return len(w.Do(t, "", "completeSignIn", input).Errors) == 0
	}
	if won := race(t, byRecovery); won != 1 {
		t.Errorf("%d callers signed in by one recovery code", won)
	}
}

// replacedCodes replaces the recovery codes of the demo customer.
func replacedCodes(t *testing.T, w *world.World, phone *phoneApp) []string {
	t.Helper()
	a := world.Succeed(t, w.Do(t, "demo", "replaceRecoveryCodes", fmt.Sprintf(`{%s}`, phone.proof(t, w, account.DemoPassword))))
	var codes []string
	for _, code := range a.At("replaceRecoveryCodes.recoveryCodes").([]any) {
		codes = append(codes, code.(string))
	}
	return codes
}

// racers is how many callers try the same at once.
const racers = 64

// race returns how many of the concurrent callers succeed.
func race(t *testing.T, try func(i int) bool) int {
	t.Helper()
	var won atomic.Int64
	var all sync.WaitGroup
	for i := range racers {
		all.Go(func() {
			if try(i) {
				won.Add(1)
			}
		})
	}
	all.Wait()

	return int(won.Load())
}
