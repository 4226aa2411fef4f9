package graph

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/accountql/accountql/graph/internal/fastexec"
	"github.com/accountql/accountql/models"
)

// maxErrors is how many errors the response to one document has (R-GQL5).
const maxErrors = 5

// maxSuggesting is in bytes: a longer document gets no suggestions, because they take too much time.
const maxSuggesting = 4 << 10

// documents turns requests into operations that fit the schema: first the limits, then validation, each only once
// for each document.
type documents struct {
	schema        *ast.Schema
	introspection bool
	// rules apply to long documents, suggesting to short ones: the latter make suggestions if introspection is on.
	rules       *rules.Rules
	suggesting  *rules.Rules
	messages    *messages
	cache       *documentCache
	trusted     map[string]*document
	trustedOnly bool
	// page holds the documents of the account page.
	page map[string]*document
}

// document is a document that passed every check.
type document struct {
	*ast.QueryDocument
	// selections are cached for later requests; nil if a directive may change them.
	selections *fastexec.Selections
	// arguments is true if the document has any argument that variables can make invalid.
	arguments bool
}

// documentError is an error in a document, with its location if that is known.
type documentError struct {
	err       *models.Error
	locations []gqlerror.Location
}

func newDocuments(schema *ast.Schema, introspection bool) *documents {
	return &documents{
		schema: schema, introspection: introspection, cache: newDocumentCache(),
		messages: &messages{schema: schema, known: schemaNames(schema)},
		rules:    newRules(false), suggesting: newRules(introspection),
	}
}

// newRules returns the validation rules. With suggestions, they compare every name of a document with every name of
// the schema.
func newRules(suggestions bool) *rules.Rules {
	checks := rules.NewDefaultRules()
	// The rule takes exponential time in the document's size; the analyzer checks the same (docs/hostile.md, D2).
	checks.RemoveRule(rules.MaxIntrospectionDepth.Name)
	checks.AddRule("ObjectsAreInputs", objectsAreInputs)
	checks.AddRule("IntsHave32Bits", intsHave32Bits) // guard: a whole number has 32 bits in a document

	if !suggestions {
		checks.ReplaceRule(rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
		checks.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	}

	return checks
}

// prepare returns the operation of a request, ready to execute, with the cached selections, or the errors in it.
// page says that the request has the account page's key.
func (d *documents) prepare(
	request *request, page bool,
) (*graphql.OperationContext, *fastexec.Selections, []*documentError) {
	document, list := d.find(request, page)
	if len(list) > 0 {
		return nil, nil, list
	}

	operation := document.Operations.ForName(request.operationName)
	if operation == nil {
		return nil, nil, singleError(models.CodeGraphQLValidationFailed,
			d.messages.operation(document.QueryDocument, request.operationName))
	}
	if err := coerceVariables(d.schema, operation, request.variables); err != nil {
		return nil, nil, []*documentError{d.messages.variable(operation, request, err)}
	}

	variables := request.variables
	if !settled(d.schema, operation, variables) {
		var err error
		if variables, err = validator.VariableValues(d.schema, operation, variables); err != nil {
			return nil, nil, []*documentError{d.messages.variable(operation, request, err)}
		}
	}

	if document.arguments { // guard: arguments are checked before the operation
		if list := checkArguments(operation, variables, d.messages.names); len(list) > 0 {
			return nil, nil, list
		}
	}

	asked, operation := omitUnset(document.QueryDocument, operation, variables)
	kept := document.selections
	if asked != document.QueryDocument { // guard: nothing is kept of a copy
		kept = nil
	}

	return &graphql.OperationContext{
		RawQuery: request.query, OperationName: request.operationName, Doc: asked, Operation: operation,
		Variables:            variables,
		DisableIntrospection: !d.introspection,
		ResolverMiddleware:   func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) },
		RootResolverMiddleware: func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
			return next(ctx)
		},
	}, kept, nil
}

// document returns a document that passed every check, from the cache if it is there.
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

// read checks a document: first its limits, in linear time, and then whether it fits the schema.
func (d *documents) read(query string, limits limits) (*document, []*documentError) {
	if err := d.checkTokens(query, limits.tokens); err != nil {
		return nil, []*documentError{err}
	}
	if err := checkTexts(query); err != nil {
		return nil, []*documentError{err}
	}

	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, limits.tokens+1)
	if err != nil || len(parsed.Operations) == 0 {
		return nil, []*documentError{d.messages.syntax(query, err)}
	}

	measured := newAnalyzer(parsed)
	if err := measured.check(d.introspection, limits); err != nil {
		if d.messages.names && measured.badFragment != "" {
			err.Message += fmt.Sprintf(": %q", clip(measured.badFragment))
		}
		return nil, []*documentError{{err: err}}
	}

	checks := d.rules
	if len(query) <= maxSuggesting && !measured.repetitive {
		checks = d.suggesting
	}

	if list := validator.ValidateWithRules(d.schema, parsed, checks); len(list) > 0 {
		var found []*documentError
		for _, one := range list[:min(len(list), maxErrors)] {
			found = append(found, &documentError{models.NewError(models.CodeGraphQLValidationFailed,
				d.messages.validation(parsed, one)), one.Locations})
		}
		return nil, found
	}

	passed := &document{QueryDocument: parsed, arguments: measured.argued}
	if !measured.directed { // guard: a directive decides in each request
		passed.selections = &fastexec.Selections{}
	}

	return passed, nil
}

func singleError(code models.Code, message string) []*documentError {
	return []*documentError{{err: models.NewError(code, message)}}
}

// countedTokens is the multiple of the limit up to which tokens are counted for the message.
const countedTokens = 10

// checkTokens counts the tokens before the parser reads them, because the parser takes a stack frame for each
// bracket (docs/hostile.md, D1).
func (d *documents) checkTokens(query string, limit int) *documentError {
	tokens := lexer.New(&ast.Source{Input: query})
	for count := 0; ; {
		token, err := tokens.ReadToken()
		switch {
		case err != nil && count <= limit:
			return d.messages.syntax(query, err)
		case count > limit && (err != nil || token.Kind == lexer.EOF): // guard: a document has so many tokens
			return singleError(models.CodeQueryTooComplex,
				fmt.Sprintf("the document has %d tokens where %d are allowed", count, limit))[0]
		case token.Kind == lexer.EOF:
			return nil
		}

		// Comments count, because they are tokens to the parser.
		if count++; count > countedTokens*limit { // guard: a document has so many tokens (2)
			return singleError(models.CodeQueryTooComplex,
				fmt.Sprintf("the document has far more than %d tokens", limit))[0]
		}
	}
}
