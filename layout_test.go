package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// These tests enforce ARCHITECTURE.md: which package may import which, that rules and storage stay in their
// packages, and that files and resolvers stay small. They read the sources and run nothing.

const module = "github.com/accountql/accountql"

// allowed lists what the non-test files of a package may import besides the standard library: packages of this
// module by their path in it, and others by their prefix. A package without an entry uses the entry of the nearest
// folder above it.
var allowed = map[string][]string{
	"models":                    {"golang.org/x/text"},
	"internal/contact":          {"models", thirdParty},
	"internal/postal":           {"models", thirdParty},
	"internal/postal/makerules": {thirdParty},
	"internal/password":         {"models", "internal/processor", "internal/trace", thirdParty},
	"internal/account": {
		"models", "internal/password", "internal/contact", "internal/device", "internal/postal",
		"internal/strictjson", "internal/totp",
	},
	"internal/totp":       {"models", thirdParty},
	"internal/device":     {"models"},
	"internal/geo":        {"models", thirdParty},
	"internal/strictjson": {thirdParty},
	"internal/auth":       {"models", "internal/account", thirdParty},
	"internal/egress":     {"internal/trace"},
	"internal/trace":      {thirdParty},
	"internal/breached":   {"internal/egress", thirdParty},
	"internal/notify": {
		"models", "internal/account", "internal/device", "internal/egress", "internal/trace", thirdParty,
	},
	"internal/identity":         {"models", "internal/account", "internal/egress", thirdParty},
	"internal/passkey":          {"models", "internal/account", thirdParty},
	"internal/brand":            {"models", "internal/strictjson", thirdParty},
	"internal/fields":           {"models", "internal/account", thirdParty},
	"internal/processor":        {},
	"internal/store":            {"models", "internal/account", "internal/trace", thirdParty},
	storeEngine:                 {thirdParty},
	"internal/store/sqlite":     {storeEngine, "internal/processor", thirdParty},
	"internal/store/postgres":   {storeEngine, thirdParty},
	"internal/store/migrations": {storeEngine, thirdParty},
	"internal/store/transfer":   {"internal/store", storeEngine, "internal/store/migrations", "internal/account"},
	"internal/cli":              {"models", "internal/account", "internal/config", thirdParty},
	"internal/config":           {"models", "internal/egress", thirdParty},
	"test":                      {anything},
	"graph": {
		"models", "internal/account", "internal/auth", "internal/trace", "graph/internal/gen", "graph/internal/fastexec",
		thirdParty,
	},
	"graph/internal/gen": {
		"models", "internal/account", "graph/internal/fastexec", "graph/internal/scalars", thirdParty,
	},
	"graph/internal/scalars":  {"models", thirdParty},
	"web":                     {thirdParty},
	"bench":                   {},
	"bench/baseline":          {"internal/password", thirdParty},
	"deploy":                  {},
	"docs":                    {},
	"examples":                {thirdParty},
	".":                       {"internal/server"},
	"internal/server":         {anything},
	"graph/internal/generate": {thirdParty},
	"graph/internal/fastexec": {thirdParty},
}

const (
	// thirdParty stands for every other module.
	thirdParty = "(third party)"
	anything   = "(anything)"
	// storeEngine holds the words that all rooms of the store share.
	storeEngine = "internal/store/engine"
)

// doors are the imports that a single folder may use.
var doors = map[string]string{
	"gorm.io":                      "internal/store",
	"gorm.io/driver/sqlite":        "internal/store/sqlite",
	"github.com/mattn/go-sqlite3":  "internal/store/sqlite",
	"modernc.org/sqlite":           "internal/store/sqlite",
	"gorm.io/driver/postgres":      "internal/store/postgres",
	"github.com/jackc/pgx":         "internal/store/postgres",
	"github.com/pressly/goose":     "internal/store/migrations",
	"database/sql":                 "internal/store",
	"github.com/99designs/gqlgen":  "graph",
	"github.com/vektah/gqlparser":  "graph",
	module + "/graph/internal/gen": "graph",
	"github.com/alecthomas/kong":   "internal",
	"go.opentelemetry.io":          "internal/trace",
	"github.com/go-webauthn":       "internal/passkey",
	"github.com/pquerna/otp":       "internal/totp",
	"github.com/boombuler/barcode": "internal/totp",
	module + "/internal/server":    ".",
	module + "/test":               "test",
}

