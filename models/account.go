package models

import (
	"slices"
	"time"
)

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
func (a *Account) EmailClaimed() bool { return a.EmailVerifiedAt == nil && !a.EmailVouched }

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

// Agreements is the current consent per channel; nil: never asked.
type Agreements struct {
	Email     *bool `json:"email"`
	SMS       *bool `json:"sms"`
	Push      *bool `json:"push"`
	Bluetooth *bool `json:"bluetooth"`
	RFID      *bool `json:"rfid" gorm:"column:rfid"`
	Wifi      *bool `json:"wifi"`
}

// Channel names a way to reach a customer that needs consent; its value is the column's and the schema's name.
type Channel string

// The channels of consent.
const (
	ChannelEmail     Channel = "email"
	ChannelSMS       Channel = "sms"
	ChannelPush      Channel = "push"
	ChannelBluetooth Channel = "bluetooth"
	ChannelRFID      Channel = "rfid"
	ChannelWifi      Channel = "wifi"
)

// Channels lists the channels in the schema's order.
var Channels = []Channel{ChannelEmail, ChannelSMS, ChannelPush, ChannelBluetooth, ChannelRFID, ChannelWifi}

// Consent is one answer of a customer, kept for good: what, when, and by which operation (R-UPD10).
type Consent struct {
	ID        string
	AccountID string
	Channel   Channel
	Value     *bool
	Source    string
	// Pending is set while the answer waits for the proof of its address or number; until then it reads as not asked (R-PRF3).
	Pending    bool
	RecordedAt time.Time
}

// AgreementsInput is the schema's input of that name.
type AgreementsInput struct {
	Email     Optional[bool]
	SMS       Optional[bool]
	Push      Optional[bool]
	Bluetooth Optional[bool]
	RFID      Optional[bool]
	Wifi      Optional[bool]
}

// Channel returns the place of a channel's answer.
func (a *AgreementsInput) Channel(channel Channel) *Optional[bool] {
	return pick(channel, &a.Email, &a.SMS, &a.Push, &a.Bluetooth, &a.RFID, &a.Wifi)
}

// Channel returns the place of a channel's consent.
func (a *Agreements) Channel(channel Channel) **bool {
	return pick(channel, &a.Email, &a.SMS, &a.Push, &a.Bluetooth, &a.RFID, &a.Wifi)
}

// pick returns the one of six places, in the order of Channels, that is the channel's.
func pick[T any](channel Channel, places ...T) T { return places[slices.Index(Channels, channel)] }

// readAgreements reads the answers of the channels that an input object names.
func readAgreements(v any) (AgreementsInput, error) {
	var answers AgreementsInput
	given, ok := v.(map[string]any)
	if !ok {
		return answers, InvalidInput("", ReasonWrongType, 0, "must be an object")
	}

	for _, channel := range Channels {
		value, ok := given[string(channel)]
		if !ok {
			continue
		}
		if err := answers.Channel(channel).UnmarshalGQL(value); err != nil {
			return answers, err
		}
	}
	return answers, nil
}

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
