package graph

import "github.com/vektah/gqlparser/v2/ast"

// ChecksArguments reports whether the arguments of a field are checked before an operation starts.
func ChecksArguments(of, field string) bool { return selectionArguments[of+"."+field] != nil }

// ScalarType returns the JSON type of a scalar.
func ScalarType(name string) string {
	kind, _ := scalarSchema(&ast.Definition{Name: name})["type"].(string)
	return kind
}
