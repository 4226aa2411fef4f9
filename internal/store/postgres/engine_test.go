package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestPostgreSQLRefusesInOneLine also checks that no error contains the password.
func TestPostgreSQLRefusesInOneLine(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://ada:Wolpertinger@127.0.0.1:1/shop":               "127.0.0.1:1",
		"postgres://ada:Wolpertinger@/shop?host=/nowhere":            "/nowhere",
		"postgres://ada:Wolpertinger@127.0.0.1:1,127.0.0.1:2/shop":   "127.0.0.1:1, 127.0.0.1:2:",
		"postgresql://127.0.0.1:1/shop?user=a&password=Wolpertinger": "127.0.0.1:1",
		"postgres://ada:Wolper%tinger@127.0.0.1/shop":                "percent-encoded",
		"postgres://ada:Wolper#tinger@127.0.0.1/shop":                "database",
		"postgres://ada:Wolpertinger@127.0.0.1:port/shop":            "percent-encoded",
		"postgres://ada:Wolpertinger@127.0.0.1/shop?sslmode=maybe":   "sslmode",
		"postgres://ada:Wolpertinger@127.0.0.1/?pool_max_conns=1":    "pool_max_conns",
		"postgres://ada:Wolpertinger@127.0.0.1/?pool_max_conns=x":    "pool_max_conns",
		"postgres://a@127.0.0.1/?pool_max_conn_lifetime=soon":        "pool_max_conn_lifetime",
		"postgres://ada:Wolp@er#tinger@127.0.0.1/shop":               "percent-encoded",
		"postgres://ada:1#Wolpertinger@127.0.0.1/shop":               "percent-encoded",
		"postgres://ada:1/Wolpertinger@127.0.0.1/shop":               "percent-encoded",
		"postgres://ada:1?Wolpertinger@127.0.0.1/shop":               "percent-encoded",
		"postgres://ada:1?sslmode=Wolpertinger@127.0.0.1/shop":       "percent-encoded",
		"postgres:/ada:Wolpertinger@127.0.0.1/shop":                  "postgres://",
		"postgresql:ada:Wolpertinger@127.0.0.1/shop":                 "postgres://",
		"host=127.0.0.1 user=ada password=Wolpertinger":              "postgres://",
		"mysql://ada:Wolpertinger@127.0.0.1/shop":                    "postgres://",
	} {
		_, err := store.Open(t.Context(), address)
		if err == nil {
			t.Errorf("%s was opened", address)
			continue
		}

		text := err.Error()
		if !strings.Contains(text, want) || strings.Contains(text, "\n") || strings.Contains(text, "Wolper") ||
			strings.Contains(text, "tinger") {
			t.Errorf("want %q on one line without the password, got %q", want, text)
		}
	}
}

// TestPostgreSQLRefusesTheUnfit covers servers on which an acknowledged change could be lost.
func TestPostgreSQLRefusesTheUnfit(t *testing.T) {
	address := postgrestest.URL(t)
	_, err := store.Open(t.Context(), address+"&synchronous_commit=off")
	if err == nil || !strings.Contains(err.Error(), "synchronous_commit") {
		t.Errorf("got %v", err)
	}
}

func TestPostgreSQLMigratesOnce(t *testing.T) {
	for range 3 {
		address := postgrestest.EmptyURL(t)
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				s, err := store.Open(t.Context(), address)
				if err != nil {
					t.Errorf("open: %v", err)
					return
				}
				defer s.Close()
				if err := errors.Join(s.Migrate(t.Context()), s.CheckSchema(t.Context())); err != nil {
					t.Error(err)
				}
			})
		}

		group.Wait()
	}
}

func TestPostgreSQLSchemaVersions(t *testing.T) {
	address := postgrestest.EmptyURL(t)
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.CheckSchema(t.Context()); err == nil || !strings.Contains(err.Error(), "run `accountql migrate`") {
		t.Errorf("an empty database: %v", err)
	}
	if err := s.Ready(t.Context()); models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("ready without a schema: %v", err)
	}
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}

	storetest.Execute(t, postgrestest.Open(t, address),
		"INSERT INTO goose_db_version (version_id, is_applied) VALUES (4711, true)")

	for _, err := range []error{s.CheckSchema(t.Context()), s.Migrate(t.Context())} {
		if err == nil || !strings.Contains(
			err.Error(), "has migration 4711, which this version of the program doesn't know",
		) || strings.Contains(err.Error(), "\n") {
			t.Errorf("a newer schema: %v", err)
		}
	}
}

