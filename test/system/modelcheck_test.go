package system

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// This file compares the service with the model.

// ask runs an operation and compares the response, the trail and the messages with the verdict; a refusal must
// leave every row unchanged.
func (m *model) ask(rt *rapid.T, token, operation, input string, expected verdict) *world.Answer {
	before := m.rows(rt)
	m.record.reset()
	body := fmt.Sprintf(`{"query":%q}`, world.Document(m.t, m.w.Schema, operation, input != ""))
	if input != "" {
		body = fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(m.t, m.w.Schema, operation, true),
			input)
	}

	a := m.w.Post(m.t,
		world.Call{Key: m.w.Keys["development"], Token: token, Accept: "application/graphql-response+json", Body: body})
	outcome, messages := models.OutcomeSuccess, expected.messages
	if !expected.ok {
		outcome, messages = models.OutcomeRefused, 0
		if expected.code == models.CodeRateLimited {
			outcome = models.OutcomeLimited
		}

		if after := m.rows(rt); a.Code() != string(expected.code) || a.Status != graph.Status(expected.code) {
			rt.Fatalf("%s %s: want %s, got %d %s", operation, input, expected.code, a.Status, a.Body)
		} else if after != before {
			rt.Fatalf("%s %s was refused and changed\n%s\nto\n%s", operation, input, before, after)
		}
	} else if a.Code() != "" || a.Status != 200 {
		rt.Fatalf("%s %s: want a success, got %d %s", operation, input, a.Status, a.Body)
	}

	if expected.quietly {
		outcome = models.OutcomeRefused
	}

	if expected.ok {
		m.checkTrail(rt, append(slices.Clone(expected.also), operation), outcome)
	} else {
		m.checkTrail(rt, []string{operation}, outcome)
	}

	if len(m.record.messages) != messages {
		rt.Fatalf("%s %s: %d messages %+v, want %d", operation, input, len(m.record.messages), m.record.messages,
			messages)
	}

	return a
}

// checkTrail compares the events of the last operation; the last of them is the operation's own.
func (m *model) checkTrail(rt *rapid.T, operations []string, outcome models.Outcome) {
	var got []string
	for _, event := range m.record.events {
		got = append(got, event.Operation)
	}
	if !slices.Equal(got, operations) || m.record.events[len(got)-1].Outcome != outcome {
		rt.Fatalf("the trail has %+v, want %v, the last one %s", m.record.events, operations, outcome)
	}
}

// sent returns the message of a kind that the last operation queued.
func (m *model) sent(kind models.MessageKind) models.Message {
	for _, message := range m.record.messages {
		if message.Kind == kind {
			return message
		}
	}
	m.t.Fatalf("no message %s among %+v", kind, m.record.messages)
	return models.Message{}
}

// rows returns everything that the database holds about the check's customers, except what tries may count.
func (m *model) rows(rt *rapid.T) string {
	in := " IN (" + m.ids() + ")"
	var text strings.Builder
	for _, table := range []string{
		"accounts WHERE id" + in, "sessions WHERE account_id" + in, "consents WHERE account_id" + in,
		"authenticators WHERE account_id" + in, "recovery_codes WHERE account_id" + in,
		"passkeys WHERE account_id" + in, "identities WHERE account_id" + in, "outbox WHERE account_id" + in,
		"registrations WHERE email LIKE '" + m.prefix() + "%'",
	} {
		rows, err := m.db.Query("SELECT * FROM " + table + " ORDER BY 1")
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

// ids returns the ids of the check's customers, for SQL.
func (m *model) ids() string {
	var ids []string
	for _, c := range m.people {
		ids = append(ids, "'"+c.id+"'")
	}
	return strings.Join(ids, ",")
}

// prefix returns the beginning of all addresses of the check.
func (m *model) prefix() string { return m.addresses[0][:strings.Index(m.addresses[0], "-")+1] }

// compare reads the accounts and registrations directly from the database: they equal those of the model, and no
// others have their addresses.
func (m *model) compare(rt *rapid.T) {
	var want []string
	for _, c := range m.people {
		if !c.gone {
			status := "ACTIVE"
			if c.pending {
				status = "PENDING"
			}
			want = append(want,
				fmt.Sprintln(c.id, c.email, c.phone, c.name, c.epoch, c.verified, c.vouched, c.phoneVerified, status))
		}
	}

	m.same(rt, want,
		`SELECT id, CASE WHEN email LIKE '%@displaced.invalid' THEN '' ELSE email END, coalesce(phone, ''), coalesce(first_name, ''), credential_epoch,
		iif(email_verified_at IS NULL, 'false', 'true'), iif(email_vouched, 'true', 'false'), iif(phone_verified_at IS NULL, 'false', 'true'), status
		FROM accounts WHERE email LIKE '`+m.prefix()+`%' OR id IN (`+m.ids()+`)`)

	want = nil
	for _, r := range m.waiting {
		made := ""
		if r.made != nil {
			made = r.made.id
		}
		want = append(want, fmt.Sprintln(r.email, made, r.secret != nil))
	}

	m.same(rt, want,
		`SELECT email, account_id, iif(challenge_id = '', 'false', 'true') FROM registrations WHERE email LIKE '`+
			m.prefix()+`%'`)

	want = nil
	for subject, owner := range m.linked {
		want = append(want, fmt.Sprintln(subject, owner.id))
	}

	m.same(rt, want, `SELECT subject, account_id FROM identities WHERE account_id IN (`+m.ids()+`)`)
	m.compareFactors(rt)
	m.comparePasskeys(rt)
}

// same compares the result of a query with the expected rows, in any order.
func (m *model) same(rt *rapid.T, want []string, query string) {
	rows, err := m.db.Query(query)
	if err != nil {
		rt.Fatal(err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	var got []string
	for rows.Next() {
		values := make([]string, len(columns))
		targets, shown := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}

		if err := rows.Scan(targets...); err != nil {
			rt.Fatal(err)
		}

		for i := range values {
			shown[i] = values[i]
		}

		got = append(got, fmt.Sprintln(shown...))
	}

	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		rt.Fatalf("%s\nfinds\n%s\nand should find\n%s", query, strings.Join(got, ""), strings.Join(want, ""))
	}
}

// checkTokens tries every token that was ever issued: the live ones identify their owner, the others nobody.
func (m *model) checkTokens(rt *rapid.T) {
	for i, s := range m.sessions {
		a := m.w.Post(m.t,
			world.Call{Key: m.w.Keys["development"], Token: s.token, Body: `{"query":"{ account { id } }"}`})
		if m.lives(s) && a.At("account.id") != s.owner.id || !m.lives(s) && a.Code() != "UNAUTHENTICATED" {
			rt.Fatalf("session %d lives: %v, and is answered %s", i, m.lives(s), a.Body)
		}
	}
}

// recorder records the messages and events of committed transactions.
type recorder struct {
	account.Store
	mu       sync.Mutex
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
		r.mu.Lock()
		defer r.mu.Unlock()
		r.messages, r.events = append(r.messages, noted.messages...), append(r.events, noted.events...)
	}

	return err
}

// reset clears the records.
func (r *recorder) reset() { r.messages, r.events = nil, nil }

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

// open opens the world's database for reading, without the store.
func open(t *testing.T, w *world.World) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.Database+"?mode=ro")
	world.Check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}
