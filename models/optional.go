package models

import (
	"fmt"
	"io"
)

// Optional is the value of an input field that tells omitted from null:
// Set is false when the field was omitted, Value is nil when it was null.
type Optional[T any] struct {
	Set   bool
	Value *T
}

// These are the optional values of the schema's inputs, by names that gqlgen.yml can bind.
type (
	// OptionalString is a text, null or omitted.
	OptionalString = Optional[string]
	// OptionalBool is true or false, null or omitted.
	OptionalBool = Optional[bool]
	// OptionalSex is a sex, null or omitted.
	OptionalSex = Optional[Sex]
	// OptionalDate is a date, null or omitted.
	OptionalDate = Optional[Date]
	// OptionalURL is an address, null or omitted.
	OptionalURL = Optional[URL]
	// OptionalCountryCode is a country, null or omitted.
	OptionalCountryCode = Optional[CountryCode]
	// OptionalLanguageCode is a language, null or omitted.
	OptionalLanguageCode = Optional[LanguageCode]
	// OptionalEmail is an e-mail address, null or omitted.
	OptionalEmail = Optional[EmailAddress]
	// OptionalPhone is a phone number, null or omitted.
	OptionalPhone = Optional[PhoneNumber]
	// OptionalJSONObject is an object, null or omitted.
	OptionalJSONObject = Optional[JSONObject]
	// OptionalAgreements is consent per channel, null or omitted.
	OptionalAgreements = Optional[AgreementsInput]
)

// UnmarshalGQL takes a coerced GraphQL value; gqlgen calls it only for fields that were given.
func (o *Optional[T]) UnmarshalGQL(v any) error {
	o.Set = true
	if v == nil {
		return nil
	}
	value := new(T)
	if custom, ok := any(value).(interface{ UnmarshalGQL(any) error }); ok {
		if err := custom.UnmarshalGQL(v); err != nil {
			return err
		}
		o.Value = value
		return nil
	}
	plain, ok := v.(T)
	if !ok {
		return InvalidInput("", ReasonWrongType, 0, fmt.Sprintf("must be a %s", inputName(value)))
	}
	o.Value = &plain
	return nil
}

// MarshalGQL is never called, for the type stands in inputs only; gqlgen asks for both directions.
func (o Optional[T]) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, "null") }

// inputName says what the client should have sent for a value of v's type.
func inputName(v any) string {
	switch v.(type) {
	case *string:
		return "string"
	case *bool:
		return "boolean"
	}
	return "value of its type"
}
