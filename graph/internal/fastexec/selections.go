// Package fastexec replaces parts of gqlgen with faster ones that have the same result: it collects the fields that
// are selected on an object, appends an object whose fields need no resolver, and encodes any other.
// graph/internal/generate makes the generated code call it.
package fastexec

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Selections cache what is made of the selections of a document: the fields that gqlgen collects for an object of a
// type, and the program that appends such an object. Both are the same for every request unless a directive of the
// document decides. Selections are safe for concurrent use.
type Selections struct{ fields, programs cache }

// cache is a map that only grows. In contrast to a sync.Map, finding an entry allocates nothing.
type cache struct {
	mu    sync.RWMutex
	known map[selection]any
}

// selection is a selection of a document for one object type. It is identified by its addresses in memory, because
// neither the document nor the collected fields change.
type selection struct {
	first  *ast.Selection
	length int
	of     *string
}

func selectionOf(set ast.SelectionSet, satisfies []string) selection {
	return selection{&set[0], len(set), &satisfies[0]}
}

// get returns the entry of a selection, which is made if there is none. Everybody gets the same entry, because the
// selections inside it are keys as well.
func (c *cache) get(key selection, create func() any) any {
	c.mu.RLock()
	known, found := c.known[key]
	c.mu.RUnlock()
	if found {
		return known
	}

	created := create()

	c.mu.Lock()
	defer c.mu.Unlock()
	if known, found := c.known[key]; found {
		return known
	}
	if c.known == nil {
		c.known = map[selection]any{}
	}

	c.known[key] = created

	return created
}

type selectionsKey struct{}

// WithSelections lets an operation reuse what earlier operations of the same document made of its selections. Without
// it, gqlgen alone resolves the operation.
func WithSelections(ctx context.Context, kept *Selections) context.Context {
	return context.WithValue(ctx, selectionsKey{}, kept)
}

// selectionsOf returns what WithSelections put into the context, or nil.
func selectionsOf(ctx context.Context) *Selections {
	kept, _ := ctx.Value(selectionsKey{}).(*Selections)
	return kept
}

// CollectFields returns the same as graphql.CollectFields.
func CollectFields(
	ctx context.Context, operation *graphql.OperationContext, set ast.SelectionSet, satisfies []string,
) []graphql.CollectedField {
	kept := selectionsOf(ctx)
	if kept == nil || len(set) == 0 {
		return graphql.CollectFields(operation, set, satisfies)
	}

	known := kept.fields.get(selectionOf(set, satisfies), func() any {
		return graphql.CollectFields(operation, set, satisfies)
	})

	return known.([]graphql.CollectedField)
}
