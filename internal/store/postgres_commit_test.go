package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// TestPostgreSQLCommitUnanswered ends a connection whose COMMIT is done and
// waits for a standby that never comes: nobody may be told that nothing was changed.
func TestPostgreSQLCommitUnanswered(t *testing.T) {
	cluster := postgrestest.NewCluster(t)
	s, db := openMigrated(t, cluster.URL("postgres")), pool(t, cluster.URL("postgres"))
	ctx := t.Context()
	execute(t, db, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
	execute(t, db, "SELECT pg_reload_conf()")
	spent := make(chan error, 1)
	spend := func() {
		spent <- s.InTx(ctx, func(tx account.Tx) error {
			_, err := tx.SpendBudget(ctx, "key", start, time.Hour)
			return err
		})
	}
	go spend()
	for ended := false; !ended; {
		select {
		case err := <-spent: // the setting had not reached the server's processes yet
			if err != nil {
				t.Fatal(err)
			}
			go spend()
		default:
		}
		if err := db.QueryRow("SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'").Scan(&ended); err != nil {
			t.Fatal(err)
		}
	}
	var unavailable *models.Error
	if err := <-spent; !errors.As(err, &unavailable) || unavailable.Code != models.CodeUnavailable || !strings.Contains(unavailable.Message, "not known") {
		t.Errorf("the commit was not answered: %v", err)
	}
	var budgets int
	if err := db.QueryRow("SELECT count(*) FROM budgets").Scan(&budgets); err != nil || budgets != 1 {
		t.Errorf("%d budgets were kept, %v", budgets, err)
	}
	// A transaction that was rolled back for sure says so.
	execute(t, db, "ALTER SYSTEM RESET synchronous_standby_names")
	execute(t, db, "SELECT pg_reload_conf()")
	_, err := s.RunInTx(ctx, "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$")
	if !errors.As(err, &unavailable) || !strings.Contains(unavailable.Message, "nothing was changed") {
		t.Errorf("a full disk: %v", err)
	}
}