// source is one Go file of the module.
type source struct {
	// name is the path of the file and dir the path of its folder, relative to the module's root and with slashes.
	name, dir string
	text      string
	parsed    *ast.File
	generated bool
	// test says that it is a test, or what only tests need: all that lies in test.
	test bool
}

// generatedHeader matches the header that Go's convention requires.
var generatedHeader = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}

		if entry.IsDir() {
			hidden := name != "." && (strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_"))
			if hidden || entry.Name() == "node_modules" || entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}

		if filepath.Ext(name) != ".go" {
			return nil
		}

		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}

		parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}

		slashed := filepath.ToSlash(name)
		all = append(all, source{
			name: slashed, dir: path.Dir(slashed), text: string(text), parsed: parsed,
			generated: generatedHeader.Match(text),
			test:      strings.HasSuffix(name, "_test.go") || within(path.Dir(slashed), "test"),
		})

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d Go files were found", len(all))
	}

	return all
}

// imports returns the paths that a file imports.
func (s source) imports() []string {
	var paths []string
	for _, one := range s.parsed.Imports {
		paths = append(paths, strings.Trim(one.Path.Value, `"`))
	}
	return paths
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, file := range sources(t) {
		rule, ok := ruleFor(file.dir)
		if !ok {
			t.Errorf("%s: say in layout_test.go what this package may import", file.name)
			continue
		}

		seen[rule] = true

		for _, imported := range file.imports() {
			if imported == module {
				t.Errorf("%s imports package main", file.name)
			}
			if file.test {
				continue // tests may combine several packages
			}

			own, ofModule := strings.CutPrefix(imported, module+"/")
			if imported == "C" || imported == "embed" || standard(imported) ||
				mayImport(allowed[rule], imported, own, ofModule) || ofModule && within(own, rule) && rule != "." {
				continue
			}

			t.Errorf("%s imports %s, which %s must not", file.name, imported, rule)
		}
	}

	for _, required := range []string{"models",
		"internal/account", "internal/auth", "internal/store", "internal/notify", "graph", "graph/internal/gen"} {
		if !seen[required] {
			t.Errorf("no file of %s was found", required)
		}
	}
}

// ruleFor returns the package itself or the nearest folder above it that has a rule; the root's rule applies only
// to the root.
func ruleFor(dir string) (string, bool) {
	for at := dir; ; at = path.Dir(at) {
		if _, ok := allowed[at]; ok && (at != "." || dir == ".") {
			return at, true
		}
		if at == "." {
			return "", false
		}
	}
}

func mayImport(rules []string, imported, own string, ofModule bool) bool {
	return slices.ContainsFunc(rules, func(rule string) bool {
		switch rule {
		case anything:
			return true
		case thirdParty:
			return !ofModule && imported != module
		}

		if ofModule {
			return own == rule
		}

		return within(imported, rule)
	})
}

// standard reports whether the package is in the standard library: its first path element has no dot.
func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".")
}

