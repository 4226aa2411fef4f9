package graph_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// model is what TestModel believes: customers, sessions and secrets in plain lists.
type model struct {
	t        *testing.T
	w        *world
	record   *recorder
	db       *sql.DB
	people   []*customer
	sessions []*modelSession
	secrets  []*modelSecret
	// addresses and phones are all that there are in this check: few, so that customers get into each other's way.
	addresses, phones []string
	passwords         []string
}

type customer struct {
	id, email, phone, password, name string
	epoch                            int
	gone                             bool
	pausedUntil                      time.Time
}

type modelSession struct {
	token   string
	owner   *customer
	expires time.Time
	ended   bool
}

type modelSecret struct {
	purpose      models.Purpose
	text, target string
	owner        *customer
	email        string
	epoch, tries int
	expires      time.Time
	used         bool
}

// verdict is what the model expects of an operation; messages are those of a success.
type verdict struct {
	ok       bool
	quietly  bool
	code     models.Code
	messages int
}

func newModel(t *testing.T, w *world, record *recorder, db *sql.DB, number int) *model {
	m := &model{t: t, w: w, record: record, db: db, passwords: []string{account.DemoPassword}}
	for i := range 5 {
		m.addresses = append(m.addresses, fmt.Sprintf("c%d-%d@example.com", number, i))
	}
	for i := range 3 {
		m.phones = append(m.phones, fmt.Sprintf("+48512%06d", number*10+i))
	}
	// One that nobody ever got, so that there is always one to draw.
	m.sessions = []*modelSession{{token: "as_" + madeUp, ended: true}}
	m.secrets = []*modelSecret{{text: madeUp, used: true}}
	m.create(3)
	return m
}

func (m *model) now() time.Time { return m.w.clock.Now() }

// owner is the customer of an address, or nil; caller that of a number.
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
	sameCredentials := s.purpose == models.PurposeEmailUndo || s.epoch == s.owner.epoch && s.email == s.owner.email
	return !s.used && m.now().Before(s.expires) && !s.owner.gone && sameCredentials
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

func (m *model) keep(owner *customer, purpose models.Purpose, text, target string, ttl time.Duration) {
	m.secrets = append(m.secrets, &modelSecret{purpose: purpose, text: text, target: target, owner: owner, email: owner.email, epoch: owner.epoch, expires: m.now().Add(ttl)})
}

func (m *model) void(owner *customer, purpose models.Purpose) {
	for _, s := range m.secrets {
		if s.owner == owner && s.purpose == purpose {
			s.used = true
		}
	}
}

func (m *model) credentialsChanged(owner *customer) { owner.epoch++ }

// The draws: mostly what is likely to work, and always something that may not.

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

// password draws the customer's, or one that is somebody's, was somebody's, or never was one.
func (m *model) password(rt *rapid.T, owner *customer) string {
	if owner != nil && likely(rt, "the right password") {
		return owner.password
	}
	return rapid.SampledFrom(append([]string{"never a password"}, m.passwords...)).Draw(rt, "password")
}

func (m *model) freshPassword() string {
	fresh := fmt.Sprintf("one that is new: %d", len(m.passwords))
	m.passwords = append(m.passwords, fresh)
	return fresh
}

// session draws one that lives, or any that was ever begun.
func (m *model) session(rt *rapid.T) *modelSession {
	return choose(rt, "session", m.sessions, m.lives)
}

// sessionOf draws one of the customer's.
func (m *model) sessionOf(rt *rapid.T, owner *customer) *modelSession {
	return choose(rt, "session", m.sessions, func(s *modelSession) bool { return s.owner == owner && m.lives(s) })
}

// secret draws one that is good for the purpose, or any that was ever sent.
func (m *model) secret(rt *rapid.T, purpose models.Purpose) *modelSecret {
	return choose(rt, "secret", m.secrets, func(s *modelSecret) bool { return s.purpose == purpose && m.good(s) })
}

// choose draws one of a list, likely one that fits.
func choose[T any](rt *rapid.T, what string, list []T, fits func(T) bool) T {
	fitting := slices.DeleteFunc(slices.Clone(list), func(one T) bool { return !fits(one) })
	if len(fitting) > 0 && likely(rt, "a good "+what) {
		list = fitting
	}
	return rapid.SampledFrom(list).Draw(rt, what)
}

