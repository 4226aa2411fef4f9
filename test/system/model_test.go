package system

import (
	"flag"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// The numbers of TestModel without flags: `go test -run TestModel ./test/system -rapid.checks 1000 -rapid.steps
// 100` runs longer.
const (
	modelChecks = "25"
	modelSteps  = "40"
)

// checkNumber gives each check addresses of its own, because all checks share a database.
var checkNumber atomic.Int32

// TestModel runs random operations of several customers, with secrets that are fresh, stale, used, replaced or
// somebody else's, while time passes. After each step it compares the service with model, which knows no
// transactions, hashes or indexes. It checks that an address has one owner, that a proof of it displaces a claim,
// that a secret succeeds at most once, that two factors are asked for where an account has two, that no session outlives
// its credentials, that a refusal changes nothing,
// and that the audit trail and the messages report what happened.
func TestModel(t *testing.T) {
	modelFlags(t)
	settings := world.DefaultSettings()
	settings.Unlimited = true // budget_test.go checks the budgets
	w := world.New(t, settings)
	record := &recorder{Store: w.Service.Store}
	w.Service.Store = record
	db := open(t, w)
	w.Trust(t, "google", models.ProviderGoogle, false, false)
	rapid.Check(t, func(rt *rapid.T) {
		w.Service.Settings.Registration = rapid.SampledFrom(
			[]account.Registration{account.RegistrationOpen, account.RegistrationVerified},
		).Draw(rt, "registration")
		m := newModel(t, w, record, db, int(checkNumber.Add(1)))
		rt.Repeat(m.actions(rt))
		m.checkTokens(rt)
	})
}

// modelFlags sets the flags that are not given.
func modelFlags(t *testing.T) {
	t.Helper()
	for name, value := range map[string]string{
		"rapid.checks": modelChecks, "rapid.steps": modelSteps, "rapid.nofailfile": "true",
	} {
		if known := flag.Lookup(name); known.Value.String() == known.DefValue {
			world.Check(t, flag.Set(name, value))
		}
	}
}

func (m *model) signIn(rt *rapid.T) {
	email := m.address(rt)
	owner := m.owner(email)
	p := m.password(rt, owner)
	if list := m.registrationsOf(email); len(list) > 0 && rapid.Bool().Draw(rt, "a registration's password") {
		p = rapid.SampledFrom(list).Draw(rt, "registration").password
	}

	expected := verdict{code: models.CodeInvalidCredentials}
	switch registered := m.registered(email, p); {
	case owner != nil && owner.password == p && !owner.pending:
		expected.ok = true
	case owner != nil && owner.password == p && owner.vouched:
		expected.code = models.CodeActivationRequired
	case registered != nil && m.seemsToWait(registered, owner):
		expected.code = models.CodeActivationRequired
	}

	a := m.askSignIn(rt, owner, "signIn", string(world.Credentials(m.typed(rt, email), p)), expected)
	if expected.ok && a != nil {
		m.begin(owner, a.At("signIn.session.token").(string))
	}
}

func (m *model) signOut(rt *rapid.T) {
	s := m.session(rt)
	scope := rapid.SampledFrom([]string{"THIS_SESSION", "OTHER_SESSIONS", "ALL_SESSIONS"}).Draw(rt, "scope")
	m.ask(rt, s.token, "signOut", fmt.Sprintf(`{"scope":%q}`, scope),
		verdict{ok: m.lives(s), code: models.CodeUnauthenticated})
	if !m.lives(s) {
		return
	}

	m.end(s.owner, func(other *modelSession) bool {
		return (other == s) == (scope == "OTHER_SESSIONS") && scope != "ALL_SESSIONS"
	})
}

func (m *model) update(rt *rapid.T) {
	s := m.session(rt)
	name := rapid.StringMatching("[A-Z][a-z]{3,8}").Draw(rt, "name")
	m.ask(rt, s.token, "updateAccount", fmt.Sprintf(`{"firstName":%q}`, name),
		verdict{ok: m.lives(s), code: models.CodeUnauthenticated})
	if m.lives(s) {
		s.owner.name = name
	}
}

func (m *model) changePassword(rt *rapid.T) {
	s := m.session(rt)
	given := m.proof(rt, s.owner, "oldPassword")
	expected := verdict{code: models.CodeUnauthenticated}
	fresh := m.freshPassword()
	if m.lives(s) {
		expected = verdict{ok: given.refusal == "", code: given.refusal, messages: mails(s.owner.email) + given.mails}
	}

	a := m.ask(rt, s.token, "changePassword", fmt.Sprintf(`{%s,"newPassword":%q}`, given.fields, fresh), expected)
	if expected.ok {
		given.spend()
		m.end(s.owner, func(*modelSession) bool { return false })
		m.credentialsChanged(s.owner)
		s.owner.password = fresh
		m.begin(s.owner, a.At("changePassword.session.token").(string))
	}
}

// prove opens a session's window, and exchanges its token: the former one is as good as ended.
func (m *model) prove(rt *rapid.T) {
	s := m.session(rt)
	given := m.proof(rt, s.owner, "password")
	expected := verdict{code: models.CodeUnauthenticated}
	if m.lives(s) {
		expected = verdict{ok: given.refusal == "", code: given.refusal, messages: given.mails}
	}

	a := m.ask(rt, s.token, "proveIdentity", "{"+given.fields+"}", expected)
	if expected.ok {
		given.spend()
		renewed := *s
		renewed.token, renewed.window = a.At("proveIdentity.session.token").(string), m.now().Add(15*time.Minute)
		s.ended = true
		m.sessions = append(m.sessions, &renewed)
	}
}

func (m *model) requestReset(rt *rapid.T) {
	email := choose(rt, "address", m.addresses, func(email string) bool { return m.owner(email) != nil })
	m.ask(rt, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, m.typed(rt, email)),
		verdict{ok: true, messages: 1})

	if owner := m.owner(email); owner != nil {
		m.void(owner, models.PurposePasswordReset)
		m.keep(owner, models.PurposePasswordReset, m.sent(models.MessagePasswordReset).Data.Token, email,
			30*time.Minute)
	}
}

