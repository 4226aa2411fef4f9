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

// messages words what is wrong with a document or its variables. Values are never said, for they may be passwords
// (R-GQL8). Names that are not the schema's are said in development only.
type messages struct {
	schema *ast.Schema
	// known are the names of the schema.
	known map[string]bool
	// names says whether the names of a request are said, too.
	names bool
}

// maxName is in characters: of a longer name no more is said.
const maxName = 80

// clip shortens a name for a message.
func clip(name string) string {
	if runes := []rune(name); len(runes) > maxName {
		return string(runes[:maxName]) + "…"
	}
	return name
}

// quoted matches what gqlparser puts in quotation marks: names of the schema and of the document.
var quoted = regexp.MustCompile(`"([^"]*)"`)

// rulesWithSafeMessages have messages in which all that comes from the document stands in quotation marks.
var rulesWithSafeMessages = []string{
	"FieldsOnCorrectType", "FieldsOnCorrectTypeWithoutSuggestions", "ScalarLeafs", "ScalarLeafsWithoutSuggestions",
	"KnownArgumentNames", "KnownArgumentNamesWithoutSuggestions", "KnownTypeNames", "KnownTypeNamesWithoutSuggestions",
	"KnownDirectives", "KnownFragmentNames", "ProvidedRequiredArguments", "NoUndefinedVariables", "NoUnusedVariables",
	"NoUnusedFragments", "UniqueArgumentNames", "UniqueFragmentNames", "UniqueInputFieldNames", "UniqueOperationNames",
	"UniqueVariableNames", "LoneAnonymousOperation",
}

// namingRules have messages in which all that comes from the document is names.
var namingRules = append([]string{
	"FragmentsOnCompositeTypes", "KnownRootType", "NoFragmentCycles", "OverlappingFieldsCanBeMerged", "PossibleFragmentSpreads",
	"SingleFieldSubscriptions", "UniqueDirectivesPerLocation", "VariablesAreInputTypes", "VariablesInAllowedPosition",
}, rulesWithSafeMessages...)

// validation keeps gqlparser's sentence if that is safe. In production every name that is not the schema's is left out.
func (m *messages) validation(document *ast.QueryDocument, err *gqlerror.Error) string {
	general := "the document does not fit the schema, by the rule " + err.Rule
	if m.names {
		if slices.Contains(namingRules, err.Rule) {
			return clipNames(err.Message)
		}
		if text, suggestion := valueMessage(err.Message); text != "" {
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
		return `"…"`
	})
}

// maxMessage is in bytes. Fields that conflict in many places make long messages.
const maxMessage = 1000

// clipNames shortens the names of a message, and the message.
func clipNames(message string) string {
	message = quoted.ReplaceAllStringFunc(message, func(name string) string {
		return `"` + clip(strings.Trim(name, `"`)) + `"`
	})
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "") + "…"
	}
	return message
}

// aboutNames are messages about values that hold names only, as a whole.
var aboutNames = regexp.MustCompile(
	`^(Field "|OneOf Input Object "|Int cannot represent a number of more|\w+ cannot be an object)`)

// aboutValues are messages that say a value at their end; what matches says none.
var aboutValues = regexp.MustCompile(`^(\w+ cannot represent (a )?non[a-z0-9 -]* value|` +
	`Enum "[^"]*" cannot represent non-enum value|Expected value of type "[^"]*")`)

// unknownEnumValue says the value in the middle.
var unknownEnumValue = regexp.MustCompile(`^Value "\w*" does not exist in ("[^"]*") enum`)

// enumSuggestion ends a message; the values in it are the schema's.
var enumSuggestion = regexp.MustCompile(` Did you mean the enum value [^?]*\?$`)

// valueMessage is a message about a value without the value, and what it suggests; "" if it is not known where in it
// the value stands.
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

// syntax says where a document stops being GraphQL. In development it says what is expected there and what kind of
// thing stands there, but no text and no number: that may be a secret.
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

// lexicalErrors are the beginnings of the lexer's messages, up to where they say what stands there.
var lexicalErrors = regexp.MustCompile(`^(Unterminated string|Invalid number|Invalid character escape sequence|` +
	`Invalid character within String|Cannot parse the unexpected character|Cannot contain the invalid character|` +
	`Unexpected single quote character)`)

// expected is how the parser's messages begin that say what it wants; the group is a token's kind or a keyword.
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

// tokenAt describes the token at a place of a document. A name is said if it is the schema's, or if it can be no value:
// outside of parentheses, and no text before it that might have ended too early.
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
		if isName || m.known[token.Value] {
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

// operation says that no operation of a document is meant.
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
