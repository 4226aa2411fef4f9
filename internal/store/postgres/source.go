package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
)

// goneTries and gonePause are how often, and at what interval, to check again for connections that the server still
// lists.
const (
	goneTries = 50
	gonePause = 100 * time.Millisecond
)

// beginSource begins the transaction in which a copy reads. It has no time limit.
const beginSource = "BEGIN ISOLATION LEVEL REPEATABLE READ; " +
	"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"

// OpenSource implements engine.Driver. It begins a transaction, locks the tables against writers, and from then on
// reads one snapshot of the database.
func (Driver) OpenSource(ctx context.Context, database string, tables []string) (engine.Engine, error) {
	settings, err := parseURL(database)
	if err != nil {
		return nil, err
	}

	db := sql.OpenDB(&connector{servers: settings.servers, nested: true})
	db.SetMaxOpenConns(1)

	err = lockTables(ctx, db, tables)
	if err == nil {
		err = refuseOthers(ctx, db)
	}

	switch {
	case hasCode(err, "55P03"): // lock not available
		err = engine.ErrInUse
	case hasCode(err, "42P01"): // no such table
		err = errors.New("holds no accounts: run `accountql migrate` if that is right")
	}

	if err != nil {
		return nil, errors.Join(fmt.Errorf("%v %w", settings, settings.oneLine(err)), db.Close())
	}

	return &Engine{settings: settings, write: db, read: db}, nil
}

func lockTables(ctx context.Context, db *sql.DB, tables []string) error {
	if _, err := db.ExecContext(ctx, beginSource); err != nil {
		return err
	}

	for _, table := range tables {
		if _, err := db.ExecContext(ctx, "LOCK TABLE "+table+" IN SHARE MODE NOWAIT"); err != nil {
			return err
		}
	}

	return nil
}

// refuseOthers returns engine.ErrInUse if somebody else is connected. An idle server holds no lock, but it is
// connected as the same user. The server still lists a connection for a moment after it ended.
func refuseOthers(ctx context.Context, db *sql.DB) error {
	for tries := 0; ; tries++ {
		var others int
		err := db.QueryRowContext(ctx, `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`).Scan(&others)
		if err != nil || others == 0 {
			return err
		}
		if tries == goneTries {
			return engine.ErrInUse
		}

		time.Sleep(gonePause)
		// Within a transaction the server returns the statistics that it returned first.
		if _, err := db.ExecContext(ctx, "SELECT pg_stat_clear_snapshot()"); err != nil {
			return err
		}
	}
}
