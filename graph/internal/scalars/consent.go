package scalars

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/models"
)

// MarshalConsentChannel encodes the name that the channel has in the schema.
func MarshalConsentChannel(channel models.ConsentChannel) graphql.Marshaler {
	return graphql.MarshalString(channel.Name())
}

// UnmarshalConsentChannel accepts the name that a channel has in the schema.
func UnmarshalConsentChannel(v any) (models.ConsentChannel, error) {
	name, _ := v.(string)
	return models.ParseConsentChannel("", name)
}
