package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/sqlite"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

var start = storetest.Start

func TestSQLitePragmas(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	write, read := s.Engine().Pools()
	for name, pool := range map[string]struct {
		db                    *sql.DB
		queryOnly, checkpoint string
	}{"write": {write, "0", "0"}, "read": {read, "1", "1000"}} {
		// Hold all connections at once, so that each of them is checked.
		for range pool.db.Stats().MaxOpenConnections {
			conn, err := pool.db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()

			for pragma, want := range map[string]string{
				"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
				"secure_delete": "1", "wal_autocheckpoint": pool.checkpoint, "mmap_size": "0",
				"query_only": pool.queryOnly, "trusted_schema": "0",
			} {
				var got string
				if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
					t.Errorf("%s: %s = %s, %v; want %s", name, pragma, got, err, want)
				}
			}
		}
	}

	if got := write.Stats().MaxOpenConnections; got != 1 {
		t.Errorf("%d connections write", got)
	}
}

func TestSQLitePragmaThatDiffersIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	storetest.Migrated(t, path)
	err := sqlite.ExpectPragma(t.Context(), path, "page_size", int64(512))
	if err == nil || err.Error() != "SQLite reports page_size = 4096 instead of 512" {
		t.Errorf("got %v", err)
	}
}

func TestSQLiteReadersCannotWrite(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	_, read := s.Engine().Pools()
	if _, err := read.ExecContext(t.Context(), "DELETE FROM budgets"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestSQLitePaths(t *testing.T) {
	for _, name := range []string{"a b.db", "what?mode=memory.db", "100%41.db", "hash#1.db", "ünï&=+.db", "plain"} {
		directory := t.TempDir()
		path := filepath.Join(directory, name)
		storetest.Migrated(t, path)
		entries, err := os.ReadDir(directory)
		if err != nil {
			t.Fatal(err)
		}

		for _, entry := range entries {
			if !strings.HasPrefix(entry.Name(), name) {
				t.Errorf("%q made %q", name, entry.Name())
			}
			if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%q: %v, %v", entry.Name(), info.Mode(), err)
			}
		}

		if len(entries) == 0 {
			t.Errorf("%q made nothing", name)
		}
	}
}

func TestSQLiteRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	s := storetest.Migrated(t, "test.db")
	t.Chdir(t.TempDir())
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSQLiteRefusesFiles(t *testing.T) {
	directory := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(directory, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}

	healthy := filepath.Join(directory, "healthy.db")
	s := storetest.Migrated(t, healthy)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	content, err := os.ReadFile(healthy)
	if err != nil {
		t.Fatal(err)
	}

	foreign := filepath.Join(directory, "foreign.db")
	other, err := sql.Open("sqlite3", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec("CREATE TABLE theirs (id)"); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}

	noise := bytes.Clone(content)
	for i := 100; i < len(noise); i++ {
		noise[i] = byte(i * 31)
	}

	// A log without its database holds changes that SQLite would delete.
	lost := strings.TrimSuffix(file("lost.db-wal", content), "-wal")
	file("empty.db-wal", content)

	for path, want := range map[string]string{
		filepath.Join(directory, "missing", "x.db"):      "directory does not exist",
		filepath.Join(healthy, "x.db"):                   "not a directory",
		directory:                                        "is a directory",
		file("short.db", []byte("hello")):                "not a database",
		file("text.db", bytes.Repeat([]byte("x"), 9000)): "not a database",
		file("cut.db", content[:len(content)/2]):         "malformed",
		file("noise.db", noise):                          "",
		foreign:                                          "another program",
		lost:                                             "its log",
		file("empty.db", nil):                            "its log",
		"":                                               "path of a file",
		":memory:":                                       "path of a file",
		"file:x.db":                                      "path of a file",
		"mysql://localhost/x":                            "path of a file",
	} {
		before, _ := os.ReadFile(path)
		s, err := store.Open(t.Context(), path)
		if err == nil {
			s.Close()
			t.Errorf("%q was opened", path)
			continue
		}

		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %q, want %q", path, err, want)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("%q was changed", path)
		}
	}

	if _, err := os.Stat(filepath.Join(directory, "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a directory was made: %v", err)
	}
}

