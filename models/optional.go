package models

import (
	"fmt"
	"io"
	"reflect"
)

// Optional is the value of an input field that distinguishes omitted from null: Set is false if the field was
// omitted, and Value is nil if it was null.
type Optional[T any] struct {
	Set   bool
	Value *T
}

// UnmarshalGQL accepts a value as a GraphQL or JSON decoder returns it. It returns INVALID_INPUT if the value is
// not a T. gqlgen calls it only for fields that were given.
func (o *Optional[T]) UnmarshalGQL(v any) error {
	o.Set = true
	if v == nil {
		return nil
	}

	value, err := read[T](v)
	if err != nil {
		return err
	}

	o.Value = &value

	return nil
}

// MarshalGQL is never called because the type occurs only in inputs. gqlgen requires both directions.
func (o Optional[T]) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, "null") }

// read returns a decoded value as a T: a string type, a boolean, an object, or answers of consent.
func read[T any](v any) (T, error) {
	var value T
	var err error
	switch target := any(&value).(type) {
	case *JSONObject:
		*target, err = ReadJSONObject(v)
	case *AgreementsInput:
		*target, err = readAgreements(v)
	case *Sex:
		name, _ := v.(string)
		*target, err = ParseSex("", Sex(name))
	case *bool:
		*target, err = readPlain[bool](v, "boolean")
	default:
		var text string
		text, err = readPlain[string](v, "string")
		reflect.ValueOf(&value).Elem().SetString(text)
	}

	return value, err
}

// readPlain accepts a value of exactly the type T, and converts nothing (R-GQL11).
func readPlain[T any](v any, name string) (T, error) {
	value, ok := v.(T)
	if !ok {
		return value, InvalidInput("", ReasonWrongType, 0, fmt.Sprintf("must be a %s", name))
	}
	return value, nil
}
