package graph

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
)

// coerceVariables refuses values whose JSON type is not the schema's, because gqlparser and gqlgen would convert
// them: the number 12345 is not a password, "1" is not an Int, and "all_sessions" is not the enum's ALL_SESSIONS
// (R-GQL11). It leaves missing, null and unknown values to gqlparser, and custom scalars to their own types. A
// whole number in another notation, 5.0 or 5e0, becomes 5 in place.
func coerceVariables(schema *ast.Schema, operation *ast.OperationDefinition, variables map[string]any) error {
	for _, definition := range operation.VariableDefinitions {
		place := coerceEntry(schema, definition.Type, variables, definition.Variable)
		if place != nil {
			path := append(ast.Path{ast.PathName("variable"), ast.PathName(definition.Variable)}, place...)
			return gqlerror.ErrorPathf(path, "is of another type")
		}
	}
	return nil
}

// coerceEntry coerces a value of an object in place, and returns the path of the value with the wrong type, or nil.
func coerceEntry(schema *ast.Schema, of *ast.Type, object map[string]any, key string) ast.Path {
	given, isGiven := object[key]
	if !isGiven {
		return nil
	}
	coerced, place := coerce(schema, of, given)
	object[key] = coerced
	return place
}

// coerce returns the coerced value, and the path inside it of a value with the wrong type, or nil; the empty path
// means the value itself.
func coerce(schema *ast.Schema, of *ast.Type, value any) (any, ast.Path) {
	if value == nil {
		return nil, nil
	}
	if of.Elem != nil {
		return coerceList(schema, of.Elem, value)
	}

	definition := schema.Types[of.NamedType]
	if definition.Kind != ast.InputObject {
		coerced, ok := coerceLeaf(definition, value)
		if !ok {
			return nil, ast.Path{}
		}
		return coerced, nil
	}

	object, ok := value.(map[string]any)
	if !ok {
		return nil, ast.Path{}
	}
	if _, given := object["__typename"]; given {
		return nil, ast.Path{ast.PathName("__typename")}
	}

	for _, field := range definition.Fields {
		if place := coerceEntry(schema, field.Type, object, field.Name); place != nil {
			return nil, append(ast.Path{ast.PathName(field.Name)}, place...)
		}
	}

	return object, nil
}

// coerceList coerces each element; a value that is not a list stands for a list of one element.
func coerceList(schema *ast.Schema, of *ast.Type, value any) (any, ast.Path) {
	list, ok := value.([]any)
	if !ok {
		return coerce(schema, of, value)
	}

	for i, element := range list {
		coerced, place := coerce(schema, of, element)
		if place != nil {
			return nil, append(ast.Path{ast.PathIndex(i)}, place...)
		}
		list[i] = coerced
	}

	return list, nil
}

// coerceLeaf returns a scalar or enum value, and whether the type accepts the JSON value.
func coerceLeaf(definition *ast.Definition, value any) (any, bool) {
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	if definition.Kind == ast.Enum {
		return value, isText && definition.EnumValues.ForName(text) != nil
	}

	switch definition.Name {
	case "String":
		return value, isText
	case "Boolean":
		_, ok := value.(bool)
		return value, ok
	case "Int":
		whole, ok := wholeNumber(number)
		return whole, isNumber && ok && fitsInt(whole.String())
	case "Float":
		float, err := number.Float64()
		return value, isNumber && err == nil && !math.IsInf(float, 0)
	case "ID":
		if isText {
			return value, true
		}
		whole, ok := wholeNumber(number)
		return whole, isNumber && ok
	}

	return value, true
}

// settled reports whether gqlparser would accept coerced variables as they are. It would visit every field of an input,
// given or not, at three allocations each. Unless all variables are input objects with nothing that it might complete,
// convert or refuse, settled returns false.
func settled(schema *ast.Schema, operation *ast.OperationDefinition, variables map[string]any) bool {
	if len(variables) != len(operation.VariableDefinitions) {
		return false
	}

	for _, definition := range operation.VariableDefinitions {
		of := schema.Types[definition.Type.NamedType]
		if of == nil || of.Kind != ast.InputObject || !settledObject(schema, of, variables[definition.Variable]) {
			return false
		}
	}

	return true
}

