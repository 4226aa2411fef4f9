package sqlite

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/accountql/accountql/internal/store/engine"
)

// TestFindersAreAsMany opens as many connections as are allowed, and no more: the next read waits for one of them.
func TestFindersAreAsMany(t *testing.T) {
	e, err := open(t.Context(), filepath.Join(t.TempDir(), "test.db"), func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })

	synctest.Test(t, func(t *testing.T) {
		connections := newFinders(e.path, 2)
		first, err := connections.take()
		if err != nil {
			t.Fatal(err)
		}
		second, err := connections.take()
		if err != nil {
			t.Fatal(err)
		}

		var third *finder
		var late error
		go func() { third, _ = connections.take() }()
		synctest.Wait()
		if third != nil {
			t.Error("a third connection was opened where two are allowed")
		}

		connections.put(first)
		synctest.Wait()
		if third != first {
			t.Error("the read that waited did not get the connection that was returned")
		}

		go func() { _, late = connections.take() }()
		synctest.Wait()
		connections.close()
		synctest.Wait()
		if !errors.Is(late, sql.ErrConnDone) {
			t.Errorf("waiting while all close: %v", late)
		}

		connections.put(second)
		connections.put(third)
	})
}

// TestFinderThatDoesNotOpen reads a file that is missing more often than there are connections.
func TestFinderThatDoesNotOpen(t *testing.T) {
	connections := newFinders(filepath.Join(t.TempDir(), "missing.db"), 1)
	t.Cleanup(connections.close)
	for range 3 {
		if _, err := connections.find(engine.NewRow(1), "SELECT 1"); err == nil {
			t.Fatal("a missing file was read")
		}
	}
}
