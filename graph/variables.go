package graph

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
)

// checkVariables refuses values of another JSON type than the schema's, which
// gqlparser and gqlgen would turn into it: the number 12345 is no password, "1"
// is no Int, and "all_sessions" is not the enum's ALL_SESSIONS (R-GQL11). What is
// missing, null or unknown is left to gqlparser, and custom scalars to their own types.
func checkVariables(schema *ast.Schema, operation *ast.OperationDefinition, variables map[string]any) error {
	for _, definition := range operation.VariableDefinitions {
		if place := wrongType(schema, definition.Type, variables[definition.Variable]); place != nil {
			path := append(ast.Path{ast.PathName("variable"), ast.PathName(definition.Variable)}, place...)
			return gqlerror.ErrorPathf(path, "is of another type")
		}
	}
	return nil
}

// wrongType returns where in a value something has the wrong type, or nil; the
// value's own place is the empty path.
func wrongType(schema *ast.Schema, of *ast.Type, value any) ast.Path {
	if value == nil {
		return nil
	}
	if of.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			return wrongType(schema, of.Elem, value)
		}
		for i, element := range list {
			if place := wrongType(schema, of.Elem, element); place != nil {
				return append(ast.Path{ast.PathIndex(i)}, place...)
			}
		}
		return nil
	}
	definition := schema.Types[of.NamedType]
	if definition.Kind == ast.InputObject {
		object, ok := value.(map[string]any)
		if !ok {
			return ast.Path{}
		}
		if _, given := object["__typename"]; given {
			return ast.Path{ast.PathName("__typename")}
		}
		for _, field := range definition.Fields {
			if place := wrongType(schema, field.Type, object[field.Name]); place != nil {
				return append(ast.Path{ast.PathName(field.Name)}, place...)
			}
		}
		return nil
	}
	if !rightType(definition, value) {
		return ast.Path{}
	}
	return nil
}

// rightType says whether a scalar or enum may be written as the JSON value.
func rightType(definition *ast.Definition, value any) bool {
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	if definition.Kind == ast.Enum {
		return isText && definition.EnumValues.ForName(text) != nil
	}
	switch definition.Name {
	case "String":
		return isText
	case "Boolean":
		_, ok := value.(bool)
		return ok
	case "Int":
		const bits = 32
		_, err := strconv.ParseInt(number.String(), 10, bits)
		return isNumber && err == nil
	case "Float":
		return isNumber
	case "ID":
		_, err := number.Int64()
		return isText || isNumber && err == nil
	}
	return true
}

// omitUnset returns the document and its operation without the input fields
// that a variable without a value stands for: such a field is omitted, as the
// specification says, and gqlparser would make it null. Without this, a client
// whose document names every field would clear those that it does not send.
// What it is given is shared by other requests and stays as it is.
func omitUnset(document *ast.QueryDocument, operation *ast.OperationDefinition, variables map[string]any) (*ast.QueryDocument, *ast.OperationDefinition) {
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
			trimmed[i] = selection // a spread names its fragment, which is trimmed once for all
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

// objectsAreInputs is a rule of validation that gqlparser has for all objects
// but the empty one: an object literal stands for an input type or a custom
// scalar, never for a text, a number or an enum. gqlgen would answer it with an INTERNAL error.
func objectsAreInputs(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if definition := value.Definition; value.Kind == ast.ObjectValue && len(value.Children) == 0 && definition != nil &&
			(definition.Kind == ast.Enum || definition.Kind == ast.Scalar && definition.BuiltIn) {
			addError(core.Message("%s cannot be an object", definition.Name), core.At(value.Position))
		}
	})
}
