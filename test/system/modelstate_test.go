package system

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// model holds the expected state: customers, sessions and secrets in plain lists.
type model struct {
	t        *testing.T
	w        *world.World
	record   *recorder
	db       *sql.DB
	people   []*customer
	sessions []*modelSession
	secrets  []*modelSecret
	// waiting are the stored registrations, the newest last.
	waiting []*modelRegistration
	// linked holds the owners of the provider's subjects, and linkedAt the times of linking; gone is when the last
	// owner was deleted.
	linked   map[string]*customer
	linkedAt map[string]time.Time
	gone     map[string]time.Time
	tokens   int
	// spent are recovery codes that work no more, and devices the passkeys that customers ever had.
	spent   []string
	devices []*modelPasskey
	// addresses and phones are all addresses and numbers of this check: few, so that customers get into conflict.
	addresses, phones []string
	passwords         []string
}

type customer struct {
	// email is "" if it is a placeholder; password is "" if the customer has none.
	id, email, phone, password, name string
	epoch                            int
	gone, pending                    bool
	// verified and vouched record how the address is known to be the customer's.
	verified, vouched, phoneVerified bool
	pausedUntil, createdAt           time.Time
	// apps are the authenticators, oldest first, and recovery the recovery codes that are left.
	apps     []*modelApp
	recovery []string
	passkeys []*modelPasskey
}

// claimed reports whether only a customer's input connects the address with the account.
func (c *customer) claimed() bool { return !c.verified && !c.vouched }

type modelSession struct {
	token   string
	owner   *customer
	expires time.Time
	// window is when the session needs a proof again.
	window time.Time
	ended  bool
}

type modelSecret struct {
	purpose      models.Purpose
	text, target string
	// owner is nil if a registration waits for the secret.
	owner        *customer
	email        string
	epoch, tries int
	// seed is the secret of an authenticator that waits.
	seed []byte
	// passkey is what made an answer, or is made by it.
	passkey *modelPasskey
	expires time.Time
	used    bool
}

// verdict is the expected result of an operation; messages are those of a success, and also the events of other
// accounts that precede its own.
type verdict struct {
	ok       bool
	quietly  bool
	code     models.Code
	messages int
	also     []string
}

func newModel(t *testing.T, w *world.World, record *recorder, db *sql.DB, number int) *model {
	m := &model{t: t, w: w, record: record, db: db, passwords: []string{account.DemoPassword},
		linked: map[string]*customer{}, linkedAt: map[string]time.Time{}, gone: map[string]time.Time{}}
	for i := range 6 {
		m.addresses = append(m.addresses, fmt.Sprintf("c%d-%d@example.com", number, i))
	}

	for i := range 3 {
		m.phones = append(m.phones, fmt.Sprintf("+48512%06d", number*10+i))
	}

	// A secret that was never issued, so that there is always one to draw.
	m.sessions = []*modelSession{{token: "as_" + madeUp, ended: true}}
	m.secrets = []*modelSecret{{text: madeUp, used: true}}
	m.create(2)

	return m
}

func (m *model) now() time.Time { return m.w.Clock.Now() }

// owner returns the customer of an address, or nil; caller does the same for a number.
func (m *model) owner(email string) *customer {
	return m.find(func(c *customer) bool { return c.email == email })
}
func (m *model) caller(phone string) *customer {
	return m.find(func(c *customer) bool { return c.phone == phone })
}

func (m *model) find(is func(*customer) bool) *customer {
	for _, c := range m.people {
		if !c.gone && is(c) {
			return c
		}
	}
	return nil
}

func (m *model) lives(s *modelSession) bool { return !s.ended && m.now().Before(s.expires) }

func (m *model) good(s *modelSecret) bool {
	if s.used || !m.now().Before(s.expires) || s.owner == nil {
		return !s.used && m.now().Before(s.expires)
	}
	sameCredentials := s.purpose == models.PurposeEmailUndo || s.epoch == s.owner.epoch && s.email == s.owner.email
	return !s.owner.gone && sameCredentials
}

func (m *model) begin(owner *customer, token string) {
	m.sessions = append(m.sessions, &modelSession{token: token, owner: owner, expires: m.now().Add(168 * time.Hour)})
}

func (m *model) end(owner *customer, kept func(*modelSession) bool) {
	for _, s := range m.sessions {
		if s.owner == owner && !kept(s) {
			s.ended = true
		}
	}
}

func (m *model) keep(owner *customer, purpose models.Purpose, text, target string, ttl time.Duration) *modelSecret {
	kept := &modelSecret{purpose: purpose, text: text, target: target, owner: owner, expires: m.now().Add(ttl)}
	if owner != nil {
		kept.email, kept.epoch = owner.email, owner.epoch
	}
	m.secrets = append(m.secrets, kept)
	return kept
}

func (m *model) void(owner *customer, purposes ...models.Purpose) {
	for _, s := range m.secrets {
		if s.owner == owner && slices.Contains(purposes, s.purpose) {
			s.used = true
		}
	}
}

func (m *model) credentialsChanged(owner *customer) { owner.epoch++ }

// The draws: usually a value that is likely to work, and always sometimes another.

// likely is true three times out of four.
func likely(rt *rapid.T, what string) bool {
	return rapid.SampledFrom([]bool{true, true, true, false}).Draw(rt, what)
}

func (m *model) address(rt *rapid.T) string {
	return rapid.SampledFrom(m.addresses).Draw(rt, "address")
}
func (m *model) phone(rt *rapid.T) string { return rapid.SampledFrom(m.phones).Draw(rt, "phone") }

func (m *model) typed(rt *rapid.T, email string) models.EmailAddress {
	if rapid.Bool().Draw(rt, "in capitals") {
		return models.EmailAddress(strings.ToUpper(email))
	}
	return models.EmailAddress(email)
}

// password draws the customer's password, or one that is or was another customer's, or one that never existed.
func (m *model) password(rt *rapid.T, owner *customer) string {
	if owner != nil && owner.password != "" && likely(rt, "the right password") {
		return owner.password
	}
	return rapid.SampledFrom(append([]string{"never a password"}, m.passwords...)).Draw(rt, "password")
}

func (m *model) freshPassword() string {
	fresh := fmt.Sprintf("one that is new: %d", len(m.passwords))
	m.passwords = append(m.passwords, fresh)
	return fresh
}

// session draws a live session, or any session that ever existed.
func (m *model) session(rt *rapid.T) *modelSession {
	return choose(rt, "session", m.sessions, m.lives)
}

// sessionOf draws one of the customer's sessions.
func (m *model) sessionOf(rt *rapid.T, owner *customer) *modelSession {
	return choose(rt, "session", m.sessions, func(s *modelSession) bool { return s.owner == owner && m.lives(s) })
}

// secret draws a secret that is valid for the purpose, or any secret that was ever sent.
func (m *model) secret(rt *rapid.T, purpose models.Purpose) *modelSecret {
	return choose(rt, "secret", m.secrets, func(s *modelSecret) bool { return s.purpose == purpose && m.good(s) })
}

// choose draws an element of a list, likely one that fits.
func choose[T any](rt *rapid.T, what string, list []T, fits func(T) bool) T {
	fitting := slices.DeleteFunc(slices.Clone(list), func(one T) bool { return !fits(one) })
	if len(fitting) > 0 && likely(rt, "a good "+what) {
		list = fitting
	}
	return rapid.SampledFrom(list).Draw(rt, what)
}