// ask sends an operation and compares the answer, the trail and the messages with the verdict; a refusal must leave every row as it was.
func (m *model) ask(rt *rapid.T, token, operation, input string, expected verdict) *answer {
	before := m.rows(rt)
	m.record.messages, m.record.events = nil, nil
	body := fmt.Sprintf(`{"query":%q}`, document(m.t, m.w.schema, operation, input != ""))
	if input != "" {
		body = fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, document(m.t, m.w.schema, operation, true), input)
	}
	a := m.w.post(m.t, call{key: m.w.keys["development"], token: token, accept: "application/graphql-response+json", body: body})
	outcome, messages := models.OutcomeSuccess, expected.messages
	if !expected.ok {
		outcome, messages = models.OutcomeRefused, 0
		if expected.code == models.CodeRateLimited {
			outcome = models.OutcomeLimited
		}
		if after := m.rows(rt); a.code() != string(expected.code) || a.status != expected.code.Status() {
			rt.Fatalf("%s %s: want %s, got %d %s", operation, input, expected.code, a.status, a.body)
		} else if after != before {
			rt.Fatalf("%s %s was refused and changed\n%s\nto\n%s", operation, input, before, after)
		}
	} else if a.code() != "" || a.status != 200 {
		rt.Fatalf("%s %s: want a success, got %d %s", operation, input, a.status, a.body)
	}
	if expected.quietly {
		outcome = models.OutcomeRefused
	}
	if events := m.record.events; len(events) != 1 || events[0].Operation != operation || events[0].Outcome != outcome {
		rt.Fatalf("%s %s: the trail has %+v, want one %s", operation, input, events, outcome)
	}
	if len(m.record.messages) != messages {
		rt.Fatalf("%s %s: %d messages %+v, want %d", operation, input, len(m.record.messages), m.record.messages, messages)
	}
	return a
}

// sent is the message of a kind that the last operation queued.
func (m *model) sent(kind models.MessageKind) models.Message {
	for _, message := range m.record.messages {
		if message.Kind == kind {
			return message
		}
	}
	m.t.Fatalf("no message %s among %+v", kind, m.record.messages)
	return models.Message{}
}

// rows is all that the database holds of the check's customers but what tries may count.
func (m *model) rows(rt *rapid.T) string {
	var ids []string
	for _, c := range m.people {
		ids = append(ids, "'"+c.id+"'")
	}
	var text strings.Builder
	for _, table := range []string{"accounts WHERE id", "sessions WHERE account_id", "consents WHERE account_id", "identities WHERE account_id", "outbox WHERE account_id"} {
		rows, err := m.db.Query("SELECT * FROM " + table + " IN (" + strings.Join(ids, ",") + ") ORDER BY 1")
		if err != nil {
			rt.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values := make([]sql.NullString, len(columns))
			targets := make([]any, len(columns))
			for i := range values {
				targets[i] = &values[i]
			}
			if err := rows.Scan(targets...); err != nil {
				rt.Fatal(err)
			}
			fmt.Fprintln(&text, table, values)
		}
		if err := rows.Close(); err != nil {
			rt.Fatal(err)
		}
	}
	return text.String()
}

// compare reads the accounts past the service: they are those of the model, and nothing else has their addresses.
func (m *model) compare(rt *rapid.T) {
	var want, got []string
	for _, c := range m.people {
		if !c.gone {
			want = append(want, fmt.Sprintf("%s %s %s %s %d", c.id, c.email, c.phone, c.name, c.epoch))
		}
	}
	rows, err := m.db.Query(`SELECT id || ' ' || email || ' ' || coalesce(phone, '') || ' ' || coalesce(first_name, '') || ' ' || credential_epoch
		FROM accounts WHERE lower(email) LIKE ?`, m.addresses[0][:strings.Index(m.addresses[0], "-")+1]+"%")
	if err != nil {
		rt.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			rt.Fatal(err)
		}
		got = append(got, row)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		rt.Fatalf("the accounts are\n%s\nand should be\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// checkTokens tries every token that was ever given out: the living ones name their owner, the others nobody.
func (m *model) checkTokens(rt *rapid.T) {
	for i, s := range m.sessions {
		a := m.w.post(m.t, call{key: m.w.keys["development"], token: s.token, body: `{"query":"{ account { id } }"}`})
		if m.lives(s) && a.at("account.id") != s.owner.id || !m.lives(s) && a.code() != "UNAUTHENTICATED" {
			rt.Fatalf("session %d lives: %v, and is answered %s", i, m.lives(s), a.body)
		}
	}
}

// recorder notes the messages and events of the transactions that were committed.
type recorder struct {
	account.Store
	messages []models.Message
	events   []models.AuditEvent
}

func (r *recorder) InTx(ctx context.Context, decide func(account.Tx) error) error {
	var noted recordedTx
	err := r.Store.InTx(ctx, func(tx account.Tx) error {
		noted = recordedTx{Tx: tx}
		return decide(&noted)
	})
	if err == nil {
		r.messages, r.events = append(r.messages, noted.messages...), append(r.events, noted.events...)
	}
	return err
}

type recordedTx struct {
	account.Tx
	messages []models.Message
	events   []models.AuditEvent
}

func (t *recordedTx) Enqueue(ctx context.Context, message *models.Message) error {
	if message.Channel != models.ChannelWebhook {
		t.messages = append(t.messages, *message)
	}
	return t.Tx.Enqueue(ctx, message)
}

func (t *recordedTx) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	t.events = append(t.events, *event)
	return t.Tx.RecordEvent(ctx, event)
}

// open opens the world's database for reading, past the store.
func (w *world) open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.file+"?mode=ro")
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}
