package account

import (
	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/internal/postal"
	"github.com/accountql/accountql/models"
)

// AddressInput contains the fields of an address that a customer may write.
type AddressInput struct {
	FirstName       models.Optional[string]
	LastName        models.Optional[string]
	Company         models.Optional[string]
	TaxID           models.Optional[string]
	Line1           models.Optional[string]
	Line2           models.Optional[string]
	Line3           models.Optional[string]
	City            models.Optional[string]
	PostalCode      models.Optional[string]
	Province        models.Optional[string]
	CountryCode     models.Optional[models.CountryCode]
	Phone           models.Optional[models.PhoneNumber]
	DefaultShipping models.Optional[bool]
	DefaultBilling  models.Optional[bool]
}

// addressField describes a field of an address. It is the only place for these facts.
type addressField struct {
	// name is the field's name in the schema and in import lines.
	name, column string
	// placed reports whether the rules of a country are about the field.
	placed bool
	// value returns the address's value, or nil, for comparisons.
	value func(address *models.Address) any
	// apply writes the given value into the address, or returns INVALID_INPUT and leaves it as it is.
	apply func(input *AddressInput, address *models.Address) error
}

// addressFields is the table of an address's fields. TestAddressFields (test/system) compares it with the schema
// and the model.
var addressFields = []addressField{
	optionalPart("firstName", "first_name", freeText,
		func(i *AddressInput) models.Optional[string] { return i.FirstName },
		func(a *models.Address) **string { return &a.FirstName }),
	optionalPart("lastName", "last_name", freeText,
		func(i *AddressInput) models.Optional[string] { return i.LastName },
		func(a *models.Address) **string { return &a.LastName }),
	optionalPart("company", "company", freeText,
		func(i *AddressInput) models.Optional[string] { return i.Company },
		func(a *models.Address) **string { return &a.Company }),
	optionalPart("taxId", "tax_id", freeText,
		func(i *AddressInput) models.Optional[string] { return i.TaxID },
		func(a *models.Address) **string { return &a.TaxID }),
	placed(requiredPart("line1", "line1", freeText,
		func(i *AddressInput) models.Optional[string] { return i.Line1 },
		func(a *models.Address) *string { return &a.Line1 })),
	optionalPart("line2", "line2", freeText,
		func(i *AddressInput) models.Optional[string] { return i.Line2 },
		func(a *models.Address) **string { return &a.Line2 }),
	optionalPart("line3", "line3", freeText,
		func(i *AddressInput) models.Optional[string] { return i.Line3 },
		func(a *models.Address) **string { return &a.Line3 }),
	placed(optionalPart("city", "city", freeText,
		func(i *AddressInput) models.Optional[string] { return i.City },
		func(a *models.Address) **string { return &a.City })),
	placed(optionalPart("postalCode", "postal_code", models.ParseZipCode,
		func(i *AddressInput) models.Optional[string] { return i.PostalCode },
		func(a *models.Address) **string { return &a.PostalCode })),
	placed(optionalPart("province", "province", freeText,
		func(i *AddressInput) models.Optional[string] { return i.Province },
		func(a *models.Address) **string { return &a.Province })),
	placed(requiredPart(countryField, "country_code", models.ParseCountryCode,
		func(i *AddressInput) models.Optional[models.CountryCode] { return i.CountryCode },
		func(a *models.Address) *models.CountryCode { return &a.CountryCode })),
	optionalPart("phone", "phone", contact.ParsePhone,
		func(i *AddressInput) models.Optional[models.PhoneNumber] { return i.Phone },
		func(a *models.Address) **models.PhoneNumber { return &a.Phone }),
	flagPart("defaultShipping", "default_shipping",
		func(i *AddressInput) models.Optional[bool] { return i.DefaultShipping },
		func(a *models.Address) *bool { return &a.DefaultShipping }),
	flagPart("defaultBilling", "default_billing",
		func(i *AddressInput) models.Optional[bool] { return i.DefaultBilling },
		func(a *models.Address) *bool { return &a.DefaultBilling }),
}

// countryField is the field by which the others are checked.
const countryField = "countryCode"

// AddressFields returns the names of an address's fields.
func AddressFields() []string {
	var names []string
	for _, field := range addressFields {
		names = append(names, field.name)
	}
	return names
}

// placed marks a field that the rules of a country are about.
func placed(field addressField) addressField {
	field.placed = true
	return field
}

// optionalPart returns the field of a value that null clears.
func optionalPart[T comparable](
	name, column string, parse func(field string, value T) (T, error),
	given func(*AddressInput) models.Optional[T], target func(*models.Address) **T,
) addressField {
	return addressField{
		name: name, column: column,
		value: func(address *models.Address) any {
			if value := *target(address); value != nil {
				return *value
			}
			return nil
		},
		apply: func(input *AddressInput, address *models.Address) error {
			value := given(input)
			if !value.Set || value.Value == nil {
				if value.Set {
					*target(address) = nil
				}
				return nil
			}

			parsed, err := parse(name, *value.Value)
			if err == nil {
				*target(address) = &parsed
			}

			return err
		},
	}
}

// requiredPart returns the field of a value that can't be null.
func requiredPart[T comparable](
	name, column string, parse func(field string, value T) (T, error),
	given func(*AddressInput) models.Optional[T], target func(*models.Address) *T,
) addressField {
	return addressField{
		name: name, column: column,
		value: func(address *models.Address) any { return *target(address) },
		apply: func(input *AddressInput, address *models.Address) error {
			value := given(input)
			if !value.Set {
				return nil
			}
			if value.Value == nil {
				return models.InvalidInput(name, models.ReasonRequired, 0, "must not be null")
			}

			parsed, err := parse(name, *value.Value)
			if err == nil {
				*target(address) = parsed
			}

			return err
		},
	}
}

// flagPart returns the field of a flag; null means false.
func flagPart(
	name, column string, given func(*AddressInput) models.Optional[bool], target func(*models.Address) *bool,
) addressField {
	return addressField{
		name: name, column: column,
		value: func(address *models.Address) any { return *target(address) },
		apply: func(input *AddressInput, address *models.Address) error {
			if value := given(input); value.Set {
				*target(address) = value.Value != nil && *value.Value
			}
			return nil
		},
	}
}

// decideAddress writes the given fields into the address and returns the columns that changed, or all invalid fields
// together. The country's rules are asked only if a field changed that they are about: a rule that became stricter
// must not keep a customer from changing something else.
func decideAddress(input *AddressInput, address *models.Address) (columns []string, err error) {
	before := *address
	var wrong models.Errors
	moved, inCountry := false, true
	for _, field := range addressFields {
		err := field.apply(input, address)
		wrong.Add(err)
		moved = moved || field.placed && field.value(address) != field.value(&before)
		inCountry = inCountry && (err == nil || field.name != countryField)
	}

	if moved && inCountry {
		wrong.Add(postal.Check(address))
	}
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	for _, field := range addressFields {
		if field.value(address) != field.value(&before) { // guard: what an address has already is no change
			columns = append(columns, field.column)
		}
	}

	return columns, nil
}
