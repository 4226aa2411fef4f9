package models

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Agreements is the current consent per channel. Nil means that the customer was never asked.
type Agreements struct {
	Email     *bool `json:"email"`
	SMS       *bool `json:"sms"`
	Push      *bool `json:"push"`
	Bluetooth *bool `json:"bluetooth"`
	RFID      *bool `json:"rfid" gorm:"column:rfid"`
	Wifi      *bool `json:"wifi"`
	WhatsApp  *bool `json:"whatsapp" gorm:"column:whatsapp"`
	RCS       *bool `json:"rcs" gorm:"column:rcs"`
}

// ConsentChannel names a way to reach a customer that requires consent. Its value is the name of the column and of
// the schema's field.
type ConsentChannel string

// The channels of consent.
const (
	ConsentEmail     ConsentChannel = "email"
	ConsentSMS       ConsentChannel = "sms"
	ConsentPush      ConsentChannel = "push"
	ConsentBluetooth ConsentChannel = "bluetooth"
	ConsentRFID      ConsentChannel = "rfid"
	ConsentWifi      ConsentChannel = "wifi"
	ConsentWhatsApp  ConsentChannel = "whatsapp"
	ConsentRCS       ConsentChannel = "rcs"
)

// ConsentChannels lists the channels in the schema's order.
var ConsentChannels = []ConsentChannel{
	ConsentEmail, ConsentSMS, ConsentPush, ConsentBluetooth, ConsentRFID, ConsentWifi, ConsentWhatsApp, ConsentRCS,
}

// NumberChannels lists the channels that reach the customer by the phone number: their consent waits for its proof,
// and ends with the number.
var NumberChannels = []ConsentChannel{ConsentSMS, ConsentWhatsApp, ConsentRCS}

// ByNumber reports whether the channel is one of NumberChannels.
func (c ConsentChannel) ByNumber() bool { return slices.Contains(NumberChannels, c) }

// Name returns the name that the channel has in the schema.
func (c ConsentChannel) Name() string { return strings.ToUpper(string(c)) }

// ParseConsentChannel returns the channel of a name in any case, or INVALID_INPUT for the field.
func ParseConsentChannel(field, name string) (ConsentChannel, error) {
	channel := ConsentChannel(strings.ToLower(name))
	if !slices.Contains(ConsentChannels, channel) {
		return "", InvalidInput(field, ReasonUnknownValue, 0, fmt.Sprintf("must be one of %v", ConsentChannels))
	}
	return channel, nil
}

// ConsentState is what the answers of a customer for a channel amount to.
type ConsentState string

// The states of consent.
const (
	// ConsentGranted: the customer agreed, and it counts.
	ConsentGranted ConsentState = "GRANTED"
	// ConsentPending: the customer agreed, and the proof of the address or the second opt-in is missing.
	ConsentPending ConsentState = "PENDING"
	// ConsentWithdrawn: the customer refused or withdrew.
	ConsentWithdrawn ConsentState = "WITHDRAWN"
	// ConsentNotAsked: there is no answer, or it does not count any more.
	ConsentNotAsked ConsentState = "NOT_ASKED"
)

// ConsentStates lists the states in the schema's order.
var ConsentStates = []ConsentState{ConsentGranted, ConsentPending, ConsentWithdrawn, ConsentNotAsked}

// Consent is one answer of a customer, kept permanently: what was answered, when, and in which operation (R-UPD10).
type Consent struct {
	ID        string
	AccountID string
	Channel   ConsentChannel
	Value     *bool
	Source    string
	// Pending is true while the answer waits for the proof of its address or number, or for the second opt-in. Until
	// then it reads as not asked (R-PRF3).
	Pending bool
	// Wording is the version of the words that the customer agreed to; nil if the shop keeps none (--consent-wordings).
	Wording    *string
	RecordedAt time.Time
}

// State returns what the answer alone amounts to.
func (c *Consent) State() ConsentState {
	switch {
	case c.Value == nil:
		return ConsentNotAsked
	case !*c.Value:
		return ConsentWithdrawn
	case c.Pending:
		return ConsentPending
	}
	return ConsentGranted
}

// ConsentPlace is the place of a consent in its account's history.
type ConsentPlace struct {
	RecordedAt time.Time
	ID         string
}

// ConsentProof is what is kept of a consent after its account was erased, where a shop asks for it
// (--retain-consent-proof): the answer, and a pseudonym of the address that it was given for.
type ConsentProof struct {
	ID string
	// Pseudonym is a keyed hash of the e-mail address or phone number. Who knows the address can find the row by it;
	// nobody can read the address from the row.
	Pseudonym  []byte
	Channel    ConsentChannel
	Value      *bool
	Source     string
	Pending    bool
	Wording    *string
	RecordedAt time.Time
	ErasedAt   time.Time
	// ExpiresAt is when the row is deleted.
	ExpiresAt time.Time
}

// AgreementsInput is the schema's input of the same name.
type AgreementsInput struct {
	Email     Optional[bool]
	SMS       Optional[bool]
	Push      Optional[bool]
	Bluetooth Optional[bool]
	RFID      Optional[bool]
	Wifi      Optional[bool]
	WhatsApp  Optional[bool]
	RCS       Optional[bool]
}

// Channel returns a pointer to the answer for the channel.
func (a *AgreementsInput) Channel(channel ConsentChannel) *Optional[bool] {
	return pick(channel, &a.Email, &a.SMS, &a.Push, &a.Bluetooth, &a.RFID, &a.Wifi, &a.WhatsApp, &a.RCS)
}

// Channel returns a pointer to the consent for the channel.
func (a *Agreements) Channel(channel ConsentChannel) **bool {
	return pick(channel, &a.Email, &a.SMS, &a.Push, &a.Bluetooth, &a.RFID, &a.Wifi, &a.WhatsApp, &a.RCS)
}

// pick returns the channel's place. The places are in the order of ConsentChannels.
func pick[T any](channel ConsentChannel, places ...T) T {
	return places[slices.Index(ConsentChannels, channel)]
}

// readAgreements reads the answers for the channels that an input object names.
func readAgreements(v any) (AgreementsInput, error) {
	var answers AgreementsInput
	given, ok := v.(map[string]any)
	if !ok {
		return answers, InvalidInput("", ReasonWrongType, 0, "must be an object")
	}

	for _, channel := range ConsentChannels {
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
