package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/models"
)

// importSource is where an agreement came from that a line gives without its history.
const importSource = "account import"

// importLine is a line of an import as it was read: what is common to every path
// to an account in ProfileInput, and what only an operator may say beside it.
type importLine struct {
	ProfileInput
	email         *models.EmailAddress
	emailVerified bool
	phone         *models.PhoneNumber
	phoneVerified bool
	status        models.Status
	passwordHash  json.RawMessage
	customID      *string
	uuid          *string
	tags          []string
	consents      []importConsent
	identities    []importIdentity
	createdAt     *time.Time
}

// importConsent is an answer of the customer with its history.
type importConsent struct {
	Channel    models.Channel `json:"channel"`
	Value      *bool          `json:"value"`
	Source     string         `json:"source"`
	RecordedAt time.Time      `json:"recordedAt"`
}

// imported is a line that was decided: what it makes of a customer.
type imported struct {
	line       int
	account    *models.Account
	consents   []models.Consent
	identities []models.Identity
	// created says that the line tells when the account was made.
	created bool
}

// decideImport checks a line by the rules of every other path (R-C11), or reports all its wrong fields together.
func (s *Service) decideImport(number int, text []byte) (*imported, error) {
	line, misread := readImportLine(text)
	if line == nil {
		return nil, misread
	}
	now := s.now()
	account := &models.Account{
		ID: s.NewID(), Status: line.status, EmailVouched: true, Sex: models.SexNotSpecified, CustomID: line.customID, UUID: line.uuid,
		Attributes: models.JSONObject{}, Tags: []string{}, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	var wrong models.Errors
	wrong.Add(misread)
	wrong.Add(decideImportedContacts(account, line, now))
	wrong.Add(decideImportedFacts(account, line, now))
	changes, err := s.decideProfile(line.ProfileInput)
	wrong.Add(err)
	for _, change := range changes {
		wrong.Add(change.apply(account))
	}
	if line.Agreements.Value != nil {
		// The shop's word waits for no proof.
		for _, channel := range models.Channels {
			*account.Agreements.Channel(channel) = line.Agreements.Value.Channel(channel).Value
		}
	}
	consents := s.consents(account.ID, line.Agreements, importSource)
	history, err := s.decideImportedConsents(account, line.consents, now)
	wrong.Add(err)
	identities, err := decideImportedIdentities(account.ID, line.identities, now)
	wrong.Add(err)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}
	// The history of a channel stands for its agreement.
	consents = slices.DeleteFunc(consents, func(consent models.Consent) bool {
		return slices.ContainsFunc(history, func(told models.Consent) bool { return told.Channel == consent.Channel })
	})
	return &imported{line: number, account: account, consents: append(consents, history...), identities: identities, created: line.createdAt != nil}, nil
}

func decideImportedContacts(account *models.Account, line *importLine, now time.Time) error {
	var wrong models.Errors
	var err error
	if line.email == nil {
		wrong.Add(models.InvalidInput("email", "must be given"))
	} else {
		account.Email, err = contact.ParseEmail("email", *line.email)
		wrong.Add(err)
	}
	if line.emailVerified {
		account.EmailVerifiedAt = &now
		if line.status == models.StatusPending {
			wrong.Add(models.InvalidInput("status", "must not be PENDING, which awaits a confirmation of the e-mail, where emailVerified is true"))
		}
	}
	if line.phone != nil {
		phone, err := contact.ParsePhone("phone", *line.phone)
		wrong.Add(err)
		account.Phone = &phone
	}
	if line.phoneVerified {
		account.PhoneVerifiedAt = &now
		if line.phone == nil {
			wrong.Add(models.InvalidInput("phoneVerified", "must not be true without a phone"))
		}
	}
	return wrong.OrNil()
}

const maxTags = 100

