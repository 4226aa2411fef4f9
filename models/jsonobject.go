package models

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// JSONObject is a JSON object with any values. Numbers keep the digits they were written with.
type JSONObject map[string]any

// ReadJSONObject returns an object from the value that a GraphQL or JSON decoder created, or INVALID_INPUT if the
// value is anything else.
func ReadJSONObject(v any) (JSONObject, error) {
	object, ok := v.(map[string]any)
	if !ok {
		return nil, InvalidInput("", ReasonWrongType, 0, "must be a JSON object")
	}
	return object, nil
}

// Value returns the object as JSON text for the database.
func (o JSONObject) Value() (driver.Value, error) {
	if o == nil {
		return "{}", nil
	}
	text, err := json.Marshal(map[string]any(o))
	return string(text), err
}

// Scan reads the database's JSON text. NULL, from an outer join, yields no object.
func (o *JSONObject) Scan(stored any) error {
	var text string
	switch stored := stored.(type) {
	case nil:
		*o = nil
		return nil
	case string:
		text = stored
	case []byte:
		text = string(stored)
	default:
		return fmt.Errorf("a JSON object can't be read from %T", stored)
	}

	if text == "{}" {
		*o = JSONObject{} // most accounts have none
		return nil
	}

	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()

	return decoder.Decode((*map[string]any)(o))
}

// The limits of the attributes.
const (
	MaxAttributesSize = 16 << 10 // bytes of JSON
	MaxAttributeKeys  = 100
	MaxAttributeKey   = 100 // code points
	MaxAttributeDepth = 8
)

// ParseAttributes checks the attributes to be merged into the stored ones: their keys, strings, numbers and depth.
// MergeAttributes checks the size of the result.
func ParseAttributes(field string, attributes JSONObject) error {
	for key := range attributes {
		const shape = "must have keys of 1 to 100 characters that can be seen"
		if IsBlank(key) { // guard: a key that nobody sees is none
			return InvalidInput(field, ReasonBlank, 0, shape)
		}
		if utf8.RuneCountInString(key) > MaxAttributeKey {
			return InvalidInput(field, ReasonTooLong, MaxAttributeKey, shape)
		}
	}
	return checkJSON(field, map[string]any(attributes), MaxAttributeDepth)
}

func checkJSON(field string, value any, depth int) error {
	if depth == 0 {
		return InvalidInput(field, ReasonTooDeep, MaxAttributeDepth, "must not be nested deeper than 8 levels")
	}

	switch value := value.(type) {
	case json.Number:
		// Programs read a JSON number as a double. A number that is too large would become infinite, or an error
		// (R-ANS4).
		if _, err := strconv.ParseFloat(value.String(), 64); err != nil { // guard: a number is a finite double
			return InvalidInput(field, ReasonNotFinite, 0, "must hold no number that is too large for a double")
		}
	case string:
		if !cleanJSONText(value) {
			return InvalidInput(field, ReasonForbiddenCharacter, 0, "must hold valid text without the NUL character")
		}
	case []any:
		for _, element := range value {
			if err := checkJSON(field, element, depth-1); err != nil {
				return err
			}
		}
	case map[string]any:
		for key, element := range value {
			if !cleanJSONText(key) {
				return InvalidInput(field, ReasonForbiddenCharacter, 0,
					"must hold valid text without the NUL character")
			}
			if err := checkJSON(field, element, depth-1); err != nil {
				return err
			}
		}
	}

	return nil
}

// cleanJSONText allows line breaks, which attributes may hold, but rejects what a database can't store.
func cleanJSONText(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// MergeAttributes returns stored with changes merged by key. A key whose value is nil is removed. It fails with
// INVALID_INPUT if the result exceeds 100 keys or 16 KiB of JSON.
func MergeAttributes(field string, stored, changes JSONObject) (JSONObject, error) {
	merged := make(JSONObject, len(stored)+len(changes))
	for key, value := range stored {
		merged[key] = value
	}

	for key, value := range changes {
		if value == nil {
			delete(merged, key)
		} else {
			merged[key] = value
		}
	}

	text, err := json.Marshal(merged)
	if err != nil {
		return nil, InvalidInput(field, ReasonWrongType, 0, "must be a JSON object")
	}

	const shape = "must not exceed 100 keys and 16 KiB in all"
	switch {
	case len(merged) > MaxAttributeKeys:
		return nil, InvalidInput(field, ReasonTooMany, MaxAttributeKeys, shape)
	case len(text) > MaxAttributesSize:
		return nil, InvalidInput(field, ReasonTooLarge, MaxAttributesSize, shape)
	}

	// Decode it as the database will return it, so that unchanged values compare as equal: numbers from a literal
	// have other types.
	var kept JSONObject
	if err := kept.Scan(text); err != nil {
		return nil, InvalidInput(field, ReasonWrongType, 0, "must be a JSON object")
	}

	return kept, nil
}
