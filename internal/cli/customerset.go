package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

type setAccountCommand struct {
	customerFlags
	EmailTokenTTL time.Duration `name:"email-token-ttl" default:"8h" help:"How long the token that proves a new e-mail is good, as for serve."`

	Email       *string  `name:"email" placeholder:"E-MAIL" help:"Another address, which the customer then has to prove; every session ends."`
	Phone       *string  `name:"phone" placeholder:"NUMBER" help:"Another number, which is not proven."`
	CustomID    *string  `name:"custom-id" placeholder:"TEXT" help:"The shop's own id of the customer."`
	UUID        *string  `name:"uuid" placeholder:"UUID" help:"UUID of the customer elsewhere."`
	FirstName   *string  `name:"first-name" placeholder:"TEXT" help:"First name."`
	LastName    *string  `name:"last-name" placeholder:"TEXT" help:"Last name."`
	DisplayName *string  `name:"display-name" placeholder:"TEXT" help:"Name to show."`
	Sex         *string  `name:"sex" placeholder:"SEX" help:"NOT_SPECIFIED, MALE, FEMALE or OTHER."`
	BirthDate   *string  `name:"birth-date" placeholder:"YYYY-MM-DD" help:"Date of birth."`
	AvatarURL   *string  `name:"avatar-url" placeholder:"URL" help:"Address of a picture."`
	Company     *string  `name:"company" placeholder:"TEXT" help:"Company."`
	Address     *string  `name:"address" placeholder:"TEXT" help:"Street and number."`
	City        *string  `name:"city" placeholder:"TEXT" help:"City."`
	Province    *string  `name:"province" placeholder:"TEXT" help:"Province."`
	ZipCode     *string  `name:"zip-code" placeholder:"TEXT" help:"Postal code."`
	CountryCode *string  `name:"country-code" placeholder:"CODE" help:"Country, such as PL."`
	Language    *string  `name:"language" placeholder:"CODE" help:"Language of messages, such as de."`
	TimeZone    *string  `name:"time-zone" placeholder:"ZONE" help:"Time zone of messages, such as Europe/Berlin."`
	AddTag      []string `name:"add-tag" placeholder:"TEXT" help:"A label to add."`
	RemoveTag   []string `name:"remove-tag" placeholder:"TEXT" help:"A label to remove."`
	Clear       []string `name:"clear" placeholder:"FIELD" help:"A field to empty, such as phone or first-name."`
}

// Run changes the given fields, all or none, and prints the account.
func (c *setAccountCommand) Run(ctx context.Context, p *Program) error {
	input, err := c.input()
	if err != nil {
		return err
	}

	return p.onCustomer(ctx, &c.customerFlags, config.Settings{EmailTokenTTL: c.EmailTokenTTL},
		func(office BackOffice, by account.OperatorInput) (*account.CustomerPayload, error) {
			input.OperatorInput = by
			return office.UpdateCustomer(ctx, models.Caller{}, *input)
		})
}

// settable is a field that the command can change.
type settable struct {
	name  string
	value *string
	into  interface{ UnmarshalGQL(value any) error }
}

func (c *setAccountCommand) settables(input *account.UpdateCustomerInput) []settable {
	return []settable{
		{"email", c.Email, &input.Email},
		{"phone", c.Phone, &input.Phone},
		{"custom-id", c.CustomID, &input.CustomID},
		{"uuid", c.UUID, &input.UUID},
		{"first-name", c.FirstName, &input.FirstName},
		{"last-name", c.LastName, &input.LastName},
		{"display-name", c.DisplayName, &input.DisplayName},
		{"sex", c.Sex, &input.Sex},
		{"birth-date", c.BirthDate, &input.BirthDate},
		{"avatar-url", c.AvatarURL, &input.AvatarURL},
		{"company", c.Company, &input.Company},
		{"address", c.Address, &input.Address},
		{"city", c.City, &input.City},
		{"province", c.Province, &input.Province},
		{"zip-code", c.ZipCode, &input.ZipCode},
		{"country-code", c.CountryCode, &input.CountryCode},
		{"language", c.Language, &input.Language},
		{"time-zone", c.TimeZone, &input.TimeZone},
	}
}

// input returns the changes. It returns an error for each value that can't be read, and if nothing is given.
func (c *setAccountCommand) input() (*account.UpdateCustomerInput, error) {
	input := &account.UpdateCustomerInput{AddTags: c.AddTag, RemoveTags: c.RemoveTag}
	if len(c.AddTag)+len(c.RemoveTag)+len(c.Clear) == 0 && !slices.ContainsFunc(c.settables(input), settable.given) {
		return nil, &config.Error{Setting: "account set", Problem: "needs at least one field to change, such as --first-name"}
	}

	var wrong config.Errors
	unknown := slices.Clone(c.Clear)
	for _, field := range c.settables(input) {
		cleared := slices.Contains(c.Clear, field.name)
		unknown = slices.DeleteFunc(unknown, func(name string) bool { return name == field.name })

		var err error
		switch {
		case cleared && field.given():
			wrong = append(wrong, &config.Error{Setting: "--" + field.name, Problem: "must not be given beside --clear"})
		case cleared:
			err = field.into.UnmarshalGQL(nil)
		case field.given():
			err = field.into.UnmarshalGQL(*field.value)
		}
		if err != nil {
			wrong = append(wrong, &config.Error{Setting: "--" + field.name, Problem: err.Error()})
		}
	}

	for _, name := range unknown {
		wrong = append(wrong, &config.Error{
			Setting: "--clear", Problem: fmt.Sprintf("must name a field of this command; %q is none", name),
		})
	}
	if len(wrong) > 0 {
		return nil, wrong
	}

	return input, nil
}

func (s settable) given() bool { return s.value != nil }
