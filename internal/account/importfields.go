package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/accountql/accountql/internal/strictjson"
	"github.com/accountql/accountql/models"
)

// readImportLine parses one JSON object. It reports every field that is unknown, repeated, invalid text, or of a
// wrong type. Names must match exactly, and the fields in without are skipped. It returns no line if the text is
// not an object.
func readImportLine(text []byte, without []string) (*importLine, error) {
	line := &importLine{status: models.StatusActive, given: map[string]bool{}}
	fields := line.fields()
	decoder := json.NewDecoder(bytes.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, models.InvalidInput("the line", models.ReasonMalformed, 0, "must be one JSON object")
	}

	var wrong models.Errors
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, models.InvalidInput("the line", models.ReasonMalformed, 0, "must be one JSON object")
		}

		name, _ := token.(string)
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, models.InvalidInput("the line", models.ReasonMalformed, 0, "must be one JSON object")
		}

		read, known := fields[name]
		switch {
		case name == "password":
			wrong.Add(models.InvalidInput(name, models.ReasonNotAllowed, 0,
				"must not be given: what is imported is its hash, as passwordHash"))
		case !known:
			wrong.Add(models.InvalidInput(quoteName(name), models.ReasonNotAllowed, 0, "is not known"))
		case seen[name]:
			wrong.Add(models.InvalidInput(name, models.ReasonConflicting, 0, "must not be given twice"))
		case slices.Contains(without, name),
			strings.HasPrefix(name, "phoneVerified") && slices.Contains(without, "phone"):
		default:
			line.given[name] = notNull(value) != nil
			if problem := strictJSON(name, value); problem != nil { // guard: an import mends no text
				wrong.Add(problem)
			} else {
				wrong.Add(read(name, value))
			}
		}

		seen[name] = true
	}

	if _, err := decoder.Token(); err != nil {
		return nil, models.InvalidInput("the line", models.ReasonMalformed, 0, "must be one JSON object")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, models.InvalidInput("the line", models.ReasonMalformed, 0, "must be one JSON object")
	}

	return line, wrong.OrNil()
}

// quoteName quotes a name from the file, shortened for an error.
func quoteName(name string) string {
	const longest = 40
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest]) + "…"
	}
	return fmt.Sprintf("%q", name)
}

// timeForm describes the format of a time.
const timeForm = "a time such as 2024-02-29T13:00:00Z"

// importReasons are the reasons why the writer of the file has left out parts of a customer.
type importReasons []string

// UnmarshalJSON accepts a string or a list of strings.
func (r *importReasons) UnmarshalJSON(text []byte) error {
	var all []string
	if err := json.Unmarshal(text, &all); err != nil {
		var one string
		if err := json.Unmarshal(text, &one); err != nil {
			return err
		}
		all = []string{one}
	}

	for _, reason := range all {
		if _, err := models.ParseText("leftOut", reason, maxTextLength); err != nil {
			return err
		}
	}

	*r = all

	return nil
}

// topField returns the top-level field of a field that an error names.
func topField(field string) string {
	top, _, _ := strings.Cut(field, ".")
	return top
}

// reader parses the value of one field.
type reader func(name string, value json.RawMessage) error

// fields returns the readers of all fields of a line, by name.
func (l *importLine) fields() map[string]reader {
	fields := map[string]reader{
		"id":                      plain(&l.id, "a text"),
		"customId":                plain(&l.customID, "a text"),
		"uuid":                    plain(&l.uuid, "a text"),
		"email":                   plain(&l.email, "a text"),
		"emailVerified":           plain(&l.emailVerified, "true or false"),
		"emailVerifiedAt":         plain(&l.emailVerifiedAt, timeForm),
		"emailVouched":            plain(&l.emailVouched, "true or false"),
		"emailChangesPausedUntil": plain(&l.pausedUntil, timeForm),
		"changesPausedUntil":      plain(&l.securedUntil, timeForm),
		"phone":                   plain(&l.phone, "a text"),
		"phoneVerified":           plain(&l.phoneVerified, "true or false"),
		"phoneVerifiedAt":         plain(&l.phoneVerifiedAt, timeForm),
		"status":                  plain(&l.status, "a text"),
		"tags":                    plain(&l.tags, "a list of texts"),
		"version":                 plain(&l.version, "a number"),
		"createdAt":               plain(&l.createdAt, timeForm),
		"updatedAt":               plain(&l.updatedAt, timeForm),
		"lastActivityDate":        plain(&l.lastActivityAt, timeForm),
		"leftOut":                 plain(&l.leftOut, "a text or a list of texts"),

		"consents":       plain(&l.consents, "a list of objects with channel, value, source and recordedAt"),
		"terms":          plain(&l.terms, "a list of objects with id, version, source and acceptedAt"),
		"identities":     plain(&l.identities, "a list of objects with identityProvider, issuer, subject and linkedAt"),
		"authenticators": plain(&l.authenticators, "a list of objects with secret, name and createdAt"),
		"deletion":       plain(&l.deletion, "an object with requestedAt and scheduledFor"),
		"addresses":      plain(&l.addresses, "a list of objects with line1, city, postalCode, countryCode and others"),
		"passwordHash":   func(_ string, value json.RawMessage) error { l.passwordHash = notNull(value); return nil },
	}
	for _, field := range profileFields {
		fields[field.name] = field.read(&l.ProfileInput)
	}

	return fields
}

// readAgreements returns a reader that accepts only known channels.
func readAgreements(target *models.Optional[models.AgreementsInput]) reader {
	return func(name string, value json.RawMessage) error {
		if err := onlyChannels(name, value); err != nil {
			return err
		}
		return optional(target)(name, value)
	}
}

func notNull(value json.RawMessage) json.RawMessage {
	if string(value) == "null" {
		return nil
	}
	return value
}

// plain returns a reader for a value of a Go type. It ignores null.
func plain[T any](target *T, form string) reader {
	return func(name string, value json.RawMessage) error {
		if notNull(value) == nil {
			return nil
		}

		var read T
		if err := strictjson.Unmarshal(value, &read); err != nil {
			return models.InvalidInput(name, models.ReasonWrongType, 0, "must be "+form)
		}

		*target = read

		return nil
	}
}

// optional returns a reader that parses a value as the API does.
func optional[T any](target *models.Optional[T]) reader {
	return func(name string, value json.RawMessage) error {
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.UseNumber()
		var coerced any
		if err := decoder.Decode(&coerced); err != nil {
			return models.InvalidInput(name, models.ReasonMalformed, 0, "must be a value of JSON")
		}

		if err := target.UnmarshalGQL(coerced); err != nil {
			*target = models.Optional[T]{}
			reason := models.ReasonWrongType
			var refused *models.Error
			if errors.As(err, &refused) {
				reason = refused.Reason
			}
			return models.InvalidInput(name, reason, 0, strings.TrimSpace(err.Error()))
		}

		return nil
	}
}

// onlyChannels returns INVALID_INPUT if the value contains an unknown channel. In the API, the schema makes this
// check.
func onlyChannels(name string, value json.RawMessage) error {
	var answers map[string]json.RawMessage
	if err := json.Unmarshal(value, &answers); err != nil {
		return models.InvalidInput(name, models.ReasonWrongType, 0, "must be an object")
	}

	for channel := range answers {
		if !slices.Contains(models.ConsentChannels, models.ConsentChannel(channel)) {
			return models.InvalidInput(name, models.ReasonUnknownValue, 0,
				fmt.Sprintf("must hold no other channels than %v", models.ConsentChannels))
		}
	}

	return nil
}
