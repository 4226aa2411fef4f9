// Package sqlite is the engine for SQLite: one file, one connection that writes, several that read, and one that
// moves the write-ahead log into the file.
package sqlite

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

	"github.com/accountql/accountql/internal/store/engine"
)

const (
	// applicationID marks a file as a database of this program. The first migration writes it.
	applicationID = 1097027916
	// minReaders is for machines with one core: a slow read must not delay all others.
	minReaders = 4
)

// Driver opens files of SQLite.
type Driver struct{}

var _ engine.Driver = Driver{}

// Open implements engine.Driver. It creates a missing file, but not its directory. It returns an error if the file
// is not a database of this program.
func (Driver) Open(ctx context.Context, file string, failed func(error)) (engine.Engine, error) {
	e, err := open(ctx, file, failed)
	if err != nil {
		return nil, fmt.Errorf("database %q: %w", file, err)
	}
	return e, nil
}

func open(ctx context.Context, file string, failed func(error)) (*Engine, error) {
	path, fresh, err := absolute(file)
	if err != nil {
		return nil, err
	}

	e := newEngine(path, sql.OpenDB(newWriter(path)), sql.OpenDB(newReader(path)), failed)
	if err := e.connect(ctx, fresh); err != nil {
		return nil, errors.Join(err, e.checkpoints.close(), e.write.Close(), e.read.Close())
	}

	return e, nil
}

func newEngine(path string, write, read *sql.DB, failed func(error)) *Engine {
	write.SetMaxOpenConns(1)
	// All may stay idle, without a maximum lifetime: a new connection parses the whole schema again.
	readers := max(minReaders, runtime.GOMAXPROCS(0))
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)

	e := &Engine{path: path, write: write, read: read, finders: newFinders(path, readers)}
	e.group = &group{pool: write, limit: groupLimit, age: groupAge, failed: func(err error) {
		if e.Classify(err) == engine.FailureFatal {
			failed(err)
		}
	}}
	e.checkpoints = newCheckpoints(path, e.group)

	return e
}

// connect creates the file if it is missing, and returns an error if the file can't be served.
func (e *Engine) connect(ctx context.Context, fresh bool) error {
	if !fresh {
		if err := refuseForeign(ctx, e.path); err != nil {
			return err
		}
	}

	// The writer connects first: it creates the file and switches it to WAL mode, which readers can't.
	if err := e.write.PingContext(ctx); err != nil {
		return err
	}

	if fresh {
		// From here on the files hold data that others must not read.
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Chmod(e.path+suffix, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}

	if err := e.refuseReadOnly(ctx); err != nil {
		return err
	}

	return e.read.PingContext(ctx)
}

// absolute returns the file's absolute path, so that a later change of the working directory has no effect, and
// whether the file is missing.
func absolute(file string) (path string, fresh bool, err error) {
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

	// guard: a log without its database is kept
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		// SQLite would delete the log, and with it the newest changes of a database that was moved or lost.
		return "", false, fmt.Errorf(
			"is missing or empty, but its log %s-wal is not: bring the database back, or put the log aside", path)
	}

	if err == nil {
		return path, false, nil
	}

	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return "", false, errors.New("the directory does not exist or can't be entered")
	}

	return path, true, nil
}

// Missing reports whether there is neither a database at the path nor the log of a lost one, which Open refuses.
func Missing(file string) bool {
	for _, name := range []string{file, file + "-wal"} {
		if info, err := os.Stat(name); err == nil && info.Size() > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return true
}

// existing returns the path of a file that is a database of this program.
func existing(ctx context.Context, file string) (string, error) {
	path, missing, err := absolute(file)
	if err == nil && missing {
		err = errors.New("there is no such file")
	}
	if err == nil {
		err = refuseForeign(ctx, path)
	}
	if err != nil {
		return "", fmt.Errorf("database %q: %w", file, err)
	}

	return path, nil
}

// refuseForeign returns an error if the file is not a database of this program, before anything is written to it.
func refuseForeign(ctx context.Context, path string) (err error) {
	db := sql.OpenDB(&connector{dsn: dsn(path, url.Values{"mode": {"rw"}, "_query_only": {"true"}})})
	defer func() { err = errors.Join(err, db.Close()) }()
	return checkForeign(ctx, db)
}

// checkForeign is refuseForeign for a file that is open.
func checkForeign(ctx context.Context, db *sql.DB) error {
	var id, tables int
	// Counting the tables parses the schema, which detects damage that the id alone doesn't.
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

// refuseReadOnly returns an error if this process may only read the file: SQLite would open it nevertheless, and
// never check again. It writes nothing.
func (e *Engine) refuseReadOnly(ctx context.Context) error {
	tx, err := e.write.BeginTx(ctx, nil)
	if err == nil {
		_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
		err = errors.Join(err, tx.Rollback())
	}
	if isBusy(err) {
		return nil // another process is writing, so the file is writable
	}

	return err
}
