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
}

// errSubscription is returned because the code of a subscription has another structure, which this command does not
// support.
var errSubscription = errors.New("the schema has a subscription, whose code is not changed yet: see operation.go")

// planFor derives the plan from what gqlgen is about to generate.
func planFor(data *codegen.Data) (plan, error) {
	if data.SubscriptionRoot != nil {
		return plan{}, errSubscription
	}

	expected := plan{operations: []string{"Query"}}
	if data.MutationRoot != nil {
		expected.operations = append(expected.operations, "Mutation")
	}

	for _, typ := range data.Objects {
		expected.objects = append(expected.objects, object(typ.Name))
		for _, field := range typ.Fields {
			if isLeaf(field) {
				expected.leaves = append(expected.leaves, leafOf(field))
			}
		}
	}

	return expected, nil
}

// isLeaf reports whether a field is a scalar or an enum that is read from a struct, or by a method without
// parameters and with a single result. A field with a directive is not a leaf, because its permission check must
// not get lost.
func isLeaf(field *codegen.Field) bool {
	kind := field.TypeReference.Definition.Kind
	if kind != ast.Scalar && kind != ast.Enum || field.TypeReference.GQL.Elem != nil {
		return false
	}
	if field.IsResolver || field.HasDirectives() || len(field.Args) > 0 || field.HasHaser {
		return false
	}

	getter := field.IsMethod() && field.NoErr && !field.VOkFunc && !field.MethodHasContext

	return field.IsVariable() || getter
}

// leafOf returns how gqlgen reads and encodes a leaf.
func leafOf(field *codegen.Field) leaf {
	value := field.GoReceiverName + "." + field.GoFieldName
	if field.IsMethod() {
		value += "()"
	}

	return leaf{
		object: field.Object.Name, field: field.Name,
		value: value, marshaller: "ec." + field.TypeReference.MarshalFunc(),
	}
}
