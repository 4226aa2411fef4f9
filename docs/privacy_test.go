package docs_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/store/storetest"
)

var updatePrivacy = flag.Bool("update-privacy", false, "write the tables of privacy.md")

// The lines of privacy.md between which the tables stand.
const (
	privacyBegin = "<!-- The tables are made by: go test ./docs -run TestPrivacy -update-privacy -->\n"
	privacyEnd   = "<!-- The end of the tables. -->\n"
)

// TestPrivacy checks that privacy.md has the purpose of every column of the database: it fails when a column is added
// without one.
func TestPrivacy(t *testing.T) {
	var text strings.Builder
	columns := storedColumns(t)
	for _, table := range personalTables {
		stored, found := columns[table.name]
		if !found {
			t.Errorf("the database has no table %s", table.name)
		}
		delete(columns, table.name)

		fmt.Fprintf(&text, "### %s\n\n%s Kept: %s. Read by: %s.\n\n| column | purpose |\n|---|---|\n",
			table.name, table.purpose, table.kept, table.readers)
		for _, column := range table.columns {
			for _, name := range column.names {
				if !slices.Contains(stored, name) {
					t.Errorf("the table %s has no column %s", table.name, name)
				}
				stored = slices.DeleteFunc(stored, func(one string) bool { return one == name })
			}
			fmt.Fprintf(&text, "| `%s` | %s |\n", strings.Join(column.names, "`, `"), column.purpose)
		}

		text.WriteString("\n")
		if len(stored) > 0 {
			t.Errorf("privacy_tables_test.go does not say what the columns %v of %s are for", stored, table.name)
		}
	}
	for name, stored := range columns {
		t.Errorf("privacy_tables_test.go does not say what the table %s is for; it has the columns %v", name, stored)
	}

	whole := read(t, "privacy.md")
	before, rest, begun := strings.Cut(whole, privacyBegin)
	written, after, ended := strings.Cut(rest, privacyEnd)
	if !begun || !ended {
		t.Fatal("privacy.md has no place for the tables")
	}
	if *updatePrivacy {
		whole = before + privacyBegin + "\n" + text.String() + privacyEnd + after
		if err := os.WriteFile("privacy.md", []byte(whole), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if strings.TrimSpace(written) != strings.TrimSpace(text.String()) {
		t.Errorf("the tables of privacy.md are not those of privacy_tables_test.go; run: %s", privacyBegin)
	}
}

// storedColumns returns the columns of every table of the newest schema.
func storedColumns(t *testing.T) map[string][]string {
	t.Helper()
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "x.db"))
	_, db := s.Engine().Pools()
	rows, err := db.Query(`SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'goose_%' ORDER BY m.name, c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()

	columns := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		columns[table] = append(columns[table], column)
	}
	if err := rows.Err(); err != nil || len(columns) < 12 {
		t.Fatalf("%d tables, %v", len(columns), err)
	}

	return columns
}
