package cli

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// BackOffice is the part of the service that the shop's people use, by the API or by the commands here.
type BackOffice interface {
	// FindAccount returns the account with an id or an e-mail address; models.ErrNotFound.
	FindAccount(ctx context.Context, idOrEmail string) (*models.Account, error)
	// FindCustomers returns a page of the customers that a search finds, once the event of the search is written.
	FindCustomers(ctx context.Context, search string, first int, after *string) (*account.CustomerConnection, error)
	BlockCustomer(
		ctx context.Context, caller models.Caller, input account.BlockCustomerInput,
	) (*account.CustomerPayload, error)
	UnblockCustomer(
		ctx context.Context, caller models.Caller, input account.UnblockCustomerInput,
	) (*account.CustomerPayload, error)
	RevokeCustomerSessions(
		ctx context.Context, caller models.Caller, input account.RevokeCustomerSessionsInput,
	) (*account.RevokedSessions, error)
	VerifyCustomerAddress(
		ctx context.Context, caller models.Caller, input account.VerifyCustomerAddressInput,
	) (*account.CustomerPayload, error)
	CancelCustomerFactorReset(
		ctx context.Context, caller models.Caller, input account.CancelCustomerFactorResetInput,
	) (*account.FactorResetStopped, error)
	UpdateCustomer(
		ctx context.Context, caller models.Caller, input account.UpdateCustomerInput,
	) (*account.CustomerPayload, error)
}

// formatFlags choose between a table and JSON.
type formatFlags struct {
	JSON bool `name:"json" help:"Print JSON on a terminal, too, as elsewhere."`
}

// table reports whether people read what is printed.
func (f *formatFlags) table(p *Program) bool { return p.Terminal && !f.JSON }

// customerFlags are those of a command that changes one customer's account.
type customerFlags struct {
	actingFlags
	formatFlags
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
}

// findCustomer returns the account with an id or an e-mail address, or the error that there is none.
func findCustomer(ctx context.Context, office BackOffice, idOrEmail string) (*models.Account, error) {
	found, err := office.FindAccount(ctx, idOrEmail)
	if errors.Is(err, models.ErrNotFound) {
		return nil, errNoAccount
	}
	return found, err
}

// onCustomer finds the account, calls change, and prints the customer that change returns.
func (p *Program) onCustomer(
	ctx context.Context, flags *customerFlags, settings config.Settings,
	change func(office BackOffice, input account.OperatorInput) (*account.CustomerPayload, error),
) error {
	return p.withActing(ctx, &flags.actingFlags, settings, func(operator Operator, _ *Database) error {
		found, err := findCustomer(ctx, operator, flags.IDOrEmail)
		if err != nil {
			return err
		}

		payload, err := change(operator, account.OperatorInput{ID: found.ID})
		if err != nil {
			return err
		}
		if flags.table(p) {
			return p.printTable([]*account.Customer{payload.Customer})
		}

		return p.print(payload.Customer.Shown())
	})
}

type findAccountsCommand struct {
	actingFlags
	formatFlags
	Search string `arg:"" name:"search" help:"E-mail, phone number, name, company, custom id, UUID or id, or the beginning of one."`
	Limit  int    `name:"limit" default:"20" help:"How many accounts to print, 1 to 100."`
	After  string `name:"after" placeholder:"CURSOR" help:"Go on behind the page that printed this as next."`
}

// Run prints the accounts that the search finds, in the order of what was found in them.
func (c *findAccountsCommand) Run(ctx context.Context, p *Program) error {
	if c.Limit < 1 || c.Limit > 100 {
		return &config.Error{Setting: "--limit", Problem: "must be from 1 to 100"}
	}

	var after *string
	if c.After != "" {
		after = &c.After
	}

	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		page, err := operator.FindCustomers(ctx, c.Search, c.Limit, after)
		if err != nil {
			return err
		}

		customers := make([]*account.Customer, len(page.Edges))
		for i, edge := range page.Edges {
			customers[i] = edge.Node
		}
		var next *string
		if page.PageInfo.HasNextPage {
			next = page.PageInfo.EndCursor
		}
		if c.table(p) {
			return p.printPage(customers, next)
		}

		shown := make([]account.ShownAccount, len(customers))
		for i, customer := range customers {
			shown[i] = customer.Shown()
		}

		return p.print(struct {
			Accounts []account.ShownAccount `json:"accounts"`
			Next     *string                `json:"next"`
		}{shown, next})
	})
}

// printPage prints a table, and on stderr how to see more.
func (p *Program) printPage(customers []*account.Customer, next *string) error {
	if len(customers) == 0 {
		p.say("no account is found")
		return nil
	}
	if next != nil {
		p.say("there are more: --after %s", *next)
	}

	return p.printTable(customers)
}

