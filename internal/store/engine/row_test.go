package engine

import (
	"database/sql"
	"testing"

	_ "github.com/mattn/go-sqlite3"
)

// TestQueryKeepsNothing guards that a reused row holds nothing that the driver returned, also if a column can't be read.
func TestQueryKeepsNothing(t *testing.T) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()

	for statement, reads := range map[string]bool{"SELECT 'a secret'": true, "SELECT 'a secret', 1.5": false} {
		row := NewRow(2)
		found, err := row.Query(t.Context(), db, statement)
		if found != reads || (err == nil) != reads {
			t.Errorf("%s: %v, %v", statement, found, err)
		}

		row.Clear()

		for i := range row.Values {
			if row.Values[i] != (Value{}) || row.scanned[i] != nil {
				t.Errorf("%s: column %d keeps %v and %v", statement, i, row.Values[i], row.scanned[i])
			}
		}
	}
}
