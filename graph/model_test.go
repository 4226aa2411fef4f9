package graph_test

import (
	"flag"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// The numbers of TestModel where no flag says otherwise: `go test -run TestModel ./graph -rapid.checks 1000 -rapid.steps 100` looks longer.
const (
	modelChecks = "25"
	modelSteps  = "40"
)

// checkNumber makes the addresses of each check its own: all checks share a database.
var checkNumber atomic.Int32

// TestModel asks random operations of several customers, with secrets that are fresh, stale, used, replaced or somebody
// else's, while time passes, and compares the service after each step with model, which knows no transactions, hashes
// or indexes. It guards that an address has one owner, that a secret succeeds once at most, that no session outlives the
// credentials it was made under, that what is refused changes nothing, and that the audit trail and the messages tell of what happened.
func TestModel(t *testing.T) {
	for name, value := range map[string]string{"rapid.checks": modelChecks, "rapid.steps": modelSteps, "rapid.nofailfile": "true"} {
		if known := flag.Lookup(name); known.Value.String() == known.DefValue {
			check(t, flag.Set(name, value))
		}
	}
	settings := defaultSettings()
	settings.Unlimited = true // what budgets refuse is budget_test.go's
	w := newWorld(t, settings)
	record := &recorder{Store: w.service.Store}
	w.service.Store = record
	db := w.open(t)
	rapid.Check(t, func(rt *rapid.T) {
		m := newModel(t, w, record, db, int(checkNumber.Add(1)))
		rt.Repeat(map[string]func(*rapid.T){
			"": m.compare, "sign in": m.signIn, "sign out": m.signOut, "update": m.update,
			"change password": m.changePassword, "ask for a reset": m.requestReset, "reset": m.confirmReset,
			"ask for an e-mail": m.requestEmail, "confirm the e-mail": m.confirmEmail, "cancel the e-mail": m.cancelEmail, "undo": m.undo,
			"ask for a phone": m.requestPhone, "confirm the phone": m.confirmPhone, "cancel the phone": m.cancelPhone,
			"delete": m.deleteAccount, "register": m.register, "time passes": m.wait,
			// What needs a good secret comes up more often.
			"confirm the e-mail again": m.confirmEmail, "confirm the e-mail once more": m.confirmEmail, "confirm the phone again": m.confirmPhone, "sign in again": m.signIn,
		})
		m.checkTokens(rt)
	})
}

func (m *model) signIn(rt *rapid.T) {
	email := m.address(rt)
	owner := m.owner(email)
	p := m.password(rt, owner)
	right := owner != nil && owner.password == p
	a := m.ask(rt, "", "signIn", credentials(m.typed(rt, email), p), verdict{ok: right, code: models.CodeInvalidCredentials})
	if right {
		m.begin(owner, a.at("signIn.session.token").(string))
	}
}

func (m *model) signOut(rt *rapid.T) {
	s := m.session(rt)
	scope := rapid.SampledFrom([]string{"THIS_SESSION", "OTHER_SESSIONS", "ALL_SESSIONS"}).Draw(rt, "scope")
	m.ask(rt, s.token, "signOut", fmt.Sprintf(`{"scope":%q}`, scope), verdict{ok: m.lives(s), code: models.CodeUnauthenticated})
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
	m.ask(rt, s.token, "updateAccount", fmt.Sprintf(`{"firstName":%q}`, name), verdict{ok: m.lives(s), code: models.CodeUnauthenticated})
	if m.lives(s) {
		s.owner.name = name
	}
}

func (m *model) changePassword(rt *rapid.T) {
	s := m.session(rt)
	old := m.password(rt, s.owner)
	expected := verdict{code: models.CodeUnauthenticated, messages: 1}
	fresh := m.freshPassword()
	if m.lives(s) {
		expected.ok, expected.code = old == s.owner.password, models.CodeInvalidCredentials
	}
	a := m.ask(rt, s.token, "changePassword", fmt.Sprintf(`{"oldPassword":%q,"newPassword":%q}`, old, fresh), expected)
	if expected.ok {
		m.end(s.owner, func(*modelSession) bool { return false })
		m.credentialsChanged(s.owner)
		s.owner.password = fresh
		m.begin(s.owner, a.at("changePassword.session.token").(string))
	}
}

func (m *model) requestReset(rt *rapid.T) {
	email := choose(rt, "address", m.addresses, func(email string) bool { return m.owner(email) != nil })
	m.ask(rt, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, m.typed(rt, email)), verdict{ok: true, messages: 1})
	if owner := m.owner(email); owner != nil {
		m.void(owner, models.PurposePasswordReset)
		m.keep(owner, models.PurposePasswordReset, m.sent(models.MessagePasswordReset).Data.Token, email, 30*time.Minute)
	}
}

