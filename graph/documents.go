package graph

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/accountql/accountql/graph/internal/objects"
	"github.com/accountql/accountql/models"
)

// maxErrors is how many errors the answer to one document has (R-GQL5).
const maxErrors = 5

// maxSuggesting is in bytes: a longer document gets no suggestions, for they take too much time.
const maxSuggesting = 4 << 10

// documents turns requests into operations that fit the schema: limits first,
// then validation, and both only once for each document.
type documents struct {
	schema        *ast.Schema
	introspection bool
	// rules are those for every document; short ones get suggestions where introspection is on.
	rules       *rules.Rules
	suggesting  *rules.Rules
	names       map[string]bool
	cache       *documentCache
	trusted     map[string]*document
	trustedOnly bool
}

// document is one that passed everything.
type document struct {
	*ast.QueryDocument
	// selections are kept for the next requests; nil where a directive may decide about them.
	selections *objects.Selections
	// arguments says whether there is any argument that variables can make wrong.
	arguments bool
}

// documentError is an error of a document, with its place where that is known.
type documentError struct {
	err       *models.Error
	locations []gqlerror.Location
}

func newDocuments(schema *ast.Schema, introspection bool) *documents {
	return &documents{
		schema: schema, introspection: introspection, names: schemaNames(schema), cache: newDocumentCache(),
		rules: newRules(false), suggesting: newRules(introspection),
	}
}

// newRules returns the rules of validation, which compare every name of a
// document with every name of the schema where they suggest others.
func newRules(suggestions bool) *rules.Rules {
	checks := rules.NewDefaultRules()
	// Its time is exponential in the document's size; a measurement does what it is for (docs/hostile.md, D2).
	checks.RemoveRule(rules.MaxIntrospectionDepth.Name)
	checks.AddRule("ObjectsAreInputs", objectsAreInputs)
	checks.AddRule("IntsHave32Bits", intsHave32Bits)
	if !suggestions {
		checks.ReplaceRule(rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	}
	return checks
}

// prepare returns the operation of a request, ready to be executed with what is
// kept of its selections, or what is wrong with it.
func (d *documents) prepare(request *request) (*graphql.OperationContext, *objects.Selections, []*documentError) {
	document, list := d.find(request)
	if len(list) > 0 {
		return nil, nil, list
	}
	operation := document.Operations.ForName(request.operationName)
	if operation == nil {
		return nil, nil, one(models.CodeGraphQLValidationFailed, "operationName must name an operation of the document, and be left out only where there is a single one")
	}
	if err := coerceVariables(d.schema, operation, request.variables); err != nil {
		return nil, nil, []*documentError{d.variableError(err)}
	}
	variables, err := validator.VariableValues(d.schema, operation, request.variables)
	if err != nil {
		return nil, nil, []*documentError{d.variableError(err)}
	}
	if document.arguments {
		if list := checkArguments(operation, variables); len(list) > 0 {
			return nil, nil, list
		}
	}
	asked, operation := omitUnset(document.QueryDocument, operation, variables)
	kept := document.selections
	if asked != document.QueryDocument {
		kept = nil
	}
	return &graphql.OperationContext{
		RawQuery: request.query, OperationName: request.operationName, Doc: asked, Operation: operation, Variables: variables,
		DisableIntrospection:   !d.introspection,
		ResolverMiddleware:     func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) },
		RootResolverMiddleware: func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) },
	}, kept, nil
}

// document returns a document that passed everything, from the cache where it did so before.
func (d *documents) document(query string) (*document, []*documentError) {
	if known, found := d.cache.get(query); found {
		return known, nil
	}
	passed, list := d.read(query, sentLimits)
	if len(list) == 0 {
		d.cache.add(query, passed)
	}
	return passed, list
}

// read checks a document: its limits first, in linear time, and then whether it fits the schema.
func (d *documents) read(query string, limits limits) (*document, []*documentError) {
	if err := checkTokens(query, limits.tokens); err != nil {
		return nil, []*documentError{err}
	}
	if err := checkTexts(query); err != nil {
		return nil, []*documentError{err}
	}
	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, limits.tokens+1)
	if err != nil || len(parsed.Operations) == 0 {
		return nil, []*documentError{parseError(err)}
	}
	measured := newMeasurement(parsed)
	if err := measured.check(d.introspection, limits); err != nil {
		return nil, []*documentError{{err: err}}
	}
	checks := d.rules
	if len(query) <= maxSuggesting && !measured.repetitive {
		checks = d.suggesting
	}
	if list := validator.ValidateWithRules(d.schema, parsed, checks); len(list) > 0 {
		var found []*documentError
		for _, one := range list[:min(len(list), maxErrors)] {
			found = append(found, &documentError{models.NewError(models.CodeGraphQLValidationFailed, d.validationMessage(one)), one.Locations})
		}
		return nil, found
	}
	passed := &document{QueryDocument: parsed, arguments: measured.argued}
	if !measured.directed {
		passed.selections = &objects.Selections{}
	}
	return passed, nil
}

