package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

const (
	// applicationID marks a file as this program's; the first migration writes it.
	applicationID = 1097027916
	// busyTimeout is how long a connection waits for another process (R-DB1).
	busyTimeout = 5 * time.Second
	// busyPause stands between two tries where SQLite doesn't wait by itself.
	busyPause = 10 * time.Millisecond
	// minReaders is for machines with one core: a slow read must not hold up all others.
	minReaders = 4
	// groupAge is for how long a group takes further members: those who came first wait as long.
	groupAge = 10 * time.Millisecond
	// cachedStatements is how many prepared statements a connection keeps.
	cachedStatements = 128
)

// sqliteEngine is SQLite: one file, one connection that writes, several that
// read, and one that moves the write-ahead log into the file.
type sqliteEngine struct {
	path        string
	write, read *sql.DB
	group       *group
	checkpoints *checkpoints
}

// openSQLite opens the file, which it makes where it is missing.
// A commit or checkpoint that leaves open what is on the disk is told to failed before anybody else can write.
func openSQLite(ctx context.Context, file string, failed func(error)) (*sqliteEngine, *gorm.DB, *gorm.DB, error) {
	path, fresh, err := sqlitePath(file)
	if err != nil {
		return nil, nil, nil, err
	}
	e := &sqliteEngine{path: path, write: sql.OpenDB(sqliteWriter(path)), read: sql.OpenDB(sqliteReader(path))}
	e.write.SetMaxOpenConns(1)
	// As many idle as open, and no end of life: a new connection reads the whole schema again.
	readers := max(minReaders, runtime.GOMAXPROCS(0))
	e.read.SetMaxOpenConns(readers)
	e.read.SetMaxIdleConns(readers)
	e.group = &group{pool: e.write, limit: groupLimit, age: groupAge, failed: func(err error) {
		if e.explain(err) == failureFatal {
			failed(err)
		}
	}}
	e.checkpoints = newCheckpoints(path, e.group)
	write, read, err := e.open(ctx, fresh)
	if err != nil {
		return nil, nil, nil, errors.Join(err, e.checkpoints.close(), e.write.Close(), e.read.Close())
	}
	return e, write, read, nil
}

// sqlitePath returns the absolute path, so that a later change of directory changes nothing, and whether nothing is there.
func sqlitePath(file string) (path string, fresh bool, err error) {
	if file == "" || file == ":memory:" {
		return "", false, errors.New("must be the path of a file")
	}
	path, err = filepath.Abs(file)
	if err != nil {
		return "", false, err
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return "", false, errors.New("is a directory")
	case err == nil && info.Size() > 0:
		return path, false, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", false, errors.Unwrap(err)
	}
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		// SQLite would delete it, and with it the newest changes of a database that was moved or lost.
		return "", false, fmt.Errorf("is missing or empty, but its log %s-wal is not: bring the database back, or put the log aside", path)
	}
	if err == nil {
		return path, false, nil
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return "", false, errors.New("the directory does not exist or can't be entered")
	}
	return path, true, nil
}

func (e *sqliteEngine) open(ctx context.Context, fresh bool) (write, read *gorm.DB, err error) {
	if !fresh {
		if err := refuseForeign(ctx, e.path); err != nil {
			return nil, nil, err
		}
	}
	// The writer comes first: it makes the file and puts it into WAL mode, which readers can't.
	if err := e.write.PingContext(ctx); err != nil {
		return nil, nil, err
	}
	if fresh {
		// What is written from here on is nobody else's to read.
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Chmod(e.path+suffix, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, nil, err
			}
		}
	}
	if err := e.refuseReadOnly(ctx); err != nil {
		return nil, nil, err
	}
	if err := e.read.PingContext(ctx); err != nil {
		return nil, nil, err
	}
	if write, err = gormOn(sqlite.New(sqlite.Config{Conn: e.write})); err != nil {
		return nil, nil, err
	}
	read, err = gormOn(sqlite.New(sqlite.Config{Conn: e.read}))
	return write, read, err
}

// sqliteDSN is a URI, in which a path may hold any character.
func sqliteDSN(path string, options url.Values) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	if !options.Has("_busy_timeout") {
		options.Set("_busy_timeout", strconv.FormatInt(busyTimeout.Milliseconds(), 10))
	}
	options.Set("_synchronous", "FULL")
	options.Set("_secure_delete", "true")
	options.Set("_stmt_cache_size", strconv.Itoa(cachedStatements))
	return (&url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}).String()
}

