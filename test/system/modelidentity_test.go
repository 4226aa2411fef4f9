package system

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// This file holds the part of TestModel for identity providers.

// subject draws one of the check's few subjects, which therefore also get into conflict.
func (m *model) subject(rt *rapid.T) string {
	return m.prefix() + rapid.SampledFrom([]string{"ada", "bob", "carl", "eve"}).Draw(rt, "subject")
}

// externalToken returns a new, unique token.
func (m *model) externalToken(subject, email string, verified bool) string {
	m.tokens++
	return m.w.NewToken("google", subject,
		identitytest.Claims{"email": email, "email_verified": verified, "jti": fmt.Sprint(m.prefix(), m.tokens)})
}

func (m *model) link(rt *rapid.T) {
	s, subject := m.session(rt), m.subject(rt)
	given := m.proof(rt, s.owner, "password")
	linked := m.linked[subject]
	expected := verdict{messages: 1, code: models.CodeUnauthenticated}
	switch {
	case !m.lives(s):
	case s.owner.claimed():
		expected.code = models.CodeActivationRequired
	case m.now().Before(s.owner.pausedUntil):
		expected.code = models.CodeRateLimited
	case given.refusal != "":
		expected.code = given.refusal
	case linked == s.owner:
		expected.ok, expected.messages = true, 0
	case linked != nil || slices.Contains(m.owners(), s.owner):
		expected.code = models.CodeInvalidInput
	default:
		expected.ok = true
	}

	if expected.ok {
		expected.messages += given.mails
	}
	m.ask(rt, s.token, "linkIdentityProvider",
		fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q,%s}`,
			m.externalToken(subject, "somebody@gmail.example", true), given.fields), expected)
	if expected.ok {
		given.spend()
	}
	if expected.ok && linked == nil {
		m.linked[subject], m.linkedAt[subject] = s.owner, m.now()
	}
}

// owners returns the customers to whom a subject is linked.
func (m *model) owners() []*customer {
	var owners []*customer
	for _, owner := range m.linked {
		owners = append(owners, owner)
	}
	return owners
}

// signInByProvider proves the address that the provider vouches for, if its subject is new.
func (m *model) signInByProvider(rt *rapid.T) {
	subject, email, verified := m.subject(rt), m.claimable(rt), likely(rt, "the provider has verified it")
	owner := m.linked[subject]
	expected := verdict{ok: true}
	var claim *customer
	deleted, gone := m.gone[subject]
	switch {
	case owner != nil && owner.pending:
		expected = verdict{code: models.CodeActivationRequired}
	case owner != nil:
	case !verified:
		expected = verdict{code: models.CodeInvalidInput}
	case gone && !m.now().After(deleted):
		expected = verdict{code: models.CodeInvalidCredentials}
	default:
		claim, expected = m.takes(nil, email)
	}

	a := m.askSignIn(rt, owner, "signInWithIdentityProvider", fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`,
		m.externalToken(subject, email, verified)), expected)
	if !expected.ok || a == nil {
		return
	}

	if owner == nil {
		m.displace(claim)
		m.drop(email)
		owner = m.made(rt, email, customer{verified: true})
		m.linked[subject], m.linkedAt[subject] = owner, m.now()
	}

	m.begin(owner, a.At("signInWithIdentityProvider.session.token").(string))
}
