package account

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/accountql/accountql/models"
)

// parseAttributes checks given attributes, whoever gives them, and returns them in the form in which they are stored.
// It returns INVALID_INPUT for each key that is unknown, or whose value has the wrong type or exceeds a limit.
func (p *FieldPolicies) parseAttributes(given models.JSONObject) (models.JSONObject, error) {
	if err := models.ParseAttributes(attributesField, given); err != nil {
		return nil, err
	}
	if p == nil {
		return given, nil
	}
	if err := checkAttributeCount(given); err != nil {
		return nil, err
	}

	var wrong models.Errors
	parsed := make(models.JSONObject, len(given))
	for _, key := range slices.Sorted(maps.Keys(given)) {
		policy, known := p.attributes[key]
		if !known { // guard: an unknown attribute is refused
			wrong.Add(errUnknownAttribute(key))
			continue
		}

		value, err := parseAttribute(policy, given[key])
		wrong.Add(err)
		parsed[key] = value
	}

	return parsed, wrong.OrNil()
}

// checkAttributeCount bounds the number of errors of one input. There are no more keys that are known.
func checkAttributeCount(given models.JSONObject) error {
	if len(given) > models.MaxAttributeKeys {
		return models.InvalidInput(attributesField, models.ReasonTooMany, models.MaxAttributeKeys,
			"must not have more than 100 keys")
	}
	return nil
}

func errUnknownAttribute(key string) error {
	return models.InvalidInput(attributePath(key), models.ReasonUnknownAttribute, 0, "is not an attribute of this shop")
}

// parseAttribute returns a value in the form in which it is stored, or INVALID_INPUT; nil removes the key.
func parseAttribute(policy models.FieldPolicy, value any) (any, error) {
	if value == nil {
		return nil, nil
	}

	switch *policy.Type {
	case models.FieldText:
		return parseTextAttribute(policy, value)
	case models.FieldInteger, models.FieldNumber:
		return parseNumberAttribute(policy, value)
	case models.FieldDate:
		return parseDateAttribute(policy, value)
	case models.FieldChoice:
		return parseChoiceAttribute(policy, value)
	case models.FieldBoolean:
		if _, ok := value.(bool); ok {
			return value, nil
		}
	}

	return nil, errAttributeType(policy, "true or false")
}

func errAttributeType(policy models.FieldPolicy, form string) error {
	return models.InvalidInput(policy.Field, models.ReasonWrongType, 0, "must be "+form)
}

func parseTextAttribute(policy models.FieldPolicy, value any) (any, error) {
	given, ok := value.(string)
	if !ok {
		return nil, errAttributeType(policy, "a text")
	}

	text, err := models.ParseText(policy.Field, given, *policy.MaxLength)
	if err != nil {
		return nil, err
	}
	if shortest := policy.MinLength; shortest != nil && utf8.RuneCountInString(text) < *shortest {
		return nil, models.InvalidInput(policy.Field, models.ReasonTooShort, *shortest,
			fmt.Sprintf("must have at least %d characters", *shortest))
	}

	return text, nil
}

func parseNumberAttribute(policy models.FieldPolicy, value any) (any, error) {
	var number float64
	switch given := value.(type) {
	case json.Number:
		number, _ = given.Float64() // ParseAttributes has refused what is no double
	case int64:
		number = float64(given)
	case float64:
		number = given
	default:
		return nil, errAttributeType(policy, "a number")
	}

	whole := *policy.Type == models.FieldInteger
	if whole && number != math.Trunc(number) {
		return nil, errAttributeType(policy, "a whole number")
	}
	if least := policy.Minimum; least != nil && number < *least {
		return nil, models.InvalidInput(policy.Field, models.ReasonTooSmall, int(*least),
			fmt.Sprintf("must not be less than %.0f", *least))
	}
	if greatest := policy.Maximum; greatest != nil && number > *greatest {
		return nil, models.InvalidInput(policy.Field, models.ReasonTooGreat, int(*greatest),
			fmt.Sprintf("must not be greater than %.0f", *greatest))
	}

	if whole { // programs that read integers don't read 5.0 or 1e3
		return json.Number(strconv.FormatFloat(number, 'f', 0, 64)), nil
	}

	return value, nil
}

func parseDateAttribute(policy models.FieldPolicy, value any) (any, error) {
	given, ok := value.(string)
	if !ok {
		return nil, errAttributeType(policy, "a date, YYYY-MM-DD")
	}

	date, err := models.ParseDate(policy.Field, models.Date(given))
	if err != nil {
		return nil, err
	}
	if earliest := policy.Earliest; earliest != nil && date < *earliest {
		return nil, models.InvalidInput(policy.Field, models.ReasonTooEarly, 0,
			fmt.Sprintf("must not lie before %s", *earliest))
	}
	if latest := policy.Latest; latest != nil && date > *latest {
		return nil, models.InvalidInput(policy.Field, models.ReasonTooLate, 0,
			fmt.Sprintf("must not lie after %s", *latest))
	}

	return given, nil
}

func parseChoiceAttribute(policy models.FieldPolicy, value any) (any, error) {
	given, ok := value.(string)
	if !ok {
		return nil, errAttributeType(policy, "one of the options, as a text")
	}
	if !slices.ContainsFunc(policy.Options, func(option models.FieldOption) bool { return option.Value == given }) {
		return nil, models.InvalidInput(policy.Field, models.ReasonUnknownValue, 0, "must be one of the options")
	}
	return given, nil
}
