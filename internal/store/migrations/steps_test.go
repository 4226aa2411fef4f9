package migrations_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// lastUnmarked is the last step from before steps said whether they are additive.
const lastUnmarked = "00008"

var (
	markLine   = regexp.MustCompile(`^-- \+accountql (Additive|Breaking)\n`)
	comments   = regexp.MustCompile(`--[^\n]*`)
	newTable   = regexp.MustCompile(`^CREATE TABLE (\w+) \(`)
	newIndex   = regexp.MustCompile(`^CREATE (UNIQUE )?INDEX \w+ ON (\w+)`)
	newColumns = regexp.MustCompile(`^ALTER TABLE (\w+)((?:,? ?ADD COLUMN [^,;]+)+)$`)
	newRows    = regexp.MustCompile(`^INSERT INTO (\w+)`)
	spaces     = regexp.MustCompile(`\s+`)
)

// notAdditive returns what in a step older processes would stumble over, or "".
func notAdditive(text string) string {
	created := map[string]bool{}
	for statement := range strings.SplitSeq(comments.ReplaceAllString(text, ""), ";") {
		statement = strings.TrimSpace(spaces.ReplaceAllString(statement, " "))
		table, index := newTable.FindStringSubmatch(statement), newIndex.FindStringSubmatch(statement)
		columns, rows := newColumns.FindStringSubmatch(statement), newRows.FindStringSubmatch(statement)

		switch {
		case statement == "":
			continue
		// An older process would fail to delete the row that is referred to.
		case strings.Count(statement, "REFERENCES") != strings.Count(statement, "ON DELETE CASCADE"):
			return "a reference without ON DELETE CASCADE: " + statement
		case table != nil:
			created[table[1]] = true
		case index != nil && (index[1] == "" || created[index[2]]):
		case rows != nil && created[rows[1]]:
		case columns != nil:
			for column := range strings.SplitSeq(columns[2], "ADD COLUMN ") {
				if strings.Contains(column, "UNIQUE") || strings.Contains(column, "CHECK") ||
					strings.Contains(column, "NOT NULL") && !strings.Contains(column, "DEFAULT") {
					return "a column that rows of older processes don't satisfy: " + column
				}
			}
		default:
			return statement
		}
	}

	return ""
}

// TestStepsSayWhatTheyAre guards that each step says whether it is additive, alike for both engines, and that an
// additive one has only statements beside which older processes keep working.
func TestStepsSayWhatTheyAre(t *testing.T) {
	said := map[string]string{}
	for _, engine := range []string{"sqlite", "postgres"} {
		files, err := filepath.Glob(filepath.Join(engine, "*.sql"))
		if err != nil || len(files) < 8 {
			t.Fatalf("%d steps, %v", len(files), err)
		}

		for _, file := range files {
			name := filepath.Base(file)
			if name[:len(lastUnmarked)] <= lastUnmarked {
				continue
			}

			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}

			mark := markLine.FindStringSubmatch(string(text))
			if mark == nil {
				t.Errorf("%s begins neither with %q nor with %q", file, "-- +accountql Additive", "-- +accountql Breaking")
				continue
			}
			if other := said[name]; other != "" && other != mark[1] {
				t.Errorf("%s is %s, and %s for the other engine", name, mark[1], other)
			}
			said[name] = mark[1]

			if problem := notAdditive(string(text)); mark[1] == "Additive" && problem != "" {
				t.Errorf("%s is not additive, because of %s", file, problem)
			}
		}
	}
}

// TestNotAdditive tests the rules of the test above.
func TestNotAdditive(t *testing.T) {
	const begin = "-- +accountql Additive\n-- +goose Up\n\n"
	for text, additive := range map[string]bool{
		"ALTER TABLE accounts ADD COLUMN level TEXT;":                                           true,
		"ALTER TABLE accounts ADD COLUMN level TEXT NOT NULL DEFAULT 'none';":                   true,
		"ALTER TABLE accounts\n    ADD COLUMN a TEXT,\n    ADD COLUMN b TEXT;":                  true,
		"CREATE INDEX accounts_level ON accounts (level);":                                      true,
		"CREATE TABLE levels (id TEXT NOT NULL);\nCREATE UNIQUE INDEX l ON levels (id);":        true,
		"CREATE TABLE levels (a TEXT REFERENCES accounts (id) ON DELETE CASCADE);":              true,
		"-- A comment; with a semicolon.\nCREATE TABLE l (a TEXT); INSERT INTO l VALUES ('a');": true,
		"CREATE TABLE levels (a TEXT REFERENCES accounts (id));":                                false,
		"ALTER TABLE accounts ADD COLUMN level TEXT NOT NULL;":                                  false,
		"ALTER TABLE accounts ADD COLUMN a TEXT, ADD COLUMN b TEXT NOT NULL;":                   false,
		"ALTER TABLE accounts ADD COLUMN level TEXT UNIQUE;":                                    false,
		"ALTER TABLE accounts DROP COLUMN city;":                                                false,
		"ALTER TABLE accounts RENAME COLUMN city TO town;":                                      false,
		"ALTER TABLE accounts ADD COLUMN a TEXT, DROP COLUMN city;":                             false,
		"CREATE UNIQUE INDEX accounts_city ON accounts (city);":                                 false,
		"DROP INDEX accounts_phone;":                                                            false,
		"UPDATE accounts SET city = 'x';":                                                       false,
		"INSERT INTO server_keys (name) VALUES ('x');":                                          false,
	} {
		if problem := notAdditive(begin + text); (problem == "") != additive {
			t.Errorf("%s: %q", text, problem)
		}
	}
}