func (m *model) confirmReset(rt *rapid.T) {
	secret, fresh := m.secret(rt, models.PurposePasswordReset), m.freshPassword()
	given := m.second(rt, secret.owner, "authenticatorCode")
	expected := verdict{code: models.CodeTokenInvalid}
	if secret.purpose == models.PurposePasswordReset && m.good(secret) {
		expected = m.decideReset(secret, given)
	}

	m.ask(rt, m.session(rt).token, "confirmPasswordReset",
		fmt.Sprintf(`{"token":%q,"password":%q%s}`, secret.text, fresh, given.fields), expected)
	if !expected.ok {
		return
	}

	given.spend()
	owner := secret.owner
	secret.used = true
	if !owner.verified {
		m.sent(models.MessageEmailProven)
		m.cleanUp(owner)
	}

	m.end(owner, func(*modelSession) bool { return false })
	m.credentialsChanged(owner)
	owner.password, owner.verified, owner.pending = fresh, true, false
}

func (m *model) requestEmail(rt *rapid.T) {
	s, email := m.session(rt), m.claimable(rt)
	given := m.proof(rt, s.owner, "password")
	input := fmt.Sprintf(`{"email":%q,%s}`, m.typed(rt, email), given.fields)
	byWindow := rapid.Bool().Draw(rt, "by the window")
	if byWindow {
		given, input = modelProof{spend: func() {}}, fmt.Sprintf(`{"email":%q}`, m.typed(rt, email))
	}

	expected := verdict{code: models.CodeUnauthenticated}
	switch {
	case !m.lives(s):
	case byWindow && !m.now().Before(s.window):
		expected.code = models.CodeReauthenticationRequired
	case given.refusal != "":
		expected.code = given.refusal
	case s.owner.verified && s.owner.email == email:
		expected.code = models.CodeInvalidInput
	case m.now().Before(s.owner.pausedUntil):
		expected.code = models.CodeRateLimited
	default:
		expected.ok, expected.messages = true, 1+mails(s.owner.email)+given.mails
	}

	m.ask(rt, s.token, "requestEmailChange", input, expected)
	if !expected.ok {
		return
	}

	given.spend()
	m.void(s.owner, models.PurposeEmailChange)

	switch owner := m.owner(email); {
	case owner == nil && m.reserved(email, s.owner):
		m.sent(models.MessageEmailReserved)
	case owner == nil || owner.claimed():
		m.keep(s.owner, models.PurposeEmailChange, m.sent(models.MessageEmailChange).Data.Token, email, 8*time.Hour)
	default: // the owner of a taken address gets a message without a token
		m.sent(models.MessageEmailTaken)
	}

	if !s.owner.claimed() {
		m.keep(s.owner, models.PurposeEmailUndo, m.sent(models.MessageEmailChangeAsked).Data.Token, s.owner.email,
			72*time.Hour)
	}
}

