package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/accountql/accountql/internal/store/engine"
)

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
