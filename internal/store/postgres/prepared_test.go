package postgres_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/postgres"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

// oneReader opens a store whose reads share one connection.
func oneReader(t *testing.T, address string) (engine.Engine, *sql.DB) {
	e := storetest.Migrated(t, address).Engine()
	_, read := e.Pools()
	read.SetMaxOpenConns(1)
	return e, read
}

// countKeys finds a row.
func countKeys(t *testing.T, e engine.Engine) {
	t.Helper()
	row := engine.NewRow(1)
	found, err := e.Find(t.Context(), row, "SELECT count(*) FROM api_keys WHERE id = $1", "none")
	if number, ok := row.Values[0].AsInt(); !found || err != nil || !ok || number != 0 {
		t.Errorf("found %v: %v, %v", found, row.Values, err)
	}
}

// preparedAt returns when the statements were prepared that the readers' connection has.
func preparedAt(t *testing.T, read *sql.DB) (at []time.Time) {
	t.Helper()
	rows, err := read.QueryContext(t.Context(), "SELECT prepare_time FROM pg_prepared_statements ORDER BY prepare_time")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()

	for rows.Next() {
		var one time.Time
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		at = append(at, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}

	return at
}

// TestFindIsPrepared checks that Find prepares its statement, once, and nothing else is prepared.
func TestFindIsPrepared(t *testing.T) {
	e, read := oneReader(t, postgrestest.URL(t))
	if at := preparedAt(t, read); len(at) != 0 {
		t.Errorf("prepared before any Find: %v", at)
	}

	for range 3 {
		countKeys(t, e)
	}
	if at := preparedAt(t, read); len(at) != 1 {
		t.Errorf("prepared at %v, want one statement", at)
	}
}

// TestNothingIsPreparedBehindPgBouncer reads through PgBouncer in transaction mode.
func TestNothingIsPreparedBehindPgBouncer(t *testing.T) {
	e, read := oneReader(t, postgrestest.PgBouncer(t)(postgrestest.URL(t)))
	for range 3 {
		countKeys(t, e)
		if at := preparedAt(t, read); len(at) != 0 {
			t.Fatalf("prepared at %v", at)
		}
	}
}

// TestFindSurvivesTheLossOfItsStatement takes the prepared statement away, as a pooler does that hands a connection of
// the server to somebody else, and changes the type of a column that one returns.
func TestFindSurvivesTheLossOfItsStatement(t *testing.T) {
	t.Run("it is gone", func(t *testing.T) {
		e, read := oneReader(t, postgrestest.URL(t))
		countKeys(t, e)
		if _, err := read.ExecContext(t.Context(), "DEALLOCATE ALL"); err != nil {
			t.Fatal(err)
		}

		countKeys(t, e)
		countKeys(t, e)
		if at := preparedAt(t, read); len(at) != 0 {
			t.Errorf("prepared at %v after a loss", at)
		}
	})

	t.Run("it returns another type", func(t *testing.T) {
		address := postgrestest.URL(t)
		e, _ := oneReader(t, address)
		operator := postgrestest.Open(t, address)
		find := func() engine.Value {
			row := engine.NewRow(1)
			if found, err := e.Find(t.Context(), row, "SELECT value FROM changing WHERE value IS NOT NULL"); !found || err != nil {
				t.Fatalf("found %v: %v", found, err)
			}
			return row.Values[0]
		}

		if _, err := operator.Exec("CREATE TABLE changing (value bigint); INSERT INTO changing VALUES (7)"); err != nil {
			t.Fatal(err)
		}
		if number, ok := find().AsInt(); !ok || number != 7 {
			t.Errorf("found %v", number)
		}
		if _, err := operator.Exec("ALTER TABLE changing ALTER COLUMN value TYPE text"); err != nil {
			t.Fatal(err)
		}
		if text, ok := find().AsText(); !ok || text != "7" {
			t.Errorf("found %q", text)
		}
	})
}

// TestPlansAreMadeAnew lets a minute pass, and finds the statement prepared anew.
func TestPlansAreMadeAnew(t *testing.T) {
	e, read := oneReader(t, postgrestest.URL(t))
	countKeys(t, e)
	before := preparedAt(t, read)

	one, err := read.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Raw(postgres.AgePlans); err != nil {
		t.Fatal(err)
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}

	countKeys(t, e)
	after := preparedAt(t, read)
	if len(before) != 1 || len(after) != 1 || !after[0].After(before[0]) {
		t.Errorf("prepared at %v, and a minute later at %v", before, after)
	}
}