func (m *model) confirmEmail(rt *rapid.T) {
	secret, s := m.secret(rt, models.PurposeEmailChange), m.session(rt)
	if likely(rt, "the owner's session") {
		s = m.sessionOf(rt, secret.owner)
	}

	expected := verdict{code: models.CodeTokenInvalid}
	var claim *customer
	if secret.purpose == models.PurposeEmailChange && m.good(secret) && (!m.lives(s) || s.owner == secret.owner) {
		claim, expected = m.takes(secret.owner, secret.target)
		expected.messages += 1 + mails(secret.owner.email)
	}

	m.ask(rt, s.token, "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, secret.text),
		expected)
	if !expected.ok {
		return
	}

	owner, former, claimed := secret.owner, secret.owner.email, secret.owner.claimed()
	secret.used = true
	m.displace(claim)
	m.drop(secret.target)
	m.end(owner, func(other *modelSession) bool { return other == s })
	m.credentialsChanged(owner)
	owner.email, owner.verified = secret.target, true
	if !claimed {
		m.keep(owner, models.PurposeEmailUndo, m.sent(models.MessageEmailChanged).Data.Token, former, 72*time.Hour)
	}
}

// undo is refused only if the token is invalid: while the token is valid, its address is reserved.
func (m *model) undo(rt *rapid.T) {
	secret := m.secret(rt, models.PurposeEmailUndo)
	expected := verdict{code: models.CodeTokenInvalid}
	if secret.purpose == models.PurposeEmailUndo && m.good(secret) {
		expected.ok, expected.messages = true, 1
		if secret.owner.email != secret.target {
			expected.messages = 2
		}

		for subject, owner := range m.linked {
			linked := m.linkedAt[subject]
			if owner == secret.owner && linked.After(owner.createdAt) &&
				!linked.Before(secret.expires.Add(-2*72*time.Hour)) {
				delete(m.linked, subject) // linked less than three days before the change
				expected.messages++
			}
		}

		since := secret.expires.Add(-2 * 72 * time.Hour)
		expected.messages += m.undoApps(secret.owner, since)
		expected.messages += m.dropPasskeys(secret.owner, func(p *modelPasskey) bool { return !p.added.Before(since) })
	}

	m.ask(rt, m.session(rt).token, "undoEmailChange", fmt.Sprintf(`{"token":%q}`, secret.text), expected)

	if expected.ok {
		owner := secret.owner
		m.drop(secret.target)
		m.end(owner, func(*modelSession) bool { return false })
		m.credentialsChanged(owner)

		for _, undo := range m.secrets {
			// The undo of a change to an older address stays possible.
			younger := !undo.expires.Before(secret.expires)
			if undo.owner == owner && undo.purpose == models.PurposeEmailUndo &&
				(younger || undo.target == secret.target) {
				undo.used = true
			}
		}

		owner.email, owner.verified, owner.pausedUntil = secret.target, true, m.now().Add(24*time.Hour)
	}
}

func (m *model) cancelEmail(rt *rapid.T) {
	m.cancel(rt, "cancelEmailChange", models.PurposeEmailChange)
}
func (m *model) cancelPhone(rt *rapid.T) {
	m.cancel(rt, "cancelPhoneUpdate", models.PurposePhoneUpdate)
}

func (m *model) cancel(rt *rapid.T, operation string, purpose models.Purpose) {
	s := m.session(rt)
	m.ask(rt, s.token, operation, "", verdict{ok: m.lives(s), code: models.CodeUnauthenticated})
	if m.lives(s) {
		m.void(s.owner, purpose)
	}
}

func (m *model) deleteAccount(rt *rapid.T) {
	s := m.session(rt)
	given := m.proof(rt, s.owner, "clientAuthFactor")
	expected := verdict{code: models.CodeUnauthenticated}
	if m.lives(s) {
		expected = verdict{ok: given.refusal == "", code: given.refusal, messages: mails(s.owner.email) + given.mails}
	}

	m.ask(rt, s.token, "deleteAccount", "{"+given.fields+"}", expected)
	if expected.ok {
		given.spend()
		m.end(s.owner, func(*modelSession) bool { return false })
		m.forget(s.owner)
	}
}

func (m *model) wait(rt *rapid.T) {
	m.w.Clock.Advance(rapid.SampledFrom([]time.Duration{
		time.Second, time.Second, time.Second, time.Second, time.Minute, time.Minute, time.Minute, time.Minute,
		9 * time.Minute, 9 * time.Minute, 31 * time.Minute, 8 * time.Hour, 25 * time.Hour, 73 * time.Hour,
		169 * time.Hour,
	}).Draw(rt, "how long"))
}

// create creates the customers that exist from the beginning.
func (m *model) create(number int) {
	for i := range number {
		created, err := m.w.Service.CreateAccount(m.t.Context(),
			account.NewAccount{Email: models.EmailAddress(m.addresses[i]), Password: account.DemoPassword})
		world.Check(m.t, err)
		owner := &customer{id: created.ID,
			email: m.addresses[i], password: account.DemoPassword, verified: true, vouched: true, createdAt: m.now()}
		m.people = append(m.people, owner)
		for range 2 {
			a := m.w.Do(m.t, "", "signIn", world.Credentials(models.EmailAddress(owner.email), owner.password))
			m.begin(owner, a.At("signIn.session.token").(string))
		}
	}
}
