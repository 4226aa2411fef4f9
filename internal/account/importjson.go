package account

import (
	"errors"
	"fmt"

	"github.com/accountql/accountql/internal/strictjson"
	"github.com/accountql/accountql/models"
)

// strictJSON returns INVALID_INPUT if encoding/json would silently repair the value or choose one of two keys. The
// API also refuses such a value.
func strictJSON(field string, value []byte) error {
	err := strictjson.Check(value)
	var twice *strictjson.Twice
	switch {
	case err == nil:
		return nil
	case errors.As(err, &twice):
		problem := fmt.Sprintf("must not hold the key %s twice", quoteName(twice.Key))
		return models.InvalidInput(field, models.ReasonConflicting, 0, problem)
	}

	return models.InvalidInput(field, models.ReasonForbiddenCharacter, 0,
		"must be text in UTF-8 without half a character: write the file in UTF-8")
}
