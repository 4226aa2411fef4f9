package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestPostgreSQLMigrationLetsRequestsPass migrates while another transaction, such as that of pg_dump, has locked a
// table for long: no request waits behind the migration for as long as it.
func TestPostgreSQLMigrationLetsRequestsPass(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := storetest.Migrated(t, address), postgrestest.Open(t, address)
	dump, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = dump.Rollback() }()
	if _, err := dump.Exec("LOCK TABLE accounts IN ACCESS SHARE MODE"); err != nil {
		t.Fatal(err)
	}

	ended := make(chan error, 1)
	go func() {
		ended <- s.Engine().Migrate(t.Context(), func(db *sql.DB) (rewritten bool, err error) {
			_, err = db.ExecContext(t.Context(), "ALTER TABLE accounts ADD COLUMN level text")
			return false, err
		})
	}()

	// A request that queues behind a migration that waits for the dump without an end never gets an answer.
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const dumped = 6 * time.Second
	for began := time.Now(); time.Since(began) < dumped; time.Sleep(50 * time.Millisecond) {
		if _, err := s.AccountByID(ctx, "nobody"); !errors.Is(err, models.ErrNotFound) {
			t.Fatal(err)
		}
	}

	select {
	case err := <-ended:
		t.Errorf("the migration ended before its lock was free: %v", err)
	default:
	}
	if err := errors.Join(dump.Rollback(), <-ended); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("SELECT level FROM accounts"); err != nil {
		t.Error(err)
	}
}

// TestPostgreSQLMigrationLosesDeadlocks migrates two tables while a request that has read one of them is about to read
// the other: the request must not be the one that the server aborts.
func TestPostgreSQLMigrationLosesDeadlocks(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := storetest.Migrated(t, address), postgrestest.Open(t, address)
	request, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = request.Rollback() }()
	if _, err := request.Exec("SELECT id FROM sessions"); err != nil {
		t.Fatal(err)
	}

	ended := make(chan error, 1)
	go func() {
		ended <- s.Engine().Migrate(t.Context(), func(db *sql.DB) (rewritten bool, err error) {
			for _, table := range []string{"accounts", "sessions"} {
				if _, err := db.ExecContext(t.Context(), "ALTER TABLE "+table+" ADD COLUMN level text"); err != nil {
					return false, err
				}
			}
			return false, nil
		})
	}()

	awaitLock(t, db)
	if _, err := request.Exec("SELECT id FROM accounts"); err != nil {
		t.Errorf("the request: %v", err)
	}
	if err := errors.Join(request.Commit(), <-ended); err != nil {
		t.Error(err)
	}
}

// awaitLock waits until a statement waits for a lock.
func awaitLock(t *testing.T, db *sql.DB) {
	t.Helper()
	const waiting = `SELECT count(*) FROM pg_stat_activity
		WHERE datname = current_database() AND wait_event_type = 'Lock'`
	for deadline, waits := time.Now().Add(time.Minute), 0; waits == 0; time.Sleep(time.Millisecond) {
		if err := db.QueryRow(waiting).Scan(&waits); err != nil || time.Now().After(deadline) {
			t.Fatalf("nothing waits for a lock: %v", err)
		}
	}
}

// TestPostgreSQLReadsSurviveDeadlocks lets an operator lock two tables in turn while a read waits for the first one
// and holds the other: the server ends the read, which is then tried again.
func TestPostgreSQLReadsSurviveDeadlocks(t *testing.T) {
	address := postgrestest.URL(t)
	// The server ends the one of the two that looks for deadlocks first.
	s, db := storetest.Migrated(t, address+"&deadlock_timeout=3s"), postgrestest.Open(t, address)
	operator, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = operator.Rollback() }()
	if _, err := operator.Exec("SET LOCAL deadlock_timeout = '1min'; LOCK TABLE accounts"); err != nil {
		t.Fatal(err)
	}

	ended := make(chan error, 1)
	go func() {
		_, read := s.Engine().Pools()
		var rows int
		ended <- read.QueryRow("SELECT count(*) FROM sessions s, accounts a").Scan(&rows)
	}()
	awaitLock(t, db)
	if _, err := operator.Exec("LOCK TABLE sessions"); err != nil {
		t.Fatalf("the operator is the victim: %v", err)
	}
	if err := errors.Join(operator.Commit(), <-ended); err != nil {
		t.Error(err)
	}
}
