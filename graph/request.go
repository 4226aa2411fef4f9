package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

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
	decoder := jsontext.NewDecoder(bytes.NewBuffer(body))
	value, err := decodeValue(decoder)
	if err == nil {
		if _, end := decoder.ReadToken(); !errors.Is(end, io.EOF) {
			err = errors.New("bytes after the object")
		}
	}
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		return nil, bad("the body must be one JSON object in valid UTF-8, no key twice, nested at most 16 deep")
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

// decodeValue reads one JSON value. The decoder refuses what encoding/json would
// let pass: an object with a key twice, where two readers would see two requests,
// and half a character, which would make one password of two.
func decodeValue(decoder *jsontext.Decoder) (any, error) {
	token, err := decoder.ReadToken()
	if err != nil {
		return nil, err
	}
	if decoder.StackDepth() > maxJSONDepth {
		return nil, errors.New("nested too deep")
	}
	switch token.Kind() {
	case '{':
		object := map[string]any{}
		for decoder.PeekKind() != '}' {
			key, err := decoder.ReadToken()
			if err != nil {
				return nil, err
			}
			name := key.String()
			if object[name], err = decodeValue(decoder); err != nil {
				return nil, err
			}
		}
		_, err = decoder.ReadToken()
		return object, err
	case '[':
		list := []any{}
		for decoder.PeekKind() != ']' {
			element, err := decodeValue(decoder)
			if err != nil {
				return nil, err
			}
			list = append(list, element)
		}
		_, err = decoder.ReadToken()
		return list, err
	case '"':
		return token.String(), nil
	case '0':
		return json.Number(token.String()), nil
	case 't', 'f':
		return token.Bool(), nil
	}
	return nil, nil //nolint:nilnil // JSON's null
}
