package main

import (
	"errors"

	"github.com/99designs/gqlgen/codegen"
	"github.com/vektah/gqlparser/v2/ast"
)

// plan is what the generated code must contain according to the schema and the Go types.
type plan struct {
	leaves  []leaf
	objects []object
	// operations are the root types of the schema, as gqlparser names them in Go: Query, Mutation.
	operations []string
	tables     []table
}

// errSubscription is returned because the code of a subscription has another structure, which this command does not
// support.
var errSubscription = errors.New("the schema has a subscription, whose code is not changed yet: see operation.go")

// planFor derives the plan from what gqlgen is about to generate.
func planFor(data *codegen.Data) (plan, error) {
	if data.SubscriptionRoot != nil {
		return plan{}, errSubscription
	}

	expected := plan{operations: []string{"Query"}, tables: tablesFor(data)}
	if data.MutationRoot != nil {
		expected.operations = append(expected.operations, "Mutation")
	}

	for _, typ := range data.Objects {
		expected.objects = append(expected.objects, object{typ.Name, hasTable(expected.tables, typ.Name)})
		for _, field := range typ.Fields {
			if isLeaf(field) {
				expected.leaves = append(expected.leaves, leafOf(field))
			}
		}
	}

	return expected, nil
}

// isLeaf reports whether a field is a plain scalar or enum.
func isLeaf(field *codegen.Field) bool {
	kind := field.TypeReference.Definition.Kind
	return (kind == ast.Scalar || kind == ast.Enum) && field.TypeReference.GQL.Elem == nil && isPlain(field)
}

// isPlain reports whether a field is read from a struct, or by a method without parameters and with a single result.
// A field with a directive is not plain, because its permission check must not get lost.
func isPlain(field *codegen.Field) bool {
	// guard: a field with a directive is gqlgen's
	if field.IsResolver || field.HasDirectives() || len(field.Args) > 0 || field.HasHaser {
		return false
	}

	getter := field.IsMethod() && field.NoErr && !field.VOkFunc && !field.MethodHasContext

	return field.IsVariable() || getter
}

// valueOf returns the expression with which gqlgen reads a plain field.
func valueOf(field *codegen.Field) string {
	value := field.GoReceiverName + "." + field.GoFieldName
	if field.IsMethod() {
		value += "()"
	}
	return value
}

// leafOf returns how gqlgen reads and encodes a leaf.
func leafOf(field *codegen.Field) leaf {
	return leaf{
		object: field.Object.Name, field: field.Name,
		value: valueOf(field), marshaller: "ec." + field.TypeReference.MarshalFunc(),
	}
}
