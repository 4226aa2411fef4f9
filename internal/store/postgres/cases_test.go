package postgres_test

import (
	"database/sql"
	"os"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgres"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// TestPostgreSQL runs all cases, and runs them again on a PostgreSQL that scans a table only if it lacks an index,
// because scans and the joins that scan one side are made expensive: the planner does not know that the tables are
// empty.
func TestPostgreSQL(t *testing.T) {
	postgrestest.Socket(t)
	var statements storetest.Statements
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return storetest.MigratedWith(t, postgres.Capturing{See: statements.See}, postgrestest.URL(t))
	})

	address := postgrestest.URL(t)
	storetest.Migrated(t, address)
	db := postgrestest.Open(t, address+"&enable_seqscan=off&enable_hashjoin=off&enable_mergejoin=off")
	// The planner takes a whole scan of an index that it believes to have one row for cheaper than any condition.
	if _, err := db.ExecContext(t.Context(), manyUndos); err != nil {
		t.Fatal(err)
	}
	statements.Explain(t, db, "EXPLAIN ", func(rows *sql.Rows) (line string, err error) {
		return line, rows.Scan(&line)
	}, func(line string, after []string) bool {
		if strings.Contains(line, "Seq Scan on") {
			return storetest.Grows.MatchString(line)
		}
		// An index without a condition is scanned completely.
		return strings.Contains(line, "Index") && strings.Contains(line, "Scan using") &&
			storetest.Grows.MatchString(line) &&
			(len(after) == 0 || !strings.Contains(after[0], "Index Cond:"))
	})
}

// manyUndos fills the index of challenges that undo a change.
const manyUndos = `INSERT INTO challenges (id, purpose, secret_hash, target, email_at_issue, epoch_at_issue, attempts,
		created_at, expires_at, resend_available_at)
	SELECT 'undo ' || n, 'EMAIL_UNDO', decode(md5(n::text), 'hex'), n || '@example.com', n || '@example.com', 0, 0,
		now(), now(), now()
	FROM generate_series(1, 2000) AS n`

func TestPostgreSQLTogether(t *testing.T) {
	postgrestest.Socket(t)
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		address := postgrestest.URL(t)
		return storetest.Migrated(t, address), storetest.Migrated(t, address)
	})
}

// TestPgBouncer connects through PgBouncer in transaction mode. It has so few connections to the server that
// clients take turns on each.
func TestPgBouncer(t *testing.T) {
	bouncer := postgrestest.PgBouncer(t)
	storetest.Migrated(t, bouncer(postgrestest.EmptyURL(t)))
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return storetest.Migrated(t, bouncer(postgrestest.URL(t)))
	})
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		address := bouncer(postgrestest.URL(t))
		return storetest.Migrated(t, address), storetest.Migrated(t, address)
	})
}
