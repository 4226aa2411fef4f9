package postal

import (
	"strings"

	"github.com/accountql/accountql/models"
)

// Check brings the postal code and the province of an address into the form in which they are stored, and returns
// INVALID_INPUT for each field that contradicts the country's rules: a required one that is missing, a postal code of
// another form or of another province, and a province that the country does not have. Where the rules know no postal
// codes or no provinces, any text is right. The fields have the names of the schema.
func Check(address *models.Address) error {
	rules := countryOf(address.CountryCode)
	var wrong models.Errors
	for _, field := range []struct{ letter, name, value string }{
		{"A", "line1", address.Line1}, {"C", "city", text(address.City)},
		{"S", "province", text(address.Province)}, {"Z", "postalCode", text(address.PostalCode)},
	} {
		if field.value == "" && strings.Contains(rules.required, field.letter) {
			wrong.Add(models.InvalidInput(field.name, models.ReasonRequired, 0,
				"must be given in an address of this country"))
		}
	}

	if address.PostalCode != nil && rules.postalCode != "" {
		code := strings.ToUpper(*address.PostalCode)
		address.PostalCode = &code
		if !matches(rules.postalCode, code, true) {
			wrong.Add(models.InvalidInput("postalCode", models.ReasonMalformed, 0,
				"must be a postal code of the country"))
		}
	}

	if address.Province == nil {
		return wrong.OrNil()
	}

	province, known, listed := rules.province(*address.Province)
	switch {
	case known:
		address.Province = &province.code
	case listed:
		wrong.Add(models.InvalidInput("province", models.ReasonUnknownValue, 0,
			"must be a province of the country: its code or its name"))
	}

	// guard: a postal code is its province's
	if address.PostalCode != nil && province.postalCodes != "" &&
		!matches(province.postalCodes, *address.PostalCode, false) {
		wrong.Add(models.InvalidInput("postalCode", models.ReasonConflicting, 0,
			"must be a postal code of the province"))
	}

	return wrong.OrNil()
}

// text returns an optional text, or "".
func text(optional *string) string {
	if optional == nil {
		return ""
	}
	return *optional
}
