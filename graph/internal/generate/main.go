// Command generate runs gqlgen and then changes what it wrote, in the places
// that cost every request time (docs/adr/0009-speed.md says why, and what is lost):
//
//   - A leaf hands its value to the marshaller (leaf.go). gqlgen resolves it like
//     any other field, in 11 allocations and a microsecond.
//   - An object's fields are collected and written by graph/internal/fastexec, and
//     deferred fields are prepared only if there are any (object.go).
//   - The map of functions that read inputs is not made, since no resolver reads
//     an input by itself, and the buffer of an answer begins with a kilobyte,
//     which most answers fit in (operation.go).
//
// gqlgen has no template or plugin for this part of its code. What must be there
// follows from the schema (plan.go); the places are found in the syntax tree, and
// each that looks different than expected is an error.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

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

// run generates what a configuration of gqlgen names.
func run(configuration string) error {
	settings, err := config.LoadConfig(configuration)
	if err != nil {
		return err
	}

	var asked planner
	if err := api.Generate(settings, api.AddPlugin(&asked)); err != nil {
		return err
	}

	return shorten(settings.Exec.Dir(), asked.plan)
}

// planner is a plugin of gqlgen that generates nothing: it notes what gqlgen is about to write.
type planner struct{ plan plan }

// Name implements gqlgen's plugin.Plugin.
func (*planner) Name() string { return "planner" }

// GenerateCode implements gqlgen's plugin.CodeGenerator.
func (p *planner) GenerateCode(data *codegen.Data) (err error) {
	p.plan, err = planFor(data)
	return err
}

// shorten changes the generated files of a folder. It writes none of them if
// anything is not as the plan expects, and says of each place what is wrong.
func shorten(dir string, expected plan) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.generated.go"))
	if err != nil {
		return err
	}

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

	return nil
}

// change notes every change in the files. Its error has a line for each place that is not as expected.
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