// within reports whether a path is the folder or inside it.
func within(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

const (
	// baseline is the program with gqlgen alone that the benchmark compares with graph.
	baseline = "bench/baseline"
	// testServers runs PostgreSQL for tests.
	testServers = "internal/store/postgrestest"
)

func TestDoors(t *testing.T) {
	opened := map[string]bool{}
	for _, file := range sources(t) {
		for _, imported := range file.imports() {
			for door, owner := range doors {
				if !within(imported, door) || imported == "database/sql/driver" {
					continue // the driver package has only interfaces, for types that are columns
				}

				opened[door] = true
				if !file.test && !within(file.dir, owner) && !within(file.dir, baseline) && file.dir != testServers {
					t.Errorf("%s imports %s, which is for %s alone", file.name, imported, owner)
				}

				// A test may open the database or read the schema, but only graph may use the generated code.
				if door == module+"/graph/internal/gen" && !within(file.dir, "graph") {
					t.Errorf("%s imports the generated code", file.name)
				}
			}
		}
	}

	for _, door := range []string{"gorm.io", "github.com/99designs/gqlgen", module + "/graph/internal/gen"} {
		if !opened[door] {
			t.Errorf("nobody imports %s: is this test looking at the right files?", door)
		}
	}
}

// TestOnePlaceKnowsTheEngines: what a database string means is decided once; everybody else speaks to an engine.Engine.
func TestOnePlaceKnowsTheEngines(t *testing.T) {
	const place = "internal/store/open.go"
	known := map[string]bool{}
	for _, file := range sources(t) {
		for _, imported := range file.imports() {
			if imported != module+"/internal/store/sqlite" && imported != module+"/internal/store/postgres" ||
				file.test {
				continue
			}
			if file.name != place {
				t.Errorf("%s imports %s, which is for %s alone", file.name, imported, place)
			}

			known[imported] = true
		}
	}

	if len(known) != 2 {
		t.Errorf("%s imports %v: is this test looking at the right files?", place, known)
	}
}

// nounsOnly are the packages of HTTP, streams and databases, which models need for nothing but what stands beside them
// (docs/adr/0017-models-are-nouns.md).
var nounsOnly = map[string][]string{
	"net/http":            {},
	"io":                  {"models/optional.go"},
	"database/sql":        {},
	"database/sql/driver": {"models/jsonobject.go"},
}

func TestModelsAreNouns(t *testing.T) {
	used := map[string]bool{}
	for _, file := range sources(t) {
		if file.dir != "models" || file.test {
			continue
		}
		if file.name != "models/optional.go" && strings.Contains(file.text, "MarshalGQL(") {
			t.Errorf("%s: what GraphQL does with a type belongs to graph/internal/scalars", file.name)
		}

		for _, imported := range file.imports() {
			exempt, watched := nounsOnly[imported]
			if watched && !slices.Contains(exempt, file.name) {
				t.Errorf("%s imports %s: what needs it belongs to its reader", file.name, imported)
			}
			used[imported+" "+file.name] = true
		}
	}

	for imported, exempt := range nounsOnly {
		for _, file := range exempt {
			if !used[imported+" "+file] {
				t.Errorf("%s imports %s no more: take it out of nounsOnly", file, imported)
			}
		}
	}
}

func TestGeneratedCodeHasItsPlace(t *testing.T) {
	for _, file := range sources(t) {
		generated := within(file.dir, "graph/internal/gen") || file.dir == baseline+"/gen" ||
			file.name == "examples/go/accountql/generated.go"
		if generated != file.generated {
			t.Errorf("%s: generated %v, but its place says %v", file.name, file.generated, generated)
		}
	}
}

// maxLines is the limit for a file that people have to read.
const maxLines = 400

func TestFilesAreSmallAndNamedAfterWhatTheyHold(t *testing.T) {
	for _, file := range sources(t) {
		base := strings.TrimSuffix(strings.TrimSuffix(path.Base(file.name), ".go"), "_test")
		for _, word := range strings.FieldsFunc(base+"/"+path.Base(file.dir), func(r rune) bool {
			return r == '_' || r == '/' || r == '.'
		}) {
			if slices.Contains([]string{"helper", "helpers", "util", "utils", "common", "misc"},
				strings.ToLower(word)) {
				t.Errorf("%s is named after nothing that it holds", file.name)
			}
		}

		// gqlgen writes its outline: three lines for each operation.
		outline := file.name == "graph/schema.resolvers.go"
		if lines := strings.Count(file.text, "\n"); !file.generated && !outline && lines >= maxLines {
			t.Errorf("%s has %d lines; files stay under %d", file.name, lines, maxLines)
		}
	}
}
