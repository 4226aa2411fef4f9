package system

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// auditedWorld returns a world in which three accounts acted concurrently.
func auditedWorld(t *testing.T) *world.World {
	t.Helper()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	customers := []string{"demo", "anna", "bea"}
	addCustomer(t, w, "anna")
	addCustomer(t, w, "bea")
	concurrently(48, func(i int) *world.Answer {
		customer := customers[i%len(customers)]
		switch i % 4 {
		case 0:
			return w.Do(t, "", "signIn", world.Credentials(models.EmailAddress(customer+"@example.com"), "wrong"))
		case 1:
			return w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":"%s@example.com"}`, customer))
		case 2:
			return w.Do(t, "", "signIn", world.Credentials("nobody@example.com", account.DemoPassword))
		default:
			return w.Do(t, customer, "updateAccount", fmt.Sprintf(`{"firstName":"name %d"}`, i))
		}
	})

	return w
}

// TestAuditChains checks R-LOG3: the chains are complete whatever ran concurrently, and the verification finds
// every changed column, and every event that was removed, added or moved.
func TestAuditChains(t *testing.T) {
	t.Parallel()
	w := auditedWorld(t)
	n, chains, err := w.Store.VerifyAudit(t.Context())
	if err != nil || n != events(t, w) || chains != 4 { // three accounts, and the key for events without an account
		t.Fatalf("%d events of %d in %d chains: %v", n, events(t, w), chains, err)
	}

	db, err := sql.Open("sqlite3", "file:"+w.Database+"?_busy_timeout=5000")
	world.Check(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	verify := func() error {
		_, _, err := w.Store.VerifyAudit(t.Context())
		return err
	}

	var chain string
	world.Check(t,
		db.QueryRow(`SELECT chain FROM audit_heads WHERE number > 8 AND chain NOT LIKE 'key:%' LIMIT 1`).Scan(&chain))
	last := `(SELECT max(number) FROM audit_events WHERE chain = ?1)`
	attacks := map[string][]string{
		"an event in the middle is removed": {`DELETE FROM audit_events WHERE chain = ?1 AND number = 3`},
		"the first event is removed":        {`DELETE FROM audit_events WHERE chain = ?1 AND number = 1`},
		"the last event is removed":         {`DELETE FROM audit_events WHERE chain = ?1 AND number = ` + last},
		"all events of a chain are removed": {`DELETE FROM audit_events WHERE chain = ?1`},
		"the last event is removed, and the head moved back": {
			`DELETE FROM audit_events WHERE chain = ?1 AND number = ` + last,
			`UPDATE audit_heads SET number = number - 1 WHERE chain = ?1`,
		},
		"a chain is removed but its head": {`DELETE FROM audit_events WHERE chain LIKE 'key:%' AND ?1 <> ''`},
		"the head is removed":             {`DELETE FROM audit_heads WHERE chain = ?1`},
		"an event is removed and the others renumbered": {
			`DELETE FROM audit_events WHERE chain = ?1 AND number = ` + last,
			`UPDATE audit_heads SET number = number - 1, hash = x'00' WHERE chain = ?1`,
		},
		"two events change places": {
			`UPDATE audit_events SET number = 1000 WHERE chain = ?1 AND number = 3`,
			`UPDATE audit_events SET number = 3 WHERE chain = ?1 AND number = 4`,
			`UPDATE audit_events SET number = 4 WHERE chain = ?1 AND number = 1000`,
		},
		"an event is added": {`INSERT INTO audit_events (id, account_id, operation, outcome, code, api_key_id, session_id,
			auth_id, ip, user_agent, request_id, at, chain, number, hash, operator, reason)
			SELECT 'new', account_id, operation, outcome, code, api_key_id, session_id, auth_id, ip, user_agent, request_id, at, chain, 1 + ` +
			last + `, hash, operator, reason
			FROM audit_events WHERE chain = ?1 AND number = 3`},
		"an event moves to another account": {
			`UPDATE audit_events SET account_id = 'somebody' WHERE chain = ?1 AND number = ` + last,
		},
	}
	for _, column := range []string{
		"id", "operation", "outcome", "code", "api_key_id", "session_id", "auth_id", "ip", "user_agent", "request_id",
		"operator", "reason",
	} {
		attacks["changed "+column] = []string{
			`UPDATE audit_events SET ` + column + ` = ` + column + ` || 'x' WHERE chain = ?1 AND number = 3`,
		}
		attacks["changed last "+column] = []string{
			`UPDATE audit_events SET ` + column + ` = ` + column + ` || 'x' WHERE chain = ?1 AND number = ` + last,
		}
	}

	attacks["changed at"] = []string{
		`UPDATE audit_events SET at = '2020-01-01 00:00:00+00:00' WHERE chain = ?1 AND number = 3`,
	}
	attacks["changed hash"] = []string{`UPDATE audit_events SET hash = x'00' WHERE chain = ?1 AND number = 3`}
	attacks["changed head"] = []string{`UPDATE audit_heads SET hash = x'00' WHERE chain = ?1`}

	for name, statements := range attacks {
		t.Run(name, func(t *testing.T) {
			world.Check(t, verify())
			backup(t, db, func() {
				for _, statement := range statements {
					result, err := db.Exec(statement, chain)
					world.Check(t, err)
					if rows, _ := result.RowsAffected(); rows == 0 {
						t.Errorf("%s changed nothing", statement)
					}
				}

				if err := verify(); err == nil {
					t.Error("the verification found nothing")
				} else if strings.Contains(err.Error(), "SQL") {
					t.Errorf("the verification failed for another reason: %v", err)
				}
			})
		})
	}
}

// backup runs attack on the audit trail and puts the trail back as it was.
func backup(t *testing.T, db *sql.DB, attack func()) {
	t.Helper()
	for _, statement := range []string{`CREATE TEMP TABLE events AS SELECT * FROM audit_events`,
		`CREATE TEMP TABLE heads AS SELECT * FROM audit_heads`} {
		_, err := db.Exec(statement)
		world.Check(t, err)
	}

	attack()

	for _, statement := range []string{
		`DELETE FROM main.audit_events`, `DELETE FROM main.audit_heads`,
		`INSERT INTO main.audit_events SELECT * FROM temp.events`,
		`INSERT INTO main.audit_heads SELECT * FROM temp.heads`,
		`DROP TABLE temp.events`, `DROP TABLE temp.heads`,
	} {
		_, err := db.Exec(statement)
		world.Check(t, err)
	}
}