// TestSQLiteForgets searches the files for a deleted customer's data (R-DEL6).
func TestSQLiteForgets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	marker := "Wolpertinger-4711"
	found := func() (files []string) {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			content, _ := os.ReadFile(path + suffix)
			if bytes.Contains(content, []byte(marker)) {
				files = append(files, path+suffix)
			}
		}
		return files
	}

	owner := storetest.Customer(marker)
	owner.LastName = &marker

	if err := s.InTx(t.Context(), func(tx account.Tx) error {
		return tx.CreateAccount(t.Context(), owner)
	}); err != nil {
		t.Fatal(err)
	}

	if err := s.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(found()) == 0 {
		t.Fatal("the data is not in the files in the first place")
	}

	if err := s.InTx(t.Context(), func(tx account.Tx) error {
		_, err := tx.DeleteAccount(t.Context(), owner.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}

	if err := s.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if files := found(); len(files) > 0 {
		t.Errorf("the data is in %v", files)
	}
}

// TestSQLiteSecretsAreWiped searches the files for the token of a message that was sent.
func TestSQLiteSecretsAreWiped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	for n, finish := range []func(id string) error{
		func(id string) error { return s.MarkSent(t.Context(), id, start) },
		func(id string) error { return s.MarkFailed(t.Context(), id, time.Now(), "refused", nil) },
	} {
		message := &models.Message{
			ID: fmt.Sprint(n), AccountID: "account", CreatedAt: start, NotBefore: start,
			Data: models.MessageData{Token: "Wolpertinger", Code: "4711-4711", Name: "Ada"},
		}
		if err := s.InTx(t.Context(), func(tx account.Tx) error {
			return tx.Enqueue(t.Context(), message)
		}); err != nil {
			t.Fatal(err)
		}

		if err := finish(message.ID); err != nil {
			t.Fatal(err)
		}
	}

	write, _ := s.Engine().Pools()
	var kept int
	if err := write.QueryRow(`SELECT count(*) FROM outbox WHERE data = '{"name":"Ada"}'`).Scan(&kept); err != nil ||
		kept != 2 {
		t.Errorf("%d, %v", kept, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || bytes.Contains(content, []byte("Wolpertinger")) ||
		bytes.Contains(content, []byte("4711-4711")) {
		t.Errorf("the secret is in the file, %v", err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log was left: %v", err)
	}
}

// TestSQLiteStopsWhoWaits has a writer wait for the lock while the writer before it fails.
func TestSQLiteStopsWhoWaits(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	var group sync.WaitGroup
	_ = s.InTx(t.Context(), func(account.Tx) error {
		group.Go(func() {
			err := s.InTx(t.Context(), func(account.Tx) error { t.Error("a transaction began"); return nil })
			if models.CodeOf(err) != models.CodeUnavailable {
				t.Errorf("got %v", err)
			}
		})
		for of(s).Waiting() < 1 {
			time.Sleep(time.Millisecond)
		}

		return of(s).FailCommit(sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync})
	})
	group.Wait()
}

// TestSQLiteLockedByAnother waits for a lock of another process until the caller's context ends.
func TestSQLiteLockedByAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s, other := storetest.Migrated(t, path), storetest.Migrated(t, path)
	held, release := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		if err := other.InTx(t.Context(), func(tx account.Tx) error {
			close(held)
			<-release
			return tx.CreateAccount(t.Context(), storetest.Customer("other"))
		}); err != nil {
			t.Error(err)
		}
	})
	<-held
	if _, err := s.AccountByID(t.Context(), "other"); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("a reader waits for a writer: %v", err)
	}

	time.AfterFunc(200*time.Millisecond, func() { close(release) })

	if err := s.InTx(t.Context(), func(tx account.Tx) error {
		return tx.CreateAccount(t.Context(), storetest.Customer("mine"))
	}); err != nil {
		t.Error(err)
	}

	group.Wait()
	if _, err := s.AccountByID(t.Context(), "other"); err != nil {
		t.Errorf("what another process wrote is not there: %v", err)
	}
}
