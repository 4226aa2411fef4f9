package models

import (
	"slices"
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
)

// ConsentChannels lists the channels in the schema's order.
var ConsentChannels = []ConsentChannel{
	ConsentEmail, ConsentSMS, ConsentPush, ConsentBluetooth, ConsentRFID, ConsentWifi,
}

// Consent is one answer of a customer, kept permanently: what was answered, when, and in which operation (R-UPD10).
type Consent struct {
	ID        string
	AccountID string
	Channel   ConsentChannel
	Value     *bool
	Source    string
	// Pending is true while the answer waits for the proof of its address or number. Until then it reads as not
	// asked (R-PRF3).
	Pending    bool
	RecordedAt time.Time
}

// AgreementsInput is the schema's input of the same name.
type AgreementsInput struct {
	Email     Optional[bool]
	SMS       Optional[bool]
	Push      Optional[bool]
	Bluetooth Optional[bool]
	RFID      Optional[bool]
	Wifi      Optional[bool]
}

// Channel returns a pointer to the answer for the channel.
func (a *AgreementsInput) Channel(channel ConsentChannel) *Optional[bool] {
	return pick(channel, &a.Email, &a.SMS, &a.Push, &a.Bluetooth, &a.RFID, &a.Wifi)
}

// Channel returns a pointer to the consent for the channel.
func (a *Agreements) Channel(channel ConsentChannel) **bool {
	return pick(channel, &a.Email, &a.SMS, &a.Push, &a.Bluetooth, &a.RFID, &a.Wifi)
}

// pick returns the channel's place. The six places are in the order of ConsentChannels.
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
