package graph_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// TestResolversTranslate keeps rules out of the resolvers (ARCHITECTURE.md, rule 2).
func TestResolversTranslate(t *testing.T) {
	const longest, median = 12, 3
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, "schema.resolvers.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}

	var lengths []int
	for _, declaration := range parsed.Decls {
		method, ok := declaration.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if method.Recv == nil {
			t.Errorf("%s: resolvers are methods; put other functions elsewhere", method.Name.Name)
			continue
		}

		lines := max(files.Position(method.Body.Rbrace).Line-files.Position(method.Body.Lbrace).Line-1, 0)
		if lines > longest {
			t.Errorf("%s has %d lines, more than %d", method.Name.Name, lines, longest)
		}

		lengths = append(lengths, lines)
	}

	slices.Sort(lengths)
	if len(lengths) < 20 {
		t.Fatalf("only %d resolvers were found", len(lengths))
	}
	if middle := lengths[len(lengths)/2]; middle > median {
		t.Errorf("the median resolver has %d lines, more than %d", middle, median)
	}
}
