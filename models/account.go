package models

import "time"

// Status is the state of an account. It decides whether the account can be used.
type Status string

// The states of an account.
const (
	StatusActive Status = "ACTIVE"
	// StatusPending awaits its first confirmation of the e-mail (--registration verified).
	StatusPending Status = "PENDING"
	// StatusBlocked was blocked by the operator: sign-in and live sessions are refused.
	StatusBlocked Status = "BLOCKED"
	// StatusDeletionPending is in its grace period (--deletion-grace): closed to everybody until it is erased, or until
	// the customer calls the deletion off.
	StatusDeletionPending Status = "DELETION_PENDING"
)

// Node is an object that can be read again by its id.
type Node interface{ IsNode() }

// IsNode marks Account as a Node.
func (*Account) IsNode() {}

// Account is a customer's account as it is stored and shown.
type Account struct {
	ID     string
	Status Status
	// Email is canonical and has a unique index (R-ID1).
	Email           EmailAddress
	EmailVerifiedAt *time.Time
	// EmailVouched is true if an operator imported the address, so the shop vouches for it (R-PRF1).
	EmailVouched bool
	// Phone is in E.164 format and has a unique index.
	Phone           *PhoneNumber
	PhoneVerifiedAt *time.Time
	// PasswordHash is a PHC string, or nil for an account without a password.
	PasswordHash *string
	// CredentialEpoch counts the changes of password and e-mail. A token that was issued in an earlier epoch is
	// void.
	CredentialEpoch int
	CustomID        *string
	UUID            *string
	Profile
	Tags []string `gorm:"serializer:json"`
	// EmailChangesPausedUntil is set by undoEmailChange. Until then, identities can't be linked either.
	EmailChangesPausedUntil *time.Time
	// ChangesPausedUntil is set by secureAccount: until then the address, the number, the ways in and the account itself
	// stay as they are.
	ChangesPausedUntil *time.Time
	// SecondFactorSince is when the first of the account's authenticators was added, or nil if it has none: until then, one
	// factor is enough.
	SecondFactorSince *time.Time
	Version           int
	CreatedAt         time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt         time.Time `gorm:"autoUpdateTime:false"`
	LastActivityAt    *time.Time
}

// Profile is what customers write about themselves, and nothing else. It is shown to everybody who may see the
// account, and exported with it, so it must not hold a secret. A nil field was never filled in.
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
	// Language is the language of messages to the customer, or nil if it was never given.
	Language *LanguageCode `json:"language"`
	// TimeZone is the zone of the times in messages to the customer, or nil if it was never given.
	TimeZone   *TimeZone  `json:"timeZone"`
	Agreements Agreements `json:"agreements" gorm:"embedded;embeddedPrefix:agreement_"`
	Attributes JSONObject `json:"attributes"`
}

// EmailVerified reports whether the customer proved the address.
func (a *Account) EmailVerified() bool { return a.EmailVerifiedAt != nil }

// EmailClaimed reports whether the address was only typed in, and is neither proven nor vouched for. Such a claim
// yields to whoever proves the address (R-PRF1).
func (a *Account) EmailClaimed() bool {
	return a.EmailVerifiedAt == nil && !a.EmailVouched // guard: the shop's word is no claim
}

// EmailDisplaced reports whether another customer has proven the address that the account had. Nothing is sent to
// the placeholder that replaces it, and it can't be used to sign in.
func (a *Account) EmailDisplaced() bool { return a.Email.Placeholder() }

// PhoneVerified reports whether the customer proved the number.
func (a *Account) PhoneVerified() bool { return a.Phone != nil && a.PhoneVerifiedAt != nil }

// MessageLanguage returns the language of messages to the customer, or "".
func (a *Account) MessageLanguage() string {
	if a.Language == nil {
		return ""
	}
	return string(*a.Language)
}

// MessageTimeZone returns the time zone of messages to the customer, or "".
func (a *Account) MessageTimeZone() string {
	if a.TimeZone == nil {
		return ""
	}
	return string(*a.TimeZone)
}

// Shut reports whether no mail may open the account: it is blocked, or in its grace period.
func (a *Account) Shut() bool { return a.Status == StatusBlocked || a.Status == StatusDeletionPending }

// Anonymous is always false: every account belongs to a registered customer.
func (a *Account) Anonymous() bool { return false }

// LastActivityDate returns the time of the last authenticated call, with a resolution of a few minutes.
func (a *Account) LastActivityDate() *time.Time { return a.LastActivityAt }

// Unproven reports whether neither the customer nor the shop has ever said that an address is the customer's. An
// account that the shop has blocked is not meant.
func (a *Account) Unproven() bool {
	return a.EmailClaimed() && !a.PhoneVerified() && (a.Status == StatusActive || a.Status == StatusPending)
}

// LastUsed returns when the account was last used or changed, by the customer or by the shop.
func (a *Account) LastUsed() time.Time {
	if a.LastActivityAt != nil && a.LastActivityAt.After(a.UpdatedAt) {
		return *a.LastActivityAt
	}
	return a.UpdatedAt
}

// Sex is a customer's sex. Its values are those of the source's schema.
type Sex string

// The values of the source's schema.
const (
	SexNotSpecified Sex = "NOT_SPECIFIED"
	SexMale         Sex = "MALE"
	SexFemale       Sex = "FEMALE"
	SexOther        Sex = "OTHER"
)

// ParseSex returns the sex, or INVALID_INPUT if the name is unknown.
func ParseSex(field string, sex Sex) (Sex, error) {
	switch sex {
	case SexNotSpecified, SexMale, SexFemale, SexOther:
		return sex, nil
	}
	return "", InvalidInput(field, ReasonUnknownValue, 0, "must be NOT_SPECIFIED, MALE, FEMALE or OTHER")
}