func TestPostgreSQLMigrationIsAtomic(t *testing.T) {
	address := postgrestest.EmptyURL(t)
	db := postgrestest.Open(t, address)
	// The last statement of the first migration will fail.
	storetest.Execute(t, db, "CREATE TABLE server_keys (x int)")
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(t.Context()); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}

	var tables int
	if err := db.QueryRow("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables); err != nil ||
		tables != 1 {
		t.Errorf("%d tables, %v", tables, err)
	}
}

// TestPostgreSQLColumns compares the tables with the models and with SQLite's, both ways.
func TestPostgreSQLColumns(t *testing.T) {
	address := postgrestest.URL(t)
	db := postgrestest.Open(t, address)
	for _, model := range storetest.Schemas(t) {
		for _, field := range model.DBNames {
			var kind string
			err := db.QueryRow(
				"SELECT data_type FROM information_schema.columns WHERE table_name = $1 AND column_name = $2",
				model.Table, field,
			).Scan(&kind)
			if err != nil {
				t.Errorf("%s.%s: %v", model.Table, field, err)
			}

			isTime := model.FieldsByDBName[field].DataType == "time"
			if isTime != (kind == "timestamp with time zone") {
				t.Errorf("%s.%s is %s", model.Table, field, kind)
			}
		}
	}

	lite, _ := storetest.Migrated(t, t.TempDir()+"/test.db").Engine().Pools()
	const columns = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ('goose_db_version', 'schema_compatibility')"
	const liteColumns = "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT IN ('goose_db_version', 'schema_compatibility') AND m.name NOT LIKE 'sqlite_%'"
	same(t, names(t, db, columns), names(t, lite, liteColumns))
	const indexes = "SELECT tablename || '.' || indexname || (indexdef LIKE '% WHERE %') || (indexdef LIKE '% UNIQUE %') FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'"
	const liteIndexes = "SELECT tbl_name || '.' || name || iif(sql LIKE '% WHERE %', 'true', 'false') || iif(sql LIKE '% UNIQUE %', 'true', 'false') FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
	have := names(t, db, indexes)
	for _, key := range []string{"accounts.accounts_numberfalsetrue", "sessions.sessions_tokenfalsetrue"} {
		if !have[key] {
			t.Errorf("PostgreSQL lacks %s, which on SQLite is the place of the row", key)
		}
		delete(have, key)
	}
	same(t, have, names(t, lite, liteIndexes))
}

func names(t *testing.T, db *sql.DB, query string) map[string]bool {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		found[name] = true
	}

	return found
}

func same(t *testing.T, postgres, sqlite map[string]bool) {
	t.Helper()
	if len(postgres) < 19 {
		t.Errorf("only %d are compared", len(postgres))
	}

	for name := range postgres {
		if !sqlite[name] {
			t.Errorf("SQLite lacks %s", name)
		}
	}

	for name := range sqlite {
		if !postgres[name] {
			t.Errorf("PostgreSQL lacks %s", name)
		}
	}
}

// TestPostgreSQLSettings checks the settings inside a transaction.
func TestPostgreSQLSettings(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := storetest.Migrated(t, address), postgrestest.Open(t, address)
	if err := s.InTx(t.Context(), func(tx account.Tx) error {
		// A transaction begins with its first statement.
		if _, err := tx.Budget(t.Context(), "nothing"); !errors.Is(err, models.ErrNotFound) {
			return err
		}

		var name, state string
		if err := db.QueryRow(
			"SELECT application_name, state FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
		).Scan(&name, &state); err != nil {
			return err
		}

		if name != "accountql" {
			t.Errorf("application_name is %q", name)
		}

		return nil
	}); err != nil {
		t.Fatal(err)
	}

	for setting, want := range map[string]string{"statement_timeout": "10s",
		"idle_in_transaction_session_timeout": "10s", "transaction_isolation": "read committed", "TimeZone": "UTC"} {
		err := s.InTx(t.Context(), func(tx account.Tx) error {
			_, err := store.ConnOf(tx).ExecContext(t.Context(),
				"DO $$ BEGIN ASSERT current_setting('"+setting+"') = '"+want+"', current_setting('"+setting+
					"'); END $$")
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", setting, err)
		}
	}

	// A value that can't be stored as a text is not found, as in SQLite.
	for _, id := range []string{"a\x00b", "\xff"} {
		if _, err := s.AccountByID(context.Background(), id); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
}
