package migrations_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/store/migrations"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

// filled says since which schema version a fixture must have rows of a table.
var filled = map[string]int64{
	"accounts": 1, "consents": 1, "sessions": 1, "challenges": 1, "api_keys": 1, "outbox": 1, "audit_events": 1,
	"audit_heads": 1, "budgets": 1, "server_keys": 1, "identities": 3, "registrations": 5, "idempotency_keys": 6,
	"terms_acceptances": 10,
	"deletions":         10, "data_exports": 10, "idle_notices": 10, "known_devices": 10, "device_watches": 10,
}

// TestFixtures migrates the databases that each earlier version left to this version's schema. Before a migration is
// added, the version before it needs a fixture: docs/operations.md promises that its databases can be upgraded, and
// test/system signs their customers in. CONTRIBUTING.md says how to write one.
func TestFixtures(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		s := open(t, database)
		steps, err := migrations.Status(t.Context(), s.Engine())
		if err != nil {
			t.Fatal(err)
		}

		newest := steps[len(steps)-1].Version
		directory := s.Engine().Migrations().Directory
		for version := int64(1); version < newest; version++ {
			text, err := os.ReadFile(filepath.Join("testdata", directory, fmt.Sprintf("%04d.sql", version)))
			if err != nil {
				t.Errorf("version %d has no fixture: %v", version, err)
				continue
			}

			t.Run(fmt.Sprint(version), func(t *testing.T) { restored(t, directory, string(text), version) })
		}
	})
}

func restored(t *testing.T, directory, text string, version int64) {
	fresh := filepath.Join(t.TempDir(), "test.db")
	if directory == "postgres" {
		fresh = postgrestest.EmptyURL(t)
	}

	storetest.Restore(t, fresh, text)
	s := open(t, fresh)
	db, _ := s.Engine().Pools()
	var applied int64
	if err := db.QueryRow("SELECT max(version_id) FROM goose_db_version").Scan(&applied); err != nil || applied != version {
		t.Errorf("the fixture has version %d, %v", applied, err)
	}
	if err := s.CheckSchema(t.Context()); err == nil || !strings.Contains(err.Error(), "lacks migration") {
		t.Errorf("before its migration: %v", err)
	}

	before := counts(t, db, version)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	for table, count := range counts(t, db, version) {
		if count != before[table] || count == 0 {
			t.Errorf("%s has %d rows, and had %d", table, count, before[table])
		}
	}
	if events, _, err := s.VerifyAudit(t.Context()); err != nil || events != before["audit_events"] {
		t.Errorf("the audit trail: %d of %d events, %v", events, before["audit_events"], err)
	}
}

// counts returns the number of rows of each table that the fixture of a version fills.
func counts(t *testing.T, db *sql.DB, version int64) map[string]int {
	t.Helper()
	rows := map[string]int{}
	for table, since := range filled {
		var count int
		if since > version {
			continue
		}
		if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&count); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		rows[table] = count
	}

	return rows
}
