package sqlite_test

import (
	"context"
	"fmt"
	"os"
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

// walSize returns the size of the log's file, and the size of the valid pages in it.
func walSize(t *testing.T, path string, s *store.Store) (file, pages int64) {
	t.Helper()
	_, read := s.Engine().Pools()
	var blocked, frames, moved int64
	if err := read.QueryRow("PRAGMA wal_checkpoint(NOOP)").Scan(&blocked, &frames, &moved); err != nil {
		t.Fatal(err)
	}

	info, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}

	const frame = 24 + 4096 // a page and its header

	return info.Size(), frames * frame
}

// spendMany runs a transaction that writes some five pages.
func spendMany(t *testing.T, s account.Store, from int) {
	if err := s.InTx(t.Context(), func(tx account.Tx) error {
		for i := range 10 {
			if _, err := tx.SpendBudget(t.Context(), fmt.Sprint(from, i), start, time.Hour); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func TestSQLiteWALStaysSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 40,000 times")
	}

	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	ctx, stop := context.WithCancel(t.Context())
	var readers, writers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for ctx.Err() == nil {
				_, _ = s.AccountByID(ctx, "nobody")
				time.Sleep(time.Millisecond)
			}
		})
	}

	const together, commits = 8, 500
	for n := range together {
		writers.Go(func() {
			for i := range commits {
				spendMany(t, s, n)
				if i%20 == 0 {
					if file, pages := walSize(t, path, s); file > 8<<20 || pages > 8<<20 {
						t.Errorf("the log grew to %d bytes, of which %d count", file, pages)
					}
				}
			}
		})
	}

	writers.Wait()
	stop()
	readers.Wait()
}

// TestSQLiteWALOutlivesALongReader reads for as long as a backup does. No write fails in that time, and afterwards
// the log shrinks again.
func TestSQLiteWALOutlivesALongReader(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	_, read := s.Engine().Pools()
	backup, err := read.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}

	var accounts int
	if err := backup.QueryRow("SELECT count(*) FROM accounts").Scan(&accounts); err != nil {
		t.Fatal(err)
	}

	largest := int64(0)
	for from := 0; largest < 12<<20; from++ {
		spendMany(t, s, from)
		largest, _ = walSize(t, path, s)
	}

	if err := backup.Rollback(); err != nil {
		t.Fatal(err)
	}

	const due = 4 << 20
	for from := 0; ; from++ {
		spendMany(t, s, from)
		size, _ := walSize(t, path, s)
		if size <= due {
			break
		}
		if size > 3*largest {
			t.Fatalf("the log has grown from %d to %d bytes since nobody reads it", largest, size)
		}
	}
}

// TestSQLiteStopsAfterFailedCheckpoint: a failed sync leaves the state of the file unknown, so the log, which still
// holds the changes, must not be overwritten.
func TestSQLiteStopsAfterFailedCheckpoint(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	if err := of(s).FailCheckpoint(sqlite3.Error{Code: sqlite3.ErrFull}); err == nil || s.Ready(t.Context()) != nil {
		t.Fatal("a full disk stops everything")
	}

	if err := of(s).FailCheckpoint(
		sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync},
	); err == nil {
		t.Fatal("no error")
	}

	if err := s.InTx(
		t.Context(), func(account.Tx) error { t.Error("decided"); return nil },
	); models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("got %v", err)
	}

	select {
	case <-s.Failed():
	default:
		t.Error("the failure is not told")
	}
}
