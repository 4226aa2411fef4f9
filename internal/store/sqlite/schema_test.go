package sqlite_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

func TestSQLiteMigratesOnce(t *testing.T) {
	for round := range 5 {
		path := filepath.Join(t.TempDir(), "test.db")
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				// Each has its own pools, like a separate process.
				s, err := store.Open(t.Context(), path)
				if err != nil {
					t.Errorf("round %d: open: %v", round, err)
					return
				}
				defer s.Close()

				err = errors.Join(s.Migrate(t.Context()), s.CheckSchema(t.Context()), s.Ready(t.Context()))
				if err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}

		group.Wait()
		s := storetest.Migrated(t, path)
		write, _ := s.Engine().Pools()
		var applied int
		if err := write.QueryRow("SELECT count(*) FROM goose_db_version WHERE version_id = 1").Scan(
			&applied,
		); err != nil || applied != 1 {
			t.Errorf("applied %d times, %v", applied, err)
		}
	}
}

func TestSQLiteSchemaVersions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	expect := func(err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want %q", err, want)
		}
	}

	status, err := s.MigrationStatus(t.Context())
	if err != nil || len(status) < 3 || status[0].AppliedAt != nil {
		t.Errorf("status %+v, %v", status, err)
	}

	expect(s.CheckSchema(t.Context()), "lacks migration 1 (initial)")
	if err := s.Ready(t.Context()); models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("ready: %v", err)
	}

	write, _ := s.Engine().Pools()
	var tables int
	if err := write.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("looking made %d tables, %v", tables, err)
	}
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}

	expect(s.CheckSchema(t.Context()), "has migration 9999, which this version of the program doesn't know")
	expect(s.Migrate(t.Context()), "has migration 9999, which this version of the program doesn't know")
}

func TestSQLiteMigrationIsAtomic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	write, _ := s.Engine().Pools()
	// The last statement of the migration will fail.
	if _, err := write.Exec("CREATE TABLE server_keys (x)"); err != nil {
		t.Fatal(err)
	}
	if err := s.Migrate(t.Context()); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}

	var tables int
	if err := write.QueryRow("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").Scan(&tables); err != nil ||
		tables != 1 {
		t.Errorf("%d tables, %v", tables, err)
	}
}

// TestSQLiteColumns compares the tables with the models, both ways.
func TestSQLiteColumns(t *testing.T) {
	write, _ := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db")).Engine().Pools()
	known := map[string]bool{
		"goose_db_version": true, "schema_compatibility": true, "server_keys": true, "audit_heads": true, "webhook_sequences": true,
		"sqlite_sequence": true, "device_watches": true,
	}
	for _, model := range storetest.Schemas(t) {
		known[model.Table] = true
		columns := map[string]string{}
		rows, err := write.Query("SELECT name, type FROM pragma_table_info(?)", model.Table)
		if err != nil {
			t.Fatal(err)
		}

		for rows.Next() {
			var name, kind string
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			columns[name] = kind
		}

		for _, field := range model.DBNames {
			kind, ok := columns[field]
			if !ok {
				t.Errorf("%s lacks %s", model.Table, field)
			}
			if isTime := model.FieldsByDBName[field].DataType == "time"; isTime != (kind == "DATETIME") {
				t.Errorf("%s.%s is %s", model.Table, field, kind)
			}

			delete(columns, field)
		}

		for name, kind := range storetest.Unmodelled[model.Table] {
			if columns[name] != kind {
				t.Errorf("%s.%s is %s", model.Table, name, columns[name])
			}
			delete(columns, name)
		}

		for name := range columns {
			t.Errorf("%s has %s, which no model has", model.Table, name)
		}
	}

	rows, err := write.Query("SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()

	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !known[name] {
			t.Errorf("no model has the table %s", name)
		}
	}
}

// TestSQLiteStartLooksThroughNothing: a migration ends with a check of all tables, which a start without pending
// migrations must not wait for.
func TestSQLiteStartLooksThroughNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	other, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()

	if _, err := other.Exec(
		"PRAGMA foreign_keys = OFF; INSERT INTO consents (id, account_id, channel, source, recorded_at) VALUES ('id', 'nobody', 'SMS', '', '')",
	); err != nil {
		t.Fatal(err)
	}

	if err := s.Migrate(t.Context()); err != nil {
		t.Errorf("a start looks for rows that belong to nothing: %v", err)
	}
}
