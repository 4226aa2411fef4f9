package system

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// This file holds the part of TestModel for passkeys (R-WAY1).

// The model keeps what an authenticator answered as a secret of one of these purposes: it is good for five minutes, and
// once.
const (
	purposeNewPasskey models.Purpose = "the answer with a new passkey"
	purposePasskey    models.Purpose = "the answer of a passkey"
)

// modelPasskey is a passkey, which is the only one of its device.
type modelPasskey struct {
	id     string
	device *passkeytest.Authenticator
	owner  *customer
	added  time.Time
}

// passkeyActions are the operations of passkeys.
func (m *model) passkeyActions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"ask for a passkey": m.requestPasskey, "ask for a passkey again": m.requestPasskey,
		"add the passkey": m.confirmPasskey, "add the passkey again": m.confirmPasskey,
		"ask a passkey": m.requestPasskeySignIn, "ask a passkey again": m.requestPasskeySignIn,
		"sign in by a passkey": m.signInWithPasskey, "sign in by a passkey again": m.signInWithPasskey,
		"remove a passkey": m.removePasskey,
	}
}

// keepPasskey adds a passkey of a customer, in a live session, before a check begins.
func (m *model) keepPasskey(owner *customer, s *modelSession) {
	made := &modelPasskey{device: &passkeytest.Authenticator{}, owner: owner, added: m.now()}
	m.w.Tokens[owner.email] = s.token
	made.id = addPasskey(m.t, m.w, owner.email, owner.password, made.device)
	owner.passkeys, m.devices = append(owner.passkeys, made), append(m.devices, made)
}

// requestPasskey asks for the options of a new passkey, and lets a new device answer them.
func (m *model) requestPasskey(rt *rapid.T) {
	s := m.session(rt)
	given, _, expected := m.factorProof(rt, s)
	if refusal := m.addsNoApp(s); refusal != "" {
		expected = verdict{code: refusal}
	}

	a := m.ask(rt, s.token, "requestPasskey", "{"+given.fields+"}", expected)
	if !expected.ok {
		return
	}

	given.spend()
	made := &modelPasskey{device: &passkeytest.Authenticator{}, owner: s.owner}
	response, err := made.device.Create(optionsOf(m.t, a, "requestPasskey"), world.PageOrigin)
	world.Check(m.t, err)
	m.keep(s.owner, purposeNewPasskey, string(response), s.owner.email, 5*time.Minute).passkey = made
}

// answered draws an answer for a purpose, likely one that is good.
func (m *model) answered(rt *rapid.T, purpose models.Purpose) *modelSecret {
	list := []*modelSecret{{text: string(strangersPasskey(m.t)), used: true}}
	for _, secret := range m.secrets {
		if secret.purpose == purpose {
			list = append(list, secret)
		}
	}
	return choose(rt, "answer", list, m.good)
}

func (m *model) confirmPasskey(rt *rapid.T) {
	secret := m.answered(rt, purposeNewPasskey)
	s := m.session(rt)
	if likely(rt, "the owner's session") {
		s = m.sessionOf(rt, secret.owner)
	}

	expected := verdict{code: models.CodeUnauthenticated}
	switch refusal := m.addsNoApp(s); {
	case !m.lives(s):
	case refusal != "":
		expected.code = refusal
	case s.owner != secret.owner || !m.good(secret):
		expected.code = models.CodeTokenInvalid
	default:
		expected = verdict{ok: true, messages: 1}
	}

	a := m.ask(rt, s.token, "confirmPasskey", fmt.Sprintf(`{"response":%s}`, secret.text), expected)
	if expected.ok {
		secret.used = true
		secret.passkey.id, secret.passkey.added = a.At("confirmPasskey.passkey.id").(string), m.now()
		s.owner.passkeys = append(s.owner.passkeys, secret.passkey)
		m.devices = append(m.devices, secret.passkey)
	}
}

// requestPasskeySignIn asks for the options of a sign-in, and lets a device answer them, if there is any: also one whose
// passkey was removed.
func (m *model) requestPasskeySignIn(rt *rapid.T) {
	a := m.ask(rt, "", "requestPasskeySignIn", "{}", verdict{ok: true})
	if len(m.devices) == 0 {
		return
	}

	used := choose(rt, "passkey", m.devices, m.works)
	response, err := used.device.Use(optionsOf(m.t, a, "requestPasskeySignIn"), world.PageOrigin)
	world.Check(m.t, err)
	m.keep(nil, purposePasskey, string(response), "", 5*time.Minute).passkey = used
}

// works reports whether a passkey is its owner's still.
func (m *model) works(p *modelPasskey) bool {
	return !p.owner.gone && slices.Contains(p.owner.passkeys, p)
}

// signInWithPasskey needs no second factor: a passkey is two.
func (m *model) signInWithPasskey(rt *rapid.T) {
	secret := m.answered(rt, purposePasskey)
	expected := verdict{code: models.CodeInvalidCredentials}
	if m.good(secret) && m.works(secret.passkey) {
		expected = verdict{ok: !secret.passkey.owner.pending, code: models.CodeActivationRequired}
	}

	a := m.ask(rt, "", "signInWithPasskey", fmt.Sprintf(`{"response":%s}`, secret.text), expected)
	if expected.ok {
		secret.used = true
		m.begin(secret.passkey.owner, a.At("signInWithPasskey.session.token").(string))
	}
}

func (m *model) removePasskey(rt *rapid.T) {
	s := m.session(rt)
	given, _, expected := m.factorProof(rt, s)
	removed := choose(rt, "passkey", append([]*modelPasskey{{id: madeUp}}, m.devices...),
		func(p *modelPasskey) bool { return p.owner != nil && p.owner == s.owner && m.works(p) })
	if expected.ok {
		expected.messages++
		if !slices.Contains(s.owner.passkeys, removed) {
			expected = verdict{code: models.CodeInvalidInput}
		}
	}

	m.ask(rt, s.token, "removePasskey", fmt.Sprintf(`{"id":%q,%s}`, removed.id, given.fields), expected)
	if expected.ok {
		given.spend()
		m.dropPasskeys(s.owner, func(p *modelPasskey) bool { return p == removed })
		m.end(s.owner, func(other *modelSession) bool { return other == s })
		m.credentialsChanged(s.owner)
	}
}

// dropPasskeys removes passkeys of a customer, and returns how many.
func (m *model) dropPasskeys(owner *customer, which func(*modelPasskey) bool) int {
	left := slices.DeleteFunc(slices.Clone(owner.passkeys), which)
	dropped := len(owner.passkeys) - len(left)
	owner.passkeys = left
	return dropped
}

// comparePasskeys compares the passkeys with the database.
func (m *model) comparePasskeys(rt *rapid.T) {
	var want []string
	for _, c := range m.people {
		for _, p := range c.passkeys {
			if !c.gone {
				want = append(want, fmt.Sprintln(p.id, c.id))
			}
		}
	}
	m.same(rt, want, `SELECT id, account_id FROM passkeys WHERE account_id IN (`+m.ids()+`)`)
}
