package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// errInUse says that a source is being served.
var errInUse = errors.New("is in use: stop every server and every other program that works on it, and keep them stopped")

// openSource opens a database to copy from, and keeps everybody else from
// writing to it until it is closed. It must be at this program's schema.
func openSource(ctx context.Context, database string) (*side, error) {
	open := lockSQLite
	switch {
	case isPostgres(database):
		open = lockPostgres
	case strings.Contains(database, "://"), strings.HasPrefix(database, "file:"):
		return nil, errors.New("the database must be the path of a file or a postgres:// URL")
	}
	source, err := open(ctx, database)
	if err != nil {
		return nil, err
	}
	store := &Store{engine: source.engine}
	if err := refuseUnfinished(ctx, source.engine, source.db); err != nil {
		return nil, errors.Join(err, source.db.Close())
	}
	if _, err := store.checkVersions(ctx, source.db); err != nil {
		return nil, errors.Join(err, source.db.Close())
	}
	return source, nil
}

// existingSQLite returns the path of a file that is a database of this program.
func existingSQLite(ctx context.Context, file string) (string, error) {
	path, missing, err := sqlitePath(file)
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

// lockSQLite takes SQLite's exclusive lock on the file, which it gives only when
// nobody else has the file open, whether they write or not; and nobody can open
// it from then on.
func lockSQLite(ctx context.Context, file string) (*side, error) {
	path, err := existingSQLite(ctx, file)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(&sqliteConnector{
		dsn:     sqliteDSN(path, url.Values{"mode": {"rw"}, "_query_only": {"true"}, "_locking_mode": {"EXCLUSIVE"}, "_busy_timeout": {"0"}}),
		pragmas: []pragma{{"locking_mode", "exclusive"}, {"query_only", int64(1)}},
	})
	db.SetMaxOpenConns(1)
	// Whoever has it open and isn't just closing it won't be gone in a while.
	soon, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var tables int
	if err := db.QueryRowContext(soon, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		if isBusy(err) {
			err = errInUse
		}
		return nil, errors.Join(fmt.Errorf("database %q %w", file, err), db.Close())
	}
	return &side{name: path, engine: &sqliteEngine{path: path, write: db, read: db}, db: db}, nil
}

// goneTries and gonePause are how often, and after how long, connections that are still shown are looked for again.
const (
	goneTries = 10
	gonePause = 100 * time.Millisecond
)

// lockPostgres begins a transaction that sees one state of the database, after it
// has locked out whoever would write.
func lockPostgres(ctx context.Context, database string) (*side, error) {
	settings, err := parsePostgresURL(database)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(newPostgresConnector(settings.config, true))
	db.SetMaxOpenConns(1)
	err = func() error {
		if _, err := db.ExecContext(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ; "+
			"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"); err != nil {
			return err
		}
		for _, table := range copiedTables {
			if _, err := db.ExecContext(ctx, "LOCK TABLE "+table.name+" IN SHARE MODE NOWAIT"); err != nil {
				return err
			}
		}
		// A server that has nothing to do holds no lock, but it is connected as the same user.
		// One that was just ended is shown for a moment longer.
		for tries := 0; ; tries++ {
			var others int
			err := db.QueryRowContext(ctx, `SELECT count(*) FROM pg_stat_activity
				WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`).Scan(&others)
			if err != nil || others == 0 {
				return err
			}
			if tries == goneTries {
				return errInUse
			}
			time.Sleep(gonePause)
			// Within a transaction the server shows what it showed first.
			if _, err := db.ExecContext(ctx, "SELECT pg_stat_clear_snapshot()"); err != nil {
				return err
			}
		}
	}()
	var fault *pgconn.PgError
	switch {
	case errors.As(err, &fault) && fault.Code == "55P03": // lock not available
		err = errInUse
	case errors.As(err, &fault) && fault.Code == "42P01": // no such table
		err = errors.New("holds no accounts: run `accountql migrate` if that is right")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%v %w", settings, settings.oneLine(err)), db.Close())
	}
	return &side{name: settings.String(), engine: &postgresEngine{settings: settings, write: db, read: db}, db: db}, nil
}
