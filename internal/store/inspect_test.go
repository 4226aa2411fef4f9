package store_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

// snapshot returns the names of a folder's files with the digests of their contents. The index of SQLite's log is
// memory that processes share: every reader marks there what it reads, and it holds no data.
func snapshot(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}

	var all strings.Builder
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(entry.Name(), "-shm") {
			content = nil
		}
		_, _ = fmt.Fprintf(&all, "%s %x\n", entry.Name(), sha256.Sum256(content))
	}

	return all.String()
}

// TestInspectWritesNothing looks at a file that nobody has open, and at one that a server has open.
func TestInspectWritesNothing(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "inspected.db")
	s := storetest.Migrated(t, file)
	look := func(state string) {
		t.Helper()
		before := snapshot(t, folder)
		found, err := store.Inspect(t.Context(), file)
		if err != nil || found.Name != file || !strings.HasPrefix(found.Server, "SQLite 3.") || found.Schema < 1 ||
			found.Pending != 0 || found.Standby {
			t.Errorf("%s: %+v, %v", state, found, err)
		}
		if after := snapshot(t, folder); after != before {
			t.Errorf("%s: before\n%safter\n%s", state, before, after)
		}
	}

	look("open elsewhere")
	write, _ := s.Engine().Pools()
	storetest.Execute(t, write, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (4711, true)")
	if _, err := store.Inspect(t.Context(), file); err == nil || !strings.Contains(err.Error(), "migration 4711") {
		t.Errorf("a newer schema in the log: %v", err)
	}
	storetest.Execute(t, write, "DELETE FROM goose_db_version WHERE version_id = 4711")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look("closed")
}

func TestInspectFindsWhatServeRefuses(t *testing.T) {
	folder := t.TempDir()
	empty, foreign := filepath.Join(folder, "empty.db"), filepath.Join(folder, "foreign.db")
	for file, text := range map[string]string{empty: "", foreign: "no database at all, but long enough to be one"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	before := snapshot(t, folder)
	for database, want := range map[string]error{
		filepath.Join(folder, "missing.db"): store.ErrNoDatabase, empty: store.ErrNoDatabase, foreign: nil,
		folder: nil, "postgres://shop:marker@127.0.0.1:1/accounts": nil, "mysql://shop:marker@127.0.0.1/x": nil,
	} {
		_, err := store.Inspect(t.Context(), database)
		if err == nil || want != nil && !errors.Is(err, want) || strings.Contains(err.Error(), "marker") {
			t.Errorf("%s: %v", database, err)
		}
	}

	if after := snapshot(t, folder); after != before {
		t.Errorf("before\n%safter\n%s", before, after)
	}
}

// TestInspectOnPostgreSQL looks at a database without tables, at a primary and at its standby.
func TestInspectOnPostgreSQL(t *testing.T) {
	primary := postgrestest.NewCluster(t)
	if _, err := store.Inspect(t.Context(), primary.URL("postgres")); !errors.Is(err, store.ErrNoDatabase) {
		t.Errorf("without tables: %v", err)
	}

	storetest.Migrated(t, primary.URL("postgres"))
	standby := primary.Standby(t)
	for database, want := range map[string]bool{primary.URL("postgres"): false, standby.URL("postgres"): true} {
		found, err := store.Inspect(t.Context(), database)
		if err != nil || !strings.HasPrefix(found.Server, "PostgreSQL 1") || found.Schema < 1 || found.Pending != 0 ||
			found.Standby != want || found.ClockOffset.Abs() > 10*time.Second {
			t.Errorf("%+v, %v", found, err)
		}
	}

	db := postgrestest.Open(t, primary.URL("postgres"))
	storetest.Execute(t, db, "DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)")
	if found, err := store.Inspect(t.Context(), primary.URL("postgres")); err != nil || found.Pending != 1 {
		t.Errorf("an older schema: %+v, %v", found, err)
	}
}

func TestCheckAddress(t *testing.T) {
	for _, database := range []string{
		"accountql.db", "postgres://shop:marker@db.example/accounts?sslmode=require", "postgres/accountql.db",
		"/srv/shop@home/accountql.db",
	} {
		if err := store.CheckAddress(database); err != nil {
			t.Errorf("%s: %v", database, err)
		}
	}

	for _, database := range []string{
		"mysql://shop:marker@db.example/x", "postgres://shop:mark#er@db.example/x", "host=x password=marker",
		"postgres://shop:marker@db.example:port/x", "postgres//shop:marker@db.example/x", "shop:marker@db.example/x",
		"Postgresql:shop:marker@db.example/x",
	} {
		if err := store.CheckAddress(database); err == nil || strings.Contains(err.Error(), "mark") {
			t.Errorf("%s: %v", database, err)
		}
	}
}
