//go:build guards

// Package guards removes one guard at a time from a copy of the module, and shows that the guard's test then fails:
// `make guards`. A guard whose removal no test detects could get lost in the next change. The code marks the places of
// guards with comments, such as "// guard: a write counts its rows"; the lists define the changes there.
package guards

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// guard is a change that removes a guard, and the test that must then fail.
type guard struct {
	name, pkg, run string
	changes        changes
}

// testTimeout limits one test of one guard, without its build. A test that hangs without its guard has failed as
// well.
const testTimeout = 3 * time.Minute

func TestGuards(t *testing.T) {
	root := t.TempDir()
	copyModule(t, "../..", root)
	places, err := findPlaces(root)
	if err != nil {
		t.Fatal(err)
	}

	for _, guard := range slices.Concat(guards, passwordGuards) {
		t.Run(guard.name, func(t *testing.T) {
			texts, err := guard.without(root, places)
			if err != nil {
				t.Fatal(err)
			}

			for name, text := range texts {
				file := filepath.Join(root, name)
				original, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				write(t, file, []byte(text))
				defer write(t, file, original)
			}

			command := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-vet=off", "-ldflags=-s -w",
				"-timeout", testTimeout.String(), "-run", guard.run, guard.pkg)
			command.Dir = root
			out, err := command.CombinedOutput()

			text := string(out)
			switch {
			case err == nil:
				t.Errorf("nobody notices: go test -run '%s' %s\n%s", guard.run, guard.pkg, text)
			case strings.Contains(text, "build failed") || strings.Contains(text, "setup failed"):
				t.Errorf("without the guard the code does not compile:\n%s", text)
			}
		})
	}
}

// TestGuardsAreThere is quick: it checks that each guard has its marker, that each marker has its guard, and that
// the change can be made there.
func TestGuardsAreThere(t *testing.T) {
	places, err := findPlaces("../..")
	if err != nil {
		t.Fatal(err)
	}

	markers, names := map[string]bool{}, map[string]bool{}
	for _, guard := range slices.Concat(guards, passwordGuards) {
		if names[guard.name] || strings.Contains(guard.name, markerSeparator) {
			t.Errorf("%s: two guards have this name, or it cannot be a marker", guard.name)
		}

		names[guard.name] = true

		for _, change := range guard.changes {
			if change.kind != "text" {
				markers[change.marker(guard.name)] = true
			}
		}

		if _, err := guard.without("../..", places); err != nil {
			t.Errorf("%s: %v", guard.name, err)
		}
	}

	for _, name := range slices.Sorted(maps.Keys(places)) {
		if !markers[name] {
			t.Errorf("%s: no guard of the lists has this marker: %s", places[name][0].file.name, name)
		}
	}
}

// copyModule copies the files that the go command needs.
func copyModule(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}

		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}

		target := filepath.Join(to, relative)
		switch {
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules" || entry.Name() == "guards"):
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(target, 0o700)
		case !entry.Type().IsRegular():
			return nil
		}

		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}

		return os.WriteFile(target, content, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
