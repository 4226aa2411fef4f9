// Package cli implements the command line: it parses arguments, calls internal/account, and prints. Commands that
// print data print JSON on stdout and messages on stderr. They exit with 0, 1 (failure) or 2 (wrong usage).
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// The exit codes of every command.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// Operator is the part of *account.Service that the commands use.
type Operator interface {
	BackOffice
	CreateAPIKey(ctx context.Context, wanted account.NewAPIKey) (*models.APIKey, string, error)
	APIKeys(ctx context.Context) ([]models.APIKey, error)
	RevokeAPIKey(ctx context.Context, id string) error
	CreateAccount(ctx context.Context, wanted account.NewAccount) (*models.Account, error)
	ImportAccounts(ctx context.Context, from account.Import) (account.ImportSummary, error)
	ExportAccount(ctx context.Context, idOrEmail string) (*account.Export, error)
	// PendingOf returns only the pending requests of the account and the messages that were sent.
	PendingOf(ctx context.Context, idOrEmail string) (*account.Export, error)
	// ExportLines calls write with a line for an import, for the account or for every account.
	ExportLines(ctx context.Context, idOrEmail string, write func(line any) error) (accounts int, err error)
	EraseAccount(ctx context.Context, idOrEmail string) (*account.DeletionReceipt, error)
	// EraseListed erases the accounts of a list of erasures again, after a restore.
	EraseListed(ctx context.Context, erased map[string]time.Time) (account.ErasureSummary, error)
	// RecordOutboxList writes the event of a list of the account's messages, which must not be shown without it.
	RecordOutboxList(ctx context.Context, accountID string) error
	// RetryMessage makes a message due again. It fails with models.ErrNotFound, or with INVALID_INPUT if the
	// message can't be sent again.
	RetryMessage(ctx context.Context, id string) error
	// ReplayEvents sends the selected events again, to one webhook or, if target is "", to each.
	ReplayEvents(ctx context.Context, wanted models.WebhookFilter, target string) (replayed int, err error)
	// RotateKeys makes a new key of each purpose; the former ones are still read.
	RotateKeys(ctx context.Context) error
	// UnsubscribeLink returns the link that withdraws an account's consent; models.ErrNotFound.
	UnsubscribeLink(
		ctx context.Context, idOrEmail string, channel models.ConsentChannel,
	) (*account.UnsubscribeLink, error)
	// UnsubscribeLinks calls write with the link of every account whose consent for the channel counts.
	UnsubscribeLinks(
		ctx context.Context, channel models.ConsentChannel, write func(link *account.UnsubscribeLink) error,
	) (links int, err error)
	// ConsentProofs returns what is kept of the consents that erased customers gave for an address.
	ConsentProofs(ctx context.Context, address string) ([]models.ConsentProof, error)
}

// Migrator migrates the database's schema.
type Migrator interface {
	// Migrate returns an error if the schema is newer than this version of AccountQL.
	Migrate(ctx context.Context) error
	// Migrations lists the versions of the schema, oldest first, and changes nothing.
	Migrations(ctx context.Context) ([]Migration, error)
}

// Database is an open database. Its schema may be of any version.
type Database struct {
	// Operator returns the operator's part, whose audit events name the actor.
	Operator func(actor account.Actor) Operator
	Migrator Migrator
	Auditor  Auditor
	Outbox   Outbox
	Keys     Keys
	Close    func() error
}

// Program provides the commands with their connections to the outside.
type Program struct {
	Version        string
	Environ        []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Terminal says that Stdout is one.
	Terminal bool
	// Serve serves until ctx ends.
	Serve func(ctx context.Context, settings config.Settings) error
	// Check returns an error if serve would refuse the settings, all mistakes at once. It connects to nothing.
	Check func(settings config.Settings) error
	// Try reaches what the settings name, sends nothing, and changes nothing.
	Try func(ctx context.Context, settings config.Settings) []Trial
	// Preview serves previews of the messages until ctx ends.
	Preview func(ctx context.Context, listen, templates string) error
	// Open opens settings.Database, and returns an error if there is none. Of the other settings, only those that a
	// command has are set.
	Open func(ctx context.Context, settings config.Settings) (*Database, error)
	// Look opens settings.Database as Open does, but it may be without tables.
	Look func(ctx context.Context, settings config.Settings) (*Database, error)
	// Create opens settings.Database as Open does, but creates it if there is none.
	Create func(ctx context.Context, settings config.Settings) (*Database, error)
	// Copy copies everything from one database into another, and verifies that they are equal.
	Copy func(ctx context.Context, from, to string, progress func(CopyProgress)) (*CopyReport, error)
	// Backup writes a SQLite database to a new file while others use it, and returns the file's size.
	Backup func(ctx context.Context, database, file string) (size int64, err error)
}

