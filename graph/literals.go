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

// checkTexts refuses texts of a document that the lexer reads otherwise than GraphQL has them (R-ANS3).
// Half a surrogate pair is refused in the variables by JSON's reader; the lexer makes U+FFFD of each
// half, and so one password of two. A block string ends at the first three quotes; the lexer takes the
// last three of more. The document is one that the lexer takes: its texts end, and its escapes are well formed.
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

// skipToken returns the length of what a document begins with: a comment, a text, or one byte of
// anything else; and the problem of a text.
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

// skipBlock skips a block string; nothing but \""" is an escape in it.
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

// skipText skips a text in single quotes.
func skipText(rest string) (length int, problem string) {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '"':
			return i + 1, ""
		case '\\':
			first, ok := escaped(rest[i:])
			if ok && utf16.IsSurrogate(first) {
				second, _ := escaped(rest[i+escapeLength:])
				if utf16.DecodeRune(first, second) == utf8.RuneError {
					return 0, "the document has a text with half a surrogate pair"
				}
				i += escapeLength
			}
			i++ // the escaped character; the digits of \u are like any others
		}
	}
	return len(rest), ""
}

// escapeLength is that of \uXXXX.
const escapeLength = len(`\uXXXX`)

// escaped returns the UTF-16 code unit that a text begins with as \uXXXX.
func escaped(text string) (unit rune, ok bool) {
	if len(text) < escapeLength || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	const hexadecimal, bits = 16, 16
	parsed, err := strconv.ParseUint(text[2:escapeLength], hexadecimal, bits)
	return rune(parsed), err == nil
}

// locationAt is the place of a byte of a document; columns count characters.
func locationAt(query string, offset int) []gqlerror.Location {
	before := query[:offset]
	line := strings.LastIndexByte(before, '\n') + 1
	return []gqlerror.Location{{Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[line:]) + 1}}
}

// intsHave32Bits is a rule of validation that gqlparser lacks for literals; for variables coerceVariables has it.
func intsHave32Bits(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if definition := value.Definition; value.Kind == ast.IntValue && definition != nil && definition.Name == "Int" && !fitsInt(value.Raw) {
			addError(core.Message("Int cannot represent a number of more than 32 bits"), core.At(value.Position))
		}
	})
}
