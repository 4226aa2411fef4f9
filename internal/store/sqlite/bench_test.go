package sqlite_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// BenchmarkSQLiteUpdate runs the durable writes of updateAccount from 16 goroutines, with and without group commit.
func BenchmarkSQLiteUpdate(b *testing.B) {
	for _, limit := range []int{1, 64} {
		b.Run(fmt.Sprint("group=", limit), func(b *testing.B) {
			s := storetest.Migrated(b, filepath.Join(b.TempDir(), "test.db"))
			of(s).LimitGroups(limit)
			const writers = 16
			for n := range writers {
				if err := s.InTx(b.Context(), func(tx account.Tx) error {
					return tx.CreateAccount(b.Context(), storetest.Customer(fmt.Sprint("customer-", n)))
				}); err != nil {
					b.Fatal(err)
				}
			}

			var done atomic.Int64
			var group sync.WaitGroup
			b.ResetTimer()

			for n := range writers {
				group.Go(func() {
					for at := done.Add(1); at <= int64(b.N); at = done.Add(1) {
						if err := update(b, s, fmt.Sprint("customer-", n), at); err != nil {
							b.Error(err)
						}
					}
				})
			}

			group.Wait()
		})
	}
}

// update writes what updateAccount writes.
func update(t testing.TB, s account.Store, id string, number int64) error {
	return s.InTx(t.Context(), func(tx account.Tx) error {
		mine, err := tx.LockAccount(t.Context(), id)
		if err != nil {
			return err
		}

		city := fmt.Sprint("City ", number)
		mine.City = &city
		if err := tx.UpdateAccount(t.Context(), mine, "city"); err != nil {
			return err
		}

		return tx.RecordEvent(t.Context(), &models.AuditEvent{
			ID: fmt.Sprintf("event-%012d", number), AccountID: id, Operation: "updateAccount", At: start,
		})
	})
}
