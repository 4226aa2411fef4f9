package account

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/accountql/accountql/models"
)

// strictJSON refuses a value that encoding/json would mend or choose from: bytes
// that are no UTF-8, half a character, and a key twice in an object, at any depth.
// The API refuses them, too.
func strictJSON(field string, value []byte) error {
	_, err := jsontext.NewDecoder(bytes.NewBuffer(value)).ReadValue()
	if err == nil {
		return nil
	}

	var syntax *jsontext.SyntacticError
	if errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax) {
		problem := fmt.Sprintf("must not hold the key %s twice", printable(syntax.JSONPointer.LastToken()))
		return models.InvalidInput(field, models.ReasonConflicting, 0, problem)
	}
	return models.InvalidInput(field, models.ReasonForbiddenCharacter, 0,
		"must be text in UTF-8 without half a character: write the file in UTF-8")
}

// decodeExactly reads a value whose keys are known, and written as they are here:
// with encoding/json "subject" and "Subject" would be one key, given twice.
func decodeExactly(value []byte, target any) error {
	return json.Unmarshal(value, target, json.RejectUnknownMembers(true))
}
