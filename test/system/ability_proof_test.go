package system

import (
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// proofStates are the states of what a customer has proved, and can prove by passkeys and codes.
var proofStates = []abilityState{
	{"password and passkey", (*visitor).addPasskey, nil},
	{"authenticator", (*visitor).addApp, nil},
	{"authenticator, window open", func(v *visitor) { v.addApp(); v.prove() }, nil},
	{"two authenticators, window open", func(v *visitor) { v.addApp(); v.prove(); v.addSecondApp() }, nil},
	{"authenticator, old session", func(v *visitor) { v.addApp(); v.Clock.Advance(time.Hour) }, nil},
	{"authenticator and passkey", func(v *visitor) { v.addPasskey(); v.addApp() }, nil},
	{"authenticator that waits", (*visitor).beginApp, nil},
	{"authenticator that waits, tried too often", func(v *visitor) { v.beginApp(); v.tryApp(5) }, nil},
	{"second factors off", func(v *visitor) { v.Service.Settings.SecondFactor = account.SecondFactorOff }, nil},
	{"second factors off, authenticator there", func(v *visitor) {
		v.addApp()
		v.Service.Settings.SecondFactor = account.SecondFactorOff
	}, nil},
	{"passkey alone", func(v *visitor) { v.addPasskey(); v.forgetPassword(); v.password = "" }, nil},
	{"passkey alone, passkeys off", func(v *visitor) {
		v.addPasskey()
		v.forgetPassword()
		v.Service.PasskeyVerifier = nil
	}, nil},
	{"passkey and identity", func(v *visitor) { v.addPasskey(); v.link(false); v.forgetPassword(); v.password = "" }, nil},
	{"window open", (*visitor).prove, nil},
	{"window opened by a passkey", func(v *visitor) {
		v.addPasskey()
		v.forgetPassword()
		v.password = ""
		v.prove()
	}, nil},
	{"window closed", func(v *visitor) { v.prove(); v.Clock.Advance(15 * time.Minute) }, nil},
	{"window open, throttled password", func(v *visitor) { v.prove(); throttle(v) }, nil},
	{"proven number, claimed address", func(v *visitor) {
		v.proveNumber()
		v.write(func(a *models.Account) { a.EmailVerifiedAt = nil }, "email_verified_at")
	}, []string{"proveIdentity", "requestIdentityCode"}},
	{"proven number, no sender of text messages", func(v *visitor) {
		v.proveNumber()
		v.write(func(a *models.Account) { a.EmailVerifiedAt = nil }, "email_verified_at")
		v.Service.Settings.NoTextMessages = true
	}, []string{"proveIdentity", "requestIdentityCode"}},
	{"no password, a code", func(v *visitor) { v.forgetPassword(); v.askForIdentityCode() },
		[]string{"proveIdentity", "requestIdentityCode"}},
	{"no password, a code that was tried", func(v *visitor) {
		v.forgetPassword()
		v.askForIdentityCode()
		for range 5 {
			v.Do(v.t, v.name, "proveIdentity", `{"code":"wrong"}`)
		}
	}, []string{"proveIdentity", "requestIdentityCode"}},
	{"no password, an expired code", func(v *visitor) {
		v.forgetPassword()
		v.askForIdentityCode()
		v.Clock.Advance(10 * time.Minute)
	}, []string{"proveIdentity", "requestIdentityCode"}},
	{"a hundred wrong codes, window open", func(v *visitor) {
		for range 20 {
			v.Clock.Advance(time.Hour)
			v.changePhone()
			v.wrongCodes(5)
		}
		v.prove()
	}, []string{"requestPhoneUpdate", "requestEmailChange"}},
}
