package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// These places need no edit for a new field or mutation: documents, tests, examples, the account page, and what is generated.
var noPlace = regexp.MustCompile(
	`^(docs|examples|packages|bench|test)(/|$)|_test\.go$|(^|/)(storetest|testdata|node_modules|gen|dist|\.[^/]+)(/|$)|\.md$`,
)

// source matches the files that people write: neither a database that a server left nor a binary.
var source = regexp.MustCompile(`\.(go|graphqls?|sql|ya?ml|tmpl|html|css|jsx?|mjs|tsx?|json|sh)$`)

// TestContributingNamesEveryPlace guards that the rows of CONTRIBUTING.md name each file that somebody has to edit:
// those in which a representative field or mutation stands.
func TestContributingNamesEveryPlace(t *testing.T) {
	rows, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}

	for _, row := range []struct {
		begins, named string
		// also are files that the row describes without their names, or that name what they only show, and not are files
		// that need no edit.
		also []string
		not  string
	}{
		{begins: "| add a field to the profile |", named: `displayName|DisplayName|display_name`, not: "web/",
			also: []string{"internal/account/passkey.go", "internal/passkey/passkey.go", "models/passkey.go"}},
		{begins: "| add a mutation |",
			named: `cancelPhoneUpdate|CancelPhoneUpdate`, also: []string{"internal/account/phone.go"}},
	} {
		_, rest, found := strings.Cut(string(rows), "\n"+row.begins)
		edit, _, _ := strings.Cut(rest, " | ")
		if !found {
			t.Errorf("no row begins with %q", row.begins)
			continue
		}

		places := filesThatName(t, regexp.MustCompile(row.named), row.not)
		for _, place := range places {
			if !slices.ContainsFunc(strings.Split(edit, "`"), func(name string) bool {
				return place == name || strings.HasPrefix(place, name+"/")
			}) && !slices.Contains(row.also, place) {
				t.Errorf("%s names %s, and the row %q does not name the file", place, row.named, row.begins)
			}
		}

		for i, name := range strings.Split(edit, "`") {
			path := i%2 == 1 && (strings.Contains(name, "/") || name == "schema.graphqls") && !noPlace.MatchString(name)
			if path && !slices.ContainsFunc(places, func(place string) bool {
				return place == name || strings.HasPrefix(place, name+"/")
			}) {
				t.Errorf("the row %q names %s, in which no %s stands", row.begins, name, row.named)
			}
		}
	}
}

// filesThatName returns the files, from the repository's root, that hold what matches, without those below a folder.
func filesThatName(t *testing.T, named *regexp.Regexp, without string) []string {
	t.Helper()
	var places []string
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && noPlace.MatchString(name):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() || !source.MatchString(name) || without != "" && strings.HasPrefix(name, without):
			return nil
		}

		text, err := fs.ReadFile(root, name)
		if err == nil && named.Match(text) {
			places = append(places, filepath.ToSlash(name))
		}

		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	return places
}
