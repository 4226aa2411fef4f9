package cli

import (
	"context"
	"errors"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// errNoAccount means that no account has the given id or e-mail.
var errNoAccount = errors.New("no account has this id or e-mail")

type exportAccountCommand struct {
	actingFlags
	IDOrEmail string `arg:"" optional:"" name:"id-or-email" help:"The account's id or e-mail."`
	Lines     bool   `name:"lines" help:"Print what account import reads, password hashes included: of the account, or of all of them."`
}

// Validate requires an id or an e-mail, or --lines for all accounts.
func (c *exportAccountCommand) Validate() error {
	if c.IDOrEmail == "" && !c.Lines {
		return &config.Error{
			Setting: "account export", Problem: "needs an id or an e-mail, or --lines for every account",
		}
	}
	return nil
}

// Run prints all stored data of the customer, or lines for an import.
func (c *exportAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		if c.Lines {
			return c.printLines(ctx, p, operator)
		}

		export, err := operator.ExportAccount(ctx, c.IDOrEmail)
		if errors.Is(err, models.ErrNotFound) {
			return errNoAccount
		}
		if err != nil {
			return err
		}

		return p.print(export.Shown())
	})
}

// printLines warns about the contents of the lines, because a shell may have redirected them to a file that
// everybody can read.
func (c *exportAccountCommand) printLines(ctx context.Context, p *Program, operator Operator) error {
	accounts, err := operator.ExportLines(ctx, c.IDOrEmail, p.print)
	if errors.Is(err, models.ErrNotFound) {
		return errNoAccount
	}
	if err != nil {
		return err
	}

	p.say("%d accounts are exported, with the hashes of their passwords: let nobody else read the file", accounts)

	return nil
}
