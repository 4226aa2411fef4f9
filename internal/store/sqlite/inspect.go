package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/store/engine"
)

// CheckAddress implements engine.Driver. What a path names is known only when it is opened.
func (Driver) CheckAddress(string) error { return nil }

// OpenToInspect implements engine.Driver. A file without a log is read as one that nobody changes, because SQLite
// would make a log even for a reader. Beside a log SQLite may make its index anew, which holds no data.
func (Driver) OpenToInspect(ctx context.Context, file string) (engine.Engine, error) {
	path, missing, err := absolute(file)
	if err == nil && missing {
		err = errors.New("there is no such file")
	}
	if err != nil {
		return nil, fmt.Errorf("database %q: %w", file, err)
	}

	options := url.Values{"mode": {"ro"}, "_query_only": {"true"}}
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) { // guard: a look makes no log
		options.Set("immutable", "1")
	}

	// Before SQLite opens the file: to close another descriptor of it would end SQLite's locks.
	readOnly := false
	if writable, err := os.OpenFile(path, os.O_RDWR, 0); err != nil {
		readOnly = true
	} else if err := writable.Close(); err != nil {
		return nil, err
	}

	db := sql.OpenDB(&connector{dsn: dsn(path, options)})
	if err := checkForeign(ctx, db); err != nil {
		return nil, errors.Join(fmt.Errorf("database %q: %w", file, err), db.Close())
	}

	return &Engine{path: path, write: db, read: db, finders: newFinders(path, 1), readOnly: readOnly}, nil
}

// Server implements engine.Engine.
func (e *Engine) Server(context.Context) (version string, readOnly bool, err error) {
	number, _, _ := sqlite3.Version()
	return "SQLite " + number, e.readOnly, nil
}
