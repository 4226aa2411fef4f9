//go:build guards

package guards

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// goPackage is the description of a package by `go list -export`.
type goPackage struct {
	ImportPath, Dir, Export string
	GoFiles, CgoFiles       []string
}

// TestGuardsCompile reports within seconds which guards can't be removed as their list says, because the code would
// not compile. It checks the types of each changed package, and builds none.
func TestGuardsCompile(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}

	places, err := findPlaces(root)
	if err != nil {
		t.Fatal(err)
	}

	packages := listPackages(t, root)
	check := checker{root: root, positions: token.NewFileSet(), unchanged: map[string]*ast.File{}}
	check.config = types.Config{FakeImportC: true, Importer: importer.ForCompiler(check.positions, "gc",
		func(name string) (io.ReadCloser, error) { return os.Open(packages[name].Export) })}

	for _, guard := range slices.Concat(guards, passwordGuards) {
		texts, err := guard.without(root, places)
		if err != nil {
			continue // TestGuardsAreThere reports it
		}

		for _, known := range packages {
			if err := check.without(known, texts); err != nil {
				t.Errorf("%s: %v", guard.name, err)
			}
		}
	}
}

// checker checks the types of packages with changed files.
type checker struct {
	root      string
	positions *token.FileSet
	unchanged map[string]*ast.File
	config    types.Config
}

// without returns the first error of a package with changed files. A package without changed files is not checked.
func (c checker) without(known goPackage, texts map[string]string) error {
	within, err := filepath.Rel(c.root, known.Dir)
	if err != nil || !slices.ContainsFunc(known.GoFiles, func(name string) bool {
		return texts[path.Join(filepath.ToSlash(within), name)] != ""
	}) {
		return err
	}

	var files []*ast.File
	for _, name := range slices.Concat(known.GoFiles, known.CgoFiles) {
		full := filepath.Join(known.Dir, name)
		file := c.unchanged[full]
		if text := texts[path.Join(filepath.ToSlash(within), name)]; text != "" {
			file, err = parser.ParseFile(c.positions, full, text, parser.SkipObjectResolution)
		} else if file == nil {
			file, err = parser.ParseFile(c.positions, full, nil, parser.SkipObjectResolution)
			c.unchanged[full] = file
		}

		if err != nil {
			return err
		}

		files = append(files, file)
	}

	_, err = c.config.Check(known.ImportPath, c.positions, files, nil)

	return err
}

// listPackages builds the imports of the module's packages, and lists all of them.
func listPackages(t *testing.T, root string) map[string]goPackage {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps",
		"-json=ImportPath,Dir,Export,GoFiles,CgoFiles", "./...")
	command.Dir = root
	var out, problems strings.Builder
	command.Stdout, command.Stderr = &out, &problems
	if err := command.Run(); err != nil {
		t.Fatalf("%v: %s", err, problems.String())
	}

	packages := map[string]goPackage{}
	for decoder := json.NewDecoder(strings.NewReader(out.String())); ; {
		var one goPackage
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages[one.ImportPath] = one
	}

	return packages
}