// sqlitePragmas are what every connection must report. The driver's defaults
// are weaker: with synchronous=NORMAL a commit that was acknowledged can be lost in a power cut.
func sqlitePragmas(more ...pragma) []pragma {
	return append([]pragma{
		{"journal_mode", "wal"},
		{"synchronous", int64(2)},
		{"busy_timeout", busyTimeout.Milliseconds()},
		{"secure_delete", int64(1)},
		{"mmap_size", int64(0)},
	}, more...)
}

// sqliteSetup is what the driver's DSN has no words for.
func sqliteSetup() []string {
	return []string{"PRAGMA mmap_size = 0", fmt.Sprintf("PRAGMA journal_size_limit = %d", keptWAL), "PRAGMA trusted_schema = OFF"}
}

// sqliteWriter makes no checkpoints: whoever's commit fills the log would wait for one.
func sqliteWriter(path string) *sqliteConnector {
	return &sqliteConnector{
		dsn:     sqliteDSN(path, url.Values{"mode": {"rwc"}, "_journal_mode": {"WAL"}, "_foreign_keys": {"true"}}),
		setup:   append(sqliteSetup(), "PRAGMA wal_autocheckpoint = 0"),
		pragmas: sqlitePragmas(pragma{"foreign_keys", int64(1)}, pragma{"query_only", int64(0)}, pragma{"wal_autocheckpoint", int64(0)}),
	}
}

func sqliteReader(path string) *sqliteConnector {
	return &sqliteConnector{
		dsn:     sqliteDSN(path, url.Values{"mode": {"ro"}, "_query_only": {"true"}, "_foreign_keys": {"true"}}),
		setup:   sqliteSetup(),
		pragmas: sqlitePragmas(pragma{"foreign_keys", int64(1)}, pragma{"query_only", int64(1)}),
	}
}

// sqliteMigrator has foreign keys off, for with them on, a table that is
// replaced by a new one takes the rows of others along.
func sqliteMigrator(path string) *sqliteConnector {
	return &sqliteConnector{
		dsn:     sqliteDSN(path, url.Values{"mode": {"rw"}, "_foreign_keys": {"false"}}),
		setup:   sqliteSetup(),
		pragmas: sqlitePragmas(pragma{"foreign_keys", int64(0)}),
		nested:  true,
	}
}

// refuseForeign fails for what isn't a database of this program, before anything is written to it.
func refuseForeign(ctx context.Context, path string) (err error) {
	db := sql.OpenDB(&sqliteConnector{dsn: sqliteDSN(path, url.Values{"mode": {"rw"}, "_query_only": {"true"}})})
	defer func() { err = errors.Join(err, db.Close()) }()
	var id, tables int
	// Counting the tables reads the schema, which finds damage that the id alone doesn't.
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != applicationID && (id != 0 || tables > 0) {
		return errors.New("is a database of another program")
	}
	return nil
}

// refuseReadOnly fails for a file that this process may only read: SQLite opens it
// all the same, and would not look again whether that has changed. It writes nothing.
func (e *sqliteEngine) refuseReadOnly(ctx context.Context) error {
	tx, err := e.write.BeginTx(ctx, nil)
	if err == nil {
		_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
		err = errors.Join(err, tx.Rollback())
	}
	if isBusy(err) {
		return nil // somebody else writes, so it can be written
	}
	return err
}

// commitOutcomeUnknown implements engine: after a sync that failed, only the next start tells what is on the disk.
func (e *sqliteEngine) commitOutcomeUnknown(err error) bool { return e.explain(err) == failureFatal }

