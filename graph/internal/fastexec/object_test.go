package fastexec_test

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph/internal/fastexec"
)

// TestObject compares the encoding of an object with gqlgen's.
func TestObject(t *testing.T) {
	for _, names := range [][]string{
		{}, {"a"}, {"a", "b", "c"}, {"a", "b", "a"}, {"a", "a"}, {"b", "a", "a", "b", "c"},
	} {
		var fields []graphql.CollectedField
		var values []graphql.Marshaler
		for i, name := range names {
			fields = append(fields, graphql.CollectedField{Field: &ast.Field{Name: "field", Alias: name}})
			values = append(values, graphql.MarshalInt(i))
		}

		set := graphql.NewFieldSet(fields)
		set.Values = values
		var want, got strings.Builder
		set.MarshalGQL(&want)
		fastexec.Object{Fields: fields, Values: values}.MarshalGQL(&got)
		if got.String() != want.String() {
			t.Errorf("%v: %s, want %s", names, got.String(), want.String())
		}
	}
}
