//go:build guards

// Package guards takes one guard at a time out of a copy of the module and
// shows that the test that is there for it fails: `make guards`. A guard whose
// removal nobody notices would be lost in the next change.
package guards

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// edit replaces one text of a file, which must stand there once.
type edit struct{ file, old, new string }

// guard is what is taken out, and the test that must fail without it.
type guard struct {
	name, pkg, run string
	edits          []edit
}

// testTimeout bounds one test of one guard; one that hangs without its guard fails as well.
const testTimeout = 3 * time.Minute

func TestGuards(t *testing.T) {
	root := t.TempDir()
	copyModule(t, "../..", root)
	for _, guard := range slices.Concat(guards, passwordGuards) {
		t.Run(guard.name, func(t *testing.T) {
			for _, edit := range guard.edits {
				file := filepath.Join(root, edit.file)
				original, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if n := strings.Count(string(original), edit.old); n != 1 {
					t.Fatalf("%s holds the guard %d times; say in guards what it looks like now", edit.file, n)
				}
				write(t, file, []byte(strings.Replace(string(original), edit.old, edit.new, 1)))
				defer write(t, file, original)
			}
			ctx, cancel := context.WithTimeout(t.Context(), testTimeout)
			defer cancel()
			command := exec.CommandContext(ctx, "go", "test", "-count=1", "-vet=off", "-ldflags=-s -w", "-run", guard.run, guard.pkg)
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

// TestGuardsAreThere is quick: it says at once which guard looks different now.
func TestGuardsAreThere(t *testing.T) {
	for _, guard := range slices.Concat(guards, passwordGuards) {
		for _, edit := range guard.edits {
			text, err := os.ReadFile(filepath.Join("../..", edit.file))
			if n := strings.Count(string(text), edit.old); err != nil || n != 1 {
				t.Errorf("%s: %s holds it %d times (%v)", guard.name, edit.file, n, err)
			}
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
