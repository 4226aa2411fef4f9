package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

type createAccountCommand struct {
	databaseFlags
	webhookFlag
	PasswordMinLength int                 `name:"password-min-length" default:"8" help:"Characters that a new password must have."`
	Email             models.EmailAddress `name:"email" required:"" placeholder:"E-MAIL" help:"The customer's address."`
	Phone             models.PhoneNumber  `name:"phone" placeholder:"NUMBER" help:"The customer's number, such as +48501234567."`
	PasswordStdin     bool                `name:"password-stdin" help:"Read the password from a line on stdin. Without it the account has none, and the customer asks for a password reset."`
}

// Validate holds the password to the rule that serve has (R-C11).
func (c *createAccountCommand) Validate() error {
	return config.CheckPasswordMinLength(c.PasswordMinLength)
}

// Run creates the account and prints its id.
func (c *createAccountCommand) Run(ctx context.Context, p *Program) error {
	wanted := account.NewAccount{Email: c.Email, Phone: c.Phone}
	if c.PasswordStdin {
		password, err := readPassword(p.Stdin)
		if err != nil {
			return err
		}
		wanted.Password = password
	}
	settings := config.Settings{Database: c.Database, Webhook: c.Webhook, PasswordMinLength: c.PasswordMinLength}
	return p.withDatabase(ctx, settings, func(operator Operator) error {
		created, err := operator.CreateAccount(ctx, wanted)
		if err != nil {
			return err
		}
		return p.print(struct {
			ID    string              `json:"id"`
			Email models.EmailAddress `json:"email"`
		}{created.ID, created.Email})
	})
}

// longestLine bounds what is read of stdin; a password is much shorter.
const longestLine = 64 << 10

// readPassword reads one line, so that it also works where somebody types it.
func readPassword(stdin io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(stdin, longestLine)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if line == "" {
		return "", models.InvalidInput("password-stdin", "needs a line on stdin, and it must not be empty")
	}
	return line, nil
}

type getAccountCommand struct {
	databaseFlags
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
}

// Run prints the account.
func (c *getAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.withDatabase(ctx, config.Settings{Database: c.Database}, func(operator Operator) error {
		found, err := operator.FindAccount(ctx, c.IDOrEmail)
		if errors.Is(err, models.ErrNotFound) {
			return errNoAccount
		}
		if err != nil {
			return err
		}
		return p.print(show(found))
	})
}

// shownAccount is what an operator sees of an account: what the schema's Account
// holds, and its status. It lists its fields so that a column which is added to
// the model, a secret perhaps, is not printed before somebody decides so.
type shownAccount struct {
	ID               string                   `json:"id"`
	Status           models.Status            `json:"status"`
	Email            models.EmailAddress      `json:"email"`
	EmailVerified    bool                     `json:"emailVerified"`
	Phone            *models.PhoneNumber      `json:"phone"`
	PhoneVerified    bool                     `json:"phoneVerified"`
	HasPassword      bool                     `json:"hasPassword"`
	CustomID         *string                  `json:"customId"`
	UUID             *string                  `json:"uuid"`
	FirstName        *string                  `json:"firstName"`
	LastName         *string                  `json:"lastName"`
	DisplayName      *string                  `json:"displayName"`
	Sex              models.Sex               `json:"sex"`
	BirthDate        *models.Date             `json:"birthDate"`
	AvatarURL        *models.URL              `json:"avatarUrl"`
	Company          *string                  `json:"company"`
	Address          *string                  `json:"address"`
	City             *string                  `json:"city"`
	Province         *string                  `json:"province"`
	ZipCode          *string                  `json:"zipCode"`
	CountryCode      *models.CountryCode      `json:"countryCode"`
	Language         *models.LanguageCode     `json:"language"`
	Agreements       map[models.Channel]*bool `json:"agreements"`
	Attributes       map[string]any           `json:"attributes"`
	Tags             []string                 `json:"tags"`
	CreatedAt        time.Time                `json:"createdAt"`
	UpdatedAt        time.Time                `json:"updatedAt"`
	LastActivityDate *time.Time               `json:"lastActivityDate"`
	Version          int                      `json:"version"`
}

func show(a *models.Account) shownAccount {
	return shownAccount{
		ID: a.ID, Status: a.Status, Email: a.Email, EmailVerified: a.EmailVerified(), Phone: a.Phone, PhoneVerified: a.PhoneVerified(),
		HasPassword: a.PasswordHash != nil, CustomID: a.CustomID, UUID: a.UUID, FirstName: a.FirstName, LastName: a.LastName,
		DisplayName: a.DisplayName, Sex: a.Sex, BirthDate: a.BirthDate, AvatarURL: a.AvatarURL, Company: a.Company, Address: a.Address,
		City: a.City, Province: a.Province, ZipCode: a.ZipCode, CountryCode: a.CountryCode, Language: a.Language,
		Agreements: map[models.Channel]*bool{
			models.ChannelEmail: a.Agreements.Email, models.ChannelSMS: a.Agreements.SMS, models.ChannelPush: a.Agreements.Push,
			models.ChannelBluetooth: a.Agreements.Bluetooth, models.ChannelRFID: a.Agreements.RFID, models.ChannelWifi: a.Agreements.Wifi,
		},
		Attributes: a.Attributes, Tags: a.Tags, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
		LastActivityDate: a.LastActivityDate(), Version: a.Version,
	}
}
