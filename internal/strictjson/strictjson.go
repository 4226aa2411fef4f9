// Package strictjson decodes JSON strictly (RFC 7493): invalid UTF-8, half a surrogate pair, and a repeated key of
// an object are errors at any depth, while encoding/json replaces such text or picks one of the values.
package strictjson

import (
	"bytes"
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ErrNoText means that a value contains invalid UTF-8 or invalid escapes, or is not JSON.
var ErrNoText = errors.New("strictjson: no text in UTF-8")

// Twice is the error for a key that an object has twice.
type Twice struct{ Key string }

// Error returns a text without the key.
func (t *Twice) Error() string { return "strictjson: a key stands twice in an object" }

// Check returns a *Twice or ErrNoText for a value that encoding/json might accept nevertheless.
func Check(value []byte) error {
	_, err := jsontext.NewDecoder(bytes.NewBuffer(value)).ReadValue()
	if err == nil {
		return nil
	}

	var syntax *jsontext.SyntacticError
	if errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax) {
		return &Twice{Key: syntax.JSONPointer.LastToken()}
	}

	return ErrNoText
}

// Unmarshal decodes a value, and returns an error if it has a key that the target does not have in exactly this
// spelling: encoding/json treats "subject" and "Subject" as the same key.
func Unmarshal(value []byte, target any) error {
	// guard: keys of an import are as they are written
	return json.Unmarshal(value, target, json.RejectUnknownMembers(true))
}
