package models

import "time"

// Status says whether an account can be used.
type Status string

// The states of an account.
const (
	StatusActive Status = "ACTIVE"
	// StatusPending awaits its first confirmation of the e-mail (--registration verified).
	StatusPending Status = "PENDING"
	// StatusBlocked was blocked by the operator: sign-in and live sessions are refused.
	StatusBlocked Status = "BLOCKED"
)

// Node is what can be read again by its id.
type Node interface{ IsNode() }

// IsNode says that an account can.
func (*Account) IsNode() {}

// Account is a customer's account as it is stored and shown.
type Account struct {
	ID     string
	Status Status
	// Email is canonical; a unique index stands on it (R-ID1).
	Email           EmailAddress
	EmailVerifiedAt *time.Time
	// EmailVouched is set where an operator brought the address: the shop's word for it (R-PRF1).
	EmailVouched bool
	// Phone is E.164; a unique index stands on it.
	Phone           *PhoneNumber
	PhoneVerifiedAt *time.Time
	// PasswordHash is a PHC string, or nil for an account without a password.
	PasswordHash *string
	// CredentialEpoch counts the changes of password and e-mail: a token that was issued in an older epoch is void.
	CredentialEpoch int
	CustomID        *string
	UUID            *string
	Profile
	Tags []string `gorm:"serializer:json"`
	// EmailChangesPausedUntil is set by undoEmailChange; linking identities pauses, too.
	EmailChangesPausedUntil *time.Time
	Version                 int
	CreatedAt               time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt               time.Time `gorm:"autoUpdateTime:false"`
	LastActivityAt          *time.Time
}

// Profile is what customers write about themselves, and nothing else: it is shown to whoever may see the account, and
// written out with it, so no secret belongs here. A null is a field that nobody filled in.
// internal/account/profilefields.go has a row for each field.
type Profile struct {
	FirstName   *string      `json:"firstName"`
	LastName    *string      `json:"lastName"`
	DisplayName *string      `json:"displayName"`
	Sex         Sex          `json:"sex"`
	BirthDate   *Date        `json:"birthDate"`
	AvatarURL   *URL         `json:"avatarUrl"`
	Company     *string      `json:"company"`
	Address     *string      `json:"address"`
	City        *string      `json:"city"`
	Province    *string      `json:"province"`
	ZipCode     *string      `json:"zipCode"`
	CountryCode *CountryCode `json:"countryCode"`
	// Language is that of messages to the customer; nil: nobody said.
	Language   *LanguageCode `json:"language"`
	Agreements Agreements    `json:"agreements" gorm:"embedded;embeddedPrefix:agreement_"`
	Attributes JSONObject    `json:"attributes"`
}

// EmailVerified says whether the customer proved the address.
func (a *Account) EmailVerified() bool { return a.EmailVerifiedAt != nil }

// EmailClaimed says whether the address is nothing but what somebody typed: such
// a claim gives way to whoever proves the address (R-PRF1).
func (a *Account) EmailClaimed() bool {
	return a.EmailVerifiedAt == nil && !a.EmailVouched // guard: the shop's word is no claim
}

// EmailDisplaced says whether somebody else has proven the address that the
// account had. Nothing is sent to the placeholder in its place, and nobody signs in by it.
func (a *Account) EmailDisplaced() bool { return a.Email.Placeholder() }

// PhoneVerified says whether the customer proved the number.
func (a *Account) PhoneVerified() bool { return a.Phone != nil && a.PhoneVerifiedAt != nil }

// MessageLanguage is the language of messages to the customer, or "".
func (a *Account) MessageLanguage() string {
	if a.Language == nil {
		return ""
	}
	return string(*a.Language)
}

// Anonymous is always false: every account belongs to a registered customer.
func (a *Account) Anonymous() bool { return false }

// LastActivityDate is the time of the last authenticated call, at a resolution of a few minutes.
func (a *Account) LastActivityDate() *time.Time { return a.LastActivityAt }

// Sex is a customer's sex, in the source's values.
type Sex string

// The source's values.
const (
	SexNotSpecified Sex = "NOT_SPECIFIED"
	SexMale         Sex = "MALE"
	SexFemale       Sex = "FEMALE"
	SexOther        Sex = "OTHER"
)

// ParseSex returns the sex, or INVALID_INPUT for a name that is none.
func ParseSex(field string, sex Sex) (Sex, error) {
	switch sex {
	case SexNotSpecified, SexMale, SexFemale, SexOther:
		return sex, nil
	}
	return "", InvalidInput(field, ReasonUnknownValue, 0, "must be NOT_SPECIFIED, MALE, FEMALE or OTHER")
}
