package sqlite_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/storetest"
)

// TestSQLiteBeginsWithTheRightToWrite makes sure that a transaction excludes other writers from its start, before
// it has written: if it began with a read, it would fail later when somebody else has written since.
func TestSQLiteBeginsWithTheRightToWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	other, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()

	err = s.InTx(t.Context(), func(account.Tx) error {
		var busy sqlite3.Error
		_, err := other.ExecContext(t.Context(), "BEGIN IMMEDIATE")
		if !errors.As(err, &busy) || busy.Code != sqlite3.ErrBusy {
			t.Errorf("two transactions have the right to write: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
