package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/accountql/accountql/models"
)

// maxJSONDepth is how deep the JSON of a request may be nested.
const maxJSONDepth = 16

// request is a GraphQL request as the GraphQL-over-HTTP specification defines it.
type request struct {
	// query is the document; otherwise documentID, or persistedHash by its SHA-256, names a trusted document.
	query         string
	documentID    string
	persistedHash string
	operationName string
	variables     map[string]any
	// unknown holds the keys of the body that have no meaning; it is set in development only.
	unknown []string
}

// body is the object of a body, as it was sent.
type body struct {
	query, documentID, operationName, variables, extensions any
	// unknown are the keys that have no meaning, as they are written.
	unknown []string
}

// bodyDecoder decodes one body after the other, with the same memory for the names of keys.
type bodyDecoder struct {
	body bytes.Buffer
	json jsontext.Decoder
}

var decoders = sync.Pool{New: func() any { return &bodyDecoder{} }}

// decode decodes a body that is one object. It keeps nothing of the body.
func (d *bodyDecoder) decode(sent []byte) (*body, error) {
	d.body = *bytes.NewBuffer(sent)
	d.json.Reset(&d.body) // guard: no key stands in a body twice; no half character stands in a body
	decoded, err := decodeBody(&d.json)
	if err == nil || errors.Is(err, errNoObject) {
		if _, end := d.json.ReadToken(); !errors.Is(end, io.EOF) {
			err = errAfterObject
		}
	}

	d.body = bytes.Buffer{}
	d.json.Reset(&d.body)

	return decoded, err
}

// decodeBody decodes the object that a body is.
func decodeBody(decoder *jsontext.Decoder) (*body, error) {
	if kind := decoder.PeekKind(); kind != '{' {
		if _, err := decodeValue(decoder); err != nil {
			return nil, err
		}
		return nil, errNoObject
	}
	if _, err := decoder.ReadToken(); err != nil {
		return nil, err
	}

	decoded := &body{}
	for decoder.PeekKind() != '}' {
		key, err := decoder.ReadToken()
		if err != nil {
			return nil, err
		}

		name := key.String()
		value, err := decodeValue(decoder)
		if err != nil {
			return nil, err
		}

		decoded.set(name, value)
	}

	_, err := decoder.ReadToken()

	return decoded, err
}

// set keeps the value of a key.
func (b *body) set(name string, value any) {
	switch name {
	case "query":
		b.query = value
	case "documentId":
		b.documentID = value
	case "operationName":
		b.operationName = value
	case "variables":
		b.variables = value
	case "extensions":
		b.extensions = value
	default:
		b.unknown = append(b.unknown, name)
	}
}

// parseRequest parses a request strictly: one JSON object of valid UTF-8, without a repeated key at any depth and
// without bytes after it, and the parameters by their exact names and types. It ignores other top-level keys,
// because the specification reserves them. An error never repeats a value of the body, and repeats a key only in
// development, with names (R-GQL3, R-GQL8).
func parseRequest(sent []byte, names bool) (*request, error) {
	bad := func(message string) error { return models.NewError(models.CodeBadRequest, message) }
	decoder := decoders.Get().(*bodyDecoder)
	object, err := decoder.decode(sent)
	decoders.Put(decoder)
	if err != nil {
		return nil, bad(jsonProblem(err, names))
	}

	parsed := &request{}
	if names {
		slices.Sort(object.unknown)
		parsed.unknown = object.unknown
	}

	extensions, ok := objectOrNull(object.extensions)
	if !ok {
		return nil, bad("extensions must be an object or null")
	}

	if !parsed.readDocument(object.query, object.documentID, extensions["persistedQuery"]) {
		message := "query must be a string, or documentId must name a trusted document, and not both"
		if len(parsed.unknown) > 0 {
			message += "; keys of the body that mean nothing: " + nameList(parsed.unknown)
		}
		return nil, bad(message)
	}

	if object.operationName != nil {
		if parsed.operationName, ok = object.operationName.(string); !ok {
			return nil, bad("operationName must be a string or null")
		}
	}

	if parsed.variables, ok = objectOrNull(object.variables); !ok {
		return nil, bad("variables must be an object or null")
	}

	return parsed, nil
}

// The reasons to refuse a body besides the errors of the JSON decoder.
var (
	errNoObject    = errors.New("not an object")
	errAfterObject = errors.New("bytes after the object")
	errTooDeep     = errors.New("nested too deep")
)

// jsonProblem describes the error in a body.
func jsonProblem(err error, names bool) string {
	const strict = "the body must be one JSON object in valid UTF-8, no key twice, nested at most 16 deep"
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, errTooDeep):
		return fmt.Sprintf("the body has more than %d levels of objects and lists, which is the limit", maxJSONDepth)
	case !names:
		return strict
	case errors.Is(err, errNoObject):
		return strict + "; it is JSON, and no object"
	case errors.Is(err, errAfterObject):
		return strict + "; something stands behind the object"
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax):
		return strict + fmt.Sprintf("; the key %q stands there twice", clip(syntax.JSONPointer.LastToken()))
	case errors.As(err, &syntax):
		return strict + fmt.Sprintf("; it stops being so at byte %d", syntax.ByteOffset)
	}

	return strict + "; it ends too early"
}

// objectOrNull returns a JSON object, or nil for null and for a missing value; ok is false for anything else.
func objectOrNull(value any) (object map[string]any, ok bool) {
	if value == nil {
		return nil, true
	}
	object, ok = value.(map[string]any)
	return object, ok
}

// readDocument finds the document of a request; a parameter that is null counts as missing. It returns false unless
// the request uses exactly one way to name its document. A hash next to a query is ignored.
func (r *request) readDocument(query, id, persisted any) (ok bool) {
	switch {
	case query != nil && id != nil:
		return false
	case query != nil:
		r.query, ok = query.(string)
	case id != nil:
		r.documentID, ok = id.(string)
		ok = ok && r.documentID != ""
	default:
		hashed, _ := persisted.(map[string]any)
		r.persistedHash, ok = hashed["sha256Hash"].(string)
		ok = ok && r.persistedHash != ""
	}
	return ok
}

// decodeValue decodes one JSON value. The decoder refuses what encoding/json would accept: an object with a
// repeated key, which two parsers may read differently, and half a surrogate pair, which would turn two passwords
// into one.
func decodeValue(decoder *jsontext.Decoder) (any, error) {
	token, err := decoder.ReadToken()
	if err != nil {
		return nil, err
	}
	if decoder.StackDepth() > maxJSONDepth {
		return nil, errTooDeep
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
