//go:build cgo && linux

package sqlite

import "testing"

// TestLibraryIsConfigured fails if anything uses SQLite before this package has configured it.
func TestLibraryIsConfigured(t *testing.T) {
	if configured != 0 {
		t.Errorf("SQLite refused its settings with the code %d", configured)
	}
}