func (m *model) confirmReset(rt *rapid.T) {
	secret, fresh := m.secret(rt, models.PurposePasswordReset), m.freshPassword()
	good := secret.purpose == models.PurposePasswordReset && m.good(secret)
	m.ask(rt, m.session(rt).token, "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":%q}`, secret.text, fresh), verdict{ok: good, code: models.CodeTokenInvalid, messages: 1})
	if good {
		secret.used = true
		m.end(secret.owner, func(*modelSession) bool { return false })
		m.credentialsChanged(secret.owner)
		secret.owner.password = fresh
	}
}

func (m *model) requestEmail(rt *rapid.T) {
	s, email := m.session(rt), choose(rt, "address", m.addresses, func(email string) bool { return m.owner(email) == nil })
	p := m.password(rt, s.owner)
	expected := verdict{code: models.CodeUnauthenticated, messages: 2}
	switch {
	case !m.lives(s):
	case p != s.owner.password:
		expected.code = models.CodeInvalidCredentials
	case m.now().Before(s.owner.pausedUntil):
		expected.code = models.CodeRateLimited
	default:
		expected.ok = true
	}
	m.ask(rt, s.token, "requestEmailChange", fmt.Sprintf(`{"email":%q,"password":%q}`, m.typed(rt, email), p), expected)
	if !expected.ok {
		return
	}
	m.void(s.owner, models.PurposeEmailChange)
	if m.owner(email) == nil { // of a taken address its owner is told, and there is no token
		m.keep(s.owner, models.PurposeEmailChange, m.sent(models.MessageEmailChange).Data.Token, email, 8*time.Hour)
	}
	m.keep(s.owner, models.PurposeEmailUndo, m.sent(models.MessageEmailChangeAsked).Data.Token, s.owner.email, 72*time.Hour)
}

func (m *model) confirmEmail(rt *rapid.T) {
	secret, s := m.secret(rt, models.PurposeEmailChange), m.session(rt)
	if likely(rt, "the owner's session") {
		s = m.sessionOf(rt, secret.owner)
	}
	expected := verdict{code: models.CodeTokenInvalid, messages: 2}
	if secret.purpose == models.PurposeEmailChange && m.good(secret) && (!m.lives(s) || s.owner == secret.owner) {
		owner := m.owner(secret.target)
		expected.ok, expected.code = owner == nil, models.CodeEmailUnavailable
	}
	m.ask(rt, s.token, "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, secret.text), expected)
	if expected.ok {
		former := secret.owner.email
		secret.used = true
		m.end(secret.owner, func(other *modelSession) bool { return other == s })
		m.credentialsChanged(secret.owner)
		secret.owner.email = secret.target
		m.keep(secret.owner, models.PurposeEmailUndo, m.sent(models.MessageEmailChanged).Data.Token, former, 72*time.Hour)
	}
}

func (m *model) undo(rt *rapid.T) {
	secret := m.secret(rt, models.PurposeEmailUndo)
	expected := verdict{code: models.CodeTokenInvalid, messages: 1}
	if secret.purpose == models.PurposeEmailUndo && m.good(secret) {
		owner := m.owner(secret.target)
		expected.ok, expected.code = owner == nil || owner == secret.owner, models.CodeEmailUnavailable
		if owner == nil {
			expected.messages = 2
		}
	}
	m.ask(rt, m.session(rt).token, "undoEmailChange", fmt.Sprintf(`{"token":%q}`, secret.text), expected)
	if expected.ok {
		m.end(secret.owner, func(*modelSession) bool { return false })
		m.credentialsChanged(secret.owner)
		m.void(secret.owner, models.PurposeEmailUndo)
		secret.owner.email, secret.owner.pausedUntil = secret.target, m.now().Add(24*time.Hour)
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

func (m *model) requestPhone(rt *rapid.T) {
	s, phone := m.session(rt), m.phone(rt)
	p := m.password(rt, s.owner)
	expected := verdict{code: models.CodeUnauthenticated, messages: 1}
	if m.lives(s) {
		expected.ok, expected.code = p == s.owner.password, models.CodeInvalidCredentials
	}
	m.ask(rt, s.token, "requestPhoneUpdate", fmt.Sprintf(`{"phone":%q,"password":%q}`, phone[:3]+" "+phone[3:], p), expected)
	if expected.ok {
		m.void(s.owner, models.PurposePhoneUpdate)
		m.keep(s.owner, models.PurposePhoneUpdate, m.sent(models.MessagePhoneCode).Data.Code, phone, 10*time.Minute)
	}
}

func (m *model) confirmPhone(rt *rapid.T) {
	secret, phone := m.secret(rt, models.PurposePhoneUpdate), m.phone(rt)
	s := m.sessionOf(rt, secret.owner)
	if likely(rt, "the number of the code") && secret.purpose == models.PurposePhoneUpdate {
		phone = secret.target
	}
	expected := verdict{code: models.CodeUnauthenticated, messages: 1}
	if m.lives(s) {
		expected.code = models.CodeCodeInvalid
		for _, pending := range m.secrets {
			if pending.purpose == models.PurposePhoneUpdate && pending.owner == s.owner && m.good(pending) {
				pending.tries++
				if pending.tries <= 5 && pending == secret && phone == secret.target {
					expected.ok, expected.code = m.caller(phone) == nil || m.caller(phone) == s.owner, models.CodePhoneUnavailable
				}
			}
		}
	}
	if m.lives(s) && s.owner.phone != "" {
		expected.messages = 2
	}
	m.ask(rt, s.token, "confirmPhoneUpdate", confirmation(phone, secret.text), expected)
	if expected.ok {
		secret.used = true
		s.owner.phone = phone
	}
}

func (m *model) deleteAccount(rt *rapid.T) {
	s := m.session(rt)
	p := m.password(rt, s.owner)
	expected := verdict{code: models.CodeUnauthenticated, messages: 1}
	if m.lives(s) {
		expected.ok, expected.code = p == s.owner.password, models.CodeInvalidCredentials
	}
	m.ask(rt, s.token, "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, p), expected)
	if expected.ok {
		m.end(s.owner, func(*modelSession) bool { return false })
		s.owner.gone = true
	}
}

func (m *model) register(rt *rapid.T) {
	email := m.address(rt)
	owner := m.owner(email)
	fresh := m.freshPassword()
	// An address that is taken is refused in the trail only: the answer is the same.
	m.ask(rt, "", "registerAccount", credentials(m.typed(rt, email), fresh), verdict{ok: true, quietly: owner != nil, messages: 1})
	if owner == nil {
		created, err := m.w.service.FindAccount(m.t.Context(), email)
		if err != nil {
			rt.Fatalf("%s was registered and is not there: %v", email, err)
		}
		m.people = append(m.people, &customer{id: created.ID, email: email, password: fresh})
	}
}

func (m *model) wait(rt *rapid.T) {
	m.w.clock.advance(rapid.SampledFrom([]time.Duration{
		time.Second, time.Second, time.Minute, time.Minute, 9 * time.Minute, 9 * time.Minute, 31 * time.Minute, 8 * time.Hour, 25 * time.Hour, 73 * time.Hour, 169 * time.Hour,
	}).Draw(rt, "how long"))
}

// create makes the customers that are there from the beginning.
func (m *model) create(number int) {
	for i := range number {
		created, err := m.w.service.CreateAccount(m.t.Context(), account.NewAccount{Email: models.EmailAddress(m.addresses[i]), Password: account.DemoPassword})
		check(m.t, err)
		owner := &customer{id: created.ID, email: m.addresses[i], password: account.DemoPassword}
		m.people = append(m.people, owner)
		for range 2 {
			a := m.w.do(m.t, "", "signIn", credentials(models.EmailAddress(owner.email), owner.password))
			m.begin(owner, a.at("signIn.session.token").(string))
		}
	}
}
