package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
)

// OpenSource implements engine.Driver. It takes SQLite's exclusive lock on the file, which is granted only if
// nobody else has the file open, even idle. Nobody can open the file from then on.
func (Driver) OpenSource(ctx context.Context, file string, _ []string) (engine.Engine, error) {
	path, err := existing(ctx, file)
	if err != nil {
		return nil, err
	}

	db := sql.OpenDB(&connector{
		dsn: dsn(path, url.Values{
			// guard: a copy has its source alone
			"mode": {"rw"}, "_query_only": {"true"}, "_locking_mode": {"EXCLUSIVE"}, "_busy_timeout": {"0"},
		}),
		// guard: a copy has its source alone (2)
		pragmas: []pragma{{"locking_mode", "exclusive"}, {"query_only", int64(1)}},
	})
	db.SetMaxOpenConns(1)

	// A process that has it open, and isn't just closing it, won't close it soon.
	soon, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var tables int
	if err := db.QueryRowContext(soon, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		if isBusy(err) {
			err = engine.ErrInUse
		}
		return nil, errors.Join(fmt.Errorf("database %q %w", file, err), db.Close())
	}

	return &Engine{path: path, write: db, read: db, finders: newFinders(path, 1)}, nil
}
