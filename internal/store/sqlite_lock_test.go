package store_test

import (
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
)

// TestSQLiteBeginsWithTheRightToWrite makes sure that a transaction excludes
// other writers from its first moment, before it has written: one that began
// with a read would fail later, when somebody else has written since.
func TestSQLiteBeginsWithTheRightToWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s, other := openMigrated(t, path), openMigrated(t, path)
	var ended atomic.Bool
	var group sync.WaitGroup
	err := s.InTx(t.Context(), func(account.Tx) error {
		group.Go(func() {
			if err := other.InTx(t.Context(), func(account.Tx) error {
				if !ended.Load() {
					t.Error("two transactions have the right to write")
				}
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(100 * time.Millisecond)
		ended.Store(true)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	group.Wait()
}
