package main

import (
	"bytes"
	"fmt"
	"go/format"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
)

// table lists the fields of an object type that fastexec can append without gqlgen.
type table struct {
	object string
	// of is the Go type of the object.
	of types.Type
	// leaves and inner are the fields with their Go code, in the order of the schema.
	leaves, inner []entry
}

type entry struct{ field, code string }

// known are the marshallers of scalars and enums whose result fastexec or scalars can append, each with the function
// that does it. A field with another marshaller stays gqlgen's.
var known = map[string]string{
	gqlgenPackage + ".MarshalBoolean":           "fastexec.Boolean",
	gqlgenPackage + ".MarshalID":                "fastexec.Text",
	gqlgenPackage + ".MarshalInt":               "fastexec.Int",
	gqlgenPackage + ".MarshalString":            "fastexec.Text",
	gqlgenPackage + ".MarshalTime":              "fastexec.Time",
	scalarsPackage + ".MarshalIdentityProvider": "fastexec.Text",
	scalarsPackage + ".MarshalJSONObject":       "scalars.AppendJSONObject",
	scalarsPackage + ".MarshalString":           "fastexec.Text",
}

const (
	gqlgenPackage  = "github.com/99designs/gqlgen/graphql"
	scalarsPackage = "github.com/accountql/accountql/graph/internal/scalars"
	tablesFile     = "leaves.generated.go"
)

// tablesFor returns a table for each object type that has a plain leaf. Introspection is left to gqlgen.
func tablesFor(data *codegen.Data) []table {
	var tables []table
	for _, typ := range data.Objects {
		if typ.Root || strings.HasPrefix(typ.Name, "__") {
			continue
		}

		one := table{object: typ.Name, of: typ.Type}
		for _, field := range typ.Fields {
			if code := leafCode(field); code != "" {
				one.leaves = append(one.leaves, entry{field.Name, code})
			} else if code := innerCode(data, field); code != "" {
				one.inner = append(one.inner, entry{field.Name, code})
			}
		}

		if len(one.leaves)+len(one.inner) > 0 {
			tables = append(tables, one)
		}
	}

	return tables
}

func hasTable(tables []table, object string) bool {
	return slices.ContainsFunc(tables, func(one table) bool { return one.object == object })
}

// leafCode returns the code that appends a plain leaf, or "" for any other field.
func leafCode(field *codegen.Field) string {
	ref := field.TypeReference
	if !isPlain(field) {
		return ""
	}

	value := valueOf(field)
	switch {
	case ref.IsSlice() && ref.GQL.NonNull && ref.Elem().GQL.NonNull && !ref.Elem().IsPtr():
		if one := appender(ref.Elem()); one != "" {
			return leafFunction(field, "fastexec.List(b, %s, %s)", value, one)
		}
		return ""
	case ref.GQL.Elem != nil || appender(ref) == "":
		return ""
	case ref.IsPtr() && !ref.GQL.NonNull:
		return leafFunction(field, "fastexec.Nullable(b, %s, %s)", value, appender(ref))
	case !ref.IsPtr() && ref.GQL.NonNull:
		return leafFunction(field, "%s(b, %s)", appender(ref), value)
	}

	return ""
}

func leafFunction(field *codegen.Field, call string, values ...any) string {
	return fmt.Sprintf("func(b []byte, obj *%s) []byte { return %s }", typeText(field.Object.Type),
		fmt.Sprintf(call, values...))
}

// appender returns the function that appends a scalar or an enum, or "" if it has another marshaller than those known.
func appender(ref *config.TypeReference) string {
	if ref.IsMarshaler || ref.IsContext || ref.IsOmittable || ref.HasEnumValues() || ref.Marshaler == nil {
		return ""
	}
	return known[ref.Marshaler.FullName()]
}

// innerCode returns the code that appends an object of a type that has plain leaves only, or "" for any other field.
func innerCode(data *codegen.Data, field *codegen.Field) string {
	ref := field.TypeReference
	of := data.Objects.ByName(ref.Definition.Name)
	if !isPlain(field) || of == nil || !ref.GQL.NonNull || ref.GQL.Elem != nil ||
		slices.ContainsFunc(of.Fields, func(inside *codegen.Field) bool {
			return inside.Name != "__typename" && leafCode(inside) == ""
		}) {
		return ""
	}

	value := valueOf(field)
	switch {
	case ref.IsPtr():
	case field.IsVariable():
		value = "&" + value
	default:
		return ""
	}

	return fmt.Sprintf("fastexec.Nest(%s, func(obj *%s) *%s { return %s })",
		tableName(of.Name), typeText(field.Object.Type), typeText(of.Type), value)
}

// tableName is the variable that holds the table of an object type.
func tableName(object string) string { return strings.ToLower(object[:1]) + object[1:] + "Type" }

func typeText(of types.Type) string {
	return types.TypeString(of, func(p *types.Package) string { return p.Name() })
}

// tablesText returns the file with the tables, for a package.
func tablesText(pkg string, tables []table) ([]byte, error) {
	imports := map[string]bool{fastexec: true}
	var body bytes.Buffer

	for _, one := range tables {
		named, ok := one.of.(*types.Named)
		if !ok {
			return nil, fmt.Errorf("%s is bound to %s, which has no name", one.object, one.of)
		}

		imports[named.Obj().Pkg().Path()] = true
		of := typeText(one.of)
		fmt.Fprintf(&body, "\nvar %s = &fastexec.Type[%s]{\nName: %q, Satisfies: %sImplementors,\n",
			tableName(one.object), of, one.object, strings.TrimSuffix(tableName(one.object), "Type"))

		writeEntries(&body, "Leaves: map[string]fastexec.Append[*"+of+"]", one.leaves)
		writeEntries(&body, "Objects: map[string]fastexec.Nested["+of+"]", one.inner)
		body.WriteString("}\n")
	}

	imports[scalarsPackage] = bytes.Contains(body.Bytes(), []byte("scalars."))

	var text bytes.Buffer
	text.WriteString("// Code generated by graph/internal/generate. DO NOT EDIT.\n\n")
	fmt.Fprintf(&text, "package %s\n\nimport (\n", pkg)
	for _, path := range slices.Sorted(maps.Keys(imports)) {
		if imports[path] {
			text.WriteString(strconv.Quote(path) + "\n")
		}
	}
	text.WriteString(")\n")
	text.Write(body.Bytes())

	return format.Source(text.Bytes())
}

// writeEntries writes a map of fields; it writes nothing if there are none.
func writeEntries(to *bytes.Buffer, kind string, entries []entry) {
	if len(entries) == 0 {
		return
	}

	fmt.Fprintf(to, "%s{\n", kind)
	for _, one := range entries {
		fmt.Fprintf(to, "%q: %s,\n", one.field, one.code)
	}
	to.WriteString("},\n")
}
