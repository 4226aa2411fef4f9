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
)

// Backup implements engine.Driver. Others may write to the database at the same time: the copy is the state of the
// database at one moment after the call, with everything that had been acknowledged by then. The file appears under
// its name only when it is complete, checked and on disk. An existing file is never replaced. The schema may be of
// any version.
func (Driver) Backup(ctx context.Context, database, file string) (size int64, err error) {
	path, err := existing(ctx, database)
	if err != nil {
		return 0, err
	}
	if file, err = filepath.Abs(file); err != nil {
		return 0, err
	}

	if _, err := os.Lstat(file); err == nil {
		return 0, fmt.Errorf("%s exists already, and is not overwritten", file)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}

	// Only the owner may read it, as for the database.
	draft, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*.part")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, draft.Close(), os.Remove(draft.Name())) }()

	if err := vacuumInto(ctx, path, draft.Name()); err != nil {
		return 0, err
	}
	if err := checkCopied(ctx, draft.Name()); err != nil {
		return 0, err
	}

	// SQLite does not sync what VACUUM INTO wrote.
	if err := draft.Sync(); err != nil {
		return 0, err
	}

	info, err := draft.Stat()
	if err != nil {
		return 0, err
	}

	// A link, unlike a rename, fails if the file was created in the meantime.
	if err := os.Link(draft.Name(), file); err != nil {
		return 0, err
	}

	return info.Size(), syncDirectory(filepath.Dir(file))
}

// vacuumInto writes the database into an empty file. It reads in one transaction while others may write, and leaves
// out deleted rows.
func vacuumInto(ctx context.Context, path, file string) (err error) {
	db := sql.OpenDB(&connector{dsn: dsn(path, url.Values{"mode": {"rw"}})})
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", file)
	return err
}

// checkCopied returns an error if SQLite finds the file damaged, or if it has no tables.
func checkCopied(ctx context.Context, file string) (err error) {
	db := sql.OpenDB(&connector{dsn: dsn(file, url.Values{"mode": {"ro"}})})
	defer func() { err = errors.Join(err, db.Close()) }()
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("the database is damaged: %s", verdict)
	}

	var tables int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if tables == 0 { // guard: nothing is no backup
		return errors.New("the database is empty: is it the server's?")
	}

	return nil
}

// syncDirectory syncs a directory, so that the names in it survive a crash.
func syncDirectory(path string) error {
	directory, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}
