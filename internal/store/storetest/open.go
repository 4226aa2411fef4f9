package storetest

import (
	"database/sql"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// Start is a time for tests that need some time.
var Start = time.Date(2026, time.January, 31, 12, 0, 0, 0, time.UTC)

// Migrated opens the database, migrates it, and closes it with the test.
func Migrated(t testing.TB, database string) *store.Store {
	t.Helper()
	driver, err := store.DriverOf(database)
	if err != nil {
		t.Fatal(err)
	}
	return MigratedWith(t, driver, database)
}

// MigratedWith is Migrated with the given driver.
func MigratedWith(t testing.TB, driver engine.Driver, database string) *store.Store {
	t.Helper()
	s, err := store.OpenWith(t.Context(), driver, database)
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

// Customer returns an account that can be created.
func Customer(id string) *models.Account {
	return &models.Account{
		ID: id, Status: models.StatusActive, Email: models.EmailAddress(id + "@example.com"),
		Profile: models.Profile{Sex: models.SexNotSpecified},
		Version: 1, CreatedAt: Start, UpdatedAt: Start,
	}
}

// Execute runs a statement directly, without the store.
func Execute(t testing.TB, db *sql.DB, statement string, values ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statement, values...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
