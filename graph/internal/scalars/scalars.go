// Package scalars decodes and encodes the values of the schema that gqlgen's own functions treat differently.
// gqlgen.yml names the pairs of functions here. Every string type, such as models.EmailAddress, uses String.
package scalars

import (
	"encoding/json"
	"io"

	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/models"
)

// MarshalString encodes a JSON string.
func MarshalString(text string) graphql.Marshaler { return graphql.MarshalString(text) }

// UnmarshalString accepts a string and converts nothing else; it returns INVALID_INPUT for other values (R-GQL11).
// The format of an address or a date is checked with the rest of the input, so that all invalid fields are reported
// together.
func UnmarshalString(v any) (string, error) {
	text, ok := v.(string)
	if !ok {
		return "", models.InvalidInput("", models.ReasonWrongType, 0, "must be a string")
	}

	return text, nil
}

// MarshalIdentityProvider encodes the enum value.
func MarshalIdentityProvider(provider models.IdentityProvider) graphql.Marshaler {
	return graphql.MarshalString(string(provider))
}

// UnmarshalIdentityProvider accepts an enum value, or returns INVALID_INPUT for UNKNOWN, which exists only on
// output.
func UnmarshalIdentityProvider(v any) (models.IdentityProvider, error) {
	name, _ := v.(string)
	return models.ParseIdentityProvider(models.IdentityProvider(name))
}

// UnmarshalJSONObject accepts only an object.
func UnmarshalJSONObject(v any) (models.JSONObject, error) { return models.ReadJSONObject(v) }

// object encodes a JSON object.
type object models.JSONObject

// MarshalJSONObject encodes the object, nil as {}.
func MarshalJSONObject(o models.JSONObject) graphql.Marshaler { return object(o) }

// MarshalGQL implements graphql.Marshaler.
func (o object) MarshalGQL(w io.Writer) { _, _ = w.Write(o.text()) }

func (o object) text() []byte {
	if len(o) == 0 {
		return []byte("{}")
	}
	text, err := json.Marshal(map[string]any(o))
	if err != nil {
		return []byte("{}")
	}

	return text
}

// AppendJSONObject appends what MarshalJSONObject encodes. It returns nil for a nil object, which gqlgen writes as
// null without asking MarshalJSONObject.
func AppendJSONObject(b []byte, o models.JSONObject) []byte {
	if o == nil { // guard: free data that are null are gqlgen's
		return nil
	}
	return append(b, object(o).text()...)
}
