package store_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// expectCheck fails the test unless Ready names the check and its cause.
func expectCheck(t *testing.T, s *store.Store, check store.ReadyCheck, cause string) {
	t.Helper()
	err := s.Ready(t.Context())
	var failed *store.NotReadyError
	if models.CodeOf(err) != models.CodeUnavailable || !errors.As(err, &failed) {
		t.Errorf("want %s: ready returns %v", check, err)
		return
	}
	if failed.Check != check || !strings.Contains(failed.Cause.Error(), cause) {
		t.Errorf("want %s with %q: got %s with %q", check, cause, failed.Check, failed.Cause)
	}
}

// TestReadyNamesTheCheck guards that a newer schema, a file that may not be written and a closed database are
// different causes (R-OBS2).
func TestReadyNamesTheCheck(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "ready.db"))
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}

	write, _ := s.Engine().Pools()
	storetest.Execute(t, write, "PRAGMA query_only = on")
	expectCheck(t, s, store.ReadOnlyCheck, "readonly")
	if err := s.ProbeWrite(t.Context()); models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a change was committed: %v", err)
	}
	storetest.Execute(t, write, "PRAGMA query_only = off")
	if err := s.ProbeWrite(t.Context()); err != nil {
		t.Error(err)
	}

	storetest.Execute(t, write, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (4711, true)")
	expectCheck(t, s, store.SchemaCheck, "migration 4711")

	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	expectCheck(t, s, store.DatabaseCheck, "closed")
}

// TestReadyNamesTheCheckOnPostgreSQL guards the same for a server: a newer schema, a hot standby, and a stopped
// server; and that it is ready again.
func TestReadyNamesTheCheckOnPostgreSQL(t *testing.T) {
	primary := postgrestest.NewCluster(t)
	s := storetest.Migrated(t, primary.URL("postgres"))
	standby := primary.Standby(t)
	replica, err := store.Open(t.Context(), standby.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = replica.Close() })
	expectCheck(t, replica, store.StandbyCheck, "recovery")

	db := postgrestest.Open(t, primary.URL("postgres"))
	storetest.Execute(t, db, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (4711, true)")
	expectCheck(t, s, store.SchemaCheck, "migration 4711")
	storetest.Execute(t, db, "DELETE FROM goose_db_version WHERE version_id = 4711")

	primary.Stop()
	expectCheck(t, s, store.DatabaseCheck, "")
	primary.Start(t)
	for deadline := time.Now().Add(time.Minute); s.Ready(t.Context()) != nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not ready again")
		}
	}
}

// TestClockOffset guards that the clocks of both engines are read in the right direction and unit (R-OBS5).
func TestClockOffset(t *testing.T) {
	for name, database := range map[string]func() string{
		"SQLite":     func() string { return filepath.Join(t.TempDir(), "clock.db") },
		"PostgreSQL": func() string { return postgrestest.URL(t) },
	} {
		s := storetest.Migrated(t, database())
		offset, err := s.ClockOffset(t.Context())
		if err != nil || offset.Abs() > 10*time.Second {
			t.Errorf("%s: %v, %v", name, offset, err)
		}
	}
}
