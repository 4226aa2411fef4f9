package store_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestPostgreSQLRetriesConflicts counts how often a transaction is run that conflicts always, or once.
func TestPostgreSQLRetriesConflicts(t *testing.T) {
	s := storetest.Migrated(t, postgrestest.URL(t))
	for code, want := range map[string]int{"40001": 4, "40P01": 4, "22012": 1, "57014": 1} {
		runs, err := s.RunInTx(t.Context(), "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '"+code+"'; END $$")
		if runs != want || err == nil {
			t.Errorf("%s: %d runs, %v", code, runs, err)
		}
		if unavailable := models.CodeOf(err) == models.CodeUnavailable; unavailable != (code != "22012") {
			t.Errorf("%s is %v", code, err)
		}
	}

	ctx := t.Context()
	for _, id := range []string{"a", "b"} {
		made := &models.Account{ID: id, Status: models.StatusActive, Email: models.EmailAddress(id),
			Profile: models.Profile{Sex: models.SexNotSpecified}, Version: 1, CreatedAt: start, UpdatedAt: start}
		if err := s.InTx(ctx, func(tx account.Tx) error { return tx.CreateAccount(ctx, made) }); err != nil {
			t.Fatal(err)
		}
	}

	// Each locks the account that the other needs next; one of them is retried.
	var group, both sync.WaitGroup
	both.Add(2)
	runs := make([]int, 2)
	for n, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		group.Go(func() {
			err := s.InTx(ctx, func(tx account.Tx) error {
				runs[n]++
				if _, err := tx.LockAccount(ctx, order[0]); err != nil {
					return err
				}
				if runs[n] == 1 {
					both.Done()
					both.Wait()
				}

				_, err := tx.LockAccount(ctx, order[1])

				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}

	group.Wait()
	if runs[0]+runs[1] < 3 {
		t.Errorf("runs %v: there was no deadlock", runs)
	}
}

// TestPostgreSQLComesBack closes every connection and makes the server read-only while the store uses it.
func TestPostgreSQLComesBack(t *testing.T) {
	address := postgrestest.URL(t)
	s, db := storetest.Migrated(t, address), postgrestest.Open(t, address)
	ctx := t.Context()
	const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	err := s.InTx(ctx, func(tx account.Tx) error {
		if _, err := tx.SpendBudget(ctx, "key", start, time.Hour); err != nil {
			return err
		}
		storetest.Execute(t, db, end)
		_, err := tx.SpendBudget(ctx, "key", start, time.Hour)
		return err
	})
	if models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a connection that was ended in a transaction: %v", err)
	}

	err = s.InTx(ctx, func(tx account.Tx) error {
		if _, err := tx.SpendBudget(ctx, "key", start, time.Hour); err != nil {
			return err
		}
		storetest.Execute(t, db, end)
		return nil
	})
	if models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a connection that was ended before the commit: %v", err)
	}

	// The next request does not get one of the closed connections, neither to read nor to write.
	for range 3 {
		storetest.Execute(t, db, end)
		if _, err := s.AccountByID(ctx, "nobody"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a read afterwards: %v", err)
		}
		if err := s.Ready(ctx); err != nil {
			t.Errorf("a write afterwards: %v", err)
		}
	}

	var budgets int
	if err := db.QueryRow("SELECT count(*) FROM budgets").Scan(&budgets); err != nil || budgets != 0 {
		t.Errorf("%d budgets were kept, %v", budgets, err)
	}

	if _, err := s.RunInTx(
		ctx, "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$",
	); models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a full disk: %v", err)
	}

	select {
	case <-s.Failed():
		t.Error("the process would end for good")
	default:
	}
}

// TestPostgreSQLCommitUnanswered ends a connection whose COMMIT is done and waits for a standby that never comes:
// the answer must not say that nothing was changed.
func TestPostgreSQLCommitUnanswered(t *testing.T) {
	cluster := postgrestest.NewCluster(t)
	s, db := storetest.Migrated(t, cluster.URL("postgres")), postgrestest.Open(t, cluster.URL("postgres"))
	ctx := t.Context()
	storetest.Execute(t, db, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
	storetest.Execute(t, db, "SELECT pg_reload_conf()")
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
		case err := <-spent: // the server's processes had not read the setting yet
			if err != nil {
				t.Fatal(err)
			}
			go spend()
		default:
		}

		if err := db.QueryRow(
			"SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
		).Scan(&ended); err != nil {
			t.Fatal(err)
		}
	}

	var unavailable *models.Error
	if err := <-spent; !errors.As(err, &unavailable) || unavailable.Code != models.CodeUnavailable ||
		!strings.Contains(unavailable.Message, "not known") {
		t.Errorf("the commit was not answered: %v", err)
	}

	var budgets int
	if err := db.QueryRow("SELECT count(*) FROM budgets").Scan(&budgets); err != nil || budgets != 1 {
		t.Errorf("%d budgets were kept, %v", budgets, err)
	}

	// A transaction that was certainly rolled back is reported as such.
	storetest.Execute(t, db, "ALTER SYSTEM RESET synchronous_standby_names")
	storetest.Execute(t, db, "SELECT pg_reload_conf()")
	_, err := s.RunInTx(ctx, "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$")
	if !errors.As(err, &unavailable) || !strings.Contains(unavailable.Message, "nothing was changed") {
		t.Errorf("a full disk: %v", err)
	}
}
