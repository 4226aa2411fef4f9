package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// migrationLock is the advisory lock of a migration: "AcQL" as a number.
const migrationLock = 1097027916

// busyError means that others use the tables that a migration needs.
type busyError struct {
	// waited is how long the migration, and every request behind it, has waited.
	waited time.Duration
	cause  error
}

// Error implements error.
func (b *busyError) Error() string { return fmt.Sprintf("the tables are in use: %v", b.cause) }

// Unwrap returns the cause.
func (b *busyError) Unwrap() error { return b.cause }

// Migrate implements engine.Engine. It holds an advisory lock from before the first read of the schema until
// everything is committed. The lock ends with the transaction, so it works through PgBouncer as well. Other processes
// keep serving: Migrate locks all tables before the first step, and begins again if one is in use for too long, such
// as by pg_dump.
func (e *Engine) Migrate(ctx context.Context, steps func(db *sql.DB) (rewritten bool, err error)) error {
	for {
		err := e.migrateOnce(ctx, steps)
		var busy *busyError
		if !errors.As(err, &busy) { // guard: a migration lets requests pass
			return e.settings.oneLine(err)
		}

		// The requests that waited behind it have their turn.
		select {
		case <-ctx.Done():
			return e.settings.oneLine(err)
		case <-time.After(2 * busy.waited):
		}
	}
}

func (e *Engine) migrateOnce(ctx context.Context, steps func(db *sql.DB) (rewritten bool, err error)) (err error) {
	db := sql.OpenDB(&connector{servers: e.settings.servers, nested: true})
	db.SetMaxOpenConns(1)
	// Closing the connection rolls back what is not committed.
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, beginMigration); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", migrationLock)); err != nil {
		return err
	}
	if err := lockOwnTables(ctx, db); err != nil { // guard: a migration locks its tables at once
		return err
	}

	if _, err := steps(db); err != nil {
		return err
	}

	_, err = db.ExecContext(context.WithoutCancel(ctx), "COMMIT")

	return err
}

// lockOwnTables locks the tables that a migration may change, all at once: if each step took its lock when it needs
// it, requests that read two tables would deadlock with it. While it waits, every request waits behind it; so it
// gives up before the server looks for deadlocks, and no request is ever the victim of one.
func lockOwnTables(ctx context.Context, db *sql.DB) error {
	var tables sql.NullString
	var patience int64
	err := db.QueryRowContext(ctx, `SELECT
		(SELECT string_agg(quote_ident(tablename), ', ' ORDER BY tablename) FROM pg_tables
			WHERE schemaname = current_schema() AND pg_has_role(tableowner, 'USAGE')),
		(SELECT setting::bigint / 2 FROM pg_settings WHERE name = 'deadlock_timeout')`).Scan(&tables, &patience)
	if err != nil || !tables.Valid {
		return err
	}

	_, err = db.ExecContext(ctx, fmt.Sprintf("SET LOCAL statement_timeout = %d", max(1, patience)))
	if err == nil {
		_, err = db.ExecContext(ctx, "LOCK TABLE "+tables.String+" IN ACCESS EXCLUSIVE MODE")
	}
	if err == nil {
		_, err = db.ExecContext(ctx, "SET LOCAL statement_timeout = 0")
	}

	if hasCode(err, "57014", deadlock) { // 57014 is the timeout
		return &busyError{waited: time.Duration(patience) * time.Millisecond, cause: err}
	}

	return err
}
