package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// migrationLock is the advisory lock of a migration: "AcQL" as a number.
	migrationLock = 1097027916
	// tablesTimeout is how long a migration waits for its tables, and every request behind it. It is shorter than the
	// server's deadlock_timeout of a second, so that a request never is the victim of a deadlock with a migration.
	tablesTimeout = 500 * time.Millisecond
	// tablesPause is how long requests have their turn before a migration tries again.
	tablesPause = time.Second
)

// errTables means that others hold the tables that a migration needs.
var errTables = errors.New("the tables are in use")

// Migrate implements engine.Engine. It holds an advisory lock from before the first read of the schema until
// everything is committed. The lock ends with the transaction, so it works through PgBouncer as well. Other processes
// keep serving: Migrate locks all tables before the first step, and begins again if one is in use for too long, such
// as by pg_dump.
func (e *Engine) Migrate(ctx context.Context, steps func(db *sql.DB) (rewritten bool, err error)) error {
	for {
		err := e.migrateOnce(ctx, steps)
		if !errors.Is(err, errTables) { // guard: a migration lets requests pass
			return e.settings.oneLine(err)
		}

		select {
		case <-ctx.Done():
			return e.settings.oneLine(err)
		case <-time.After(tablesPause):
		}
	}
}

func (e *Engine) migrateOnce(ctx context.Context, steps func(db *sql.DB) (rewritten bool, err error)) (err error) {
	db := sql.OpenDB(newConnector(e.settings.config, true))
	db.SetMaxOpenConns(1)
	// Closing the connection rolls back what is not committed.
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, beginMigration); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", migrationLock)); err != nil {
		return err
	}
	if err := lockOwnTables(ctx, db); err != nil {
		return err
	}

	if _, err := steps(db); err != nil {
		return err
	}

	_, err = db.ExecContext(context.WithoutCancel(ctx), "COMMIT")

	return err
}

// lockOwnTables locks the tables that a migration may change, all at once: if each step took its lock when it needs
// it, requests that read two tables would deadlock with it.
func lockOwnTables(ctx context.Context, db *sql.DB) error {
	var tables sql.NullString
	err := db.QueryRowContext(ctx, `SELECT string_agg(quote_ident(tablename), ', ' ORDER BY tablename) FROM pg_tables
		WHERE schemaname = current_schema() AND pg_has_role(tableowner, 'USAGE')`).Scan(&tables)
	if err != nil || !tables.Valid {
		return err
	}

	_, err = db.ExecContext(ctx, fmt.Sprintf("SET LOCAL statement_timeout = %d", tablesTimeout.Milliseconds()))
	if err == nil {
		_, err = db.ExecContext(ctx, "LOCK TABLE "+tables.String+" IN ACCESS EXCLUSIVE MODE")
	}
	if err == nil {
		_, err = db.ExecContext(ctx, "SET LOCAL statement_timeout = 0")
	}

	var fault *pgconn.PgError
	if errors.As(err, &fault) && (fault.Code == "57014" || fault.Code == "40P01") { // timeout, deadlock
		return fmt.Errorf("%w: %w", errTables, err)
	}

	return err
}
