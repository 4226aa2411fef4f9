package graph

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"

	"github.com/accountql/accountql/models"
)

// checkTexts refuses strings in a document that the lexer reads differently from the GraphQL specification
// (R-ANS3). The JSON parser refuses half a surrogate pair in variables, but the lexer turns each half into U+FFFD,
// so that two passwords become one. A block string ends at the first three quotes, but the lexer ends it at the
// last three of a longer run. checkTexts expects a document that the lexer accepts: its strings end, and its
// escapes are well formed.
func checkTexts(query string) *documentError {
	if !strings.Contains(query, `\u`) && !strings.Contains(query, blockQuote+`"`) {
		return nil
	}

	for rest := query; rest != ""; {
		length, problem := skipToken(rest)
		if problem != "" {
			failure := models.NewError(models.CodeGraphQLParseFailed, problem)
			return &documentError{failure, locationAt(query, len(query)-len(rest))}
		}
		rest = rest[length:]
	}

	return nil
}

// skipToken returns the length of the comment, the string or any other single byte at the beginning of rest, and a
// description of the problem if the string has one.
func skipToken(rest string) (length int, problem string) {
	switch {
	case rest[0] == '#':
		if end := strings.IndexAny(rest, "\n\r"); end >= 0 {
			return end, ""
		}
		return len(rest), ""
	case strings.HasPrefix(rest, blockQuote):
		return skipBlock(rest)
	case rest[0] == '"':
		return skipText(rest)
	}
	return 1, ""
}

const blockQuote = `"""`

// skipBlock skips a block string, in which only \""" is an escape.
func skipBlock(rest string) (length int, problem string) {
	for i := len(blockQuote); i < len(rest); i++ {
		switch {
		case strings.HasPrefix(rest[i:], `\`+blockQuote):
			i += len(blockQuote)
		case strings.HasPrefix(rest[i:], blockQuote+`"`):
			return 0, "the document has a block string that more than three quotes end"
		case strings.HasPrefix(rest[i:], blockQuote):
			return i + len(blockQuote), ""
		}
	}
	return len(rest), ""
}

// skipText skips a string in single quotation marks.
func skipText(rest string) (length int, problem string) {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '"':
			return i + 1, ""
		case '\\':
			first, ok := escaped(rest[i:])
			if ok && utf16.IsSurrogate(first) {
				second, _ := escaped(rest[i+escapeLength:])
				if utf16.DecodeRune(first, second) == utf8.RuneError { // guard: half a surrogate pair is refused
					return 0, "the document has a text with half a surrogate pair"
				}
				i += escapeLength
			}

			i++ // skips the escaped character; the digits of \u need no special case
		}
	}
	return len(rest), ""
}

// escapeLength is the length of \uXXXX.
const escapeLength = len(`\uXXXX`)

// escaped returns the UTF-16 code unit if text begins with \uXXXX.
func escaped(text string) (unit rune, ok bool) {
	if len(text) < escapeLength || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	const hexadecimal, bits = 16, 16
	parsed, err := strconv.ParseUint(text[2:escapeLength], hexadecimal, bits)
	return rune(parsed), err == nil
}

// locationAt returns the location of a byte in a document; columns count characters.
func locationAt(query string, offset int) []gqlerror.Location {
	before := query[:offset]
	line := strings.LastIndexByte(before, '\n') + 1
	return []gqlerror.Location{
		{Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[line:]) + 1},
	}
}

// intsHave32Bits is a validation rule that gqlparser lacks for literals; coerceVariables checks variables.
func intsHave32Bits(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if definition := value.Definition; value.Kind == ast.IntValue && definition != nil &&
			definition.Name == "Int" && !fitsInt(value.Raw) {
			addError(core.Message("Int cannot represent a number of more than 32 bits"), core.At(value.Position))
		}
	})
}
