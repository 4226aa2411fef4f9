package server

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// This file guards the recipes of docs/import.md: it runs each of them, unchanged, on exports in the other system's
// format. testdata/exports holds these, with the expected output and result of the import.

var updateExports = flag.Bool("update-exports", false, "write what the imports say and make into testdata/exports")

// recipe matches a section of docs/import.md with a block that writes customers.jsonl.
var recipe = regexp.MustCompile("(?ms)^### ([^\n]+)\n(?:[^#\n][^\n]*\n|\n)*?```sh\n(.*?)```")

func recipes(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("docs/import.md")
	if err != nil {
		t.Fatal(err)
	}

	found := map[string]string{}
	for _, section := range recipe.FindAllStringSubmatch(string(text), -1) {
		found[section[1]] = section[2]
	}

	return found
}

// export is a file of testdata/exports: the other system's data, and the expected result.
type export struct {
	name, section string
	archive       *txtar.Archive
}

func (e *export) file(name string) string {
	for _, file := range e.archive.Files {
		if file.Name == name {
			return string(file.Data)
		}
	}
	return ""
}

func (e *export) set(name, text string) {
	i := slices.IndexFunc(e.archive.Files, func(file txtar.File) bool { return file.Name == name })
	if i < 0 {
		i = len(e.archive.Files)
		e.archive.Files = append(e.archive.Files, txtar.File{Name: name})
	}
	e.archive.Files[i].Data = []byte(text)
}

func exports(t *testing.T) []*export {
	t.Helper()
	files, err := filepath.Glob("testdata/exports/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no exports: %v", err)
	}

	var all []*export
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		section, _, _ := strings.Cut(string(archive.Comment), "\n")
		all = append(all,
			&export{name: strings.TrimSuffix(filepath.Base(file), ".txtar"), section: section, archive: archive})
	}

	return all
}

// TestRecipesAreTested guards that every recipe has an export, and every listed system a recipe.
func TestRecipesAreTested(t *testing.T) {
	recipes, tested := recipes(t), map[string]bool{}
	for _, export := range exports(t) {
		tested[export.section] = true
		if recipes[export.section] == "" {
			t.Errorf("%s is of %q, which has no recipe", export.name, export.section)
		}
	}

	for section := range recipes {
		if !tested[section] {
			t.Errorf("the recipe of %s is not tested", section)
		}
	}

	for _, section := range []string{
		"Auth0", "Firebase", "Keycloak", "Cognito", "Shopify", "Django", "Devise", "Supabase", "Better Auth", "Medusa",
		"Spring Security",
		"WordPress and WooCommerce", "Magento 2", "OpenMage and Magento 1", "Drupal",
	} {
		if !tested[section] {
			t.Errorf("%s has no recipe, or no export", section)
		}
	}
}

func TestRecipes(t *testing.T) {
	recipes := recipes(t)
	mariadb := newMariaDB(t)
	for _, export := range exports(t) {
		t.Run(export.name, func(t *testing.T) {
			k := &recipeRun{T: t, export: export, recipe: recipes[export.section], directory: t.TempDir()}
			k.prepare(mariadb)
			if err := k.run(); err != nil {
				t.Fatalf("the recipe ends with %v", err)
			}

			k.checkImport()
			k.checkCutShort()
			k.checkFailure()
		})
	}
}

// recipeRun runs a recipe on an export, in a directory of its own.
type recipeRun struct {
	*testing.T
	export    *export
	recipe    string
	directory string
	environ   []string
	// sql runs statements in the database that the recipe queries; it is nil if the recipe queries none.
	sql func(statements string)
}

// prepare writes the export to where the recipe reads it.
func (k *recipeRun) prepare(mariadb func(t *testing.T) (environ []string, sql func(string))) {
	k.Helper()
	k.environ = append(os.Environ(),
		"SIGNER_KEY=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==")

	switch {
	case strings.Contains(k.recipe, "psql"):
		k.need("psql")
		url := postgrestest.EmptyURL(k.T)
		k.environ = append(k.environ, "SHOP_DATABASE="+url)
		k.sql = func(statements string) { k.must(statements, "psql", "-qX", "-v", "ON_ERROR_STOP=1", url) }
	case strings.Contains(k.recipe, "mysql"):
		environ, sql := mariadb(k.T)
		k.environ, k.sql = append(k.environ, environ...), sql
	default:
		k.need("jq")
	}

	for _, file := range k.export.archive.Files {
		if ext := filepath.Ext(file.Name); ext == ".json" || ext == ".ndjson" || ext == ".jsonl" {
			k.write(file.Name, string(file.Data))
		}
	}

	if k.sql != nil {
		k.sql(k.export.file("setup.sql"))
	}
}

func (k *recipeRun) need(program string) {
	k.Helper()
	if _, err := exec.LookPath(program); err != nil {
		k.Skip("no " + program + ": install it to run this recipe")
	}
}

func (k *recipeRun) must(stdin, program string, args ...string) {
	k.Helper()
	command := exec.Command(program, args...)
	command.Stdin = strings.NewReader(stdin)
	if text, err := command.CombinedOutput(); err != nil {
		k.Fatalf("%s: %v: %s", program, err, text)
	}
}

func (k *recipeRun) write(name, text string) {
	k.Helper()
	if err := os.WriteFile(filepath.Join(k.directory, name), []byte(text), 0o600); err != nil {
		k.Fatal(err)
	}
}

// run executes the recipe unchanged from the document.
func (k *recipeRun) run() error {
	var said bytes.Buffer
	command := exec.Command("sh", "-c", k.recipe)
	command.Dir, command.Env, command.Stderr = k.directory, k.environ, &said
	if err := command.Run(); err != nil {
		return fmt.Errorf("%w: %s", err, said.String())
	}
	return nil
}

func (k *recipeRun) customers() string {
	k.Helper()
	text, err := os.ReadFile(filepath.Join(k.directory, "customers.jsonl"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		k.Fatal(err)
	}
	return string(text)
}
