package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/accountql/accountql/models"
)

// maxJSONDepth is how deep a request's JSON may be nested.
const maxJSONDepth = 16

// request is a GraphQL request as the GraphQL-over-HTTP specification has it.
type request struct {
	// query is the document, or documentID names a trusted one.
	query         string
	documentID    string
	operationName string
	variables     map[string]any
}

// parseRequest reads a request strictly: one JSON object of valid UTF-8, no key
// twice at any depth, no bytes after it, the four parameters by their exact
// names and types. Other top-level keys are ignored, as the specification
// reserves them. Nothing of the body is repeated in an error (R-GQL3, R-GQL8).
func parseRequest(body []byte) (*request, error) {
	bad := func(message string) error { return models.NewError(models.CodeBadRequest, message) }
	if !utf8.Valid(body) || loneSurrogate(body) {
		return nil, bad("the body must be valid UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	value, err := decodeValue(decoder, maxJSONDepth)
	if err == nil {
		if _, end := decoder.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("bytes after the object")
		}
	}
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		return nil, bad("the body must be one JSON object, no key twice, nested at most 16 deep")
	}
	parsed := &request{}
	if id, given := object["documentId"]; given && object["query"] == nil {
		if parsed.documentID, ok = id.(string); !ok || parsed.documentID == "" {
			return nil, bad("documentId must be a string")
		}
	} else if parsed.query, ok = object["query"].(string); !ok || given {
		return nil, bad("query must be a string, or documentId must name a trusted document, and not both")
	}
	if name, given := object["operationName"]; given && name != nil {
		if parsed.operationName, ok = name.(string); !ok {
			return nil, bad("operationName must be a string or null")
		}
	}
	if variables, given := object["variables"]; given && variables != nil {
		if parsed.variables, ok = variables.(map[string]any); !ok {
			return nil, bad("variables must be an object or null")
		}
	}
	if extensions, given := object["extensions"]; given && extensions != nil {
		if _, ok = extensions.(map[string]any); !ok {
			return nil, bad("extensions must be an object or null")
		}
	}
	return parsed, nil
}

// decodeValue reads one JSON value and refuses objects with a key twice, which
// encoding/json would let pass: two readers must not see two requests.
func decodeValue(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	delimiter, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == 0 {
		return nil, errors.New("nested too deep")
	}
	if delimiter == '[' {
		list := []any{}
		for decoder.More() {
			element, err := decodeValue(decoder, depth-1)
			if err != nil {
				return nil, err
			}
			list = append(list, element)
		}
		_, err = decoder.Token()
		return list, err
	}
	object := map[string]any{}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name := key.(string) // the decoder gives nothing else here
		if _, twice := object[name]; twice {
			return nil, errors.New("a key twice")
		}
		if object[name], err = decodeValue(decoder, depth-1); err != nil {
			return nil, err
		}
	}
	_, err = decoder.Token()
	return object, err
}

// loneSurrogate reports half a character in an escape sequence: encoding/json
// would replace it, and two different passwords would become one.
func loneSurrogate(body []byte) bool {
	const length = len(`\u0000`)
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
		switch first := codeUnit(body[i:]); {
		case !utf16.IsSurrogate(first):
			i++ // whatever is escaped, so that \\u is no beginning
		case utf16.DecodeRune(first, codeUnit(body[i+length:])) == utf8.RuneError:
			return true
		default:
			i += 2*length - 1
		}
	}
	return false
}

// codeUnit reads an escape sequence \uXXXX, or returns 0 where there is none.
func codeUnit(text []byte) rune {
	const length = len(`\u0000`)
	if len(text) < length || text[0] != '\\' || text[1] != 'u' {
		return 0
	}
	unit, err := strconv.ParseUint(string(text[2:length]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(unit)
}