// explain implements engine.
func (e *sqliteEngine) explain(err error) failure {
	var fault sqlite3.Error
	if errors.Is(err, errRolledBack) {
		return failureConflict
	}
	if !errors.As(err, &fault) {
		return failureUnknown
	}
	switch fault.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrReadonly, sqlite3.ErrInterrupt,
		sqlite3.ErrNomem, sqlite3.ErrCantOpen, sqlite3.ErrProtocol, sqlite3.ErrPerm:
		return failureTransient
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return failureFatal
	}
	switch fault.ExtendedCode {
	case sqlite3.ErrIoErrWrite, sqlite3.ErrIoErrSHMOpen, sqlite3.ErrIoErrSHMSize, sqlite3.ErrIoErrSHMMap, sqlite3.ErrIoErrSHMLock,
		sqlite3.ErrIoErrLock, sqlite3.ErrIoErrRDlock, sqlite3.ErrIoErrNoMem:
		// The system refused to take something, as it does on a file system that is
		// full or was made read-only, and SQLite knows so: the next writer begins anew at the same place.
		return failureTransient
	case sqlite3.ErrConstraintForeignKey:
		return failureNoParent
	case sqlite3.ErrConstraintUnique:
		switch fault.Error() {
		case "UNIQUE constraint failed: accounts.email":
			return failureEmailTaken
		case "UNIQUE constraint failed: accounts.phone":
			return failurePhoneTaken
		}
	}
	if fault.Code == sqlite3.ErrIoErr {
		// A sync above all: what it should have brought to the disk, the system has
		// forgotten, and the next sync would say that all is well.
		return failureFatal
	}
	return failureUnknown
}

func isBusy(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && (fault.Code == sqlite3.ErrBusy || fault.Code == sqlite3.ErrLocked)
}

// find implements engine. It takes microseconds and waits for no other process,
// so it is not cancelled: to watch for that, database/sql and the driver start a goroutine each.
func (e *sqliteEngine) find(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	return e.read.QueryContext(context.WithoutCancel(ctx), statement, args...)
}

// begin implements engine.
func (e *sqliteEngine) begin(ctx context.Context) (txConn, error) { return e.group.join(ctx) }

// lock implements engine: who is in a transaction is the only one who writes.
func (e *sqliteEngine) lock() string { return "" }

// savepoints implements engine: a statement that failed leaves the transaction as it was.
func (e *sqliteEngine) savepoints() bool { return false }

// migrations implements engine.
func (e *sqliteEngine) migrations() migrationSource {
	return migrationSource{dialect: goose.DialectSQLite3, directory: "sqlite"}
}

// migrate implements engine. It holds SQLite's own lock on the file from before
// the first look at the schema until all is committed.
func (e *sqliteEngine) migrate(ctx context.Context, steps func(db *sql.DB) error) (err error) {
	db := sql.OpenDB(sqliteMigrator(e.path))
	db.SetMaxOpenConns(1)
	// What is not committed is rolled back with the connection.
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, "BEGIN IMMEDIATE")
	for isBusy(err) && ctx.Err() == nil {
		_, err = db.ExecContext(ctx, "BEGIN IMMEDIATE")
	}
	if err != nil {
		return err
	}
	if err := steps(db); err != nil {
		return err
	}
	var orphans int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans); err != nil {
		return err
	}
	if orphans > 0 {
		return fmt.Errorf("%d rows would belong to nothing", orphans)
	}
	_, err = db.ExecContext(context.WithoutCancel(ctx), "COMMIT")
	return err
}

// hasTable implements engine.
func (e *sqliteEngine) hasTable(ctx context.Context, db *sql.DB, name string) (bool, error) {
	var tables int
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", name).Scan(&tables)
	return tables > 0, err
}

// columns implements engine.
func (e *sqliteEngine) columns(ctx context.Context, db *sql.DB, table string) ([]column, error) {
	kinds := map[string]kind{"TEXT": kindText, "INTEGER": kindInteger, "BOOLEAN": kindBoolean, "DATETIME": kindTime, "BLOB": kindBytes}
	return readColumns(ctx, db, kinds, "SELECT name, type FROM pragma_table_info(?) ORDER BY name", table)
}

// raw implements engine: the driver reads a column by its declared type, and an expression has none.
func (e *sqliteEngine) raw(column string) string { return "+" + quoted(column) }

// placeholder implements engine.
func (e *sqliteEngine) placeholder(int) string { return "?" }

// name implements engine.
func (e *sqliteEngine) name() string { return e.path }

// forget implements engine. secure_delete has overwritten the rows, but the log
// holds the pages as they were until it is emptied. A reader that is slow to end
// is not waited for, because no write gets through meanwhile.
func (e *sqliteEngine) forget(ctx context.Context) error {
	return e.group.alone(ctx, func() error { return e.checkpoints.complete("TRUNCATE") })
}

// close implements engine.
func (e *sqliteEngine) close() error {
	err := e.read.Close()
	last := e.group.alone(context.Background(), func() error {
		e.group.closed = true
		return e.checkpoints.complete("TRUNCATE")
	})
	return errors.Join(err, last, e.checkpoints.close(), e.write.Close())
}