// grammar is the definition of the command line for kong.
type grammar struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the API (the default command)."`
	Migrate migrateCommand `cmd:"" help:"Create the database, or bring its schema up to date; serve does so, too, and the other commands update it."`
	Config  struct {
		Check checkConfigCommand `cmd:"" help:"Print the settings as serve would use them, and find what it would refuse; with --try also what can't be reached."`
	} `cmd:"" help:"Look at the settings before a start."`
	APIKey struct {
		Create createKeyCommand `cmd:"" help:"Create an API key and print it; it is shown this once."`
		List   listKeysCommand  `cmd:"" help:"List the API keys, without their secrets."`
		Revoke revokeKeyCommand `cmd:"" help:"End an API key from the next request on."`
	} `cmd:"" name:"apikey" help:"Manage the keys of applications."`
	Account struct {
		Create         createAccountCommand  `cmd:"" help:"Create an active account whose e-mail is verified."`
		Import         importAccountsCommand `cmd:"" help:"Make accounts of another system's customers, with their password hashes."`
		Get            getAccountCommand     `cmd:"" help:"Show an account."`
		Export         exportAccountCommand  `cmd:"" help:"Print everything that is kept of a customer, but secrets; or with --lines what account import reads."`
		Find           findAccountsCommand   `cmd:"" help:"Find accounts by the beginning of an e-mail, a phone number, a name or an id."`
		Block          blockAccountCommand   `cmd:"" help:"Close an account: every session ends, and nobody signs in."`
		Unblock        unblockAccountCommand `cmd:"" help:"Open a blocked account again."`
		RevokeSessions revokeSessionsCommand `cmd:"" name:"revoke-sessions" help:"Sign an account out everywhere."`
		Verify         verifyAccountCommand  `cmd:"" help:"Vouch for an account's e-mail or phone number, as if its customer had proved it."`
		KeepFactors    keepFactorsCommand    `cmd:"" name:"keep-second-factor" help:"Stop the removal of an account's second factor, which waits for three days."`
		Set            setAccountCommand     `cmd:"" help:"Correct an account's data."`
		Erase          eraseAccountCommand   `cmd:"" help:"Delete an account as its customer could, for good."`
	} `cmd:"" help:"Manage customers' accounts."`
	Consent struct {
		Link  consentLinkCommand  `cmd:"" help:"Print the link that withdraws a customer's consent, and the headers for the newsletter's mail."`
		Proof consentProofCommand `cmd:"" help:"Print what --retain-consent-proof has kept of the consents to an address whose account is erased."`
	} `cmd:"" help:"Serve whoever sends the shop's newsletters."`
	Audit struct {
		List   listAuditCommand   `cmd:"" help:"Print the audit trail."`
		Verify verifyAuditCommand `cmd:"" help:"Find an audit event that was changed or removed."`
		Heads  auditHeadsCommand  `cmd:"" help:"Verify the audit trail, and print a signed anchor of it, to be kept elsewhere."`
	} `cmd:"" help:"Read the audit trail."`
	Outbox struct {
		List  listOutboxCommand  `cmd:"" help:"List messages that wait or were given up, without what they say."`
		Retry retryOutboxCommand `cmd:"" help:"Send messages again that were given up, or events that were sent."`
	} `cmd:"" help:"Look after the messages."`
	Webhook struct {
		List   listWebhooksCommand  `cmd:"" help:"List the servers' webhooks, with what waits for each."`
		Replay replayWebhookCommand `cmd:"" help:"Send the events of a span of time again."`
	} `cmd:"" help:"Look after the webhooks."`
	Keys struct {
		Rotate rotateKeysCommand `cmd:"" help:"Make new keys for phone codes, for the secrets in the outbox and for signatures; what the former ones have made is still read."`
		List   listServerKeys    `cmd:"" help:"List these keys with their ages, without their secrets."`
	} `cmd:"" help:"Look after the keys of phone codes, of the outbox and of signatures."`
	Backup    backupCommand `cmd:"" help:"Copy a SQLite database to a file, while the server goes on."`
	Copy      copyCommand   `cmd:"" help:"Copy a database into another one, of either kind, and verify that nothing differs."`
	Templates struct {
		Preview previewCommand `cmd:"" help:"Show every message in every language in the browser."`
	} `cmd:"" help:"Work on the words of messages."`
	Brand struct {
		Preview brandPreviewCommand `cmd:"" help:"Check the file of --brand, and show the account page and every mail in it, in the browser."`
	} `cmd:"" help:"Work on how the account page and the mails look."`
	Completion  completionCommand  `cmd:"" help:"Print the completion script of a shell, bash, zsh or fish."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask the server on this machine whether it is ready."`
}

