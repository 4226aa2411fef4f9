package world

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/store"
)

// SQLiteFile makes a SQLite database at the current schema, which is deleted when the test ends, and returns its path:
// a file on the system's file system in memory, if there is one. It is the real engine, with its log, its reading
// connections and its one writer, on a disk that needs no time; SQLite's own :memory: has none of them, and the store
// refuses it.
func SQLiteFile(t testing.TB) string {
	t.Helper()
	migrated, err := migrated()
	Check(t, err)

	file := EmptySQLiteFile(t)
	Check(t, os.WriteFile(file, migrated, 0o600))

	return file
}

// EmptySQLiteFile returns the path of a SQLite database that is not there yet, in the folder of a SQLiteFile.
func EmptySQLiteFile(t testing.TB) string {
	t.Helper()
	folder, err := memory()
	if err != nil {
		folder = t.TempDir()
	}

	t.Cleanup(func() { _ = os.RemoveAll(folder) })

	return filepath.Join(folder, "accountql.db")
}

// memory makes a folder in memory, or returns an error if the system has no such file system.
func memory() (string, error) { return os.MkdirTemp("/dev/shm", "accountql-test-") }

// migrated is the content of a SQLite file after all migrations.
var migrated = sync.OnceValues(func() ([]byte, error) {
	folder, err := memory()
	if err != nil {
		folder, err = os.MkdirTemp("", "accountql-test-")
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()

	file, ctx := filepath.Join(folder, "accountql.db"), context.Background()
	made, err := store.Open(ctx, file)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(made.Migrate(ctx), made.Close()); err != nil {
		return nil, err
	}

	return os.ReadFile(file)
})
