package graph

import "github.com/vektah/gqlparser/v2/ast"

// ChecksArguments says whether the arguments of a field are checked before an operation begins.
func ChecksArguments(of, field string) bool { return selectionArguments[of+"."+field] != nil }

// ScalarType is the type of JSON that a scalar is described as.
func ScalarType(name string) string {
	kind, _ := scalarSchema(&ast.Definition{Name: name})["type"].(string)
	return kind
}
