package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestOperatorsAreSealed checks on both engines that an operator or reason that was added, changed or removed is found
// (R-LOG3, R-OBS3).
func TestOperatorsAreSealed(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { operatorsAreSealed(t, filepath.Join(t.TempDir(), "x.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { operatorsAreSealed(t, postgrestest.EmptyURL(t)) })
}

func operatorsAreSealed(t *testing.T, database string) {
	s := storetest.Migrated(t, database)
	for _, event := range []models.AuditEvent{
		{ID: "plain", AccountID: "account", Operation: "signIn", At: start},
		{ID: "acted", AccountID: "account", Operation: "account get", Operator: "Zoë", Reason: "ticket 7", At: start},
		{ID: "for all", Operation: "account export", Operator: "Zoë", At: start},
	} {
		if err := s.InTx(t.Context(), func(tx account.Tx) error { return tx.RecordEvent(t.Context(), &event) }); err != nil {
			t.Fatal(err)
		}
	}

	if events, chains, err := s.VerifyAudit(t.Context()); events != 3 || chains != 2 || err != nil {
		t.Fatalf("%d events in %d chains, %v", events, chains, err)
	}

	type actor struct{ operator, reason string }
	db, _ := s.Engine().Pools()
	set := func(id string, to actor) {
		t.Helper()
		storetest.Execute(t, db, s.Engine().Bind("UPDATE audit_events SET operator = ?, reason = ? WHERE id = ?"),
			to.operator, to.reason, id)
	}

	for _, tc := range []struct {
		id      string
		was     actor
		changes []actor
	}{
		{"plain", actor{}, []actor{{"Eve", ""}, {"", "a lie"}}},
		{"acted", actor{"Zoë", "ticket 7"}, []actor{
			{"Eve", "ticket 7"}, {"Zoë", "ticket 8"}, {"", "ticket 7"}, {"Zoë", ""}, {"", ""}, {"Zoëticket", " 7"},
		}},
		{"for all", actor{"Zoë", ""}, []actor{{}, {"Eve", ""}}},
	} {
		for _, change := range tc.changes {
			set(tc.id, change)
			if _, _, err := s.VerifyAudit(t.Context()); err == nil || !strings.Contains(err.Error(), "was changed") {
				t.Errorf("%s has %q, and the verification says %v", tc.id, change, err)
			}
		}

		set(tc.id, tc.was)
		if _, _, err := s.VerifyAudit(t.Context()); err != nil {
			t.Errorf("%s is as it was: %v", tc.id, err)
		}
	}
}
