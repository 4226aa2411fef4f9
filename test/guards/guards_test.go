//go:build guards

// Package guards takes one guard at a time out of a copy of the module and
// shows that the test that is there for it fails: `make guards`. A guard whose
// removal nobody notices would be lost in the next change. The code marks the
// places of guards by comments, such as "// guard: a write counts its rows"; the
// lists say what is done there.
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

// guard is what is taken out, and the test that must fail without it.
type guard struct {
	name, pkg, run string
	changes        changes
}

// testTimeout bounds one test of one guard, without its build; a test that hangs without its guard fails as well.
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

// TestGuardsAreThere is quick: each guard has its marker, each marker its guard, and what is done there can be done.
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

// copyModule copies what the go command needs.
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
