package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/store/engine"
)

// groupAge is how long a group accepts further members, and so how long its first members wait.
const groupAge = 10 * time.Millisecond

// Engine is an open file. The source of a copy has no group and no checkpoints.
type Engine struct {
	path        string
	write, read *sql.DB
	finders     *finders
	group       *group
	checkpoints *checkpoints
	// readOnly is set by OpenToInspect.
	readOnly bool
}

var _ engine.Engine = (*Engine)(nil)

// Name implements engine.Engine.
func (e *Engine) Name() string { return e.path }

// Pools implements engine.Engine.
func (e *Engine) Pools() (write, read *sql.DB) { return e.write, e.read }

// Dialector implements engine.Engine.
func (e *Engine) Dialector(pool *sql.DB) gorm.Dialector {
	return sqlite.New(sqlite.Config{Conn: pool})
}

// Close implements engine.Engine.
func (e *Engine) Close() error {
	e.finders.close()
	err := e.read.Close()
	if e.group == nil {
		return err
	}

	last := e.group.exclusively(context.Background(), func() error {
		e.group.closed = true
		return e.checkpoints.finish("TRUNCATE")
	})

	return errors.Join(err, last, e.checkpoints.close(), e.write.Close())
}

// Journal implements engine.Engine.
func (e *Engine) Journal() *engine.Journal {
	if e.group == nil {
		return nil
	}

	return &engine.Journal{
		Commits: e.group.commits.Load(), Transactions: e.group.kept.Load(), Bytes: e.checkpoints.size(),
		Checkpoints: e.checkpoints.attempts.Load(), CheckpointFailures: e.checkpoints.failures.Load(),
	}
}

// Clock implements engine.Engine: the file is read on this machine.
func (e *Engine) Clock(context.Context) (time.Time, error) { return time.Now(), nil }

// Bind implements engine.Engine.
func (e *Engine) Bind(statement string) string { return statement }

// Find implements engine.Engine. It takes microseconds and waits for no other process, so it can't be cancelled.
func (e *Engine) Find(_ context.Context, row *engine.Row, statement string, values ...any) (found bool, err error) {
	return e.finders.find(row, statement, values...)
}

// Begin implements engine.Engine.
func (e *Engine) Begin(ctx context.Context) (engine.Tx, error) { return e.group.join(ctx) }

// LockClause implements engine.Engine. There is only one writer, so a transaction locks everything.
func (e *Engine) LockClause(string) string { return "" }

// JoinsWrites implements engine.Engine. A statement of SQLite writes to one table, and takes no round trip.
func (e *Engine) JoinsWrites() bool { return false }

// NeedsSavepoints implements engine.Engine. A failed statement leaves the transaction unchanged.
func (e *Engine) NeedsSavepoints() bool { return false }

// Purge implements engine.Engine. secure_delete has overwritten the rows, but the log holds the earlier pages until
// it is emptied. Purge does not wait for slow readers because no write is possible while it waits.
func (e *Engine) Purge(ctx context.Context) error {
	// guard: the write-ahead log is emptied
	return e.group.exclusively(ctx, func() error { return e.checkpoints.finish("TRUNCATE") })
}

// Migrations implements engine.Engine.
func (e *Engine) Migrations() engine.MigrationSource {
	return engine.MigrationSource{Dialect: "sqlite3", Directory: "sqlite"}
}

// Migrate implements engine.Engine. It holds SQLite's own lock on the file from before the first read of the schema
// until everything is committed.
func (e *Engine) Migrate(ctx context.Context, steps func(db *sql.DB) (rewritten bool, err error)) (err error) {
	db := sql.OpenDB(newMigrator(e.path))
	db.SetMaxOpenConns(1)
	// Closing the connection rolls back what is not committed.
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, "BEGIN IMMEDIATE")
	for isBusy(err) && ctx.Err() == nil {
		_, err = db.ExecContext(ctx, "BEGIN IMMEDIATE")
	}

	if err != nil {
		return err
	}

	rewritten, err := steps(db)
	if err == nil && rewritten {
		err = refuseOrphans(ctx, db)
	}
	if err != nil {
		return err
	}

	_, err = db.ExecContext(context.WithoutCancel(ctx), "COMMIT")

	return err
}

// refuseOrphans returns an error if a row refers to one that doesn't exist. It reads all tables.
func refuseOrphans(ctx context.Context, db *sql.DB) error {
	var orphans int
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans)
	if err == nil && orphans > 0 {
		err = fmt.Errorf("%d rows would belong to nothing", orphans)
	}
	return err
}

// HasTable implements engine.Engine.
func (e *Engine) HasTable(ctx context.Context, db *sql.DB, name string) (bool, error) {
	var tables int
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", name).
		Scan(&tables)
	return tables > 0, err
}

// Renumber implements engine.Engine. SQLite numbers a row after the largest number of the table.
func (e *Engine) Renumber(context.Context, engine.Tx) error { return nil }

// kinds maps the declared types of columns.
var kinds = map[string]engine.Kind{
	"TEXT": engine.KindText, "INTEGER": engine.KindInteger, "BOOLEAN": engine.KindBoolean,
	"DATETIME": engine.KindTime, "BLOB": engine.KindBytes,
}

// Columns implements engine.Engine.
func (e *Engine) Columns(ctx context.Context, db *sql.DB, table string) ([]engine.Column, error) {
	return engine.ReadColumns(ctx, db, kinds, "SELECT name, type FROM pragma_table_info(?) ORDER BY name", table)
}

// RawColumn implements engine.Engine. The driver converts a column by its declared type, which an expression does
// not have.
func (e *Engine) RawColumn(column string) string { return "+" + engine.Quoted(column) }

// ReadTime implements engine.Engine. The driver itself would read a text that is not a time as the year 1.
func (e *Engine) ReadTime(raw any) (time.Time, bool) {
	text, ok := raw.(string)
	if !ok {
		return time.Time{}, false
	}
	return parseTime(text)
}
