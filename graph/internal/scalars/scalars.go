// Package scalars reads and writes the values of the schema that gqlgen's own functions treat otherwise. gqlgen.yml
// names the pairs of functions here; every type of text, such as models.EmailAddress, goes by String.
package scalars

import (
	"encoding/json"
	"io"

	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/models"
)

// MarshalString writes a JSON string.
func MarshalString(text string) graphql.Marshaler { return graphql.MarshalString(text) }

// UnmarshalString takes a string and nothing that merely looks like one, or returns INVALID_INPUT (R-GQL11). The form
// of an address or a date is checked with the rest of the input, so that all wrong fields are reported together.
func UnmarshalString(v any) (string, error) {
	text, ok := v.(string)
	if !ok {
		return "", models.InvalidInput("", models.ReasonWrongType, 0, "must be a string")
	}

	return text, nil
}

// MarshalIdentityProvider writes the enum value.
func MarshalIdentityProvider(provider models.IdentityProvider) graphql.Marshaler {
	return graphql.MarshalString(string(provider))
}

// UnmarshalIdentityProvider takes an enum value, or returns INVALID_INPUT for UNKNOWN, which exists on output only.
func UnmarshalIdentityProvider(v any) (models.IdentityProvider, error) {
	name, _ := v.(string)
	return models.ParseIdentityProvider(models.IdentityProvider(name))
}

// UnmarshalJSONObject takes an object and nothing else.
func UnmarshalJSONObject(v any) (models.JSONObject, error) { return models.ReadJSONObject(v) }

// object writes a JSON object.
type object models.JSONObject

// MarshalJSONObject writes the object, {} for nil.
func MarshalJSONObject(o models.JSONObject) graphql.Marshaler { return object(o) }

// MarshalGQL implements graphql.Marshaler.
func (o object) MarshalGQL(w io.Writer) {
	text, err := json.Marshal(map[string]any(o))
	if err != nil || o == nil {
		text = []byte("{}")
	}
	_, _ = w.Write(text)
}