// uuidShape is a UUID of any version.
var uuidShape = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// decideImportedFacts decides what a customer can't change.
func decideImportedFacts(account *models.Account, line *importLine, now time.Time) error {
	var wrong models.Errors
	switch line.status {
	case models.StatusActive, models.StatusPending, models.StatusBlocked:
	default:
		wrong.Add(models.InvalidInput("status", "must be ACTIVE, PENDING or BLOCKED"))
	}
	if line.passwordHash != nil {
		hash, err := password.Import("passwordHash", line.passwordHash)
		wrong.Add(err)
		account.PasswordHash = &hash
	}
	if line.customID != nil {
		id, err := models.ParseText("customId", *line.customID, maxTextLength)
		wrong.Add(err)
		account.CustomID = &id
	}
	if line.uuid != nil {
		id := strings.ToLower(*line.uuid)
		if !uuidShape.MatchString(id) {
			wrong.Add(models.InvalidInput("uuid", "must be a UUID such as 0b4c4f6e-7d0a-4e57-9d5e-3f6f1f0c9a11"))
		}
		account.UUID = &id
	}
	if len(line.tags) > maxTags {
		wrong.Add(models.InvalidInput("tags", "must not be more than 100"))
	}
	for _, given := range line.tags {
		tag, err := models.ParseText("tags", given, maxTextLength)
		wrong.Add(err)
		account.Tags = append(account.Tags, tag)
	}
	if line.createdAt != nil {
		wrong.Add(notInFuture("createdAt", *line.createdAt, now))
		account.CreatedAt = line.createdAt.UTC().Truncate(time.Microsecond)
	}
	return wrong.OrNil()
}

// notInFuture refuses a time that is to come, or none: the zero time of a field that was left out.
func notInFuture(field string, at, now time.Time) error {
	const earliest = 1970
	if at.Year() < earliest || at.After(now) {
		return models.InvalidInput(field, "must be a time between 1970 and now")
	}
	return nil
}

const maxConsents = 1000

// decideImportedConsents takes the history of the customer's answers: the last of a channel is its agreement.
func (s *Service) decideImportedConsents(account *models.Account, given []importConsent, now time.Time) ([]models.Consent, error) {
	if len(given) > maxConsents {
		return nil, models.InvalidInput("consents", "must not be more than 1,000")
	}
	var wrong models.Errors
	told := slices.Clone(given)
	slices.SortStableFunc(told, func(a, b importConsent) int { return a.RecordedAt.Compare(b.RecordedAt) })
	history := make([]models.Consent, 0, len(told))
	last := map[models.Channel]*bool{}
	for _, answer := range told {
		if !slices.Contains(models.Channels, answer.Channel) {
			wrong.Add(models.InvalidInput("consents.channel", fmt.Sprintf("must be one of %v", models.Channels)))
			continue
		}
		source, err := models.ParseText("consents.source", answer.Source, maxTextLength)
		wrong.Add(err)
		wrong.Add(notInFuture("consents.recordedAt", answer.RecordedAt, now))
		consent := s.consent(account.ID, answer.Channel, answer.Value, source)
		consent.RecordedAt = answer.RecordedAt.UTC().Truncate(time.Microsecond)
		history = append(history, consent)
		last[answer.Channel] = answer.Value
	}
	for channel, value := range last {
		place := account.Agreements.Channel(channel)
		if *place != nil && !sameAnswer(*place, value) {
			wrong.Add(models.InvalidInput("agreements."+string(channel), "must be the last of the channel's consents, or left out"))
		}
		*place = value
	}
	return history, wrong.OrNil()
}

// readImportLine reads one JSON object, and reports every field that is
// unknown, there twice, or of a wrong type. Names are taken as they are written.
// It returns no line for what is no object.
func readImportLine(text []byte) (*importLine, error) {
	line := &importLine{status: models.StatusActive}
	fields := line.fields()
	decoder := json.NewDecoder(bytes.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, models.InvalidInput("the line", "must be one JSON object")
	}
	var wrong models.Errors
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, models.InvalidInput("the line", "must be one JSON object")
		}
		name, _ := token.(string)
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, models.InvalidInput("the line", "must be one JSON object")
		}
		read, known := fields[name]
		switch {
		case name == "password":
			wrong.Add(models.InvalidInput(name, "must not be given: what is imported is its hash, as passwordHash"))
		case !known:
			wrong.Add(models.InvalidInput(printable(name), "is not known"))
		case seen[name]:
			wrong.Add(models.InvalidInput(name, "must not be given twice"))
		default:
			wrong.Add(read(name, value))
		}
		seen[name] = true
	}
	if _, err := decoder.Token(); err != nil {
		return nil, models.InvalidInput("the line", "must be one JSON object")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, models.InvalidInput("the line", "must be one JSON object")
	}
	return line, wrong.OrNil()
}

