package migrations_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/migrations"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// engines are the databases that a test runs on, each empty.
func engines(t *testing.T, test func(t *testing.T, database string)) {
	t.Run("SQLite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "test.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, postgrestest.EmptyURL(t)) })
}

// TestRowNumbersOfEarlierRows fills the tables as version 7 did, and migrates them: every session still signs its own
// customer in, every chain of the audit trail continues, and new rows get new numbers.
func TestRowNumbersOfEarlierRows(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		s, err := store.Open(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := migrations.UpTo(t.Context(), s.Engine(), 7); err != nil {
			t.Fatal(err)
		}

		const customers = 200
		db, _ := s.Engine().Pools()
		now := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
		insert := func(table, columns, values string, bound ...any) {
			t.Helper()
			storetest.Execute(t, db, s.Engine().Bind("INSERT INTO "+table+" ("+columns+") VALUES ("+values+")"), bound...)
		}
		insert("api_keys", "id, name, secret_hash, created_at", "'key', 'key', ?, ?", hash("key"), now)
		for n := range customers {
			id := fmt.Sprint("customer-", n)
			insert("accounts", "id, status, email, credential_epoch, sex, attributes, version, created_at, updated_at",
				"?, 'ACTIVE', ?, 0, 'FEMALE', '{}', 1, ?, ?", id, id+"@example.com", now, now)
			insert("sessions", "id, account_id, api_key_id, token_hash, created_at, authenticated_at, last_used_at, ends_at, expires_at",
				"?, ?, 'key', ?, ?, ?, ?, ?, ?", "session-"+id, id, hash(id), now, now, now, now.Add(time.Hour), now.Add(time.Hour))
		}
		record := func(event *models.AuditEvent) {
			t.Helper()
			event.At, event.Outcome = now, models.OutcomeSuccess
			if err := s.InTx(t.Context(), func(tx account.Tx) error { return tx.RecordEvent(t.Context(), event) }); err != nil {
				t.Fatal(err)
			}
		}
		// Version 7 had neither operator nor reason.
		before := models.AuditEvent{ID: "before", AccountID: "customer-7", Operation: "signIn",
			Outcome: models.OutcomeSuccess, At: now, Chain: "customer-7", Number: 1}
		insert("audit_events", "id, account_id, operation, outcome, code, api_key_id, session_id, auth_id, ip, user_agent, request_id, at, chain, number, hash",
			"?, ?, ?, ?, '', '', '', '', '', '', '', ?, ?, ?, ?", before.ID, before.AccountID, before.Operation,
			string(before.Outcome), before.At, before.Chain, before.Number, before.Seal([]byte{}))
		insert("audit_heads", "chain, number, hash", "?, ?, ?", before.Chain, before.Number, before.Seal([]byte{}))

		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}

		for n := range customers {
			id := fmt.Sprint("customer-", n)
			_, session, owner, err := s.Authenticate(t.Context(), hash("key"), hash(id), now)
			if err != nil || session == nil || session.ID != "session-"+id || owner.ID != id {
				t.Errorf("%s is signed in as %+v with %+v, %v", id, owner, session, err)
			}
		}

		record(&models.AuditEvent{ID: "after", AccountID: "customer-7", Operation: "signIn"})
		if events, chains, err := s.VerifyAudit(t.Context()); events != 2 || chains != 1 || err != nil {
			t.Errorf("%d events in %d chains, %v", events, chains, err)
		}

		newcomer := &models.Account{ID: "newcomer", Status: models.StatusActive, Email: "new@example.com",
			Profile: models.Profile{Sex: models.SexOther}, Version: 1, CreatedAt: now, UpdatedAt: now}
		if err := s.InTx(t.Context(), func(tx account.Tx) error {
			if err := tx.CreateAccount(t.Context(), newcomer); err != nil {
				return err
			}
			return tx.CreateSession(t.Context(), &models.Session{ID: "new", AccountID: "newcomer", TokenHash: hash("new"),
				CreatedAt: now, AuthenticatedAt: now, LastUsedAt: now, EndsAt: now.Add(time.Hour), ExpiresAt: now.Add(time.Hour)})
		}); err != nil {
			t.Fatal(err)
		}
		if _, _, owner, err := s.Authenticate(t.Context(), hash("key"), hash("new"), now); err != nil ||
			owner == nil || owner.ID != "newcomer" {
			t.Errorf("the newcomer is signed in as %+v, %v", owner, err)
		}
	})
}

// TestOperatorsOfEarlierEvents migrates the trail of version 8, whose events had no operator: it verifies as before, and
// goes on with events of this version and of version 8, which may still run beside it.
func TestOperatorsOfEarlierEvents(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		s, err := store.Open(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := migrations.UpTo(t.Context(), s.Engine(), 8); err != nil {
			t.Fatal(err)
		}

		db, _ := s.Engine().Pools()
		head := models.AuditEvent{Hash: []byte{}}
		recordAs8 := func(id string) {
			t.Helper()
			event := models.AuditEvent{
				ID: id, AccountID: "customer", Operation: "signIn", Outcome: models.OutcomeSuccess, Chain: "customer",
				At: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Number: head.Number + 1,
			}
			event.Hash = event.Seal(head.Hash)
			storetest.Execute(t, db, s.Engine().Bind(`INSERT INTO audit_events
				(id, account_id, operation, outcome, code, api_key_id, session_id, auth_id, ip, user_agent, request_id,
				at, chain, number, hash) VALUES (?, ?, ?, ?, '', '', '', '', '', '', '', ?, ?, ?, ?)`),
				event.ID, event.AccountID, event.Operation, string(event.Outcome), event.At, event.Chain, event.Number,
				event.Hash)
			storetest.Execute(t, db, s.Engine().Bind(`INSERT INTO audit_heads (chain, number, hash) VALUES (?, ?, ?)
				ON CONFLICT (chain) DO UPDATE SET number = excluded.number, hash = excluded.hash`),
				event.Chain, event.Number, event.Hash)
			head = event
		}
		recordAs8("first")
		recordAs8("second")

		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}

		head.ID, head.Operation, head.Operator = "third", "account get", "os:root"
		err = s.InTx(t.Context(), func(tx account.Tx) error { return tx.RecordEvent(t.Context(), &head) })
		if err != nil {
			t.Fatal(err)
		}

		recordAs8("fourth")
		if events, chains, err := s.VerifyAudit(t.Context()); events != 4 || chains != 1 || err != nil {
			t.Errorf("%d events in %d chains, %v", events, chains, err)
		}

		trail, err := s.Activity(t.Context(), "customer", 0, 10)
		if err != nil || len(trail) != 4 || trail[1].Operator != "os:root" || trail[0].Operator+trail[2].Operator != "" {
			t.Errorf("the trail is %+v, %v", trail, err)
		}
	})
}

func hash(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}
