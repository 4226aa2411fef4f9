package postgres

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/store/engine"
)

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
func (e *Engine) Close() error {
	e.settings.servers.close()
	return errors.Join(e.read.Close(), e.write.Close())
}

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

// Find implements engine.Engine. The statement is prepared by name where that is possible.
func (e *Engine) Find(
	ctx context.Context, row *engine.Row, statement string, values ...any,
) (found bool, err error) {
	return row.Query(context.WithValue(ctx, preparing{}, true), e.read, statement, values...)
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
