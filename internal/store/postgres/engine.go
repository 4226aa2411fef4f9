package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/store/engine"
)

// migrationLock is the advisory lock of a migration: "AcQL" as a number.
const migrationLock = 1097027916

// Engine is an open database.
type Engine struct {
	settings    *settings
	write, read *sql.DB
}

var _ engine.Engine = (*Engine)(nil)

// Name implements engine.Engine.
func (e *Engine) Name() string { return e.settings.String() }

// Pools implements engine.Engine.
func (e *Engine) Pools() (write, read *sql.DB) { return e.write, e.read }

// Dialector implements engine.Engine.
func (e *Engine) Dialector(pool *sql.DB) gorm.Dialector {
	return postgres.New(postgres.Config{Conn: pool})
}

// Close implements engine.Engine.
func (e *Engine) Close() error { return errors.Join(e.read.Close(), e.write.Close()) }

// Journal implements engine.Engine.
func (e *Engine) Journal() *engine.Journal { return nil }

// Clock implements engine.Engine.
func (e *Engine) Clock(ctx context.Context) (at time.Time, err error) {
	err = e.read.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&at)
	return at, err
}

// Bind implements engine.Engine: values are numbered from $1 on.
func (e *Engine) Bind(statement string) string {
	var bound strings.Builder
	for value := 1; ; value++ {
		before, after, found := strings.Cut(statement, "?")
		bound.WriteString(before)
		if !found {
			return bound.String()
		}
		bound.WriteString("$" + strconv.Itoa(value))
		statement = after
	}
}

// Find implements engine.Engine.
func (e *Engine) Find(
	ctx context.Context, row *engine.Row, statement string, values ...any,
) (found bool, err error) {
	return row.Query(ctx, e.read, statement, values...)
}

// Begin implements engine.Engine.
func (e *Engine) Begin(ctx context.Context) (engine.Tx, error) { return e.write.BeginTx(ctx, nil) }

// LockClause implements engine.Engine.
func (e *Engine) LockClause(table string) string { return " FOR UPDATE OF " + table }

// JoinsWrites implements engine.Engine.
func (e *Engine) JoinsWrites() bool { return true }

// NeedsSavepoints implements engine.Engine: after a failed statement, PostgreSQL accepts only a return to a
// savepoint.
func (e *Engine) NeedsSavepoints() bool { return true }

// Purge implements engine.Engine. It does nothing: the server's autovacuum and its log determine when deleted rows
// are overwritten, as docs/operations.md says.
func (e *Engine) Purge(context.Context) error { return nil }

// Migrations implements engine.Engine.
func (e *Engine) Migrations() engine.MigrationSource {
	return engine.MigrationSource{Dialect: "postgres", Directory: "postgres"}
}

// Migrate implements engine.Engine. It holds an advisory lock from before the first read of the schema until
// everything is committed. The lock ends with the transaction, so it works through PgBouncer as well. Requests of
// other processes continue meanwhile: Migrate begins again if it waits too long for a lock, or in a deadlock with one.
func (e *Engine) Migrate(ctx context.Context, steps func(db *sql.DB) error) error {
	for {
		err := e.migrateOnce(ctx, steps)
		if !isLocked(err) { // guard: a migration lets requests pass
			return err
		}

		select {
		case <-ctx.Done():
			return err
		case <-time.After(migrationPause):
		}
	}
}

// isLocked reports whether others hold locks that a migration needs: lock not available, deadlock.
func isLocked(err error) bool {
	var fault *pgconn.PgError
	return errors.As(err, &fault) && (fault.Code == "55P03" || fault.Code == "40P01")
}

func (e *Engine) migrateOnce(ctx context.Context, steps func(db *sql.DB) error) (err error) {
	db := sql.OpenDB(newConnector(e.settings.config, true))
	db.SetMaxOpenConns(1)
	// Closing the connection rolls back what is not committed.
	defer func() { err = errors.Join(e.settings.oneLine(err), db.Close()) }()
	if _, err := db.ExecContext(ctx, beginMigration); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", migrationLock)); err != nil {
		return err
	}

	if err := steps(db); err != nil {
		return err
	}

	_, err = db.ExecContext(context.WithoutCancel(ctx), "COMMIT")

	return err
}

// HasTable implements engine.Engine.
func (e *Engine) HasTable(ctx context.Context, db *sql.DB, name string) (bool, error) {
	var exists bool
	err := db.QueryRowContext(ctx,
		"SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1)", name,
	).Scan(&exists)
	return exists, err
}

// Renumber implements engine.Engine.
func (e *Engine) Renumber(ctx context.Context, tx engine.Tx) error {
	_, err := tx.ExecContext(ctx, "SELECT setval(pg_get_serial_sequence('accounts', 'number'), max(number)) FROM accounts")
	return err
}

// kinds maps the declared types of columns.
var kinds = map[string]engine.Kind{
	"text": engine.KindText, "bigint": engine.KindInteger, "boolean": engine.KindBoolean,
	"timestamp with time zone": engine.KindTime, "bytea": engine.KindBytes,
}

// Columns implements engine.Engine.
func (e *Engine) Columns(ctx context.Context, db *sql.DB, table string) ([]engine.Column, error) {
	return engine.ReadColumns(ctx, db, kinds, `SELECT column_name::text, data_type::text FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name::text COLLATE "C"`, table)
}

// RawColumn implements engine.Engine.
func (e *Engine) RawColumn(column string) string { return engine.Quoted(column) }

// ReadTime implements engine.Engine.
func (e *Engine) ReadTime(raw any) (time.Time, bool) {
	at, ok := raw.(time.Time)
	return at, ok
}
