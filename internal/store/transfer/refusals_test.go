package transfer_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/internal/store/transfer"
)

func TestCopyRefusesATargetWithOtherData(t *testing.T) {
	for name, empty := range targets(t) {
		t.Run(name, func(t *testing.T) {
			source, target := filled(t), empty(t)
			s := storetest.Migrated(t, target)
			if _, err := s.ServerKey(t.Context(), "codes"); err != nil {
				t.Fatal(err)
			}

			_, err := transfer.Copy(t.Context(), source, target, quiet)
			if err == nil || !strings.Contains(err.Error(), "already holds other data: server_keys") ||
				strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v", err)
			}

			// It was only read: a server can continue to use it.
			if err := s.CheckSchema(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCopyRefusesItsSource(t *testing.T) {
	for name, c := range map[string]struct {
		change []string
		want   string
	}{
		"a time finer than a microsecond": {[]string{
			"UPDATE sessions SET ends_at = '2026-03-30 01:59:59.1200001+00:00'",
		}, "sessions: ends_at of the row \"session-0014\" holds a time that is finer"},
		"a time that is none": {[]string{"UPDATE accounts SET updated_at = 'yesterday'"},
			"updated_at of the row \"Z-account-0003\" holds a text that is no time"},
		"a number as time": {
			[]string{"UPDATE accounts SET updated_at = 1700000000"}, "holds a int64 instead of a time",
		},
		"a text with NUL": {[]string{"UPDATE accounts SET city = 'a' || char(0) || 'b' WHERE city IS NOT NULL"},
			"holds bytes that are no text"},
		"a text that is no UTF-8": {[]string{"UPDATE accounts SET city = CAST(x'ff' AS TEXT) WHERE city IS NOT NULL"},
			"holds bytes that are no text"},
		"a boolean that is neither": {[]string{"UPDATE consents SET value = 2"}, "holds a int64 instead of a boolean"},
		"an older schema": {
			[]string{"DELETE FROM goose_db_version WHERE version_id > 1"}, "run `accountql migrate`",
		},
		"a newer schema": {
			[]string{"INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)"}, "install a newer one",
		},
		"an unfinished copy": {[]string{"CREATE TABLE unfinished_copy (source TEXT)"}, "a part of a copy"},
	} {
		t.Run(name, func(t *testing.T) {
			source := filled(t)
			alter(t, source, c.change...)
			_, err := transfer.Copy(t.Context(), source, filepath.Join(t.TempDir(), "target.db"), quiet)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}

	missing := filepath.Join(t.TempDir(), "missing.db")
	_, err := transfer.Copy(t.Context(), missing, filepath.Join(t.TempDir(), "x.db"), quiet)
	if err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("got %v", err)
	}
	if found, _ := filepath.Glob(missing + "*"); found != nil {
		t.Errorf("a missing source was made: %v", found)
	}
}

// TestCopyWantsItsSourceAlone guards that nobody changes data that was copied already: neither an idle server that
// has the source open, nor one that starts in the meantime.
func TestCopyWantsItsSourceAlone(t *testing.T) {
	server := postgrestest.EmptyURL(t)
	source := filled(t)
	mustCopy(t, source, server)

	for _, database := range []string{source, server} {
		serving, err := store.Open(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}

		_, err = transfer.Copy(t.Context(), database, filepath.Join(t.TempDir(), "target.db"), quiet)
		if err == nil || !strings.Contains(err.Error(), "is in use") {
			t.Errorf("while it is served: %v", err)
		}
		if err := serving.Close(); err != nil {
			t.Fatal(err)
		}

		tried := false
		_, err = transfer.Copy(t.Context(), database, filepath.Join(t.TempDir(), "target.db"), func(transfer.Progress) {
			if tried {
				return
			}

			tried = true

			if database == source {
				late, err := sql.Open("sqlite3", "file:"+source+"?_busy_timeout=100")
				if err == nil {
					_, err = late.Exec("DELETE FROM sessions")
				}
				if err == nil {
					t.Error("somebody writes to the source meanwhile")
				}

				_ = late.Close()

				return
			}

			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			late, err := store.Open(t.Context(), database)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := late.ServerKey(ctx, "late"); err == nil {
				t.Error("somebody writes to the source meanwhile")
			}

			_ = late.Close()
		})
		if err != nil {
			t.Error(err)
		}
	}

	_, err := transfer.Copy(t.Context(), server, server, quiet)
	if err == nil || !strings.Contains(err.Error(), "the same database") {
		t.Errorf("onto itself: %v", err)
	}
}
