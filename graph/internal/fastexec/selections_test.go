package fastexec_test

import (
	"reflect"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/accountql/accountql/graph/internal/fastexec"
)

// TestCollectFields compares the collected fields with gqlgen's, and makes sure that they are cached if possible,
// for each type separately.
func TestCollectFields(t *testing.T) {
	document, err := parser.ParseQuery(&ast.Source{
		Input: `{ a b: a c { d } ...F ... on Other { g } } fragment F on Type { c { e } f }`,
	})
	if err != nil {
		t.Fatal(err)
	}

	set := document.Operations[0].SelectionSet
	ctx := fastexec.WithSelections(t.Context(), &fastexec.Selections{})
	for _, of := range [][]string{{"Type"}, {"Other"}} {
		// An operation caches what it collected, so each call gets a new operation.
		operation := func() *graphql.OperationContext { return &graphql.OperationContext{Doc: document} }
		want := graphql.CollectFields(operation(), set, of)
		alone := fastexec.CollectFields(t.Context(), operation(), set, of)
		first := fastexec.CollectFields(ctx, operation(), set, of)
		second := fastexec.CollectFields(ctx, operation(), set, of)
		if !reflect.DeepEqual(alone, want) || !reflect.DeepEqual(first, want) || len(want) < 4 {
			t.Errorf("%s: %v and %v, want %v", of, alone, first, want)
		}
		if &first[0] != &second[0] {
			t.Errorf("%s: collected again", of)
		}
	}
}
