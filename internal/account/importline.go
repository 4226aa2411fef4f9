package account

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/models"
)

// importLine is a parsed line of an import: the fields that customers also have in ProfileInput, and the fields
// that only an operator may set.
type importLine struct {
	ProfileInput
	email           *models.EmailAddress
	emailVerified   *bool
	emailVerifiedAt *time.Time
	emailVouched    *bool
	phone           *models.PhoneNumber
	phoneVerified   *bool
	phoneVerifiedAt *time.Time
	status          models.Status
	passwordHash    json.RawMessage
	id              *string
	customID        *string
	uuid            *string
	tags            []string
	consents        []LineConsent
	terms           []LineTerms
	identities      []LineIdentity
	authenticators  []LineAuthenticator
	deletion        *LineDeletion
	addresses       []LineAddress
	createdAt       *time.Time
	updatedAt       *time.Time
	lastActivityAt  *time.Time
	pausedUntil     *time.Time
	securedUntil    *time.Time
	version         *int
	leftOut         importReasons
	// given are the fields that the line contains with a value.
	given map[string]bool
}

// imported is the decision on a line: the account and everything that belongs to it.
type imported struct {
	line       int
	account    *models.Account
	consents   []models.Consent
	terms      []models.TermsAcceptance
	identities []models.Identity
	// authenticators are with their secrets.
	authenticators []models.Authenticator
	// deletion is nil unless the account is in its grace period.
	deletion  *models.Deletion
	addresses []models.Address
	// given are the fields that the line contains.
	given map[string]bool
	// losses are the parts that the customer loses. leftOut is the reason why no account is created.
	losses  []string
	leftOut string
}

// decideImport checks a line by the same rules as all other operations (R-C11), or reports all its invalid fields
// together. It drops the fields in drop if they are invalid, and the fields in lost in any case.
func (s *Service) decideImport(number int, text []byte, drop, lost []string) (*imported, error) {
	lost = slices.Clone(lost)
	var losses []string
	for {
		customer, err := s.decideLine(number, text, lost)
		dropped := droppedOf(err, drop, lost)
		if len(dropped) == 0 {
			if err == nil {
				customer.losses = append(losses, customer.losses...)
			}
			return customer, err
		}

		for _, one := range dropped {
			if one.Field == "email" {
				return &imported{line: number, leftOut: one.Error()}, nil
			}
			lost = append(lost, one.Field)
			losses = append(losses, one.Error())
		}
	}
}

// decideLine checks a line and ignores the fields in without.
func (s *Service) decideLine(number int, text []byte, without []string) (*imported, error) {
	line, misread := readImportLine(text, without)
	if line == nil {
		return nil, misread
	}

	now := s.now()
	account := s.newAccount("")
	account.Status, account.EmailVouched = line.status, line.emailVouched == nil || *line.emailVouched
	account.CustomID, account.UUID = line.customID, line.uuid
	var wrong models.Errors
	wrong.Add(misread)
	wrong.Add(decideImportedContacts(account, line, now))
	wrong.Add(decideImportedFacts(account, line))
	wrong.Add(decideImportedRecord(account, line, now))

	changes, err := s.decideProfile(&line.ProfileInput)
	wrong.Add(err)
	for _, change := range changes {
		_, err := change.apply(account)
		wrong.Add(err)
	}

	if line.Agreements.Value != nil {
		// The shop vouches for these consents, so they do not wait for a proof.
		for _, channel := range models.ConsentChannels {
			*account.Agreements.Channel(channel) = line.Agreements.Value.Channel(channel).Value
		}
	}

	consents := s.consents(account.ID, line.Agreements, opAccountImport)
	history, err := s.decideImportedConsents(account, line, now)
	wrong.Add(err)
	terms, err := s.decideImportedTerms(account.ID, line.terms, now)
	wrong.Add(err)
	identities, err := decideImportedIdentities(account, line.identities, now)
	wrong.Add(err)
	authenticators, err := s.decideImportedAuthenticators(account, line.authenticators, now)
	wrong.Add(err)
	deletion, err := decideImportedDeletion(account, line, now)
	wrong.Add(err)
	addresses, err := s.decideImportedAddresses(account, line.addresses, now)
	wrong.Add(err)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	// The history of a channel replaces the consent from its agreement.
	consents = slices.DeleteFunc(consents, func(consent models.Consent) bool {
		return slices.ContainsFunc(history, func(entry models.Consent) bool { return entry.Channel == consent.Channel })
	})

	return &imported{
		line: number, account: account, consents: append(consents, history...), terms: terms,
		identities: identities, authenticators: authenticators, addresses: addresses, deletion: deletion,
		given: line.given, losses: line.leftOut,
	}, nil
}

func decideImportedContacts(account *models.Account, line *importLine, now time.Time) error {
	var wrong models.Errors
	var err error
	if line.email == nil {
		wrong.Add(models.InvalidInput("email", models.ReasonRequired, 0, "must be given"))
	} else {
		account.Email = *line.email
	}

	account.EmailVerifiedAt, err = provenAt("emailVerified", line.emailVerified, line.emailVerifiedAt, now)
	wrong.Add(err)
	// In another installation, the account may have lost its address to the customer who proved it. The import
	// keeps the placeholder.
	if line.email != nil && !(account.EmailClaimed() && placeholderShape.MatchString(string(*line.email))) {
		account.Email, err = contact.ParseEmail("email", *line.email)
		wrong.Add(err)
	}
	if account.EmailVerified() && line.status == models.StatusPending {
		wrong.Add(models.InvalidInput("status", models.ReasonConflicting, 0,
			"must not be PENDING, which awaits a confirmation of the e-mail, where emailVerified is true"))
	}

	if line.phone != nil {
		phone, err := contact.ParsePhone("phone", *line.phone)
		wrong.Add(err)
		account.Phone = &phone
	}

	account.PhoneVerifiedAt, err = provenAt("phoneVerified", line.phoneVerified, line.phoneVerifiedAt, now)
	wrong.Add(err)
	if account.PhoneVerifiedAt != nil && line.phone == nil {
		wrong.Add(models.InvalidInput("phoneVerified", models.ReasonConflicting, 0, "must not be true without a phone"))
	}

	return wrong.OrNil()
}