// Run runs the command that args name, and returns its exit code.
func (p *Program) Run(ctx context.Context, args []string) int {
	helped := false
	options := append(config.Options(p.Environ),
		kong.Name("accountql"),
		kong.Description("AccountQL serves customers' own accounts over GraphQL."),
		kong.Vars{"database": config.CommandDatabase(p.Environ)},
		kong.PostBuild(sayPermissions),
		kong.Writers(p.Stdout, p.Stderr),
		// By default, kong ends the process after --help. Here it only ends the command.
		kong.Exit(func(int) { helped = true }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(p),
	)
	var commands grammar
	parser, err := kong.New(&commands, options...)
	if err != nil {
		return p.fail(err)
	}

	command, err := parser.Parse(args)
	if helped {
		return exitOK
	}
	if err != nil {
		return p.fail(p.withFiles(err, &commands))
	}

	return p.fail(command.Run())
}

// withFiles adds to the mistakes in the settings of serve those that Check finds in the files, so that all are
// reported at once.
func (p *Program) withFiles(err error, commands *grammar) error {
	var parse *kong.ParseError
	var mistakes config.Errors
	if !errors.As(err, &parse) || !errors.As(err, &mistakes) {
		return err
	}

	switch parse.Context.Command() {
	case "serve":
		return config.Join(mistakes, p.Check(commands.Serve.Settings))
	case "config check":
		return config.Join(mistakes, p.Check(commands.Config.Check.Settings))
	}

	return err
}

// fail prints err, if it is not nil, in one line, and returns its exit code.
func (p *Program) fail(err error) int {
	if err == nil {
		return exitOK
	}

	var several config.Errors
	if errors.As(err, &several) {
		for _, one := range several {
			p.say("%s", one)
		}
		return exitUsage
	}

	p.say("%s", sentence(err))
	var setting *config.Error
	var parse *kong.ParseError
	if errors.As(err, &setting) || errors.As(err, &parse) || models.CodeOf(err) == models.CodeInvalidInput {
		return exitUsage
	}

	return exitFailed
}

// sentence returns the text of an error for an operator. It includes the cause, which a client does not see.
func sentence(err error) string {
	var setting *config.Error
	var wrong models.Errors
	var one *models.Error
	switch {
	case errors.As(err, &setting):
		// kong prefixes it with the command's name.
		return setting.Error()
	case errors.As(err, &wrong):
		sentences := make([]string, len(wrong))
		for i, one := range wrong {
			sentences[i] = sentence(one)
		}
		return strings.Join(sentences, "; ")
	case errors.As(err, &one):
		text := one.Error()
		if one.Field != "" && one.Code != models.CodePasswordRejected {
			text = "--" + kebabCase(one.Field) + strings.TrimPrefix(text, one.Field)
		}
		if one.Cause != nil {
			text += ": " + one.Cause.Error()
		}

		return text
	}

	return err.Error()
}

// kebabCase converts firstName, a field of the API, to first-name, a flag.
func kebabCase(field string) string {
	var flag strings.Builder
	for _, r := range field {
		if unicode.IsUpper(r) {
			_ = flag.WriteByte('-') // never fails
		}
		_, _ = flag.WriteRune(unicode.ToLower(r))
	}
	return flag.String()
}

// say prints a message for people in one line without control characters.
func (p *Program) say(format string, values ...any) {
	// If stderr is closed, the message can't be reported anywhere.
	_, _ = fmt.Fprintln(p.Stderr, "accountql:", printable(fmt.Sprintf(format, values...)))
}

// printable returns a text with spaces for control characters, which a terminal would obey.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// print prints data as one line of JSON.
func (p *Program) print(data any) error {
	encoder := json.NewEncoder(p.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(data); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// databaseFlags are the settings of a command that uses the database without serving.
type databaseFlags struct {
	Database string `name:"database" default:"${database}" placeholder:"FILE|URL" help:"SQLite file, or PostgreSQL as postgres://user:password@host/name. It must exist, but for migrate."`
}

// Validate refuses a command without a database where the environment is that of a server in production, so that no
// command works on a file of the working directory instead of the server's database.
func (f *databaseFlags) Validate() error {
	if f.Database == "" {
		return &config.Error{Setting: "--database", Problem: "is required in production mode"}
	}
	return nil
}

// withOpen opens the database, which must exist, migrates its schema, and calls work with it.
func (p *Program) withOpen(ctx context.Context, settings config.Settings, work func(database *Database) error) error {
	database, err := p.Open(ctx, settings)
	if err != nil {
		return err
	}

	if err = database.Migrator.Migrate(ctx); err == nil {
		err = work(database)
	}

	return errors.Join(err, database.Close())
}

// serveCommand is `serve`. kong calls the Validate method of its settings.
type serveCommand struct {
	config.Settings `embed:""`
}

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, p *Program) error { return p.Serve(ctx, c.Settings) }
