package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

func TestSQLiteErrors(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	for _, code := range []sqlite3.ErrNo{
		sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrReadonly, sqlite3.ErrIoErr,
		sqlite3.ErrInterrupt, sqlite3.ErrCorrupt, sqlite3.ErrCantOpen,
	} {
		err := s.Translate(fmt.Errorf("query: %w", sqlite3.Error{Code: code}))
		if models.CodeOf(err) != models.CodeUnavailable || strings.Contains(err.Error(), "sql") {
			t.Errorf("%v: %v", code, err)
		}
	}

	for _, cause := range []error{context.Canceled, context.DeadlineExceeded, sql.ErrTxDone} {
		if err := s.Translate(fmt.Errorf("query: %w", cause)); models.CodeOf(err) != models.CodeUnavailable ||
			!errors.Is(err, cause) {
			t.Errorf("%v: %v", cause, err)
		}
	}

	if err := s.Translate(sqlite3.Error{Code: sqlite3.ErrError}); models.CodeOf(err) != models.CodeInternal {
		t.Errorf("a faulty statement: %v", err)
	}
}

func TestSQLiteStopsAfterFailedSync(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	for _, passing := range []sqlite3.Error{
		{Code: sqlite3.ErrFull}, {Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrWrite},
	} {
		if err := s.FailCommit(passing); models.CodeOf(err) != models.CodeUnavailable {
			t.Fatal(err)
		}
	}

	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}

	if err := s.FailCommit(
		sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync},
	); models.CodeOf(err) != models.CodeUnavailable {
		t.Fatal(err)
	}

	select {
	case <-s.Failed():
	default:
		t.Error("the failure is not told")
	}

	err := s.InTx(t.Context(), func(account.Tx) error { t.Error("a transaction began"); return nil })
	if models.CodeOf(err) != models.CodeUnavailable || models.CodeOf(s.Ready(t.Context())) != models.CodeUnavailable {
		t.Errorf("got %v", err)
	}
	if _, err := s.AccountByID(t.Context(), "nobody"); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("reads stopped: %v", err)
	}
}
