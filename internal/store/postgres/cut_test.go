package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// newAccount creates the account "account", whose version is 1, and which has no event.
func newAccount(t *testing.T, s *store.Store) {
	t.Helper()
	made := &models.Account{ID: "account", Status: models.StatusActive, Email: "ada@example.com",
		Profile: models.Profile{Sex: models.SexNotSpecified}, Version: 1, CreatedAt: now, UpdatedAt: now}
	err := s.InTx(t.Context(), func(tx account.Tx) error { return tx.CreateAccount(t.Context(), made) })
	if err != nil {
		t.Fatal(err)
	}
}

// update does what updateAccount does. It records an event for each version after the first.
func update(ctx context.Context, s *store.Store) error {
	return s.InTx(ctx, func(tx account.Tx) error {
		found, err := tx.LockAccount(ctx, "account")
		if err != nil {
			return err
		}

		event := &models.AuditEvent{ID: fmt.Sprintf("event %06d", found.Version), AccountID: "account", At: now}
		if err := tx.UpdateAccount(ctx, found, "company"); err != nil {
			return err
		}

		return tx.RecordEvent(ctx, event)
	})
}

// TestCutConnections cuts the connection at the bytes of an update, on its way to the server and back. What was
// acknowledged was made; what was refused was not; and nothing was made by half.
func TestCutConnections(t *testing.T) {
	t.Run("direct", func(t *testing.T) {
		address := postgrestest.URL(t)
		cutConnections(t, address, address, 37)
	})
	t.Run("PgBouncer", func(t *testing.T) {
		address := postgrestest.URL(t)
		cutConnections(t, address, postgrestest.PgBouncer(t)(address), 97)
	})
}

func cutConnections(t *testing.T, direct, address string, stride int) {
	proxy, address := postgrestest.NewProxy(t, address, 0)
	s, db := storetest.Migrated(t, address), postgrestest.Open(t, direct)
	newAccount(t, s)
	version := func() (version int) {
		t.Helper()
		const busy = `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`
		for open := 1; open > 0; {
			if err := db.QueryRow(busy).Scan(&open); err != nil {
				t.Fatal(err)
			}
		}

		var events, last int
		if err := db.QueryRow(`SELECT version, (SELECT count(*) FROM audit_events), (SELECT max(number) FROM audit_heads)
			FROM accounts`).Scan(&version, &events, &last); err != nil {
			t.Fatal(err)
		}
		if events != version-1 || last != events {
			t.Fatalf("version %d has %d events, the last of them %d", version, events, last)
		}

		return version
	}
	must := func() {
		t.Helper()
		if err := update(t.Context(), s); err != nil {
			t.Fatalf("%v: %v", err, errors.Unwrap(err))
		}
	}

	must()
	must()
	proxy.Reset()
	must()
	_, bytes := proxy.Reset()
	seen := map[string]int{}
	for direction, total := range bytes {
		// The COMMIT, and its answer, stand at the end. Numbers become longer with each update.
		const end, longer = 24, 16
		for at := 0; at <= total+longer; at++ {
			if at < total-end && at%stride != 0 {
				continue
			}

			must() // on a new connection
			before := version()
			limit := [2]int{-1, -1}
			limit[direction] = at
			proxy.Allow(limit[postgrestest.ToServer], limit[postgrestest.ToClient])
			err := update(t.Context(), s)
			proxy.Allow(-1, -1)

			made := version() - before
			var failure *models.Error
			switch {
			case err == nil:
				seen["acknowledged"]++
				if made != 1 {
					t.Errorf("direction %d, byte %d: an acknowledged update is lost", direction, at)
				}
			case !errors.As(err, &failure) || failure.Code != models.CodeUnavailable:
				t.Errorf("direction %d, byte %d: %v", direction, at, err)
			case failure.Reason == models.ReasonOutcomeUnknown:
				seen[fmt.Sprintf("unknown, made %d", made)]++
			default:
				seen["refused"]++
				if made != 0 {
					t.Errorf("direction %d, byte %d: a refused update was made: %v", direction, at, err)
				}
			}
		}
	}

	t.Logf("%d bytes there and back: %v", bytes, seen)
	for _, outcome := range []string{"acknowledged", "refused", "unknown, made 0", "unknown, made 1"} {
		if seen[outcome] == 0 {
			t.Errorf("no update was %s", outcome)
		}
	}
	if _, _, err := s.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestCancelledTransactionEnds cancels an update that waits for a lock together with its BEGIN.
func TestCancelledTransactionEnds(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := storetest.Migrated(t, address), postgrestest.Open(t, address)
	newAccount(t, s)
	err := s.InTx(t.Context(), func(tx account.Tx) error {
		if _, err := tx.LockAccount(t.Context(), "account"); err != nil {
			return err
		}

		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := update(ctx, s); models.CodeOf(err) != models.CodeUnavailable {
			t.Errorf("a cancelled update: %v", err)
		}

		// Only the transaction around stays open.
		const open = `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`
		for left, deadline := 2, time.Now().Add(10*time.Second); left > 1; {
			if err := db.QueryRow(open).Scan(&left); err != nil {
				return err
			}
			if time.Now().After(deadline) {
				t.Errorf("%d transactions stay open", left)
				break
			}
		}

		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if err := update(t.Context(), s); err != nil {
		t.Error(err)
	}
}

// TestEventFollowsTheChain records an event of an account that another transaction has locked, as a refused sign-in
// does.
func TestEventFollowsTheChain(t *testing.T) {
	s := storetest.Migrated(t, postgrestest.URL(t))
	newAccount(t, s)
	ctx := t.Context()
	record := func(id string) func(tx account.Tx) error {
		return func(tx account.Tx) error {
			return tx.RecordEvent(ctx, &models.AuditEvent{ID: id, AccountID: "account", At: now})
		}
	}
	if err := s.InTx(ctx, record("a")); err != nil {
		t.Fatal(err)
	}

	err := s.InTx(ctx, func(tx account.Tx) error {
		if _, err := tx.LockAccount(ctx, "account"); err != nil {
			return err
		}
		if err := s.InTx(ctx, record("b")); err != nil {
			return err
		}
		if err := record("c")(tx); err != nil {
			return err
		}
		return record("d")(tx)
	})
	if err != nil {
		t.Fatal(err)
	}

	events, err := s.Activity(ctx, "account", 0, 9)
	if err != nil {
		t.Fatal(err)
	}

	var order string
	for _, event := range events {
		order += event.ID
	}
	if order != "dcba" {
		t.Errorf("the events are %s", order)
	}
	if _, _, err := s.VerifyAudit(ctx); err != nil {
		t.Error(err)
	}
}

// TestRefusedBegin writes to a standby, which refuses to begin.
func TestRefusedBegin(t *testing.T) {
	primary := postgrestest.NewCluster(t)
	storetest.Migrated(t, primary.URL("postgres"))
	s, err := store.Open(t.Context(), primary.Standby(t).URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	ctx := t.Context()
	err = s.InTx(ctx, func(tx account.Tx) error {
		_, err := tx.SpendBudget(ctx, "key", now, time.Hour)
		return err
	})
	if models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a write to a standby: %v", err)
	}

	tx, err := s.Engine().Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM budgets"); err == nil {
		t.Error("a standby began to write")
	}
	if err := tx.Commit(); err == nil {
		t.Error("what did not begin was committed")
	}
}
