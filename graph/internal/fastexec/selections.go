// Package fastexec does two things instead of gqlgen, in less time and with the same
// result: it collects the fields that an object is asked for, and writes the
// object. The generated code calls it, because graph/internal/generate makes it so.
package fastexec

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Selections keep what gqlgen collects from the selections of a document: which
// fields an object of a type is asked for. It is the same for every request
// where no directive of the document decides. They are safe for concurrent use.
type Selections struct{ collected sync.Map }

// selection is one of a document, for one type of objects. Its places in memory
// tell it from others, for the document does not change, and what is collected neither.
type selection struct {
	first  *ast.Selection
	length int
	of     *string
}

type selectionsKey struct{}

// WithSelections lets an operation use what earlier ones of the same document collected.
func WithSelections(ctx context.Context, kept *Selections) context.Context {
	return context.WithValue(ctx, selectionsKey{}, kept)
}

// CollectFields returns what graphql.CollectFields does.
func CollectFields(
	ctx context.Context, operation *graphql.OperationContext, set ast.SelectionSet, satisfies []string,
) []graphql.CollectedField {
	kept, _ := ctx.Value(selectionsKey{}).(*Selections)
	if kept == nil || len(set) == 0 {
		return graphql.CollectFields(operation, set, satisfies)
	}

	key := selection{&set[0], len(set), &satisfies[0]}
	known, found := kept.collected.Load(key)
	if !found {
		known, _ = kept.collected.LoadOrStore(key, graphql.CollectFields(operation, set, satisfies))
	}

	return known.([]graphql.CollectedField)
}
