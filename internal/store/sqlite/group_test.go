package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// panicked is the result of a transaction that panicked.
type panicked struct{ value any }

func (p panicked) Error() string { return fmt.Sprint("panic: ", p.value) }

// grouped runs transactions as one group: the first waits until all others are queued behind it, in order. It
// returns the result of each.
func grouped(t *testing.T, s *store.Store, members ...func(tx account.Tx) error) []error {
	t.Helper()
	answers := make([]error, len(members))
	var group sync.WaitGroup
	began, ready := make(chan struct{}), make(chan struct{})
	first := sync.OnceFunc(func() { close(began); <-ready })
	for n, decide := range members {
		group.Go(func() {
			defer func() {
				if recovered := recover(); recovered != nil {
					answers[n] = panicked{recovered}
				}
			}()

			answers[n] = s.InTx(t.Context(), func(tx account.Tx) error {
				if n == 0 {
					first()
				}
				return decide(tx)
			})
		})
		if n == 0 {
			<-began
		}

		for of(s).Waiting() < n {
			time.Sleep(time.Millisecond)
		}
	}

	close(ready)
	group.Wait()

	return answers
}

func creates(t *testing.T, id string) func(tx account.Tx) error {
	return func(tx account.Tx) error { return tx.CreateAccount(t.Context(), storetest.Customer(id)) }
}

