package graph

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/accountql/accountql/models"
)

// messages builds the messages about errors in a document or its variables. A message never contains a value,
// because the value may be a password (R-GQL8). It contains names that are not in the schema only in development.
type messages struct {
	schema *ast.Schema
	// known holds the names of the schema.
	known map[string]bool
	// names is true if messages contain the names of a request.
	names bool
}

// maxName is in characters: messages cut a longer name off.
const maxName = 80

// clip shortens a name for a message.
func clip(name string) string {
	if runes := []rune(name); len(runes) > maxName { // guard: long names are cut off
		return string(runes[:maxName]) + "…"
	}
	return name
}

// quoted matches everything that gqlparser puts in quotation marks: names of the schema and of the document.
var quoted = regexp.MustCompile(`"([^"]*)"`)

// rulesWithSafeMessages are the rules whose messages quote everything that comes from the document.
var rulesWithSafeMessages = []string{
	"FieldsOnCorrectType", "FieldsOnCorrectTypeWithoutSuggestions", "ScalarLeafs", "ScalarLeafsWithoutSuggestions",
	"KnownArgumentNames", "KnownArgumentNamesWithoutSuggestions", "KnownTypeNames", "KnownTypeNamesWithoutSuggestions",
	"KnownDirectives", "KnownFragmentNames", "ProvidedRequiredArguments", "NoUndefinedVariables", "NoUnusedVariables",
	"NoUnusedFragments", "UniqueArgumentNames", "UniqueFragmentNames", "UniqueInputFieldNames", "UniqueOperationNames",
	"UniqueVariableNames", "LoneAnonymousOperation",
}

// namingRules are the rules whose messages contain nothing of the document but names.
var namingRules = append([]string{
	"FragmentsOnCompositeTypes", "KnownRootType", "NoFragmentCycles", "OverlappingFieldsCanBeMerged",
	"PossibleFragmentSpreads",
	"SingleFieldSubscriptions", "UniqueDirectivesPerLocation", "VariablesAreInputTypes", "VariablesInAllowedPosition",
}, rulesWithSafeMessages...)

// validation keeps gqlparser's message if it is safe. In production it removes every name that is not in the
// schema.
func (m *messages) validation(document *ast.QueryDocument, err *gqlerror.Error) string {
	general := "the document does not fit the schema, by the rule " + err.Rule
	if m.names {
		if slices.Contains(namingRules, err.Rule) {
			return clipNames(err.Message)
		}
		if text, suggestion := valueMessage(err.Message); text != "" {
			// guard: values are not said in development
			return clipNames(text + placeOf(document, err.Locations) + suggestion)
		}

		return general
	}

	if !slices.Contains(rulesWithSafeMessages, err.Rule) {
		return general
	}

	return quoted.ReplaceAllStringFunc(err.Message, func(name string) string {
		if m.known[strings.Trim(name, `"$@!.[]`)] {
			return name
		}
		return `"…"` // guard: no error echoes the document
	})
}

// maxMessage is in bytes. Fields that conflict in many places make long messages.
const maxMessage = 1000

// clipNames shortens the names in a message, and the message itself.
func clipNames(message string) string {
	message = quoted.ReplaceAllStringFunc(message, func(name string) string {
		return `"` + clip(strings.Trim(name, `"`)) + `"`
	})
	if len(message) > maxMessage { // guard: long names are cut off (2)
		message = strings.ToValidUTF8(message[:maxMessage], "") + "…"
	}
	return message
}

// aboutNames matches messages about values that contain nothing but names.
var aboutNames = regexp.MustCompile(
	`^(Field "|OneOf Input Object "|Int cannot represent a number of more|\w+ cannot be an object)`)

// aboutValues matches the part before the value of messages that end with the value.
var aboutValues = regexp.MustCompile(`^(\w+ cannot represent (a )?non[a-z0-9 -]* value|` +
	`Enum "[^"]*" cannot represent non-enum value|Expected value of type "[^"]*")`)

// unknownEnumValue matches messages with the value in the middle.
var unknownEnumValue = regexp.MustCompile(`^Value "\w*" does not exist in ("[^"]*") enum`)

// enumSuggestion matches the end of a message; its values are those of the schema.
var enumSuggestion = regexp.MustCompile(` Did you mean the enum value [^?]*\?$`)

