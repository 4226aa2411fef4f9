package server

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// This file guards that the commands in the documents can run: that their packages, tests and files exist. It does
// not run them; layout_test.go checks their make targets.

// commandPages returns the documents that name commands.
func commandPages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	files, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}

	for _, file := range append(files, "CONTRIBUTING.md", "README.md", "Makefile") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// A table's cell escapes its bars with backslashes, and a make recipe doubles its dollars.
		pages[file] = strings.NewReplacer(`\|`, "|", "$$", "$").Replace(string(text))
	}

	return pages
}

// testCommand matches a go test command with a pattern; its groups are the text before the pattern, the pattern,
// and the text after it.
var testCommand = regexp.MustCompile(
	`go test ([^\n` + "`" + `]*?)-(?:run|bench|fuzz) ('[^']*'|[^ '` + "`" + `\n]+)([^\n` + "`" + `]*)`,
)

// TestCommandsNameTests guards that each pattern in a command matches a test of a package that the command names.
func TestCommandsNameTests(t *testing.T) {
	checked := 0
	for file, page := range commandPages(t) {
		for _, line := range strings.Split(page, "\n") {
			for _, command := range testCommand.FindAllString(line, -1) {
				if checkTestCommand(t, file, command) {
					checked++
				}
			}
		}
	}

	if checked < 20 {
		t.Errorf("only %d commands were found", checked)
	}
}

// checkTestCommand checks each pattern of a command, and reports whether the command has one.
func checkTestCommand(t *testing.T, file, command string) bool {
	t.Helper()
	var packages []string
	for _, word := range strings.Fields(command) {
		if word == "." || strings.HasPrefix(word, "./") {
			packages = append(packages, word)
		}
	}

	if len(packages) == 0 {
		packages = []string{"."}
	}

	patterns := regexp.MustCompile(`-(run|bench|fuzz) ('[^']*'|[^ '#]+)`).FindAllStringSubmatch(command, -1)
	checked := false
	for _, match := range patterns {
		pattern, _, _ := strings.Cut(strings.Trim(match[2], "'"), "/")
		if pattern == "^$" || pattern == "xxx" {
			continue // no test: the command runs benchmarks only
		}

		checked = true
		expression, err := regexp.Compile(pattern)
		if err != nil {
			t.Errorf("%s: %s: %v", file, command, err)
			continue
		}

		kind := map[string]string{"run": "Test", "bench": "Benchmark", "fuzz": "Fuzz"}[match[1]]
		if !slices.ContainsFunc(packages, func(folder string) bool { return hasTest(t, folder, kind, expression) }) {
			t.Errorf("%s: no test of %v meets %q in %q", file, packages, pattern, command)
		}
	}

	return checked
}

// hasTest reports whether a package has a test whose name matches a pattern.
func hasTest(t *testing.T, folder, kind string, pattern *regexp.Regexp) bool {
	t.Helper()
	folder, all := strings.CutSuffix(folder, "/...")
	declared := regexp.MustCompile(`(?m)^func (` + kind + `\w+)\(`)
	found := false
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != folder && !all:
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, "_test.go"):
			return nil
		}

		text, err := os.ReadFile(path)
		for _, match := range declared.FindAllStringSubmatch(string(text), -1) {
			found = found || pattern.MatchString(match[1])
		}

		return err
	})
	if err != nil {
		t.Error(err)
	}

	return found
}

// TestContributingNamesFiles guards that the files in CONTRIBUTING.md exist.
func TestContributingNamesFiles(t *testing.T) {
	base := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git") {
			return fs.SkipDir
		}

		base[entry.Name()] = true

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}

	checked := 0
	for _, row := range regexp.MustCompile(`(?m)^\| [^|]+ \| ([^|]+) \|`).FindAllStringSubmatch(string(text), -1) {
		for _, name := range regexp.MustCompile("`([A-Za-z0-9_./-]+)`").FindAllStringSubmatch(row[1], -1) {
			isFile := regexp.MustCompile(`/|\.(go|graphqls?|md|ts|txtar|yml)$`).MatchString(name[1])
			if !isFile {
				continue // a setting, or a name in a file
			}

			checked++
			_, err := os.Stat(name[1])
			if err != nil && (strings.Contains(name[1], "/") || !base[name[1]]) {
				t.Errorf("CONTRIBUTING.md names %s, which is not there", name[1])
			}
		}
	}

	if checked < 20 {
		t.Errorf("only %d files were found", checked)
	}
}
