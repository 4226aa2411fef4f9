package store_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// pool opens the database past the store.
func pool(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := postgrestest.Pool(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func execute(t *testing.T, db *sql.DB, statement string, values ...any) {
	t.Helper()
	if _, err := db.Exec(statement, values...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// TestPostgreSQLRefusesInOneLine also looks for the password in what it says.
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
		"mysql://ada:Wolpertinger@127.0.0.1/shop":                    "postgres://",
	} {
		_, err := store.Open(t.Context(), address)
		if err == nil {
			t.Errorf("%s was opened", address)
			continue
		}
		text := err.Error()
		if !strings.Contains(text, want) || strings.Contains(text, "\n") || strings.Contains(text, "Wolper") || strings.Contains(text, "tinger") {
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
	execute(t, pool(t, address), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (4711, true)")
	for _, err := range []error{s.CheckSchema(t.Context()), s.Migrate(t.Context())} {
		if err == nil || !strings.Contains(err.Error(), "has migration 4711, which this version of the program doesn't know") || strings.Contains(err.Error(), "\n") {
			t.Errorf("a newer schema: %v", err)
		}
	}
}

func TestPostgreSQLMigrationIsAtomic(t *testing.T) {
	address := postgrestest.EmptyURL(t)
	db := pool(t, address)
	// The last statement of the first migration will fail.
	execute(t, db, "CREATE TABLE server_keys (x int)")
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(t.Context()); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
	var tables int
	if err := db.QueryRow("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables); err != nil || tables != 1 {
		t.Errorf("%d tables, %v", tables, err)
	}
}

// TestPostgreSQLColumns compares the tables with the models and with SQLite's, both ways.
func TestPostgreSQLColumns(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := openMigrated(t, address), pool(t, address)
	for _, model := range []any{
		&models.Account{}, &models.Session{}, &models.Challenge{}, &models.APIKey{}, &models.Message{},
		&models.AuditEvent{}, &models.Budget{}, &models.Consent{}, &models.Identity{}, &models.Registration{},
		&models.IdempotencyKey{},
	} {
		statement := &gorm.Statement{DB: s.Gorm()}
		if err := statement.Parse(model); err != nil {
			t.Fatal(err)
		}
		for _, field := range statement.Schema.DBNames {
			var kind string
			if err := db.QueryRow("SELECT data_type FROM information_schema.columns WHERE table_name = $1 AND column_name = $2", statement.Schema.Table, field).Scan(&kind); err != nil {
				t.Errorf("%s.%s: %v", statement.Schema.Table, field, err)
			}
			if isTime := statement.Schema.FieldsByDBName[field].DataType == "time"; isTime != (kind == "timestamp with time zone") {
				t.Errorf("%s.%s is %s", statement.Schema.Table, field, kind)
			}
		}
	}
	lite, _ := openMigrated(t, t.TempDir()+"/test.db").Pools()
	const columns = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'goose_db_version'"
	const liteColumns = "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name <> 'goose_db_version' AND m.name NOT LIKE 'sqlite_%'"
	same(t, names(t, db, columns), names(t, lite, liteColumns))
	const indexes = "SELECT tablename || '.' || indexname || (indexdef LIKE '% WHERE %') || (indexdef LIKE '% UNIQUE %') FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'"
	const liteIndexes = "SELECT tbl_name || '.' || name || iif(sql LIKE '% WHERE %', 'true', 'false') || iif(sql LIKE '% UNIQUE %', 'true', 'false') FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
	same(t, names(t, db, indexes), names(t, lite, liteIndexes))
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

// TestPostgreSQLRetriesConflicts counts how often a transaction runs that always, or once, conflicts.
func TestPostgreSQLRetriesConflicts(t *testing.T) {
	s := openMigrated(t, postgrestest.URL(t))
	for code, want := range map[string]int{"40001": 4, "40P01": 4, "22012": 1, "57014": 1} {
		runs, err := s.RunInTx(t.Context(), "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '"+code+"'; END $$")
		if runs != want || err == nil {
			t.Errorf("%s: %d runs, %v", code, runs, err)
		}
		if unavailable := models.CodeOf(err) == models.CodeUnavailable; unavailable != (code != "22012") {
			t.Errorf("%s is %v", code, err)
		}
	}
	ctx := t.Context()
	for _, id := range []string{"a", "b"} {
		made := &models.Account{ID: id, Status: models.StatusActive, Email: models.EmailAddress(id), Sex: models.SexNotSpecified, Version: 1, CreatedAt: start, UpdatedAt: start}
		if err := s.InTx(ctx, func(tx account.Tx) error { return tx.CreateAccount(ctx, made) }); err != nil {
			t.Fatal(err)
		}
	}
	// Each locks the account that the other wants next; one of them is run again.
	var group, both sync.WaitGroup
	both.Add(2)
	runs := make([]int, 2)
	for n, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		group.Go(func() {
			err := s.InTx(ctx, func(tx account.Tx) error {
				runs[n]++
				if _, err := tx.LockAccount(ctx, order[0]); err != nil {
					return err
				}
				if runs[n] == 1 {
					both.Done()
					both.Wait()
				}
				_, err := tx.LockAccount(ctx, order[1])
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if runs[0]+runs[1] < 3 {
		t.Errorf("runs %v: there was no deadlock", runs)
	}
}

// TestPostgreSQLComesBack ends every connection, and makes the server a reader, under the store.
func TestPostgreSQLComesBack(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := openMigrated(t, address), pool(t, address)
	ctx := t.Context()
	const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	err := s.InTx(ctx, func(tx account.Tx) error {
		if _, err := tx.SpendBudget(ctx, "key", start, time.Hour); err != nil {
			return err
		}
		execute(t, db, end)
		_, err := tx.SpendBudget(ctx, "key", start, time.Hour)
		return err
	})
	if models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a connection that was ended in a transaction: %v", err)
	}
	err = s.InTx(ctx, func(tx account.Tx) error {
		if _, err := tx.SpendBudget(ctx, "key", start, time.Hour); err != nil {
			return err
		}
		execute(t, db, end)
		return nil
	})
	if models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a connection that was ended before the commit: %v", err)
	}
	// Whoever comes next does not meet the connections that were cut: not to read, and not to write.
	for range 3 {
		execute(t, db, end)
		if _, err := s.AccountByID(ctx, "nobody"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a read afterwards: %v", err)
		}
		if err := s.Ready(ctx); err != nil {
			t.Errorf("a write afterwards: %v", err)
		}
	}
	var budgets int
	if err := db.QueryRow("SELECT count(*) FROM budgets").Scan(&budgets); err != nil || budgets != 0 {
		t.Errorf("%d budgets were kept, %v", budgets, err)
	}
	if _, err := s.RunInTx(ctx, "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$"); models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a full disk: %v", err)
	}
	select {
	case <-s.Failed():
		t.Error("the process would end for good")
	default:
	}
}

// TestPostgreSQLSettings looks at what a transaction runs with.
func TestPostgreSQLSettings(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := openMigrated(t, address), pool(t, address)
	if err := s.InTx(t.Context(), func(account.Tx) error {
		var name, state string
		if err := db.QueryRow("SELECT application_name, state FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'").Scan(&name, &state); err != nil {
			return err
		}
		if name != "accountql" {
			t.Errorf("application_name is %q", name)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for setting, want := range map[string]string{"statement_timeout": "10s", "idle_in_transaction_session_timeout": "10s", "transaction_isolation": "read committed", "TimeZone": "UTC"} {
		if _, err := s.RunInTx(t.Context(), "DO $$ BEGIN ASSERT current_setting('"+setting+"') = '"+want+"', current_setting('"+setting+"'); END $$"); err != nil {
			t.Errorf("%s: %v", setting, errors.Unwrap(err))
		}
	}
	// What can't be a text is not found, as in SQLite.
	for _, id := range []string{"a\x00b", "\xff"} {
		if _, err := s.AccountByID(context.Background(), id); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
}
