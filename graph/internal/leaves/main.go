// Command leaves shortens what gqlgen writes for the leaves of the schema: the
// fields that are read from a struct, have no arguments and no directive, and
// are scalars or enums. `go generate` runs it after gqlgen; docs/adr/0009-speed.md
// says why, and what a leaf loses.
//
// gqlgen resolves such a field like any other, with a context of its own, three
// closures, and a way through the middleware, of which there is none here: 11
// allocations and a microsecond for a text that is already there. The
// shortened function hands the text to the same marshaller.
//
// It also takes out the map of functions that read inputs, which gqlgen makes
// for each request in case a resolver reads an input by itself: none does. An
// object's fields are collected, and written, by graph/internal/objects, and what
// is deferred is prepared only where something is. And the buffer of the answer
// begins with a kilobyte, which most answers fit in.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "leaves:", err)
		os.Exit(1)
	}
}

// run shortens the files of a folder.
func run(args []string) error {
	if len(args) != 1 {
		return errors.New("say in which folder gqlgen's files are")
	}
	files, err := filepath.Glob(filepath.Join(args[0], "*.generated.go"))
	if err != nil {
		return err
	}
	shortened := 0
	for _, file := range files {
		text, err := os.ReadFile(file) //nolint:gosec // the go:generate line names the folder
		if err != nil {
			return err
		}
		short, count := shorten(text)
		if count == 0 {
			continue
		}
		if short, err = format.Source(short); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		shortened += count
		const readable = 0o644
		if err := os.WriteFile(file, short, readable); err != nil { //nolint:gosec // as above
			return err
		}
	}
	if shortened == 0 {
		return errors.New("gqlgen has written no leaf as it used to: look at what it writes now")
	}
	return nil
}

var (
	// field is a function that gqlgen writes for a field without a directive (nil stands where the middleware would).
	field = regexp.MustCompile(`(?m)^(func \(ec \*executionContext\) _(\w+)\(ctx context\.Context, field graphql\.CollectedField, obj [^\n]*\) \(ret graphql\.Marshaler\) \{
)	return graphql\.ResolveField\(
		ctx,
		ec\.OperationContext,
		field,
		func\(ctx context\.Context, field graphql\.CollectedField\) \(\*graphql\.FieldContext, error\) \{
			return ec\.fieldContext_\w+\(ctx, field\)
		\},
		func\(ctx context\.Context\) \(any, error\) \{
			return (obj\.\w+(?:\(\))?), nil
		\},
		nil,
		func\(ctx context\.Context, selections ast\.SelectionSet, v [^\n]+\) graphql\.Marshaler \{
			return ec\.(marshal[^ᚕ\n(]+)\(ctx, selections, v\)
		\},
		true,
		(?:true|false),
	\)
\}
`)
	// leaf is what it writes beside that for scalars and enums without arguments, and for nothing else.
	leaf = regexp.MustCompile(`(?m)^func \(ec \*executionContext\) fieldContext_(\w+)\(_ context\.Context, field graphql\.CollectedField\) \(fc \*graphql\.FieldContext, err error\) \{
	return graphql\.NewScalarFieldContext\(`)
)

// inputs are the lines about the map of functions that read inputs.
var inputs = regexp.MustCompile(`(?m)^\tinputUnmarshalMap := graphql\.BuildUnmarshalerMap\(\n(?:\t\tec\.\w+,\n)+\t\)\n|^\t+ctx = graphql\.WithUnmarshalerMap\(ctx, inputUnmarshalMap\)\n`)

// object is the end of a function that gqlgen writes for a type of object.
var object = regexp.MustCompile(`(?m)^(\tatomic\.AddInt32\(&ec\.Deferred, [^\n]*\n)\n(\tec\.ProcessDeferredGroup\(graphql\.DeferredGroup\{\n(?:\t\t[^\n]*\n)+\t\}\)\n)\n\treturn out\n`)

// collect is where it collects the fields that an object is asked for.
var collect = regexp.MustCompile(`(?m)^\tfields := graphql\.CollectFields\(ec\.OperationContext, sel, `)

// graphqlImport is beside where the import of graph/internal/objects belongs.
var graphqlImport = []byte("\t\"github.com/99designs/gqlgen/graphql\"\n")

// buffer is where an answer is written.
var buffer = regexp.MustCompile(`(?m)^(\t+)var buf bytes\.Buffer\n(\t+data\.MarshalGQL)`)

// shorten returns the text with its leaves shortened, and how many places that were.
func shorten(text []byte) ([]byte, int) {
	leaves := map[string]bool{}
	for _, found := range leaf.FindAllSubmatch(text, -1) {
		leaves[string(found[1])] = true
	}
	count := 0
	short := field.ReplaceAllFunc(text, func(whole []byte) []byte {
		part := field.FindSubmatch(whole)
		if !leaves[string(part[2])] {
			return whole
		}
		count++
		return fmt.Appendf(nil, "%s\treturn ec.%s(ctx, field.Selections, %s)\n}\n", part[1], part[4], part[3])
	})
	count += len(inputs.FindAllIndex(short, -1))
	short = inputs.ReplaceAll(short, nil)
	count += len(object.FindAllIndex(short, -1))
	short = object.ReplaceAll(short, []byte("\tif len(deferLabelToView) > 0 {\n$1$2\t}\n\treturn objects.Object{Fields: fields, Values: out.Values}\n"))
	if collect.Match(short) {
		short = bytes.Replace(short, graphqlImport, slices.Concat(graphqlImport, []byte("\t\"github.com/accountql/accountql/graph/internal/objects\"\n")), 1)
	}
	count += len(collect.FindAllIndex(short, -1))
	short = collect.ReplaceAll(short, []byte("\tfields := objects.CollectFields(ctx, ec.OperationContext, sel, "))
	count += len(buffer.FindAllIndex(short, -1))
	return buffer.ReplaceAll(short, []byte("${1}var buf bytes.Buffer\n${1}buf.Grow(1 << 10)\n$2")), count
}