// kept reports whether the account exists. It fails the test if the read fails.
func kept(t *testing.T, s account.Store, id string) bool {
	t.Helper()
	_, err := s.AccountByID(t.Context(), id)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestGroupsShareACommit(t *testing.T) {
	for limit, want := range map[int]int64{64: 1, 5: 2, 1: 10} {
		s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
		of(s).LimitGroups(limit)
		commits := of(s).CountCommits()
		var members []func(tx account.Tx) error
		for n := range 10 {
			members = append(members, creates(t, fmt.Sprint(n)))
		}

		for n, err := range grouped(t, s, members...) {
			if err != nil || !kept(t, s, fmt.Sprint(n)) {
				t.Errorf("%d: %v", n, err)
			}
		}

		if got := commits.Load(); got != want {
			t.Errorf("groups of %d: %d commits instead of %d", limit, got, want)
		}
	}
}

// TestGroupGoesOnWithoutItsFirst: what the first member wrote is rolled back before the others run.
func TestGroupGoesOnWithoutItsFirst(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	of(s).LimitGroups(64)
	commits := of(s).CountCommits()
	refused := errors.New("refused")
	answers := grouped(t, s,
		func(tx account.Tx) error { return errors.Join(creates(t, "0")(tx), refused) },
		creates(t, "1"),
		creates(t, "2"),
	)

	if !errors.Is(answers[0], refused) || answers[1] != nil || answers[2] != nil {
		t.Errorf("answers %v", answers)
	}
	if kept(t, s, "0") || !kept(t, s, "1") || !kept(t, s, "2") || commits.Load() != 1 {
		t.Errorf("kept %v, %v, %v with %d commits", kept(t, s, "0"), kept(t, s, "1"), kept(t, s, "2"), commits.Load())
	}
}

// TestGroupKeepsWhatSucceeds makes every second member fail in a different way.
func TestGroupKeepsWhatSucceeds(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	refused := errors.New("refused")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	of(s).LimitGroups(64)
	answers := grouped(t, s,
		creates(t, "0"),
		func(tx account.Tx) error { return errors.Join(creates(t, "refused")(tx), refused) },
		creates(t, "1"),
		func(tx account.Tx) error {
			return errors.Join(creates(t, "no parent")(tx),
				tx.CreateSession(t.Context(), &models.Session{ID: "s", AccountID: "nobody", TokenHash: []byte("s")}))
		},
		creates(t, "2"),
		func(tx account.Tx) error {
			_ = creates(t, "ended")(tx)
			_ = tx.CreateAccount(ended, storetest.Customer("too late"))
			return creates(t, "after the end")(tx)
		},
		creates(t, "3"),
		func(tx account.Tx) error { panic(creates(t, "panicked")(tx)) },
		creates(t, "4"),
	)
	for n, err := range answers {
		if (err != nil) != (n%2 == 1) {
			t.Errorf("member %d: %v", n, err)
		}
	}

	var panicked panicked
	if !errors.Is(answers[1], refused) || !errors.Is(answers[3], models.ErrNotFound) ||
		models.CodeOf(answers[5]) != models.CodeUnavailable || !errors.As(answers[7], &panicked) {
		t.Errorf("answers %v", answers)
	}

	for id, want := range map[string]bool{
		"0": true, "1": true, "2": true, "3": true, "4": true, "panicked": false,
		"refused": false, "no parent": false, "ended": false, "too late": false, "after the end": false,
	} {
		if kept(t, s, id) != want {
			t.Errorf("account %q: kept is %t", id, !want)
		}
	}
}

// TestGroupFailsTogether makes the shared commit fail, as a full disk would: it violates a foreign key that is
// checked only at commit.
func TestGroupFailsTogether(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	of(s).LimitGroups(64)
	answers := grouped(t, s,
		creates(t, "same"),
		func(tx account.Tx) error {
			other := storetest.Customer("other")
			other.Email = "same@example.com"
			err := tx.CreateAccount(t.Context(), other)
			if models.CodeOf(err) != models.CodeEmailUnavailable {
				t.Errorf("a member does not see what the one before it wrote: %v", err)
			}
			return err
		},
		func(tx account.Tx) error {
			return errors.Join(
				unsettled(t.Context(), tx, "PRAGMA defer_foreign_keys = ON"),
				unsettled(t.Context(), tx,
					"INSERT INTO consents (id, account_id, channel, source, recorded_at) VALUES ('id', 'nobody', 'SMS', '', '')"),
			)
		},
		creates(t, "last"),
	)
	for n, err := range answers {
		// The second was refused only because of an account that never existed.
		if models.CodeOf(err) != models.CodeUnavailable {
			t.Errorf("member %d was answered %v", n, err)
		}
	}

	if kept(t, s, "same") || kept(t, s, "last") {
		t.Error("something is left of a group that was not committed")
	}
	if err := s.InTx(t.Context(), creates(t, "same")); err != nil {
		t.Error(err)
	}
}

// TestGroupSurvivesAFullDisk lets one member fill the database up to its maximum size: SQLite then rolls back
// everything.
func TestGroupSurvivesAFullDisk(t *testing.T) {
	const fill = "INSERT INTO server_keys (name, secret) VALUES (?, zeroblob(10000000))"
	for name, fills := range map[string]func(tx account.Tx) error{
		"and says so": func(tx account.Tx) error {
			return models.Unavailable(unsettled(t.Context(), tx, fill, "big"))
		},
		"and goes on": func(tx account.Tx) error {
			if err := unsettled(t.Context(), tx, fill, "big"); !isFull(err) {
				t.Errorf("the database took it: %v", err)
			}
			// Now outside of any transaction, this would be committed by itself.
			_ = unsettled(t.Context(), tx, "INSERT INTO server_keys (name, secret) VALUES ('stray', '')")
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
			of(s).LimitGroups(64)
			write, _ := s.Engine().Pools()
			if _, err := write.Exec("PRAGMA max_page_count = 500"); err != nil {
				t.Fatal(err)
			}

			runs := 0
			answers := grouped(t, s,
				func(tx account.Tx) error { runs++; return creates(t, "before")(tx) },
				fills,
				creates(t, "after"),
			)
			if answers[0] != nil || models.CodeOf(answers[1]) != models.CodeUnavailable || answers[2] != nil {
				t.Errorf("answers %v", answers)
			}
			if runs < 2 {
				t.Error("SQLite did not roll back everything: this test tests nothing")
			}
			if !kept(t, s, "before") || !kept(t, s, "after") {
				t.Error("a neighbour is gone")
			}

			var stray int
			if err := write.QueryRow("SELECT count(*) FROM server_keys").Scan(&stray); err != nil || stray != 0 {
				t.Errorf("%d rows were written outside of a transaction, %v", stray, err)
			}
		})
	}
}

func isFull(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && fault.Code == sqlite3.ErrFull
}

// TestGroupIsNotForgotten lets all waiters leave while the transaction before them still decides.
func TestGroupIsNotForgotten(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	leaving, leave := context.WithCancel(t.Context())
	var left sync.WaitGroup
	err := s.InTx(t.Context(), func(tx account.Tx) error {
		for n := range 3 {
			left.Go(func() {
				err := s.InTx(leaving, func(account.Tx) error { t.Error("decided"); return nil })
				if models.CodeOf(err) != models.CodeUnavailable || !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			})
			for of(s).Waiting() <= n {
				time.Sleep(time.Millisecond)
			}
		}

		leave()
		left.Wait() // They don't need to wait for the lock.

		return creates(t, "first")(tx)
	})
	if err != nil || !kept(t, s, "first") {
		t.Errorf("the first was not committed: %v", err)
	}
	if err := s.InTx(t.Context(), creates(t, "next")); err != nil {
		t.Error(err)
	}
}
