package store_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

// grows are the tables that grow with the customers: none of them may be read through.
var grows = regexp.MustCompile(`\b(accounts|identities|consents|sessions|challenges|registrations|idempotency_keys|outbox|audit_events|audit_heads|budgets)\b`)

// TestSQLiteQueryPlans asks SQLite for the plan of every statement that the store
// makes, and fails for one that reads through a table that grows.
func TestSQLiteQueryPlans(t *testing.T) {
	statements := statementsOf(t, func(t *testing.T) *store.Store { return openMigrated(t, filepath.Join(t.TempDir(), "test.db")) })
	write, _ := openMigrated(t, filepath.Join(t.TempDir(), "test.db")).Pools()
	plansOf(t, write, "EXPLAIN QUERY PLAN ", statements, func(rows *sql.Rows) (line string, err error) {
		var id, parent, unused int
		return line, rows.Scan(&id, &parent, &unused, &line)
	}, func(line string, _ []string) bool {
		// "SCAN sessions", with "USING INDEX …" too: all of it, in the index's order.
		// A name of one letter is that of a statement written by hand.
		table, scans := strings.CutPrefix(line, "SCAN ")
		return scans && (grows.MatchString(table) || len(table) == 1)
	})
}

// TestPostgreSQL is all cases, and the same on PostgreSQL, which plans to read through
// a table only for want of an index where that is made expensive, and joins that
// read through one side are, too: it knows nothing of empty tables.
func TestPostgreSQL(t *testing.T) {
	postgrestest.Socket(t)
	statements := statementsOf(t, func(t *testing.T) *store.Store { return openMigrated(t, postgrestest.URL(t)) })
	address := postgrestest.URL(t)
	openMigrated(t, address)
	plansOf(t, pool(t, address+"&enable_seqscan=off&enable_hashjoin=off&enable_mergejoin=off"), "EXPLAIN ", statements, func(rows *sql.Rows) (line string, err error) {
		return line, rows.Scan(&line)
	}, func(line string, after []string) bool {
		if strings.Contains(line, "Seq Scan on") {
			return grows.MatchString(line)
		}
		// An index without a condition is read from one end to the other.
		return strings.Contains(line, "Index") && strings.Contains(line, "Scan using") && grows.MatchString(line) &&
			(len(after) == 0 || !strings.Contains(after[0], "Index Cond:"))
	})
}

// statementsOf are the statements of all cases of storetest.
func statementsOf(t *testing.T, open func(t *testing.T) *store.Store) map[string][]any {
	t.Helper()
	var lock sync.Mutex
	statements := map[string][]any{}
	capturing := func(t *testing.T) *store.Store {
		s := open(t)
		if err := s.Capture(func(statement store.Statement) {
			lock.Lock()
			defer lock.Unlock()
			if statement.Values != nil || statements[statement.Text] == nil {
				statements[statement.Text] = statement.Values
			}
		}); err != nil {
			t.Fatal(err)
		}
		return s
	}
	storetest.Exercise(t, capturing)
	return statements
}

// plansOf explains the statements, and fails for a line of a plan that reads through a table.
func plansOf(t *testing.T, db *sql.DB, explain string, statements map[string][]any, scan func(*sql.Rows) (string, error), through func(line string, after []string) bool) {
	t.Helper()
	tables := map[string]bool{}
	for statement, values := range statements {
		for _, table := range grows.FindAllString(statement, -1) {
			tables[table] = true
		}
		rows, err := db.Query(explain+statement, values...)
		if err != nil {
			t.Errorf("%s: %v", statement, err)
			continue
		}
		var plan []string
		for rows.Next() {
			line, err := scan(rows)
			if err != nil {
				t.Fatal(err)
			}
			plan = append(plan, line)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Error(err)
		}
		for n, line := range plan {
			if through(line, plan[n+1:]) {
				t.Errorf("%s in %s:\n%s", line, statement, strings.Join(plan, "\n"))
			}
		}
	}
	if len(statements) < 60 || len(tables) < 9 {
		t.Errorf("only %d statements on %v were seen", len(statements), tables)
	}
}
