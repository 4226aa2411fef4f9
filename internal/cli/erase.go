package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

type eraseAccountCommand struct {
	actingFlags
	IDOrEmail  string `arg:"" optional:"" name:"id-or-email" help:"The account's id or e-mail."`
	Yes        bool   `name:"yes" help:"Really: there is no way back."`
	From       string `name:"from" placeholder:"LIST" help:"Erase again whom this --erasure-log of the server lists, on a database that was restored from a backup."`
	ErasureLog string `name:"erasure-log" placeholder:"FILE" help:"List of erasures to write to, as for serve."`

	RetainConsentProof time.Duration `name:"retain-consent-proof" placeholder:"TIME" help:"How long the customer's consents are kept under a keyed hash of the address, as for serve."`
}

// Validate requires an explicit confirmation, and either an account or a list.
func (c *eraseAccountCommand) Validate() error {
	if (c.IDOrEmail == "") == (c.From == "") {
		return &config.Error{Setting: "account erase", Problem: "needs either an id or e-mail, or --from LIST"}
	}
	if !c.Yes {
		return errors.New("--yes is missing: an account that is erased can't be brought back")
	}
	return config.CheckRetainConsentProof(c.RetainConsentProof)
}

// Run deletes the account, and prints which account it was, with the signed receipt.
func (c *eraseAccountCommand) Run(ctx context.Context, p *Program) error {
	settings := config.Settings{
		ErasureLog: c.ErasureLog, RetainConsentProof: c.RetainConsentProof,
	}
	if c.From != "" {
		return c.eraseListed(ctx, p, settings)
	}

	return p.withActing(ctx, &c.actingFlags, settings, func(operator Operator, _ *Database) error {
		receipt, err := operator.EraseAccount(ctx, c.IDOrEmail)
		if errors.Is(err, models.ErrNotFound) {
			return errNoAccount
		}
		if err != nil {
			return err
		}

		return p.print(struct {
			ID      string `json:"id"`
			Erased  bool   `json:"erased"`
			Receipt string `json:"receipt"`
		}{receipt.AccountID, true, receipt.JWS})
	})
}

// eraseListed reads the whole list before it erases anybody.
func (c *eraseAccountCommand) eraseListed(ctx context.Context, p *Program, settings config.Settings) error {
	list, err := os.Open(c.From)
	if err != nil {
		return &config.Error{Setting: "--from", Problem: "can't be read: " + err.Error()}
	}
	defer func() { _ = list.Close() }()

	listed, unreadable, err := account.ReadErasures(list)
	if err != nil {
		return &config.Error{Setting: "--from", Problem: err.Error()}
	}

	return p.withActing(ctx, &c.actingFlags, settings, func(operator Operator, _ *Database) error {
		summary, err := operator.EraseListed(ctx, listed)
		if err != nil {
			return err
		}

		if err := p.print(struct {
			Listed   int      `json:"listed"`
			Erased   int      `json:"erased"`
			Absent   int      `json:"absent"`
			Survived []string `json:"survived"`
		}{summary.Listed, summary.Erased, summary.Absent, append([]string{}, summary.Survived...)}); err != nil {
			return err
		}

		if len(unreadable) > 0 {
			return fmt.Errorf("lines %v of %s can't be read, all others are done: a line that was cut off belongs to an erasure that failed, any other was damaged",
				unreadable, c.From)
		}

		return nil
	})
}