// printTable prints a line for each customer.
func (p *Program) printTable(customers []*account.Customer) error {
	table := tabwriter.NewWriter(p.Stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "ID\tSTATUS\tE-MAIL\tPHONE\tNAME\tCREATED\tLAST USED") // Flush returns the error
	for _, customer := range customers {
		shown := customer.Shown()
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", shown.ID, shown.Status,
			withProof(string(shown.Email), shown.EmailVerified), phoneOf(shown), printable(nameOf(shown)),
			shown.CreatedAt.Format(time.DateOnly), dayOf(shown.LastActivityDate))
	}

	if err := table.Flush(); err != nil {
		return fmt.Errorf("print: %w", err)
	}

	return nil
}

// withProof says of an address that it is not proven.
func withProof(address string, verified bool) string {
	if verified {
		return address
	}
	return address + " (unproven)"
}

func phoneOf(shown account.ShownAccount) string {
	if shown.Phone == nil {
		return "-"
	}
	return withProof(string(*shown.Phone), shown.PhoneVerified)
}

// nameOf returns the first and last name, or else the name to show.
func nameOf(shown account.ShownAccount) string {
	name := ""
	for _, part := range []*string{shown.FirstName, shown.LastName} {
		if part != nil {
			name += " " + *part
		}
	}

	switch {
	case name != "":
		return name[1:]
	case shown.DisplayName != nil:
		return *shown.DisplayName
	}

	return "-"
}

func dayOf(at *time.Time) string {
	if at == nil {
		return "never"
	}
	return at.Format(time.DateOnly)
}

type blockAccountCommand struct{ customerFlags }

// Run closes the account, and prints it.
func (c *blockAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.onCustomer(ctx, &c.customerFlags, config.Settings{},
		func(office BackOffice, input account.OperatorInput) (*account.CustomerPayload, error) {
			return office.BlockCustomer(ctx, models.Caller{}, account.BlockCustomerInput{OperatorInput: input})
		})
}

type unblockAccountCommand struct {
	customerFlags
	Registration string `name:"registration" default:"open" enum:"open,verified,closed" help:"As for serve: with verified, an account whose e-mail nobody has proved waits for its confirmation again."`
}

// Run opens the account, and prints it.
func (c *unblockAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.onCustomer(ctx, &c.customerFlags, config.Settings{Registration: c.Registration},
		func(office BackOffice, input account.OperatorInput) (*account.CustomerPayload, error) {
			return office.UnblockCustomer(ctx, models.Caller{}, account.UnblockCustomerInput{OperatorInput: input})
		})
}

type revokeSessionsCommand struct {
	actingFlags
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
}

// Run ends every session of the account, and prints how many there were.
func (c *revokeSessionsCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		found, err := findCustomer(ctx, operator, c.IDOrEmail)
		if err != nil {
			return err
		}

		ended, err := operator.RevokeCustomerSessions(ctx, models.Caller{},
			account.RevokeCustomerSessionsInput{OperatorInput: account.OperatorInput{ID: found.ID}})
		if err != nil {
			return err
		}

		return p.print(struct {
			ID              string `json:"id"`
			RevokedSessions int    `json:"revokedSessions"`
		}{found.ID, ended.RevokedSessions})
	})
}

type keepFactorsCommand struct {
	actingFlags
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
}

// Run stops the removal of the account's second factors, and prints whether one waited.
func (c *keepFactorsCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		found, err := findCustomer(ctx, operator, c.IDOrEmail)
		if err != nil {
			return err
		}

		stopped, err := operator.CancelCustomerFactorReset(ctx, models.Caller{},
			account.CancelCustomerFactorResetInput{OperatorInput: account.OperatorInput{ID: found.ID}})
		if err != nil {
			return err
		}

		return p.print(struct {
			ID        string `json:"id"`
			Cancelled bool   `json:"cancelled"`
		}{found.ID, stopped.Cancelled})
	})
}

type verifyAccountCommand struct {
	customerFlags
	Email *models.EmailAddress `name:"email" placeholder:"E-MAIL" help:"The account's present address, which the shop vouches for."`
	Phone *models.PhoneNumber  `name:"phone" placeholder:"NUMBER" help:"The account's present number, which the shop vouches for."`
}

// Run makes the address or the number count as proven, and prints the account.
func (c *verifyAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.onCustomer(ctx, &c.customerFlags, config.Settings{},
		func(office BackOffice, input account.OperatorInput) (*account.CustomerPayload, error) {
			return office.VerifyCustomerAddress(ctx, models.Caller{},
				account.VerifyCustomerAddressInput{OperatorInput: input, Email: c.Email, Phone: c.Phone})
		})
}
