package system

import (
	"encoding/base32"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// This file holds the part of TestModel for second factors (R-WAY2, R-WAY3).

// modelApp is an authenticator of a customer.
type modelApp struct {
	id     string
	secret []byte
	// step is the last one that was used.
	step  int64
	added time.Time
}

// modelProof is what an input proves.
type modelProof struct {
	// fields are those of the input.
	fields string
	// refusal is the code of a wrong proof, or "" if the proof is right.
	refusal models.Code
	// mails is how many messages a right one causes.
	mails int
	// spend notes the use of a right one.
	spend func()
}

// strangersApp is the secret of an app that belongs to nobody.
var strangersApp = make([]byte, totp.SecretSize)

// proof draws a password in a field and, where it may be asked for, a second factor.
func (m *model) proof(rt *rapid.T, owner *customer, field string) modelProof {
	p, second := m.password(rt, owner), m.second(rt, owner, "authenticatorCode")
	second.fields = fmt.Sprintf(`%q:%q%s`, field, p, second.fields)
	if owner == nil || p != owner.password {
		second.refusal = models.CodeInvalidCredentials
	}
	return second
}

// second draws a second factor of a customer: a code of an app or a recovery code, or one that is wrong, or none.
func (m *model) second(rt *rapid.T, owner *customer, field string) modelProof {
	asked := owner != nil && len(owner.apps) > 0
	kind := rapid.SampledFrom([]string{
		"app", "app", "app", "app", "recovery", "recovery", "recovery", "none", "stranger", "spent",
	}).Draw(rt, "second factor")

	switch {
	case !asked && likely(rt, "no second factor"):
		return modelProof{spend: func() {}}
	case kind == "none" && asked:
		return modelProof{refusal: models.CodeSecondFactorRequired, spend: func() {}}
	case kind == "none":
		return modelProof{spend: func() {}}
	case kind == "app" && asked:
		return m.codeOfApp(rt, rapid.SampledFrom(owner.apps).Draw(rt, "app"), field)
	case kind == "recovery" && asked && len(owner.recovery) > 0:
		return m.recoveryCode(owner, rapid.SampledFrom(owner.recovery).Draw(rt, "recovery code"))
	case kind == "spent" && len(m.spent) > 0:
		return wrongSecond("recoveryCode", rapid.SampledFrom(m.spent).Draw(rt, "spent code"))
	}

	return wrongSecond(field, m.codeAt(strangersApp, totp.Step(m.now())))
}

func wrongSecond(field, code string) modelProof {
	return modelProof{
		fields: fmt.Sprintf(`,%q:%q`, field, code), refusal: models.CodeCodeInvalid, spend: func() {},
	}
}

// codeOfApp draws a code that the app shows now, showed a moment ago, or will show in a moment. Each step works once, and
// none that is older than one that was used.
func (m *model) codeOfApp(rt *rapid.T, app *modelApp, field string) modelProof {
	step := totp.Step(m.now()) + rapid.SampledFrom([]int64{0, 0, 0, 1, -1, 2, -2}).Draw(rt, "step")
	given := wrongSecond(field, m.codeAt(app.secret, step))
	if drift := step - totp.Step(m.now()); step > app.step && drift >= -1 && drift <= 1 {
		given.refusal, given.spend = "", func() { app.step = step }
	}
	return given
}

func (m *model) recoveryCode(owner *customer, code string) modelProof {
	given := wrongSecond("recoveryCode", code)
	given.refusal, given.mails = "", 1
	given.spend = func() {
		m.spent = append(m.spent, code)
		owner.recovery = slices.DeleteFunc(owner.recovery, func(other string) bool { return other == code })
	}
	return given
}

func (m *model) codeAt(secret []byte, step int64) string {
	code, err := totp.Code(secret, step)
	world.Check(m.t, err)
	return code
}

// decideReset returns the verdict about a reset with a good token. A call that only lacks the second factor is no attempt.
func (m *model) decideReset(secret *modelSecret, given modelProof) verdict {
	if given.refusal == models.CodeSecondFactorRequired {
		return verdict{code: given.refusal}
	}
	if secret.tries++; secret.tries > 10 {
		return verdict{code: models.CodeTokenInvalid}
	}

	expected := verdict{ok: given.refusal == "", code: given.refusal, messages: 1 + given.mails}
	if !secret.owner.verified {
		expected.messages += len(secret.owner.passkeys) // the first proof removes them
	}

	return expected
}

// askSignIn runs a sign-in that needs a second factor where the account has one: then the answer has a challenge.
func (m *model) askSignIn(
	rt *rapid.T, owner *customer, operation, input string, expected verdict,
) *world.Answer {
	asked := expected.ok && owner != nil && len(owner.apps) > 0
	if asked {
		expected = verdict{code: models.CodeSecondFactorRequired}
	}

	a := m.ask(rt, "", operation, input, expected)
	if asked {
		m.keep(owner, models.PurposeSecondFactor, a.Errors[0].Extensions.ChallengeID, owner.email, 10*time.Minute)
		return nil
	}

	return a
}

// completeSignIn is the second step of a sign-in, by whoever has the challenge.
func (m *model) completeSignIn(rt *rapid.T) {
	secret := m.secret(rt, models.PurposeSecondFactor)
	given := m.second(rt, secret.owner, "code")
	expected := verdict{code: models.CodeTokenInvalid}
	switch {
	case given.fields == "":
		expected.code = models.CodeInvalidInput
	case m.tried(secret, models.PurposeSecondFactor):
		expected = verdict{ok: given.refusal == "", code: given.refusal, messages: given.mails}
	}

	a := m.ask(rt, "", "completeSignIn", fmt.Sprintf(`{"challengeId":%q%s}`, secret.text, given.fields), expected)
	if expected.ok {
		given.spend()
		secret.used = true
		m.begin(secret.owner, a.At("completeSignIn.session.token").(string))
	}
}

// tried counts an attempt at a challenge of a purpose, and reports whether it is good for one.
func (m *model) tried(secret *modelSecret, purpose models.Purpose) bool {
	if secret.purpose != purpose || !m.good(secret) {
		return false
	}
	secret.tries++
	return secret.tries <= 5
}

// factorProof draws a proof for an operation that an open window spares, and returns the input's fields. The verdict is
// that of the session and of the proof alone.
func (m *model) factorProof(rt *rapid.T, s *modelSession) (given modelProof, byWindow bool, expected verdict) {
	given = m.proof(rt, s.owner, "password")
	if byWindow = !likely(rt, "a proof in the call"); byWindow {
		given = modelProof{fields: `"password":null`, spend: func() {}}
	}

	switch {
	case !m.lives(s):
		expected.code = models.CodeUnauthenticated
	case byWindow && !m.now().Before(s.window):
		expected.code = models.CodeReauthenticationRequired
	default:
		expected = verdict{ok: given.refusal == "", code: given.refusal, messages: given.mails}
	}

	return given, byWindow, expected
}

func (m *model) requestAuthenticator(rt *rapid.T) {
	s := m.session(rt)
	given, _, expected := m.factorProof(rt, s)
	switch refusal := m.addsNoApp(s); {
	case refusal != "":
		expected = verdict{code: refusal}
	case expected.ok && len(s.owner.apps) >= 5:
		expected = verdict{code: models.CodeInvalidInput}
	}

	a := m.ask(rt, s.token, "requestAuthenticator", "{"+given.fields+"}", expected)
	if !expected.ok {
		return
	}

	given.spend()
	m.void(s.owner, models.PurposeAuthenticator)
	waiting := m.keep(s.owner, models.PurposeAuthenticator, a.At("requestAuthenticator.challengeId").(string),
		s.owner.email, 15*time.Minute)
	var err error
	waiting.seed, err = base32.StdEncoding.DecodeString(a.At("requestAuthenticator.secret").(string))
	world.Check(m.t, err)
}

// addsNoApp returns why no authenticator can be added in a session, or "".
func (m *model) addsNoApp(s *modelSession) models.Code {
	switch {
	case !m.lives(s):
		return ""
	case s.owner.claimed():
		return models.CodeActivationRequired
	case m.now().Before(s.owner.pausedUntil):
		return models.CodeRateLimited
	}
	return ""
}

// confirmAuthenticator adds the authenticator whose code is right. The first one brings recovery codes, and ends the other
// sessions.
func (m *model) confirmAuthenticator(rt *rapid.T) {
	secret := m.secret(rt, models.PurposeAuthenticator)
	s := m.session(rt)
	if likely(rt, "the owner's session") {
		s = m.sessionOf(rt, secret.owner)
	}

	step, seed := totp.Step(m.now()), strangersApp
	if secret.seed != nil && likely(rt, "the right code") {
		seed = secret.seed
	}

	expected := verdict{code: models.CodeUnauthenticated}
	switch refusal := m.addsNoApp(s); {
	case !m.lives(s):
	case refusal != "":
		expected.code = refusal
	case s.owner != secret.owner || !m.tried(secret, models.PurposeAuthenticator):
		expected.code = models.CodeTokenInvalid
	case !slices.Equal(seed, secret.seed):
		expected.code = models.CodeCodeInvalid
	case len(s.owner.apps) >= 5:
		expected.code = models.CodeInvalidInput
	default:
		expected = verdict{ok: true, messages: 1}
	}

	a := m.ask(rt, s.token, "confirmAuthenticator",
		fmt.Sprintf(`{"challengeId":%q,"code":%q}`, secret.text, m.codeAt(seed, step)), expected)
	if !expected.ok {
		return
	}

	secret.used = true
	if len(s.owner.apps) == 0 {
		m.end(s.owner, func(other *modelSession) bool { return other == s })
		m.credentialsChanged(s.owner)
		s.owner.recovery = codesOf(a, "confirmAuthenticator")
	}

	s.owner.apps = append(s.owner.apps, &modelApp{
		a.At("confirmAuthenticator.authenticator.id").(string), secret.seed, step, m.now(),
	})
}

// codesOf returns the recovery codes of an answer.
func codesOf(a *world.Answer, operation string) (codes []string) {
	for _, code := range a.At(operation + ".recoveryCodes").([]any) {
		codes = append(codes, code.(string))
	}
	return codes
}

func (m *model) replaceRecoveryCodes(rt *rapid.T) {
	s := m.session(rt)
	given, _, expected := m.factorProof(rt, s)
	if expected.ok && len(s.owner.apps) == 0 {
		expected = verdict{code: models.CodeInvalidInput}
	}
	if expected.ok {
		expected.messages++
	}

	a := m.ask(rt, s.token, "replaceRecoveryCodes", "{"+given.fields+"}", expected)
	if expected.ok {
		given.spend()
		m.spent = append(m.spent, s.owner.recovery...)
		s.owner.recovery = codesOf(a, "replaceRecoveryCodes")
	}
}

// removeAuthenticator removes one of the customer's, or tries another customer's. The last one needs a proof in the call.
func (m *model) removeAuthenticator(rt *rapid.T) {
	s := m.session(rt)
	given, byWindow, expected := m.factorProof(rt, s)
	removed := m.anyApp(rt, s.owner)
	if expected.ok {
		switch known := slices.Contains(s.owner.apps, removed); {
		case !known:
			expected = verdict{code: models.CodeInvalidInput}
		case byWindow && len(s.owner.apps) == 1:
			expected = verdict{code: models.CodeReauthenticationRequired}
		default:
			expected.messages++
		}
	}

	m.ask(rt, s.token, "removeAuthenticator", fmt.Sprintf(`{"id":%q,%s}`, removed.id, given.fields), expected)
	if !expected.ok {
		return
	}

	given.spend()
	m.dropApp(s.owner, removed)
	m.end(s.owner, func(other *modelSession) bool { return other == s })
	m.credentialsChanged(s.owner)
}

// anyApp draws an authenticator, likely one of the customer's, and one of nobody if there is none.
func (m *model) anyApp(rt *rapid.T, owner *customer) *modelApp {
	all := []*modelApp{{id: madeUp}}
	for _, c := range m.people {
		all = append(all, c.apps...)
	}
	return choose(rt, "app", all, func(app *modelApp) bool { return owner != nil && slices.Contains(owner.apps, app) })
}

// dropApp removes an authenticator, and with the last one the recovery codes.
func (m *model) dropApp(owner *customer, app *modelApp) {
	owner.apps = slices.DeleteFunc(slices.Clone(owner.apps), func(other *modelApp) bool { return other == app })
	if len(owner.apps) == 0 {
		m.spent = append(m.spent, owner.recovery...)
		owner.recovery = nil
	}
}

// undoApps removes the authenticators that were added since a time, and returns how many.
func (m *model) undoApps(owner *customer, since time.Time) (removed int) {
	for _, app := range owner.apps {
		if !app.added.Before(since) {
			m.dropApp(owner, app)
			removed++
		}
	}
	return removed
}

// compareFactors compares the second factors with the database.
func (m *model) compareFactors(rt *rapid.T) {
	var apps, codes, askers []string
	for _, c := range m.people {
		if c.gone || len(c.apps) == 0 {
			continue
		}

		askers, codes = append(askers, fmt.Sprintln(c.id)), append(codes, fmt.Sprintln(c.id, len(c.recovery)))
		for _, app := range c.apps {
			apps = append(apps, fmt.Sprintln(app.id, c.id, app.step))
		}
	}

	in := " IN (" + m.ids() + ")"
	codes = slices.DeleteFunc(codes, func(line string) bool { return line[len(line)-3:] == " 0\n" })
	m.same(rt, apps, `SELECT id, account_id, last_step FROM authenticators WHERE account_id`+in)
	m.same(rt, codes, `SELECT account_id, count(*) FROM recovery_codes WHERE account_id`+in+` GROUP BY account_id`)
	m.same(rt, askers, `SELECT id FROM accounts WHERE second_factor_since IS NOT NULL AND id`+in)
}
