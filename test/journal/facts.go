package journal

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // opens the file next to the service

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// facts are counts for one account: rows of every table that belongs to it, and numbers of its own row. A missing
// fact is 0.
type facts map[string]int

func (f facts) equal(other facts) bool {
	zero := func(_ string, n int) bool { return n == 0 }
	a, b := maps.Clone(f), maps.Clone(other)
	maps.DeleteFunc(a, zero)
	maps.DeleteFunc(b, zero)
	return maps.Equal(a, b)
}

// with returns the facts after the effect.
func (f facts) with(effect func(facts)) facts {
	after := maps.Clone(f)
	effect(after)
	return after
}

// verdict describes facts that equal neither those before nor those after.
func verdict(found, before, after facts) string {
	all := maps.Clone(before)
	maps.Copy(all, after)
	maps.Copy(all, found)
	verdict := "half"
	for name := range all {
		switch {
		case found[name] > max(before[name], after[name]):
			return "doubled"
		case found[name] < min(before[name], after[name]):
			verdict = "lost"
		}
	}

	return verdict
}

// OpenPast opens the database without the service. On SQLite it only reads, so that the service does the recovery.
func OpenPast(t testing.TB, database string) *sql.DB {
	t.Helper()
	var db *sql.DB
	var err error
	if strings.HasPrefix(database, "postgres:") {
		db, err = postgrestest.Pool(database)
	} else {
		db, err = sql.Open("sqlite3", "file:"+database+"?mode=ro&_busy_timeout=10000")
	}

	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = db.Close() })

	return db
}

// generation matches the number in the addresses that the driver generates.
var generation = regexp.MustCompile(`^customer-\d+-\d+-(\d+)@`)

// observed is the content of the database.
type observed struct {
	accounts map[string]facts
	// ids maps the accounts' current addresses to their ids.
	ids map[string]string
}

// observe counts all rows that belong to an account.
func observe(db *sql.DB) (observed, error) {
	found := observed{map[string]facts{}, map[string]string{}}
	of := func(id string) facts {
		if found.accounts[id] == nil {
			found.accounts[id] = facts{}
		}
		return found.accounts[id]
	}

	rows, err := db.Query(
		`SELECT id, email, CASE WHEN email_verified_at IS NULL THEN 0 ELSE 1 END, version, credential_epoch, CAST(attributes AS TEXT),
			CASE WHEN status = 'DELETION_PENDING' THEN 1 ELSE 0 END, CASE WHEN agreement_push THEN 1 ELSE 0 END FROM accounts`,
	)
	if err != nil {
		return found, err
	}
	defer rows.Close()

	for rows.Next() {
		var id, email, text string
		var verified, version, epoch, closed, agreed int
		if err := rows.Scan(&id, &email, &verified, &version, &epoch, &text, &closed, &agreed); err != nil {
			return found, err
		}

		var attributes struct{ Counter int }
		if err := json.Unmarshal([]byte(text), &attributes); err != nil {
			return found, err
		}

		f := of(id)
		f["account"], f["verified"], f["version"], f["epoch"], f["counter"] = 1, verified, version, epoch, attributes.Counter
		f["closed"], f["agreed"] = closed, agreed
		if number := generation.FindStringSubmatch(email); number != nil {
			f["address"], _ = strconv.Atoi(number[1])
		}

		found.ids[email] = id
	}

	if err := rows.Err(); err != nil {
		return found, err
	}

	// Only messages that nothing deletes before they are sent are counted, and no events for the webhook. Of the second steps
	// of sign-ins any number can wait.
	for _, query := range []string{
		`SELECT account_id, 'sessions', count(*) FROM sessions GROUP BY account_id`,
		`SELECT account_id, 'consents', count(*) FROM consents GROUP BY account_id`,
		`SELECT account_id, 'addresses', count(*) FROM addresses GROUP BY account_id`,
		`SELECT account_id, 'versions of addresses', sum(version) FROM addresses GROUP BY account_id`,
		`SELECT account_id, 'defaults for shipping', count(*) FROM addresses WHERE default_shipping GROUP BY account_id`,
		`SELECT account_id, 'passkeys', count(*) FROM passkeys GROUP BY account_id`,
		`SELECT account_id, 'authenticators', count(*) FROM authenticators GROUP BY account_id`,
		`SELECT account_id, 'last step', sum(last_step) FROM authenticators GROUP BY account_id`,
		`SELECT account_id, 'recovery codes', count(*) FROM recovery_codes GROUP BY account_id`,
		`SELECT account_id, 'exports', count(*) FROM data_exports GROUP BY account_id`,
		`SELECT account_id, 'deletions', count(*) FROM deletions GROUP BY account_id`,
		`SELECT account_id, 'open ' || purpose, count(*) FROM challenges WHERE account_id IS NOT NULL AND used_at IS NULL AND purpose <> 'SECOND_FACTOR' GROUP BY account_id, purpose`,
		`SELECT account_id, 'message ' || kind, count(*) FROM outbox WHERE account_id <> '' AND channel <> 'WEBHOOK' AND kind NOT IN ('ACTIVATION', 'EMAIL_CHANGE', 'DATA_EXPORT', 'DELETION_PENDING', 'SIGN_IN_CODE') GROUP BY account_id, kind`,
		`SELECT account_id, 'audit ' || operation, count(*) FROM audit_events WHERE account_id <> '' AND outcome = 'SUCCESS' GROUP BY account_id, operation`,
	} {
		if err := count(db, query, of); err != nil {
			return found, fmt.Errorf("%s: %w", query, err)
		}
	}

	return found, nil
}

