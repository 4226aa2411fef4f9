package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

type createAccountCommand struct {
	actingFlags
	PasswordMinLength int                 `name:"password-min-length" default:"8" help:"Characters that a new password must have."`
	PasswordBlocklist string              `name:"password-blocklist" placeholder:"FILE" help:"Passwords to refuse beside the built-in list, one a line."`
	BreachedPasswords string              `name:"breached-passwords" placeholder:"FILE|URL" help:"Passwords of data breaches to refuse, as for serve."`
	Email             models.EmailAddress `name:"email" required:"" placeholder:"E-MAIL" help:"The customer's address."`
	Phone             models.PhoneNumber  `name:"phone" placeholder:"NUMBER" help:"The customer's number, such as +48501234567."`
	PasswordStdin     bool                `name:"password-stdin" help:"Read the password from a line on stdin. Without it the account has none, and the customer asks for a password reset."`
}

// Validate checks the password by the same rules as serve (R-C11).
func (c *createAccountCommand) Validate() error {
	settings := config.Settings{BreachedPasswords: c.BreachedPasswords}
	if err := settings.CheckBreachedPasswords(); err != nil {
		return err
	}
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

	settings := config.Settings{
		PasswordMinLength: c.PasswordMinLength, PasswordBlocklist: c.PasswordBlocklist,
		BreachedPasswords: c.BreachedPasswords,
	}

	return p.withActing(ctx, &c.actingFlags, settings, func(operator Operator, _ *Database) error {
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

// longestLine limits what is read from stdin. A password is much shorter.
const longestLine = 64 << 10

// readPassword reads one line, so that it also works if the password is typed.
func readPassword(stdin io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(stdin, longestLine)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}

	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if line == "" {
		return "", models.InvalidInput("password-stdin", models.ReasonBlank, 0,
			"needs a line on stdin, and it must not be empty")
	}

	return line, nil
}

type getAccountCommand struct {
	actingFlags
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
}

// Run prints the account, with the pending requests and the messages that were sent.
func (c *getAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		found, err := operator.PendingOf(ctx, c.IDOrEmail)
		if errors.Is(err, models.ErrNotFound) {
			return errNoAccount
		}
		if err != nil {
			return err
		}

		return p.print(found.ShownPending())
	})
}
