package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/sqlite"
	"github.com/accountql/accountql/internal/store/storetest"
)

// of returns the engine of a store.
func of(s *store.Store) *sqlite.Engine { return s.Engine().(*sqlite.Engine) }

// unsettled runs a statement of a transaction and ignores its error.
func unsettled(ctx context.Context, tx account.Tx, statement string, values ...any) error {
	_, err := store.ConnOf(tx).ExecContext(ctx, statement, values...)
	return err
}

func TestSQLite(t *testing.T) {
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	})
}

// TestSQLiteTraced guards that a store with traces does everything that one without does.
func TestSQLiteTraced(t *testing.T) {
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
		s.Trace()
		return s
	})
}

func TestSQLiteTogether(t *testing.T) {
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		path := filepath.Join(t.TempDir(), "test.db")
		return storetest.Migrated(t, path), storetest.Migrated(t, path)
	})
}

// TestSQLiteQueryPlans requests the plan of every statement that the store runs, and fails if one scans a table
// that grows.
func TestSQLiteQueryPlans(t *testing.T) {
	var statements storetest.Statements
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return storetest.MigratedWith(t, sqlite.Capturing{See: statements.See}, filepath.Join(t.TempDir(), "test.db"))
	})

	write, _ := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db")).Engine().Pools()
	statements.Explain(t, write, "EXPLAIN QUERY PLAN ", func(rows *sql.Rows) (line string, err error) {
		var id, parent, unused int
		return line, rows.Scan(&id, &parent, &unused, &line)
	}, func(line string, _ []string) bool {
		// "SCAN sessions", also with "USING INDEX …", scans all of it in the order of the index. A name of one
		// letter is an alias in a statement that is written by hand.
		table, scans := strings.CutPrefix(line, "SCAN ")
		return scans && (storetest.Grows.MatchString(table) || len(table) == 1)
	})
}
