package cli

import (
	"context"
	"errors"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// errNoAccount says that no account has the id or e-mail that was given.
var errNoAccount = errors.New("no account has this id or e-mail")

type exportAccountCommand struct {
	databaseFlags
	IDOrEmail string `arg:"" optional:"" name:"id-or-email" help:"The account's id or e-mail."`
	Lines     bool   `name:"lines" help:"Print what account import reads, password hashes included: of the account, or of all of them."`
}

// Validate wants to know which account, or that all are meant.
func (c *exportAccountCommand) Validate() error {
	if c.IDOrEmail == "" && !c.Lines {
		return &config.Error{
			Setting: "account export", Problem: "needs an id or an e-mail, or --lines for every account",
		}
	}
	return nil
}

// Run prints everything that is kept of the customer, or lines for an import.
func (c *exportAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.withDatabase(ctx, config.Settings{Database: c.Database}, func(operator Operator) error {
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

		return p.print(showExport(export))
	})
}

// printLines reminds of what the lines hold: a shell may have made a file of them that everybody can read.
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

type eraseAccountCommand struct {
	databaseFlags
	webhookFlag
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
	Yes       bool   `name:"yes" help:"Really: there is no way back."`
}

// Validate wants the operator to say so twice.
func (c *eraseAccountCommand) Validate() error {
	if !c.Yes {
		return errors.New("--yes is missing: an account that is erased can't be brought back")
	}
	return nil
}

// Run deletes the account and prints which one it was.
func (c *eraseAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.withDatabase(ctx,
		config.Settings{Database: c.Database, Webhook: c.Webhook}, func(operator Operator) error {
			erased, err := operator.EraseAccount(ctx, c.IDOrEmail)
			if errors.Is(err, models.ErrNotFound) {
				return errNoAccount
			}
			if err != nil {
				return err
			}

			return p.print(struct {
				ID     string `json:"id"`
				Erased bool   `json:"erased"`
			}{erased.ID, true})
		})
}