// valueMessage returns a message about a value without the value, and the suggestion in it; text is "" if the place
// of the value in the message is unknown.
func valueMessage(message string) (text, suggestion string) {
	if aboutNames.MatchString(message) {
		return strings.TrimSuffix(message, "."), ""
	}

	text = aboutValues.FindString(message)
	if match := unknownEnumValue.FindStringSubmatch(message); match != nil {
		text = "a value does not exist in the enum " + match[1]
	}

	return text, strings.Replace(enumSuggestion.FindString(message), " Did", "; did", 1)
}

// syntax returns the error for a document that is not GraphQL, with the location where parsing stopped. In
// development the message says what was expected and which kind of token was found, but contains no string and no
// number, because it may be a secret.
func (m *messages) syntax(query string, err error) *documentError {
	failure := &documentError{err: models.NewError(models.CodeGraphQLParseFailed, "the document is not GraphQL")}
	var syntax *gqlerror.Error
	if !errors.As(err, &syntax) {
		return failure
	}

	failure.locations = syntax.Locations

	if m.names {
		if detail := m.syntaxDetail(query, syntax); detail != "" {
			failure.err.Message += ": " + detail
		}
	}

	return failure
}

// lexicalErrors matches the beginnings of the lexer's messages, up to the text that they quote.
var lexicalErrors = regexp.MustCompile(`^(Unterminated string|Invalid number|Invalid character escape sequence|` +
	`Invalid character within String|Cannot parse the unexpected character|Cannot contain the invalid character|` +
	`Unexpected single quote character)`)

// expected matches the parser's messages that name the expected token; the group is the kind of the token or a
// keyword.
var expected = regexp.MustCompile(`^Expected (\S+), found `)

func (m *messages) syntaxDetail(query string, syntax *gqlerror.Error) string {
	if lexical := lexicalErrors.FindString(syntax.Message); lexical != "" {
		return strings.ToLower(lexical[:1]) + lexical[1:]
	}
	if len(syntax.Locations) == 0 {
		return ""
	}

	found := m.tokenAt(query, syntax.Locations[0])
	if match := expected.FindStringSubmatch(syntax.Message); match != nil {
		return "expected " + match[1] + ", found " + found
	}

	return "unexpected " + found
}

// tokenAt describes the token at a location of a document. It includes a name if the schema has it, or if it can't
// be a value: outside parentheses, and with no string before it that might have ended too early.
func (m *messages) tokenAt(query string, at gqlerror.Location) string {
	tokens := lexer.New(&ast.Source{Input: query})
	depth, texts := 0, false
	for {
		token, err := tokens.ReadToken()
		if err != nil {
			return "something else"
		}
		if token.Kind == lexer.EOF || token.Pos.Line == at.Line && token.Pos.Column == at.Column {
			return m.describe(token, depth == 0 && !texts)
		}

		switch token.Kind {
		case lexer.ParenL:
			depth++
		case lexer.ParenR:
			depth--
		case lexer.String, lexer.BlockString:
			texts = true
		}
	}
}

func (m *messages) describe(token lexer.Token, isName bool) string {
	switch token.Kind {
	case lexer.Name:
		if isName || m.known[token.Value] { // guard: a text that ended too early is not said
			return fmt.Sprintf("the name %q", clip(token.Value))
		}
		return "a name"
	case lexer.String, lexer.BlockString:
		return "a text"
	case lexer.Int, lexer.Float:
		return "a number"
	case lexer.Comment:
		return "a comment"
	}
	return token.Kind.String()
}

// operation returns the message for a request that selects no operation of the document.
func (m *messages) operation(document *ast.QueryDocument, name string) string {
	text := "operationName must name an operation of the document, and be left out only where there is a single one"
	if !m.names {
		return text
	}

	var names []string
	for _, operation := range document.Operations {
		if operation.Name != "" {
			names = append(names, operation.Name)
		}
	}

	if name != "" {
		text += fmt.Sprintf("; there is no %q", clip(name))
	}
	if len(names) > 0 {
		text += "; it has " + nameList(names)
	}

	return text
}

// schemaNames returns the names that an error may repeat, because the client knows them from the schema.
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
