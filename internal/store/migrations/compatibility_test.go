package migrations_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/migrations"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/internal/store/transfer"
	"github.com/accountql/accountql/models"
)

// open opens a migrated database and closes it with the test. Each store has its own connections, like a process.
func open(t *testing.T, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func expectError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v, want %q", err, want)
	}
}

// nextSteps are the additive step of the next version and the breaking one of the version after it.
func nextSteps(t *testing.T, e engine.Engine) (additive, breaking migrations.Added) {
	t.Helper()
	steps, err := migrations.Status(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}

	newest := steps[len(steps)-1].Version
	column := "ALTER TABLE accounts ADD COLUMN level TEXT NOT NULL DEFAULT 'none';\n"

	return migrations.Added{Version: newest + 1, Text: migrations.AdditiveMark + "-- +goose Up\n" + column},
		migrations.Added{Version: newest + 2, Text: "-- +goose Up\n\nALTER TABLE accounts DROP COLUMN level;\n"}
}

// TestExpandAndContract migrates with a program that has an additive step, and with one that has a breaking step
// beside it, while an older process is running (R-DB5).
func TestExpandAndContract(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		older, newer := open(t, database), open(t, database)
		if err := older.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}

		additive, breaking := nextSteps(t, older.Engine())
		migrations.With(t, func() {
			if err := newer.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, additive)

		for _, err := range []error{older.Ready(t.Context()), older.CheckSchema(t.Context()), older.Migrate(t.Context())} {
			if err != nil {
				t.Errorf("beside an additive step: %v", err)
			}
		}

		status, err := older.MigrationStatus(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		last, known := status[len(status)-1], status[len(status)-2]
		if last.Version != additive.Version || last.Name != "" || last.AppliedAt == nil ||
			last.CompatibleSince != known.CompatibleSince || last.CompatibleSince == 0 {
			t.Errorf("the older program sees %+v", last)
		}

		// A copy by the older program would lose what it doesn't know.
		if err := errors.Join(older.Close(), newer.Close()); err != nil {
			t.Fatal(err)
		}
		_, err = transfer.Copy(t.Context(), database, filepath.Join(t.TempDir(), "copy.db"), func(transfer.Progress) {})
		expectError(t, err, "install a newer one")

		older, newer = open(t, database), open(t, database)
		migrations.With(t, func() {
			if err := newer.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, additive, breaking)

		want := fmt.Sprintf("has migration %d, which this version", breaking.Version)
		expectError(t, older.CheckSchema(t.Context()), want)
		expectError(t, older.Migrate(t.Context()), want)
		var failed *store.NotReadyError
		if err := older.Ready(t.Context()); !errors.As(err, &failed) || failed.Check != store.SchemaCheck {
			t.Errorf("beside a breaking step: %v", err)
		}

		// The program between the two knows the additive step, and not that the other one is breaking.
		migrations.With(t, func() { expectError(t, older.CheckSchema(t.Context()), want) }, additive)
	})
}

// TestUnknownStepsAreRefused guards that a step of which the database says nothing is breaking.
func TestUnknownStepsAreRefused(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		s := storetest.Migrated(t, storetest.Expand(t, migrated(t, database)))
		db, _ := s.Engine().Pools()
		storetest.Execute(t, db, "DELETE FROM schema_compatibility")
		expectError(t, s.CheckSchema(t.Context()), "install a newer one")
		storetest.Execute(t, db, "DROP TABLE schema_compatibility")
		expectError(t, s.CheckSchema(t.Context()), "install a newer one")
	})
}

// migrated migrates a database and returns it.
func migrated(t *testing.T, database string) string {
	t.Helper()
	s := open(t, database)
	if err := errors.Join(s.Migrate(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
	return database
}

// TestCasesOnANewerSchema runs all cases of the store on a database that the next version has expanded.
func TestCasesOnANewerSchema(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		expanded := func(t *testing.T) *store.Store {
			fresh := filepath.Join(t.TempDir(), "test.db")
			if strings.HasPrefix(database, "postgres") {
				fresh = postgrestest.URL(t)
			}
			return storetest.Migrated(t, storetest.Expand(t, migrated(t, fresh)))
		}
		storetest.Exercise(t, expanded)
	})
}

// TestMigrationBesideLoad expands the schema while another process reads and writes: none of its requests fails, and
// nothing that it wrote is lost.
func TestMigrationBesideLoad(t *testing.T) {
	engines(t, func(t *testing.T, database string) {
		running := storetest.Migrated(t, database)
		write, _ := running.Engine().Pools()
		storetest.Execute(t, write, running.Engine().Bind(
			"INSERT INTO api_keys (id, name, secret_hash, created_at) VALUES ('key', 'key', ?, ?)"), hash("key"), storetest.Start)
		now, stop := storetest.Start, make(chan struct{})
		const customers = 4
		var group sync.WaitGroup
		created := make([]int, customers)
		for n := range customers {
			group.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}

					id := fmt.Sprintf("customer-%d-%d", n, created[n])
					err := running.InTx(t.Context(), func(tx account.Tx) error {
						if err := tx.CreateAccount(t.Context(), storetest.Customer(id)); err != nil {
							return err
						}
						return tx.CreateSession(t.Context(), &models.Session{ID: id, AccountID: id, TokenHash: hash(id),
							CreatedAt: now, AuthenticatedAt: now, LastUsedAt: now, EndsAt: now.Add(time.Hour),
							ExpiresAt: now.Add(time.Hour)})
					})
					if err == nil {
						_, _, _, err = running.Authenticate(t.Context(), hash("key"), hash(id), now)
					}
					if err == nil {
						err = running.Ready(t.Context())
					}
					if err != nil {
						t.Errorf("%s: %v, %v", id, err, errors.Unwrap(err))
						return
					}
					created[n]++
				}
			})
		}

		time.Sleep(300 * time.Millisecond)
		for range 3 {
			storetest.Expand(t, database)
			time.Sleep(100 * time.Millisecond)
		}
		close(stop)
		group.Wait()

		total, rows := 0, 0
		for _, count := range created {
			total += count
		}
		if err := write.QueryRow("SELECT count(*) FROM sessions s JOIN accounts a ON a.id = s.account_id").Scan(&rows); err != nil ||
			rows != total || total < customers {
			t.Errorf("%d of %d customers are there, %v", rows, total, err)
		}
	})
}
