package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// selectionArguments holds the checks for arguments of fields below the root, by type and field. The field's
// resolver checks again, but after a mutation that is too late: the change has been made, and the response would be
// an error. A test walks the schema and finds fields that lack a check.
var selectionArguments = map[string]func(arguments map[string]any) error{
	"Account.activity":       pageArguments(account.CheckPage),
	"Account.consentHistory": pageArguments(account.CheckConsentPage),
}

// pageArguments returns the check for the arguments of a paginated list.
func pageArguments(check func(first int, after *string) error) func(arguments map[string]any) error {
	return func(arguments map[string]any) error {
		first, err := graphql.UnmarshalInt(arguments["first"])
		if err != nil {
			return models.InvalidInput("first", models.ReasonWrongType, 0, "must be a whole number")
		}

		var after *string
		if text, given := arguments["after"].(string); given {
			after = &text
		}

		return check(first, after)
	}
}

// argumentCheck checks every argument that an operation will use before any of it runs: whatever can fail because
// of the request fails before a mutation has changed anything (R-ANS1, R-ANS2).
type argumentCheck struct {
	variables map[string]any
	// visited holds the fragments that have been checked: checking each once keeps the pass linear.
	visited map[string]bool
	found   []*documentError
	// names is true if errors name the variables.
	names bool
}

// checkArguments returns the errors in the arguments of an operation, including those of directives. It skips
// selections that a directive excludes, because they do not run.
func checkArguments(operation *ast.OperationDefinition, variables map[string]any, names bool) []*documentError {
	check := &argumentCheck{variables: variables, visited: map[string]bool{}, names: names}
	check.selections(operation.SelectionSet)
	return check.found[:min(len(check.found), maxErrors)]
}

func (c *argumentCheck) selections(set ast.SelectionSet) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			if c.included(selection.Directives) {
				c.field(selection)
			}
		case *ast.InlineFragment:
			if c.included(selection.Directives) {
				c.selections(selection.SelectionSet)
			}
		case *ast.FragmentSpread:
			if c.included(selection.Directives) && !c.visited[selection.Name] {
				c.visited[selection.Name] = true
				c.selections(selection.Definition.SelectionSet)
			}
		}
	}
}

func (c *argumentCheck) field(field *ast.Field) {
	fits := true
	for _, argument := range field.Arguments {
		fits = c.value(argument.Value, argument.Name) && fits
	}

	check := selectionArguments[field.ObjectDefinition.Name+"."+field.Name]
	if fits && check != nil { // guard: a list's arguments are checked before the operation
		c.add(check(field.ArgumentMap(c.variables)), field.Position)
	}

	c.selections(field.SelectionSet)
}

// included reports whether the directives include a selection; they do not if their own arguments are invalid.
func (c *argumentCheck) included(directives ast.DirectiveList) bool {
	included := true
	for _, directive := range directives {
		fits := true
		for _, argument := range directive.Arguments {
			fits = c.value(argument.Value, argument.Name) && fits
		}

		if !fits {
			included = false
			continue
		}

		switch condition, _ := directive.ArgumentMap(c.variables)["if"].(bool); directive.Name {
		case "skip":
			included = included && !condition
		case "include":
			included = included && condition
		}
	}

	return included
}

// value finds variables that are null although null is not allowed. Validation accepts a nullable variable there if
// the variable or its place has a default, because only the request shows whether null is sent.
func (c *argumentCheck) value(value *ast.Value, path ...string) bool {
	if value.Kind == ast.Variable {
		sent, given := c.variables[value.Raw]
		required := value.ExpectedType != nil && value.ExpectedType.NonNull
		// guard: null is refused where it may not stand
		if !required || sent != nil || !given && value.ExpectedTypeHasDefault {
			return true
		}

		message := "must not be null"
		if c.names {
			message += fmt.Sprintf(", as the variable %q is", "$"+clip(value.Raw))
		}

		c.add(&models.Error{Code: models.CodeGraphQLValidationFailed, Message: message, Field: argumentPath(path)},
			value.Position)

		return false
	}

	fits := true
	for _, child := range value.Children {
		below := path
		if child.Name != "" {
			below = append(slices.Clone(path), child.Name)
		}
		fits = c.value(child.Value, below...) && fits
	}

	return fits
}

// argumentPath returns the path of a value in an argument; paths of errors begin inside `input`.
func argumentPath(path []string) string {
	if len(path) > 1 && path[0] == inputArgument {
		path = path[1:]
	}
	return strings.Join(path, ".")
}

// inputArgument is the only argument of most root fields.
const inputArgument = "input"

func (c *argumentCheck) add(err error, position *ast.Position) {
	var many models.Errors
	var one *models.Error
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = models.Errors{one}
	}

	for _, one := range many {
		c.found = append(c.found, &documentError{one, locationsOf(position)})
	}
}

func locationsOf(position *ast.Position) []gqlerror.Location {
	if position == nil {
		return nil
	}
	return []gqlerror.Location{{Line: position.Line, Column: position.Column}}
}
