package store

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// TestSimpleTexts compares the short way to read a list with encoding/json: it
// may give up, but never read anything else.
func TestSimpleTexts(t *testing.T) {
	read := 0
	for _, stored := range []string{
		`["a"]`, `["a","b","c"]`, `[""]`, `["",""]`, `["ä","日本"]`, `[]`, `null`, ``, `["a]`, `a"]`, `["]`, `["a" ,"b"]`, `[ "a"]`,
		`["a\"b"]`, `["a\",\"b"]`, `["a","b\\"]`, `["\u0041"]`, `["a""b"]`, `["a",b"]`, `["a","]`, `["a",1]`, `[["a"]]`, `["a,b"]`, `["x\"]`,
	} {
		texts, simple := simpleTexts[string](stored)
		if !simple {
			continue
		}
		read++
		var want []string
		if err := json.Unmarshal([]byte(stored), &want); err != nil || !slices.Equal(texts, want) {
			t.Errorf("%s is read as %q, want %q (%v)", stored, texts, want, err)
		}
	}
	if read < 6 {
		t.Errorf("only %d lists were simple", read)
	}
}

// TestHotRowsKeepNothing guards that a row that is used again holds nothing of whom it was read for.
func TestHotRowsKeepNothing(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	row := s.reader.rows.Get().(*scannedRow)
	for i := range row.values {
		row.values[i] = "a secret"
	}
	row.key.row.Name, row.session.row.ID, row.account.row.ID = "a secret", "a secret", "a secret"

	s.reader.release(row)
	for i, value := range row.values {
		if value != nil {
			t.Fatalf("column %d holds %q after the release", i, value)
		}
	}
	for _, kept := range []any{row.key.row, row.session.row, row.account.row} {
		if !reflect.ValueOf(kept).IsZero() {
			t.Errorf("%+v stays after the release", kept)
		}
	}
}
