package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// openMigrated opens the database, brings it to the schema, and closes it with the test.
func openMigrated(t *testing.T, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSQLite(t *testing.T) {
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return openMigrated(t, filepath.Join(t.TempDir(), "test.db"))
	})
}

func TestPostgreSQL(t *testing.T) {
	postgrestest.Socket(t)
	storetest.Exercise(t, func(t *testing.T) *store.Store { return openMigrated(t, postgrestest.URL(t)) })
}