func settledObject(schema *ast.Schema, of *ast.Definition, value any) bool {
	object, ok := value.(map[string]any)
	if !ok {
		return false
	}

	for name, given := range object {
		field := of.Fields.ForName(name)
		if field == nil || field.Type.Elem != nil { // guard: an unknown field of an input is gqlparser's
			return false
		}

		inner := schema.Types[field.Type.NamedType]
		if given != nil && inner.Kind == ast.InputObject && !settledObject(schema, inner, given) {
			return false
		}
	}

	for _, field := range of.Fields {
		if field.Type.NonNull && object[field.Name] == nil { // guard: a missing field of an input is gqlparser's
			return false
		}
	}

	return true
}

// fitsInt reports whether a text is an Int of GraphQL, which has 32 bits.
func fitsInt(text string) bool {
	const bits = 32
	_, err := strconv.ParseInt(text, 10, bits)
	return err == nil
}

// wholeNumber returns a whole number in digits. It returns false unless a double holds the number exactly or the
// number has at most 64 bits.
func wholeNumber(number json.Number) (json.Number, bool) {
	if whole, err := number.Int64(); err == nil {
		return json.Number(strconv.FormatInt(whole, 10)), true
	}

	float, err := number.Float64()
	const exact = 1 << 53
	if err != nil || float != math.Trunc(float) || math.Abs(float) > exact {
		return number, false
	}

	return json.Number(strconv.FormatInt(int64(float), 10)), true
}

// omitUnset returns copies of the document and the operation without the input fields whose variable has no value.
// The specification says that such a field is omitted, but gqlparser would make it null. Without omitUnset, a
// client whose document names every field would clear the fields that it does not send. The arguments are shared
// with other requests and stay unchanged.
func omitUnset(
	document *ast.QueryDocument, operation *ast.OperationDefinition, variables map[string]any,
) (*ast.QueryDocument, *ast.OperationDefinition) {
	unset := func(definition *ast.VariableDefinition) bool {
		_, set := variables[definition.Variable]
		return !set
	}

	if !slices.ContainsFunc(operation.VariableDefinitions, unset) {
		return document, operation
	}

	trimmed, asked := *document, *operation
	asked.SelectionSet = trimSelections(operation.SelectionSet, variables)
	trimmed.Fragments = make(ast.FragmentDefinitionList, len(document.Fragments))

	for i, fragment := range document.Fragments {
		copied := *fragment
		copied.SelectionSet = trimSelections(fragment.SelectionSet, variables)
		trimmed.Fragments[i] = &copied
	}

	return &trimmed, &asked
}

func trimSelections(set ast.SelectionSet, variables map[string]any) ast.SelectionSet {
	trimmed := make(ast.SelectionSet, len(set))
	for i, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			copied := *selection
			copied.SelectionSet = trimSelections(selection.SelectionSet, variables)
			copied.Arguments = make(ast.ArgumentList, len(selection.Arguments))

			for j, argument := range selection.Arguments {
				given := *argument
				given.Value = trimValue(argument.Value, variables)
				copied.Arguments[j] = &given
			}

			trimmed[i] = &copied
		case *ast.InlineFragment:
			copied := *selection
			copied.SelectionSet = trimSelections(selection.SelectionSet, variables)
			trimmed[i] = &copied
		default:
			trimmed[i] = selection // a spread refers to its fragment, which is trimmed separately
		}
	}

	return trimmed
}

func trimValue(value *ast.Value, variables map[string]any) *ast.Value {
	if len(value.Children) == 0 {
		return value
	}

	trimmed := *value
	trimmed.Children = nil

	for _, child := range value.Children {
		_, set := variables[child.Value.Raw]
		if value.Kind == ast.ObjectValue && child.Value.Kind == ast.Variable && !set {
			continue
		}
		kept := *child
		kept.Value = trimValue(child.Value, variables)
		trimmed.Children = append(trimmed.Children, &kept)
	}

	return &trimmed
}

// objectsAreInputs is a validation rule that gqlparser has for all objects except the empty one: an object literal
// must be an input type or a custom scalar, not a string, a number or an enum. gqlgen would respond with an
// INTERNAL error.
func objectsAreInputs(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if definition := value.Definition; value.Kind == ast.ObjectValue && len(value.Children) == 0 &&
			definition != nil &&
			(definition.Kind == ast.Enum || definition.Kind == ast.Scalar && definition.BuiltIn) {
			addError(core.Message("%s cannot be an object", definition.Name), core.At(value.Position))
		}
	})
}
