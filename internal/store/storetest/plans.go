package storetest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Grows matches the tables that grow with the customers. No statement may scan them.
var Grows = regexp.MustCompile(
	`\b(accounts|identities|passkeys|authenticators|recovery_codes|consents|consent_proofs|data_exports|deletions|idle_notices|known_devices|device_watches|sessions|challenges|registrations|idempotency_keys|outbox|audit_events|audit_heads|budgets|webhook_events|webhook_sequences)\b`,
)

// touches matches the statements that have a plan.
var touches = regexp.MustCompile(`(?i)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b`)

// Statements collects the statements that read or write rows of a database, with their bound values.
type Statements struct {
	lock sync.Mutex
	seen map[string][]any
}

// See is called with every statement by drivers that wrap the database's own. No statement is missed, whether GORM
// builds it or not.
func (s *Statements) See(statement string, bound []driver.NamedValue) {
	if !touches.MatchString(statement) {
		return
	}

	var values []any
	for _, one := range bound {
		values = append(values, one.Value)
	}

	s.lock.Lock()
	defer s.lock.Unlock()
	if s.seen == nil {
		s.seen = map[string][]any{}
	}
	if values != nil || s.seen[statement] == nil {
		s.seen[statement] = values
	}
}

// Explain requests the plan of each statement, and fails the test if a line of a plan scans a table.
func (s *Statements) Explain(
	t *testing.T, db *sql.DB, explain string,
	scan func(*sql.Rows) (string, error), through func(line string, after []string) bool,
) {
	t.Helper()
	tables := map[string]bool{}
	for statement, values := range s.seen {
		for _, table := range Grows.FindAllString(statement, -1) {
			tables[table] = true
		}

		plan, err := planOf(t.Context(), db, explain+statement, values, scan)
		if err != nil {
			t.Errorf("%s: %v", statement, err)
		}

		for n, line := range plan {
			if through(line, plan[n+1:]) {
				t.Errorf("%s in %s:\n%s", line, statement, strings.Join(plan, "\n"))
			}
		}
	}

	if len(s.seen) < 60 || len(tables) < 9 {
		t.Errorf("only %d statements on %v were seen", len(s.seen), tables)
	}
}

func planOf(
	ctx context.Context, db *sql.DB, statement string, values []any, scan func(*sql.Rows) (string, error),
) (plan []string, err error) {
	rows, err := db.QueryContext(ctx, statement, values...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()

	for rows.Next() {
		line, err := scan(rows)
		if err != nil {
			return nil, err
		}
		plan = append(plan, line)
	}

	return plan, rows.Err()
}