// printable is a name that a file gives, short enough for an error.
func printable(name string) string {
	const longest = 40
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest]) + "…"
	}
	return fmt.Sprintf("%q", name)
}

// reader reads the value of one field.
type reader func(name string, value json.RawMessage) error

// fields says what a line may hold, and where it goes.
func (l *importLine) fields() map[string]reader {
	return map[string]reader{
		"email": plain(&l.email, "a text"), "emailVerified": plain(&l.emailVerified, "true or false"),
		"phone": plain(&l.phone, "a text"), "phoneVerified": plain(&l.phoneVerified, "true or false"),
		"status": plain(&l.status, "a text"), "customId": plain(&l.customID, "a text"), "uuid": plain(&l.uuid, "a text"),
		"tags": plain(&l.tags, "a list of texts"), "createdAt": plain(&l.createdAt, "a time such as 2024-02-29T13:00:00Z"),
		"consents":     plain(&l.consents, "a list of objects with channel, value, source and recordedAt"),
		"identities":   plain(&l.identities, "a list of objects with identityProvider, issuer, subject and linkedAt"),
		"passwordHash": func(_ string, value json.RawMessage) error { l.passwordHash = notNull(value); return nil },
		"firstName":    optional(&l.FirstName), "lastName": optional(&l.LastName), "displayName": optional(&l.DisplayName),
		"sex": optional(&l.Sex), "birthDate": optional(&l.BirthDate), "avatarUrl": optional(&l.AvatarURL), "company": optional(&l.Company),
		"address": optional(&l.Address), "city": optional(&l.City), "province": optional(&l.Province), "zipCode": optional(&l.ZipCode),
		"countryCode": optional(&l.CountryCode), "language": optional(&l.Language), "attributes": optional(&l.Attributes),
		"agreements": func(name string, value json.RawMessage) error {
			if err := onlyChannels(name, value); err != nil {
				return err
			}
			return optional(&l.Agreements)(name, value)
		},
	}
}

func notNull(value json.RawMessage) json.RawMessage {
	if string(value) == "null" {
		return nil
	}
	return value
}

// plain reads a value of Go's JSON; null leaves the field as it is.
func plain[T any](target *T, form string) reader {
	return func(name string, value json.RawMessage) error {
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.DisallowUnknownFields()
		read := *target
		if err := decoder.Decode(&read); err != nil {
			return models.InvalidInput(name, "must be "+form)
		}
		*target = read
		return nil
	}
}

// optional reads a value as the API does.
func optional[T any](target *models.Optional[T]) reader {
	return func(name string, value json.RawMessage) error {
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.UseNumber()
		var coerced any
		if err := decoder.Decode(&coerced); err != nil {
			return models.InvalidInput(name, "must be a value of JSON")
		}
		if err := target.UnmarshalGQL(coerced); err != nil {
			*target = models.Optional[T]{}
			return models.InvalidInput(name, strings.TrimSpace(err.Error()))
		}
		return nil
	}
}

// onlyChannels refuses a channel that is not one, which the API's schema does there.
func onlyChannels(name string, value json.RawMessage) error {
	var answers map[string]json.RawMessage
	if err := json.Unmarshal(value, &answers); err != nil {
		return models.InvalidInput(name, "must be an object")
	}
	for channel := range answers {
		if !slices.Contains(models.Channels, models.Channel(channel)) {
			return models.InvalidInput(name, fmt.Sprintf("must hold no other channels than %v", models.Channels))
		}
	}
	return nil
}
