package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/engine"
)

// Expand migrates a database as the next version of the program would, whose step is additive: every table gets one
// more column, and there is one more table. It returns the database.
func Expand(t testing.TB, database string) string {
	t.Helper()
	applyNext(t, database, false, func(e engine.Engine, db *sql.DB, version int64) error {
		for _, table := range tables(t, e, db) {
			_, err := db.ExecContext(t.Context(), fmt.Sprintf(
				"ALTER TABLE %s ADD COLUMN of_version_%d TEXT NOT NULL DEFAULT 'nothing'", table, version))
			if err != nil {
				return err
			}
		}
		_, err := db.ExecContext(t.Context(), fmt.Sprintf("CREATE TABLE of_version_%d (id TEXT)", version))
		return err
	})

	return database
}

// Break migrates a database as a later version of the program would, whose step is breaking.
func Break(t testing.TB, database string) {
	t.Helper()
	applyNext(t, database, true, func(engine.Engine, *sql.DB, int64) error { return nil })
}

// applyNext applies a step of a later version, and records it.
func applyNext(
	t testing.TB, database string, breaking bool, step func(e engine.Engine, db *sql.DB, version int64) error,
) {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()

	err = s.Engine().Migrate(t.Context(), func(db *sql.DB) (rewritten bool, err error) {
		var version, since int64
		if err := db.QueryRowContext(t.Context(), `SELECT max(version), max(compatible_since)
			FROM schema_compatibility`).Scan(&version, &since); err != nil {
			return false, err
		}

		version++
		if breaking {
			since = version
		}
		if err := step(s.Engine(), db, version); err != nil {
			return false, err
		}

		return breaking, recordNext(t.Context(), db, version, since)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func recordNext(ctx context.Context, db *sql.DB, version, since int64) error {
	_, err := db.ExecContext(ctx, fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, true)",
		version))
	if err == nil {
		_, err = db.ExecContext(ctx, fmt.Sprintf(
			"INSERT INTO schema_compatibility (version, compatible_since) VALUES (%d, %d)", version, since))
	}
	return err
}

// tables lists the tables of the schema.
func tables(t testing.TB, e engine.Engine, db *sql.DB) []string {
	t.Helper()
	query := "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	if e.Migrations().Dialect == "postgres" {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
	}

	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()

	var found []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if name != "goose_db_version" && name != "schema_compatibility" {
			found = append(found, name)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if len(found) < 13 {
		t.Fatalf("only %d tables", len(found))
	}

	return found
}

// Restore fills an empty database with the statements of a fixture: a database as an earlier version left it.
func Restore(t testing.TB, database, statements string) {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()

	if err := s.Engine().Migrate(t.Context(), func(db *sql.DB) (rewritten bool, err error) {
		_, err = db.ExecContext(t.Context(), statements)
		return true, err
	}); err != nil {
		t.Fatal(err)
	}
}
