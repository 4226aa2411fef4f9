// Package strictjson reads JSON without mending it: bytes that are no UTF-8, half a surrogate pair, and a key twice in
// an object are errors, at any depth (RFC 7493), where encoding/json replaces or chooses.
package strictjson

import (
	"bytes"
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ErrNoText says that a value holds bytes or escapes that are no text, or is no JSON.
var ErrNoText = errors.New("strictjson: no text in UTF-8")

// Twice is a key that an object holds twice.
type Twice struct{ Key string }

// Error implements error.
func (t *Twice) Error() string { return "strictjson: a key stands twice in an object" }

// Check returns a *Twice or ErrNoText for a value that encoding/json would read all the same.
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

// Unmarshal reads a value whose keys are known, and written as they are in the target: encoding/json takes "subject"
// and "Subject" for one.
func Unmarshal(value []byte, target any) error {
	return json.Unmarshal(value, target, json.RejectUnknownMembers(true))
}