func one(code models.Code, message string) []*documentError {
	return []*documentError{{err: models.NewError(code, message)}}
}

// checkTokens counts the tokens before the parser, which takes a stack frame
// for each bracket, sees any (docs/hostile.md, D1).
func checkTokens(query string, limit int) *documentError {
	tokens := lexer.New(&ast.Source{Input: query})
	for count := 0; ; {
		token, err := tokens.ReadToken()
		if err != nil {
			return parseError(err)
		}
		if token.Kind == lexer.EOF {
			return nil
		}
		// Comments count: to the parser they are tokens like others.
		if count++; count > limit {
			return one(models.CodeQueryTooComplex, fmt.Sprintf("the document must not have more than %d tokens", limit))[0]
		}
	}
}

// parseError says where a document stops being GraphQL, but not what stands there: it may be a secret (R-GQL8).
func parseError(err error) *documentError {
	failure := &documentError{err: models.NewError(models.CodeGraphQLParseFailed, "the document is not GraphQL")}
	var syntax *gqlerror.Error
	if errors.As(err, &syntax) {
		failure.locations = syntax.Locations
	}
	return failure
}

// quoted matches what gqlparser puts in quotation marks: names of the schema and of the document.
var quoted = regexp.MustCompile(`"([^"]*)"`)

// tellingRules have messages in which all that comes from the document stands in quotation marks.
var tellingRules = []string{
	"FieldsOnCorrectType", "FieldsOnCorrectTypeWithoutSuggestions", "ScalarLeafs", "ScalarLeafsWithoutSuggestions",
	"KnownArgumentNames", "KnownArgumentNamesWithoutSuggestions", "KnownTypeNames", "KnownTypeNamesWithoutSuggestions",
	"KnownDirectives", "KnownFragmentNames", "ProvidedRequiredArguments", "NoUndefinedVariables", "NoUnusedVariables",
	"NoUnusedFragments", "UniqueArgumentNames", "UniqueFragmentNames", "UniqueInputFieldNames", "UniqueOperationNames",
	"UniqueVariableNames", "LoneAnonymousOperation",
}

// validationMessage keeps gqlparser's sentence where that is safe, with every
// name that is not the schema's own left out: nothing of a request is echoed.
func (d *documents) validationMessage(err *gqlerror.Error) string {
	if !slices.Contains(tellingRules, err.Rule) {
		return "the document does not fit the schema, by the rule " + err.Rule
	}
	return quoted.ReplaceAllStringFunc(err.Message, func(name string) string {
		if d.names[strings.Trim(name, `"$@!.[]`)] {
			return name
		}
		return `"…"`
	})
}

// variableError names the field at fault as far as the schema knows its path, and never its value.
func (d *documents) variableError(err error) *documentError {
	failure := models.NewError(models.CodeGraphQLValidationFailed, "the variables do not fit the document's types")
	var located *gqlerror.Error
	if !errors.As(err, &located) {
		return &documentError{err: failure}
	}
	const prefix = 2 // "variable" and the variable's name
	var field []string
	for _, element := range located.Path[min(len(located.Path), prefix):] {
		name, ok := element.(ast.PathName)
		if !ok || !d.names[string(name)] {
			break
		}
		field = append(field, string(name))
	}
	failure.Field = strings.Join(field, ".")
	switch {
	case located.Message == "must be defined":
		failure.Message = "is required"
	case located.Message == "cannot be null":
		failure.Message = "must not be null"
	case located.Message == "unknown field":
		failure.Message = "has a field that the schema does not know"
	case failure.Field != "":
		failure.Message = "is not of the type that the schema asks for"
	}
	if failure.Field == "" && failure.Message[0] != 't' {
		failure.Message = "a variable " + failure.Message
	}
	return &documentError{err: failure}
}

// schemaNames are the names that may be repeated in an error, for the client knows them from the schema.
func schemaNames(schema *ast.Schema) map[string]bool {
	names := map[string]bool{}
	for name, definition := range schema.Types {
		names[name] = true
		for _, field := range definition.Fields {
			names[field.Name] = true
			for _, argument := range field.Arguments {
				names[argument.Name] = true
			}
		}
		for _, value := range definition.EnumValues {
			names[value.Name] = true
		}
	}
	for name, directive := range schema.Directives {
		names[name] = true
		for _, argument := range directive.Arguments {
			names[argument.Name] = true
		}
	}
	return names
}
