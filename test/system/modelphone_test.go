package system

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/models"
)

func (m *model) requestPhone(rt *rapid.T) {
	s, phone := m.session(rt), m.phone(rt)
	given := m.proof(rt, s.owner, "password")
	expected := verdict{code: models.CodeUnauthenticated}
	if m.lives(s) {
		expected = verdict{ok: given.refusal == "", code: given.refusal, messages: 1 + given.mails}
	}
	if expected.ok && s.owner.phoneVerified && s.owner.phone == phone {
		expected = verdict{code: models.CodeInvalidInput}
	}

	m.ask(rt, s.token, "requestPhoneUpdate", fmt.Sprintf(`{"phone":%q,%s}`, phone[:3]+" "+phone[3:], given.fields), expected)
	if expected.ok {
		given.spend()
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

	expected := verdict{code: models.CodeUnauthenticated}
	holder := m.caller(phone)
	if m.lives(s) {
		expected.code, expected.messages = models.CodeCodeInvalid, mails(s.owner.email)+mails(s.owner.phone)
		for _, pending := range m.secrets {
			if pending.purpose == models.PurposePhoneUpdate && pending.owner == s.owner && m.good(pending) {
				pending.tries++
				if pending.tries <= 5 && pending == secret && phone == secret.target {
					expected.ok, expected.code = holder == nil || holder == s.owner ||
						!holder.phoneVerified, models.CodePhoneUnavailable
				}
			}
		}
	}

	// A number that its customer never proved goes to a customer who proves it; the former gets a message.
	released := expected.ok && holder != nil && holder != s.owner
	if released {
		expected.messages, expected.also = expected.messages+mails(holder.email), []string{"phone released"}
	}

	m.ask(rt, s.token, "confirmPhoneUpdate", confirmation(phone, secret.text), expected)

	if expected.ok {
		secret.used = true
		if released {
			holder.phone = ""
		}
		s.owner.phone, s.owner.phoneVerified = phone, true
	}
}
