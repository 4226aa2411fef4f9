package graph

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"

	"github.com/accountql/accountql/models"
)

// The messages of gqlparser about variables for which we have our own.
const (
	notDefined   = "must be defined"
	isNull       = "cannot be null"
	unknownField = "unknown field"
)

// variablePrefix is how many elements of an error's path come before the variable's own path: "variable" and its
// name.
const variablePrefix = 2

// variable names the invalid field, but never its value. In production the path ends at the first name that the
// schema does not have.
func (m *messages) variable(operation *ast.OperationDefinition, request *request, err error) *documentError {
	failure := models.NewError(models.CodeGraphQLValidationFailed, "the variables do not fit the document's types")
	var located *gqlerror.Error
	if !errors.As(err, &located) {
		return &documentError{err: failure}
	}
	if m.names && len(located.Path) >= variablePrefix {
		m.nameVariable(failure, operation, request, located)
		return &documentError{err: failure}
	}

	var field []string
	for _, element := range located.Path[min(len(located.Path), variablePrefix):] {
		name, ok := element.(ast.PathName)
		if !ok || !m.known[string(name)] {
			break
		}
		field = append(field, string(name))
	}

	failure.Field = strings.Join(field, ".")

	switch {
	case located.Message == notDefined:
		failure.Message = "is required"
	case located.Message == isNull:
		failure.Message = "must not be null"
	case located.Message == unknownField:
		failure.Message = "has a field that the schema does not know"
	case failure.Field != "":
		failure.Message = "is not of the type that the schema asks for"
	}

	if failure.Field == "" && failure.Message[0] != 't' {
		failure.Message = "a variable " + failure.Message
	}

	return &documentError{err: failure}
}

// nameVariable words an error for developers: with the variable, the path inside it, and the expected type.
func (m *messages) nameVariable(
	failure *models.Error, operation *ast.OperationDefinition, request *request, located *gqlerror.Error,
) {
	name := string(located.Path[1].(ast.PathName))
	variable := fmt.Sprintf("the variable %q", "$"+clip(name))
	inside := located.Path[variablePrefix:]
	var elements []string
	for _, element := range inside {
		elements = append(elements, clip(fmt.Sprint(element)))
	}

	failure.Field = strings.Join(elements, ".")

	subject, place := "", ", in "+variable
	if len(inside) == 0 {
		subject, place = variable+" ", ""
	}

	definition := operation.VariableDefinitions.ForName(name)
	switch located.Message {
	case notDefined:
		failure.Message = subject + "is required" + place + m.misspelt(operation, request)
	case isNull:
		failure.Message = subject + "must not be null" + place
	case unknownField:
		of := m.typeAt(definition, inside[:len(inside)-1])
		failure.Message = fmt.Sprintf("is not a field of %q%s%s", of.Name(), place,
			m.alike(of, fmt.Sprint(inside[len(inside)-1])))
	default:
		failure.Message = fmt.Sprintf("%sis not of the type %q%s", subject, m.typeAt(definition, inside), place)
	}
}

// typeAt returns the schema's type at a path in a variable.
func (m *messages) typeAt(definition *ast.VariableDefinition, inside ast.Path) *ast.Type {
	of := definition.Type
	for _, element := range inside {
		if _, isIndex := element.(ast.PathIndex); isIndex {
			if of.Elem != nil {
				of = of.Elem
			}
			continue
		}

		field := m.schema.Types[of.Name()].Fields.ForName(fmt.Sprint(element))
		if field == nil {
			return of
		}

		of = field.Type
	}

	return of
}

// alike suggests fields of a type with a name similar to the given one.
func (m *messages) alike(of *ast.Type, name string) string {
	if len(name) > maxName {
		return "" // the time grows with the name
	}

	var fields []string
	for _, field := range m.schema.Types[of.Name()].Fields {
		fields = append(fields, field.Name)
	}

	if similar := core.SuggestionList(name, fields); len(similar) > 0 {
		return "; did you mean " + core.QuotedOrList(similar...) + "?"
	}

	return ""
}

// misspelt lists the variables that were sent but not declared by the operation, or the keys of the body that have
// no meaning: one of them may be the missing variable.
func (m *messages) misspelt(operation *ast.OperationDefinition, request *request) string {
	var unknown []string
	for _, name := range slices.Sorted(maps.Keys(request.variables)) {
		if operation.VariableDefinitions.ForName(name) == nil {
			unknown = append(unknown, name)
		}
	}

	switch {
	case len(unknown) > 0:
		return "; sent, and not declared: " + nameList(unknown)
	case len(request.unknown) > 0:
		return "; keys of the body that mean nothing: " + nameList(request.unknown)
	}

	return ""
}

// maxNames is how many names a message lists.
const maxNames = 5

// nameList lists names in quotation marks.
func nameList(names []string) string {
	var all []string
	for _, name := range names[:min(len(names), maxNames)] {
		all = append(all, fmt.Sprintf("%q", clip(name)))
	}

	if len(names) > maxNames {
		all = append(all, "…")
	}

	return strings.Join(all, ", ")
}

// placeOf returns the path of the argument or input field that holds the value at a location of the document.
func placeOf(document *ast.QueryDocument, locations []gqlerror.Location) string {
	if len(locations) == 0 {
		return ""
	}

	search := &placeSearch{at: locations[0]}
	for _, operation := range document.Operations {
		search.directives(operation.Directives)
		for _, variable := range operation.VariableDefinitions {
			search.value(variable.DefaultValue, "$"+variable.Variable)
			search.directives(variable.Directives)
		}
		search.selections(operation.SelectionSet)
	}

	for _, fragment := range document.Fragments {
		search.directives(fragment.Directives)
		search.selections(fragment.SelectionSet)
	}

	if len(search.found) == 0 {
		return ""
	}

	return fmt.Sprintf(" at %q", strings.Join(search.found, "."))
}

// placeSearch finds a value by its position.
type placeSearch struct {
	at    gqlerror.Location
	found []string
}

func (s *placeSearch) selections(set ast.SelectionSet) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			s.arguments(selection.Arguments)
			s.directives(selection.Directives)
			s.selections(selection.SelectionSet)
		case *ast.InlineFragment:
			s.directives(selection.Directives)
			s.selections(selection.SelectionSet)
		case *ast.FragmentSpread:
			s.directives(selection.Directives)
		}
	}
}

func (s *placeSearch) directives(list ast.DirectiveList) {
	for _, directive := range list {
		s.arguments(directive.Arguments)
	}
}

func (s *placeSearch) arguments(list ast.ArgumentList) {
	for _, argument := range list {
		s.value(argument.Value, argument.Name)
	}
}

func (s *placeSearch) value(value *ast.Value, path ...string) {
	if value == nil || len(s.found) > 0 {
		return
	}
	if position := value.Position; position != nil && position.Line == s.at.Line && position.Column == s.at.Column {
		s.found = path
		return
	}

	for _, child := range value.Children {
		below := path
		if child.Name != "" {
			below = append(slices.Clone(path), child.Name)
		}
		s.value(child.Value, below...)
	}
}
