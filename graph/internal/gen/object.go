package gen

import (
	"io"
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

// object is what is returned for an object in the place of gqlgen's FieldSet,
// which it writes as that does: the fields in their order, and of those with the
// same name in the answer the first.
type object struct {
	fields []graphql.CollectedField
	values []graphql.Marshaler
}

// MarshalGQL implements graphql.Marshaler. gqlgen's own copies each field to the
// heap and keeps a map of the names, which is a seventh of what a read allocates.
func (o object) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, "{")
	for i := range o.fields {
		name := o.fields[i].Alias
		if slices.ContainsFunc(o.fields[:i], func(before graphql.CollectedField) bool { return before.Alias == name }) {
			continue
		}
		if i > 0 {
			_, _ = io.WriteString(w, ",")
		}
		_, _ = io.WriteString(w, `"`)
		_, _ = io.WriteString(w, name)
		_, _ = io.WriteString(w, `":`)
		o.values[i].MarshalGQL(w)
	}
	_, _ = io.WriteString(w, "}")
}
