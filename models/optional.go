package models

import (
	"fmt"
	"io"
	"reflect"
)

// Optional is the value of an input field that tells omitted from null:
// Set is false when the field was omitted, Value is nil when it was null.
type Optional[T any] struct {
	Set   bool
	Value *T
}

// UnmarshalGQL takes a value as a decoder of GraphQL or JSON returns it, or returns INVALID_INPUT if it is no T. gqlgen
// calls it only for fields that were given.
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

// MarshalGQL is never called, for the type stands in inputs only; gqlgen asks for both directions.
func (o Optional[T]) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, "null") }

// read returns a decoded value as a T: a text of any type, a boolean, an object, or answers of consent.
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

// readPlain takes a value of exactly the type, and nothing that merely looks like one (R-GQL11).
func readPlain[T any](v any, name string) (T, error) {
	value, ok := v.(T)
	if !ok {
		return value, InvalidInput("", ReasonWrongType, 0, fmt.Sprintf("must be a %s", name))
	}
	return value, nil
}
