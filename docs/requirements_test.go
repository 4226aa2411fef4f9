package docs_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// required is how many requirements each part of docs/requirements.md has; none of them may get lost.
var required = map[string]int{
	"C": 13, "ACC": 7, "UPD": 10, "PWD": 10, "RPR": 9, "CPR": 8, "DEL": 9, "REC": 8, "CEC": 7, "RPU": 6, "CPU": 9,
	"KEY": 9, "SES": 8,
	"GQL": 18, "ID": 2, "THR": 5, "HASH": 5, "OUT": 5, "DB": 7, "LOG": 4, "OPS": 6, "ROT": 4, "OBS": 2, "PRF": 10, "ANS": 5, "ADDR": 4,
}

// TestRequirementsNameTests checks that docs/requirements.md has a line for each requirement, that a line without a
// test says why, and that each test exists.
func TestRequirementsNameTests(t *testing.T) {
	known, lines := knownTests(t), requirementLines(t)
	name := regexp.MustCompile("`([^`]+)`")
	for id, text := range lines {
		sentence, rest, _ := strings.Cut(text, "|")
		held, note, _ := strings.Cut(rest, "|")
		if strings.TrimSpace(sentence) == "" {
			t.Errorf("%s has no sentence", id)
		}
		if strings.TrimSpace(held) == "" && strings.TrimSpace(note) == "" {
			t.Errorf("%s names no test and does not say why", id)
		}

		for _, match := range name.FindAllStringSubmatch(held, -1) {
			if !known[match[1]] {
				t.Errorf("%s: there is no test %s", id, match[1])
			}
		}
	}

	for part, number := range required {
		for i := range number {
			if id := fmt.Sprintf("R-%s%d", part, i+1); lines[id] == "" {
				t.Errorf("%s has no line", id)
			}
		}
	}
}

// knownTests returns the names of the tests that the documents can name: test functions, stories, and cases of
// storetest.Exercise.
func knownTests(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	functions := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	cases := regexp.MustCompile(`(?m)^\s+\{"([^"]+)", \w+\},`)
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return fs.SkipDir
		case filepath.Ext(path) == ".txtar":
			known[entry.Name()] = true
		case filepath.Ext(path) == ".go" && (strings.HasSuffix(path, "_test.go") || entry.Name() == "storetest.go"):
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}

			for _, match := range functions.FindAllSubmatch(text, -1) {
				known[string(match[1])] = true
			}

			for _, match := range cases.FindAllSubmatch(text, -1) {
				known["storetest: "+string(match[1])] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	return known
}

// requirementLines returns the lines of docs/requirements.md by their numbers.
func requirementLines(t *testing.T) map[string]string {
	t.Helper()
	lines := map[string]string{}
	line := regexp.MustCompile(`(?m)^\| (R-[A-Z]+[0-9]+) \| (.*) \|$`)
	for _, match := range line.FindAllStringSubmatch(read(t, "requirements.md"), -1) {
		if lines[match[1]] != "" {
			t.Errorf("%s has two lines", match[1])
		}
		lines[match[1]] = match[2]
	}

	return lines
}