func count(db *sql.DB, query string, of func(id string) facts) error {
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()

	for rows.Next() {
		var id, name string
		var n int
		if err := rows.Scan(&id, &name, &n); err != nil {
			return err
		}
		of(id)[name] += n
	}

	return rows.Err()
}

// torn finds incomplete changes that the facts of accounts can't show: each query counts them.
var torn = map[string]string{
	"messages of no account":                         `SELECT count(*) FROM outbox WHERE account_id <> '' AND account_id NOT IN (SELECT id FROM accounts)`,
	"registrations without account":                  `SELECT count(*) FROM audit_events r WHERE operation = 'registerAccount' AND outcome = 'SUCCESS' AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = r.account_id) AND NOT EXISTS (SELECT 1 FROM audit_events d WHERE d.account_id = r.account_id AND d.operation = 'deleteAccount' AND d.outcome = 'SUCCESS')`,
	"accounts without registration":                  `SELECT count(*) FROM accounts a WHERE email LIKE 'customer-%' AND NOT EXISTS (SELECT 1 FROM audit_events r WHERE r.account_id = a.id AND r.operation = 'registerAccount' AND r.outcome = 'SUCCESS')`,
	"changes of e-mail without their message":        `SELECT count(*) FROM challenges c WHERE purpose = 'EMAIL_UNDO' AND NOT EXISTS (SELECT 1 FROM outbox m WHERE m.challenge_id = c.id)`,
	"grace periods of accounts that are open":        `SELECT count(*) FROM deletions d JOIN accounts a ON a.id = d.account_id WHERE a.status <> 'DELETION_PENDING'`,
	"closed accounts that are never erased":          `SELECT count(*) FROM accounts WHERE status = 'DELETION_PENDING' AND id NOT IN (SELECT account_id FROM deletions)`,
	"consents that are not the newest answer":        `SELECT count(*) FROM accounts a WHERE agreement_push IS NOT NULL AND agreement_push <> (SELECT value FROM consents c WHERE c.account_id = a.id AND channel = 'push' ORDER BY recorded_at DESC, id DESC LIMIT 1)`,
	"accounts whose events have a gap":               `SELECT count(*) FROM (SELECT account_id FROM webhook_events WHERE account_id <> '' GROUP BY account_id HAVING count(*) <> max(sequence) OR min(sequence) <> 1) gaps`,
	"accounts whose events are ahead of their count": `SELECT count(*) FROM webhook_sequences s WHERE account_id <> '' AND sequence > 0 AND sequence <> (SELECT max(sequence) FROM webhook_events e WHERE e.account_id = s.account_id)`,
	"erasures that other systems were not told":      `SELECT count(*) FROM audit_events d WHERE operation = 'deleteAccount' AND outcome = 'SUCCESS' AND account_id NOT IN (SELECT id FROM accounts) AND EXISTS (SELECT 1 FROM webhook_targets) AND NOT EXISTS (SELECT 1 FROM webhook_events e WHERE e.account_id = d.account_id AND e.type = 'account.deleted')`,
}
