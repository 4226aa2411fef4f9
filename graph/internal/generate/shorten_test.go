package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/rogpeppe/go-internal/diff"
)

var update = flag.Bool("update", false, "write anew what gqlgen writes for testdata/shelf, and what is made of it")

const shelf = "testdata/shelf"

// TestShorten compares the changed code for the schema in testdata/shelf with the golden file.
func TestShorten(t *testing.T) {
	expected := shelfPlan(t)
	files := shelfFiles(t, "", "")
	if err := change(files, expected); err != nil {
		t.Fatal(err)
	}

	var got bytes.Buffer
	for _, one := range files {
		changed, err := one.changed()
		if err != nil {
			t.Fatal(err)
		}
		got.Write(diff.Diff("gqlgen/"+filepath.Base(one.name), one.source, "shortened", changed))
	}

	compareGolden(t, shelf+"/shortened.diff", got.Bytes())
}

// TestTables compares the tables for the schema in testdata/shelf with the golden file. No field with a directive, an
// argument, a resolver or an unknown marshaller may be in them.
func TestTables(t *testing.T) {
	tables, err := tablesText("gqlgen", shelfPlan(t).tables)
	if err != nil {
		t.Fatal(err)
	}

	compareGolden(t, shelf+"/leaves.go.golden", tables)
	for _, forbidden := range []string{
		"summary", "price", "series\"", "stock", "reader", "weight", "shopType", "queryType", "mutationType", "__",
	} {
		if bytes.Contains(tables, []byte(forbidden)) {
			t.Errorf("%s has a place in the tables:\n%s", forbidden, tables)
		}
	}
}

func compareGolden(t *testing.T, golden string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}

	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("other changes than in %s; look at them with -update:\n%s", golden, diff.Diff("want", want, "got", got))
	}
}

// TestLeaves guards that a field is a leaf only if it is read from a struct or by a method that cannot fail, and
// has no directive.
func TestLeaves(t *testing.T) {
	var got []string
	for _, one := range shelfPlan(t).leaves {
		got = append(got, one.object+"."+one.field+" = "+one.value)
	}

	want := []string{
		"Book.title = obj.Title", "Book.pages = obj.Pages", "Book.words = obj.Words()", "Book.genre = obj.Genre",
		"Book.weight = obj.Weight",
		"Series.name = obj.Name",
	}
	if !slices.Equal(got, want) {
		t.Errorf("leaves %v, want %v", got, want)
	}
}

func TestSubscriptionsAreRefused(t *testing.T) {
	_, err := planFor(&codegen.Data{SubscriptionRoot: &codegen.Object{}})
	if !errors.Is(err, errSubscription) {
		t.Errorf("%v, want %v", err, errSubscription)
	}
}

// shelfPlan lets gqlgen plan the schema of testdata/shelf. The introspection types are left out.
func shelfPlan(t *testing.T) plan {
	t.Helper()
	back, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}

	t.Chdir(shelf)
	defer t.Chdir(back)

	settings, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		t.Fatal(err)
	}

	if *update {
		err := errors.Join(api.Generate(settings), os.Remove("gqlgen/prelude.generated.go"))
		if err != nil {
			t.Fatal(err)
		}
	}

	if err := errors.Join(settings.LoadSchema(), settings.Init()); err != nil {
		t.Fatal(err)
	}

	data, err := codegen.BuildData(settings)
	if err != nil {
		t.Fatal(err)
	}

	expected, err := planFor(data)
	if err != nil {
		t.Fatal(err)
	}

	introspection := func(typ string) bool { return strings.HasPrefix(typ, "__") }
	expected.leaves = slices.DeleteFunc(expected.leaves, func(l leaf) bool { return introspection(l.object) })
	expected.objects = slices.DeleteFunc(expected.objects, func(o object) bool { return introspection(o.name) })

	return expected
}

// shelfFiles returns gqlgen's code for the schema of testdata/shelf, with one text replaced.
func shelfFiles(t *testing.T, old, replacement string) []*file {
	t.Helper()
	names, err := filepath.Glob(shelf + "/gqlgen/*.generated.go")
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no files")
	}

	var files []*file
	count := 0
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if old != "" {
			count += bytes.Count(source, []byte(old))
			source = bytes.ReplaceAll(source, []byte(old), []byte(replacement))
		}

		one, err := parse(name, source)
		if err != nil {
			t.Fatal(err)
		}

		files = append(files, one)
	}

	if old != "" && count != 1 {
		t.Fatalf("%q stands there %d times", old, count)
	}

	return files
}
