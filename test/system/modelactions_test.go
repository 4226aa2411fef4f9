package system

import (
	"fmt"
	"maps"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/test/world"
)

// actions draws the subject of a check, and returns its operations. Operations that need a claimed address or a valid
// secret are more frequent.
func (m *model) actions(rt *rapid.T) map[string]func(*rapid.T) {
	subject := rapid.SampledFrom([]string{"claims", "claims", "all", "factors", "factors"}).Draw(rt, "subject")
	if subject == "factors" {
		actions := m.factorActions()
		if rapid.Bool().Draw(rt, "passkeys, too") {
			maps.Copy(actions, m.passkeyActions())
			m.keepPasskey(m.people[0], m.sessions[1])
			m.keepPasskey(m.people[1], m.sessions[3])
		}
		m.enroll(m.people[0], m.sessions[1])
		m.enroll(m.people[1], m.sessions[3])

		return actions
	}

	actions := map[string]func(*rapid.T){
		"": m.compare, "sign in": m.signIn, "register": m.register, "ask for an activation": m.requestActivation,
		"activate":                   m.activate,
		"the shop brings a customer": m.shopBrings, "link": m.link, "sign in by a provider": m.signInByProvider,
		"delete": m.deleteAccount, "time passes": m.wait,
		"ask for an e-mail": m.requestEmail, "confirm the e-mail": m.confirmEmail, "undo": m.undo,
		"ask for a reset": m.requestReset, "reset": m.confirmReset,
		"register again": m.register, "activate again": m.activate, "delete again": m.deleteAccount,
		"confirm the e-mail again": m.confirmEmail, "confirm the e-mail once more": m.confirmEmail,
	}
	if subject == "all" {
		maps.Copy(actions, map[string]func(*rapid.T){
			"sign out": m.signOut, "update": m.update,
			"change password": m.changePassword, "prove": m.prove, "cancel the e-mail": m.cancelEmail,
			"ask for a phone": m.requestPhone, "confirm the phone": m.confirmPhone,
			"confirm the phone again": m.confirmPhone, "cancel the phone": m.cancelPhone, "sign in again": m.signIn,
			"ask for an app": m.requestAuthenticator, "add the app": m.confirmAuthenticator,
			"complete a sign-in": m.completeSignIn, "remove an app": m.removeAuthenticator,
			"replace the codes": m.replaceRecoveryCodes,
		})
		maps.Copy(actions, m.passkeyActions())
	}

	return actions
}

// factorActions are the operations of second factors, and those that ask for them. Time passes in small steps, so that
// codes of the app are fresh, and sessions and challenges live.
func (m *model) factorActions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"": m.compare, "sign in": m.signIn, "sign in again": m.signIn, "sign in by a provider": m.signInByProvider,
		"complete the sign-in": m.completeSignIn, "complete the sign-in again": m.completeSignIn,
		"ask for an app": m.requestAuthenticator, "add the app": m.confirmAuthenticator,
		"add the app again": m.confirmAuthenticator,
		"remove an app":     m.removeAuthenticator, "remove an app again": m.removeAuthenticator,
		"replace the codes": m.replaceRecoveryCodes, "prove": m.prove, "link": m.link,
		"change password": m.changePassword, "ask for a reset": m.requestReset, "reset": m.confirmReset,
		"ask for an e-mail": m.requestEmail, "confirm the e-mail": m.confirmEmail, "undo": m.undo,
		"delete": m.deleteAccount, "sign out": m.signOut, "time passes": m.wait,
		"a moment passes":       func(*rapid.T) { m.w.Clock.Advance(totp.Period) },
		"another moment passes": func(*rapid.T) { m.w.Clock.Advance(totp.Period) },
	}
}

// enroll adds the first authenticator of a customer, in a live session, before a check begins.
func (m *model) enroll(owner *customer, s *modelSession) {
	m.w.Tokens[owner.email] = s.token
	app := requestApp(m.t, m.w, owner.email, account.DemoPassword)
	step := totp.Step(m.now())
	a := world.Succeed(m.t, m.w.Do(m.t, owner.email, "confirmAuthenticator", fmt.Sprintf(
		`{"challengeId":%q,"code":%q}`, app.challenge, m.codeAt(app.secret, step))))

	m.end(owner, func(other *modelSession) bool { return other == s })
	m.credentialsChanged(owner)
	owner.recovery = codesOf(a, "confirmAuthenticator")
	owner.apps = []*modelApp{{a.At("confirmAuthenticator.authenticator.id").(string), app.secret, step, m.now()}}
}
