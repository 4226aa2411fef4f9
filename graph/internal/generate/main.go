// Command generate runs gqlgen and then changes its output in the places that cost time in every request
// (docs/adr/0009-speed.md gives the reasons and the drawbacks):
//
//   - A leaf passes its value to the marshaller (leaf.go). gqlgen resolves it like any other field, which
//     costs 11 allocations and a microsecond.
//   - graph/internal/fastexec appends an object at once if all selected fields are plain leaves. It gets a table of
//     them for each type, in leaves.generated.go (table.go).
//   - graph/internal/fastexec collects and encodes an object's fields, and deferred fields are prepared only if
//     there are any (object.go).
//   - The map of functions that read inputs is not built, because no resolver reads an input itself, and the buffer
//     of an answer starts with a kilobyte, which is enough for most answers (operation.go).
//
// gqlgen has no template or plugin for this part of its code. The schema determines which places must exist
// (plan.go). They are found in the syntax tree, and a place that differs from the expected code is an error.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if err := run("gqlgen.yml"); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// run generates the code for a gqlgen configuration.
func run(configuration string) error {
	settings, err := config.LoadConfig(configuration)
	if err != nil {
		return err
	}

	// gqlgen checks the whole package, and these tables are for the schema as it was.
	err = os.Remove(filepath.Join(settings.Exec.Dir(), tablesFile))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}

	var asked planner
	if err := api.Generate(settings, api.AddPlugin(&asked)); err != nil {
		return err
	}

	return shorten(settings.Exec.Dir(), asked.plan)
}

// planner is a gqlgen plugin that generates nothing: it records what gqlgen is about to generate.
type planner struct{ plan plan }

// Name implements gqlgen's plugin.Plugin.
func (*planner) Name() string { return "planner" }

// GenerateCode implements gqlgen's plugin.CodeGenerator.
func (p *planner) GenerateCode(data *codegen.Data) (err error) {
	p.plan, err = planFor(data)
	return err
}

// shorten changes the generated files of a folder. If a place differs from the plan, it writes none of them and
// returns an error that describes each such place.
func shorten(dir string, expected plan) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.generated.go"))
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return filepath.Base(name) == tablesFile })

	var files []*file
	for _, name := range names {
		one, err := read(name)
		if err != nil {
			return err
		}
		files = append(files, one)
	}

	if err := change(files, expected); err != nil {
		return fmt.Errorf("gqlgen does not write what is expected here; its own code was left as it is:\n%w", err)
	}

	for _, one := range files {
		if err := one.write(); err != nil {
			return err
		}
	}

	tables, err := tablesText(files[0].syntax.Name.Name, expected.tables)
	if err != nil {
		return err
	}

	return os.WriteFile(filepath.Join(dir, tablesFile), tables, readable)
}

// change records every change in the files. Its error has a line for each place that differs from the plan.
func change(files []*file, expected plan) error {
	methods := methodsOf(files)

	var problems []error
	for _, one := range expected.leaves {
		problems = append(problems, one.shorten(methods))
	}

	for _, one := range expected.objects {
		problems = append(problems, one.shorten(methods))
	}

	problems = append(problems, shortenOperations(methods, expected.operations))

	return errors.Join(problems...)
}
