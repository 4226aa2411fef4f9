package account

import (
	"github.com/accountql/accountql/models"
)

// profileField describes a field of the profile. It is the only place for these facts.
type profileField struct {
	// name is the field's name in the schema and in import lines.
	name string
	// value returns the account's value, for comparisons.
	value func(account *models.Account) any
	// text returns the account's value of a text field. It is nil for other fields. An attacker may know these
	// texts, so they must not be in a password (R-PWD4).
	text func(account *models.Account) *string
	// minLength and maxLength are the limits of a text, in code points; 0 means that there is none.
	minLength, maxLength int
	// filled reports whether the account has a value, and clear removes it. Both are nil for the agreements, which
	// always stay the customer's, and for the attributes, whose keys have policies of their own.
	filled func(account *models.Account) bool
	clear  func(account *models.Account)
	// decide adds the change that the input requests to changes, or adds an error to wrong if the value is invalid.
	decide func(s *Service, input *ProfileInput, changes *[]columnUpdate, wrong *models.Errors)
	// read returns the reader of an import line's value. It accepts what the API accepts.
	read func(input *ProfileInput) reader
}

// The names of the fields that hold several values.
const (
	agreementsField = "agreements"
	attributesField = "attributes"
)

// profileFields is the table of the profile's fields. Update, registration, import, comparison and the check of new
// passwords use it. TestProfileFields (package graph) compares it with the schema and the model.
var profileFields = []profileField{
	textField("firstName", "first_name", freeText,
		func(i *ProfileInput) *models.Optional[string] { return &i.FirstName },
		func(a *models.Account) **string { return &a.FirstName }),
	textField("lastName", "last_name", freeText,
		func(i *ProfileInput) *models.Optional[string] { return &i.LastName },
		func(a *models.Account) **string { return &a.LastName }),
	textField("displayName", "display_name", freeText,
		func(i *ProfileInput) *models.Optional[string] { return &i.DisplayName },
		func(a *models.Account) **string { return &a.DisplayName }),
	textField("company", "company", freeText,
		func(i *ProfileInput) *models.Optional[string] { return &i.Company },
		func(a *models.Account) **string { return &a.Company }),
	textField("address", "address", freeText,
		func(i *ProfileInput) *models.Optional[string] { return &i.Address },
		func(a *models.Account) **string { return &a.Address }),
	textField("city", "city", freeText,
		func(i *ProfileInput) *models.Optional[string] { return &i.City },
		func(a *models.Account) **string { return &a.City }),
	textField("province", "province", freeText,
		func(i *ProfileInput) *models.Optional[string] { return &i.Province },
		func(a *models.Account) **string { return &a.Province }),
	zipCodeField(),
	field("birthDate", "birth_date", (*Service).parseBirthDate,
		func(i *ProfileInput) *models.Optional[models.Date] { return &i.BirthDate },
		func(a *models.Account) **models.Date { return &a.BirthDate }),
	field("avatarUrl", "avatar_url", parsed(models.ParseURL),
		func(i *ProfileInput) *models.Optional[models.URL] { return &i.AvatarURL },
		func(a *models.Account) **models.URL { return &a.AvatarURL }),
	field("countryCode", "country_code", parsed(models.ParseCountryCode),
		func(i *ProfileInput) *models.Optional[models.CountryCode] { return &i.CountryCode },
		func(a *models.Account) **models.CountryCode { return &a.CountryCode }),
	field("language", "language", parsed(models.ParseLanguage),
		func(i *ProfileInput) *models.Optional[models.LanguageCode] { return &i.Language },
		func(a *models.Account) **models.LanguageCode { return &a.Language }),
	field("timeZone", "time_zone", parsed(models.ParseTimeZone),
		func(i *ProfileInput) *models.Optional[models.TimeZone] { return &i.TimeZone },
		func(a *models.Account) **models.TimeZone { return &a.TimeZone }),
	{
		name:   "sex",
		value:  func(a *models.Account) any { return a.Sex },
		filled: func(a *models.Account) bool { return a.Sex != models.SexNotSpecified },
		clear:  func(a *models.Account) { a.Sex = models.SexNotSpecified },
		decide: func(_ *Service, input *ProfileInput, changes *[]columnUpdate, _ *models.Errors) {
			decideSex(changes, input.Sex)
		},
		read: func(input *ProfileInput) reader { return optional(&input.Sex) },
	},
	{
		name:  agreementsField,
		value: func(a *models.Account) any { return a.Agreements },
		decide: func(s *Service, input *ProfileInput, changes *[]columnUpdate, wrong *models.Errors) {
			s.decideAgreements(changes, wrong, input.Agreements)
		},
		read: func(input *ProfileInput) reader { return readAgreements(&input.Agreements) },
	},
	{
		name:  attributesField,
		value: func(a *models.Account) any { return a.Attributes },
		decide: func(s *Service, input *ProfileInput, changes *[]columnUpdate, wrong *models.Errors) {
			s.decideAttributes(changes, wrong, input.Attributes)
		},
		read: func(input *ProfileInput) reader { return optional(&input.Attributes) },
	},
}

// parser validates a value of a field, and returns the value in the form that is stored.
type parser[T any] func(s *Service, field string, value T) (T, error)

// parsed returns a parser that does not need the service.
func parsed[T any](parse func(field string, value T) (T, error)) parser[T] {
	return func(_ *Service, field string, value T) (T, error) { return parse(field, value) }
}

func freeText(field, text string) (string, error) {
	return models.ParseText(field, text, maxTextLength)
}

func (s *Service) parseBirthDate(field string, date models.Date) (models.Date, error) {
	return models.ParseBirthDate(field, date, s.now())
}

// field returns the profileField of a field that can be empty.
func field[T comparable](
	name, column string, parse parser[T], given func(*ProfileInput) *models.Optional[T],
	target func(*models.Account) **T,
) profileField {
	return profileField{
		name:   name,
		value:  func(account *models.Account) any { return *target(account) },
		filled: func(account *models.Account) bool { return *target(account) != nil },
		clear:  func(account *models.Account) { *target(account) = nil },
		decide: func(s *Service, input *ProfileInput, changes *[]columnUpdate, wrong *models.Errors) {
			decide(changes, wrong, column, *given(input), func(value T) (T, error) { return parse(s, name, value) },
				target)
		},
		read: func(input *ProfileInput) reader { return optional(given(input)) },
	}
}

func textField(
	name, column string, parse func(field, text string) (string, error),
	given func(*ProfileInput) *models.Optional[string], target func(*models.Account) **string,
) profileField {
	text := field(name, column, parsed(parse), given, target)
	text.text = func(account *models.Account) *string { return *target(account) }
	text.maxLength = maxTextLength

	return text
}

func zipCodeField() profileField {
	code := textField("zipCode", "zip_code", models.ParseZipCode,
		func(i *ProfileInput) *models.Optional[string] { return &i.ZipCode },
		func(a *models.Account) **string { return &a.ZipCode })
	code.minLength, code.maxLength = models.MinZipCode, models.MaxZipCode

	return code
}

// ProfileFields returns the names of the profile's fields.
func ProfileFields() []string {
	var names []string
	for _, field := range profileFields {
		names = append(names, field.name)
	}
	return names
}