// provenAt returns when an address or number was proved: at the line's time, or now if the line has no time.
func provenAt(field string, proven *bool, at *time.Time, now time.Time) (*time.Time, error) {
	switch {
	case at == nil && (proven == nil || !*proven):
		return nil, nil
	case at == nil:
		return &now, nil
	case proven != nil && !*proven:
		return nil, models.InvalidInput(field, models.ReasonConflicting, 0,
			"must not be false where "+field+"At is given")
	}
	return importedTime(at), notInFuture(field+"At", *at, now)
}

// importedTime returns a time at the resolution of the databases.
func importedTime(at *time.Time) *time.Time {
	kept := at.UTC().Truncate(time.Microsecond)
	return &kept
}

const maxTags = 100

// placeholderShape matches the addresses of models.PlaceholderEmail.
var placeholderShape = regexp.MustCompile(
	`^[0-9a-f-]{36}` + regexp.QuoteMeta(string(models.PlaceholderEmail(""))) + `$`)

// uuidShape matches a UUID of any version.
var uuidShape = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// parseUUID returns a UUID in lower case, or INVALID_INPUT.
func parseUUID(field, text string) (string, error) {
	id := strings.ToLower(text)
	if !uuidShape.MatchString(id) {
		return "", models.InvalidInput(field, models.BlankOr(text, models.ReasonMalformed), 0,
			"must be a UUID such as 0b4c4f6e-7d0a-4e57-9d5e-3f6f1f0c9a11")
	}
	return id, nil
}

// decideImportedFacts decides the fields that a customer can't change.
func decideImportedFacts(account *models.Account, line *importLine) error {
	var wrong models.Errors
	switch line.status {
	case models.StatusActive, models.StatusPending, models.StatusBlocked, models.StatusDeletionPending:
	default:
		wrong.Add(models.InvalidInput("status", models.ReasonUnknownValue, 0,
			"must be ACTIVE, PENDING, BLOCKED or DELETION_PENDING"))
	}

	if line.passwordHash != nil && !password.Unusable(line.passwordHash) {
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
		id, err := parseUUID("uuid", *line.uuid)
		wrong.Add(err)
		account.UUID = &id
	}

	if len(line.tags) > maxTags {
		wrong.Add(models.InvalidInput("tags", models.ReasonTooMany, maxTags, "must not be more than 100"))
	}

	for _, given := range line.tags {
		tag, err := models.ParseText("tags", given, maxTextLength)
		wrong.Add(err)
		account.Tags = append(account.Tags, tag)
	}

	return wrong.OrNil()
}

// decideImportedRecord decides the fields that only another installation exports: the account's ID, version and
// times.
func decideImportedRecord(account *models.Account, line *importLine, now time.Time) error {
	var wrong models.Errors
	past := func(field string, at *time.Time, keep func(at *time.Time)) {
		if at != nil {
			wrong.Add(notInFuture(field, *at, now))
			keep(importedTime(at))
		}
	}

	past("createdAt", line.createdAt, func(at *time.Time) { account.CreatedAt = *at })
	past("updatedAt", line.updatedAt, func(at *time.Time) { account.UpdatedAt = *at })
	past("lastActivityDate", line.lastActivityAt, func(at *time.Time) { account.LastActivityAt = at })

	if line.securedUntil != nil {
		wrong.Add(notInFuture("changesPausedUntil", *line.securedUntil, now.Add(securePause)))
		account.ChangesPausedUntil = importedTime(line.securedUntil)
	}
	if line.pausedUntil != nil {
		// undoEmailChange sets the end of the pause this far ahead of its own time.
		wrong.Add(notInFuture("emailChangesPausedUntil", *line.pausedUntil, now.Add(undoPause)))
		account.EmailChangesPausedUntil = importedTime(line.pausedUntil)
	}

	if line.version != nil {
		wrong.Add(checkLineVersion(*line.version))
		account.Version = *line.version
	}

	if line.id != nil {
		if !uuidShape.MatchString(*line.id) {
			wrong.Add(models.InvalidInput("id", models.ReasonMalformed, 0,
				"must be a UUID in lower case, as `account export --lines` writes it"))
		}
		account.ID = *line.id
	}

	return wrong.OrNil()
}

// checkLineVersion returns INVALID_INPUT if no account or address can be at the version.
func checkLineVersion(version int) error {
	const bounds = "must be a number from 1 on"
	switch {
	case version < 1:
		return models.InvalidInput("version", models.ReasonTooSmall, 1, bounds)
	case version > math.MaxInt32:
		return models.InvalidInput("version", models.ReasonTooGreat, math.MaxInt32, bounds)
	}

	return nil
}

// notInFuture returns INVALID_INPUT if a time is in the future or before 1970. The latter includes the zero time of
// a field that was left out.
func notInFuture(field string, at, now time.Time) error {
	const earliest = 1970
	const between = "must be a time between 1970 and now"
	switch {
	case at.Year() < earliest:
		return models.InvalidInput(field, models.ReasonTooLongAgo, earliest, between)
	case at.After(now):
		return models.InvalidInput(field, models.ReasonInTheFuture, 0, between)
	}

	return nil
}

const maxConsents = 1000
