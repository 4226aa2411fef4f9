package fastexec

import (
	"context"
	"io"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Type is an object type of the schema with the fields of it that can be appended without gqlgen. Generated code has
// one for each type with such fields.
type Type[T any] struct {
	Name string
	// Satisfies is what gqlgen collects fields for: the type, and the interfaces and unions that it belongs to.
	Satisfies []string
	// Leaves are the plain leaves by name: scalars, enums and lists of them that are read from a struct or by a plain
	// method, and have no argument, directive or resolver.
	Leaves map[string]Append[*T]
	// Objects are the fields, equally plain and never null, of a type that has plain leaves only.
	Objects map[string]Nested[T]
}

// Nested returns what appends a field with a selection of its own, or nil if gqlgen must resolve it.
type Nested[T any] func(operation *graphql.OperationContext, field graphql.CollectedField) Append[*T]

// Nest appends the object that read finds, with the program of the field's selection. It is for fields that may not be
// null.
func Nest[T, U any](of *Type[U], read func(*T) *U) Nested[T] {
	return func(operation *graphql.OperationContext, field graphql.CollectedField) Append[*T] {
		inner := of.compile(operation, field.Selections)
		if inner == nil {
			return nil
		}

		return func(b []byte, object *T) []byte {
			found := read(object)
			if found == nil { // guard: an object that is null is gqlgen's
				return nil
			}
			return inner.append(b, found)
		}
	}
}

// program appends an object as a selection of a document asks for it.
type program[T any] struct {
	steps []step[T]
	// size is that of the longest object so far, in bytes.
	size atomic.Int64
}

type step[T any] struct {
	// label is what stands before the value: a bracket or comma, and the response name.
	label string
	value Append[*T]
}

// maxSize is in bytes: no object starts with more memory.
const maxSize = 4 << 10

// Whole returns an object if each of its selected fields can be appended. It returns nil if gqlgen must resolve the
// object: a field is not in the tables, a value is null although the schema doesn't allow it, or the context has no
// selections, because a directive of the document decides.
func Whole[T any](
	ctx context.Context, operation *graphql.OperationContext, set ast.SelectionSet, of *Type[T], object *T,
) graphql.Marshaler {
	kept := selectionsOf(ctx)
	if kept == nil || len(set) == 0 {
		return nil
	}

	found := kept.programs.get(selectionOf(set, of.Satisfies), func() any { return of.compile(operation, set) })
	program := found.(*program[T])
	if program == nil {
		return nil
	}

	size := program.size.Load()
	b := program.append(make([]byte, 0, size), object)
	if b == nil {
		return nil
	}
	if longer := int64(len(b)); longer > size && longer <= maxSize {
		program.size.Store(longer)
	}

	return written(b)
}

// compile returns the program of a selection, or nil if a field of it needs gqlgen.
func (t *Type[T]) compile(operation *graphql.OperationContext, set ast.SelectionSet) *program[T] {
	compiled := &program[T]{}
	label, names := `{"`, map[string]bool{}

	for _, field := range graphql.CollectFields(operation, set, t.Satisfies) {
		value := t.value(operation, field)
		// guard: a program has every field; a name that stands there twice is gqlgen's; a deferred field is gqlgen's
		if value == nil || names[field.Alias] || field.IsDeferred() {
			return nil
		}

		names[field.Alias] = true
		compiled.steps = append(compiled.steps, step[T]{label + field.Alias + `":`, value})
		label = `,"`
	}

	if len(compiled.steps) == 0 {
		return nil
	}

	return compiled
}

// value returns what appends a field, or nil.
func (t *Type[T]) value(operation *graphql.OperationContext, field graphql.CollectedField) Append[*T] {
	if field.Name == "__typename" {
		return func(b []byte, _ *T) []byte { return Text(b, t.Name) }
	}
	if inner := t.Objects[field.Name]; inner != nil {
		return inner(operation, field)
	}
	return t.Leaves[field.Name]
}

// append appends an object, or returns nil.
func (p *program[T]) append(b []byte, object *T) []byte {
	for i := range p.steps {
		b = append(b, p.steps[i].label...)
		if b = p.steps[i].value(b, object); b == nil {
			return nil
		}
	}
	return append(b, '}')
}

// written is JSON.
type written []byte

// MarshalGQL implements graphql.Marshaler.
func (w written) MarshalGQL(to io.Writer) { _, _ = to.Write(w) }
