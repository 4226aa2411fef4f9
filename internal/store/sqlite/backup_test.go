package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestBackupUnderLoad guards R-DB6: while others write, a backup is a state that existed, with everything that had
// been acknowledged before it began.
func TestBackupUnderLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	storetest.Fill(t, s)
	// Each writer's events form a chain, whose last number is that of the last acknowledged mutation.
	const writers, backups = 4, 5
	var lock sync.Mutex
	acknowledged := map[string]int{}
	var running sync.WaitGroup
	stop := make(chan struct{})
	for writer := range writers {
		running.Go(func() {
			id := fmt.Sprintf("writer-%d", writer)
			for n := 1; ; n++ {
				select {
				case <-stop:
					return
				default:
				}

				event := &models.AuditEvent{
					ID: fmt.Sprintf("%s-%d", id, n), AccountID: id,
					Operation: "updateAccount", Outcome: models.OutcomeSuccess,
				}
				if err := s.InTx(t.Context(), func(tx account.Tx) error {
					return tx.RecordEvent(t.Context(), event)
				}); err != nil {
					t.Error(err)
					return
				}

				lock.Lock()
				acknowledged[id] = n
				lock.Unlock()
			}
		})
	}

	grown := 0
	for round := 0; round < backups || grown == 0 && round < 50*backups; round++ {
		lock.Lock()
		before := map[string]int{}
		for id, n := range acknowledged {
			before[id] = n
		}

		lock.Unlock()
		file := filepath.Join(t.TempDir(), "backup.db")
		size, err := store.Backup(t.Context(), path, file)
		if err != nil {
			t.Fatal(err)
		}

		info, err := os.Stat(file)
		if err != nil || info.Size() != size || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}

		grown += checkBackup(t, file, before)
		if found, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*")); found != nil {
			t.Errorf("round %d leaves %v behind", round, found)
		}
	}

	close(stop)
	running.Wait()
	if grown == 0 {
		t.Error("nobody wrote during the backups")
	}
}

// checkBackup opens a backup as a server would. It returns how many events the backup has in addition to those it
// must have.
func checkBackup(t *testing.T, file string, must map[string]int) (more int) {
	t.Helper()
	restored := storetest.Migrated(t, file)
	write, _ := restored.Engine().Pools()
	var verdict string
	if err := write.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity_check says %q, %v", verdict, err)
	}
	if _, _, err := restored.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
	if err := restored.Ready(t.Context()); err != nil {
		t.Error(err)
	}

	for id, n := range must {
		events, err := restored.Activity(t.Context(), id, 0, 1)
		if err != nil || len(events) == 0 || events[0].Number < n {
			t.Errorf("%s had %d events acknowledged, the backup ends with %+v, %v", id, n, events, err)
			continue
		}
		more += events[0].Number - n
	}

	return more
}

func TestBackupRefuses(t *testing.T) {
	directory := t.TempDir()
	path, file := filepath.Join(directory, "test.db"), filepath.Join(directory, "backup.db")
	storetest.Migrated(t, path)
	text := filepath.Join(directory, "notes.txt")
	if err := os.WriteFile(text, []byte("not a database"), 0o600); err != nil {
		t.Fatal(err)
	}

	for _, c := range []struct{ database, file, want string }{
		{path, text, "exists already"},
		{path, path, "exists already"},
		{path, filepath.Join(directory, "nowhere", "b.db"), "no such file or directory"},
		{text, file, "not a database"},
		{filepath.Join(directory, "missing.db"), file, "no such file"},
		{"postgres://ada:Wolpertinger@127.0.0.1:1/shop", file, "pg_basebackup or pg_dump"},
	} {
		_, err := store.Backup(t.Context(), c.database, c.file)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") ||
			strings.Contains(err.Error(), "Wolper") {
			t.Errorf("%s to %s: %v", c.database, c.file, err)
		}
	}

	if kept, err := os.ReadFile(text); err != nil || string(kept) != "not a database" {
		t.Errorf("the file that was there is now %q, %v", kept, err)
	}

	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}

	for _, entry := range entries {
		if name := entry.Name(); !strings.HasPrefix(name, "test.db") && name != "notes.txt" {
			t.Errorf("%s was left behind", name)
		}
	}
}
