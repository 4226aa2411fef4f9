package account

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/accountql/accountql/models"
)

// Import is a file of another system's customers: JSON Lines, one customer in each line.
type Import struct {
	// File is read twice: the first pass checks all lines, and only the second pass writes.
	File io.ReadSeeker
	// DryRun checks the file and writes nothing.
	DryRun bool
	// Wrong is called for every invalid field.
	Wrong func(line int, problem error)
	// Progress is called from time to time with the number of checked and written lines.
	Progress func(checked, written int)
}

// ImportSummary is the result of an import.
type ImportSummary struct {
	// Lines is the number of customers' lines, and Wrong the number of errors in the file.
	Lines, Wrong int
	// LeftOut is the number of customers that the file leaves out or that have no usable e-mail address. Incomplete
	// is the number of customers who are imported without a part of their data.
	LeftOut, Incomplete int
	// Losses are the reasons, the most frequent first.
	Losses []ImportLoss
	// Present is the number of lines whose accounts an earlier import of the file created, and Imported the number
	// of accounts that this import created.
	Present, Imported int
}

// The errors of an import of a file with invalid lines.
var (
	// ErrImportRefused means that nothing was written.
	ErrImportRefused = errors.New("nothing was imported: correct the lines, and import the file again")
	// ErrImportEmpty means that the file has no lines, so the program that wrote it has failed.
	ErrImportEmpty = errors.New("the file is empty: what wrote it has failed")
	// ErrImportStopped means that somebody took an address or number while the import ran.
	ErrImportStopped = errors.New("the import stopped at this line: correct it, and import the file again")
)

const (
	// importBatch is the number of accounts that one transaction writes. A server on the same SQLite file waits for
	// the whole transaction.
	importBatch = 100
	// importProgress is the number of lines between two calls of Progress.
	importProgress = 10_000
)

// ImportAccounts creates an account for each line, by the same rules as all other operations (R-C11), and sends no
// mail. It fails with ErrImportRefused, before it writes anything, if a line is invalid, repeats another line or
// contradicts an existing account, or if the file was cut off. An interrupted import can be repeated: an account
// that an import created from the same line counts as present, even if it has changed since, for instance by its
// customer. ImportAccounts never changes an account that was created in another way, and reports its line as
// invalid; but if that account only claims the address, it is displaced (R-PRF1).
func (s *Service) ImportAccounts(ctx context.Context, from Import) (ImportSummary, error) {
	var summary ImportSummary
	var read importFile
	if err := s.checkImport(ctx, from, &read, &summary); err != nil {
		return summary, err
	}
	if summary.Wrong > 0 { // guard: an import is checked as a whole
		return summary, ErrImportRefused
	}
	if summary.Lines == 0 && len(read.parts) == 0 { // guard: an empty import is refused
		return summary, ErrImportEmpty
	}
	if from.DryRun {
		return summary, nil
	}

	summary.Present = 0
	if _, err := from.File.Seek(0, io.SeekStart); err != nil {
		return summary, fmt.Errorf("the file must be one that can be read twice: %w", err)
	}

	return summary, s.writeImport(ctx, from, read.lost, &summary)
}

// checkImport reads the whole file and checks whether each line could be written. It keeps some bytes of each line
// in memory.
func (s *Service) checkImport(ctx context.Context, from Import, read *importFile, summary *ImportSummary) error {
	wrong := func(line int, problem error) {
		var all models.Errors
		all.Add(problem)
		for _, one := range all {
			summary.Wrong++
			from.Wrong(line, one)
		}
	}

	losses := newImportLosses()
	keys := importKeys{}

	err := read.read(from.File, importVisitor{
		wrong:   wrong,
		leftOut: losses.customer,
		customer: func(line int, text []byte) error {
			summary.Lines++
			if summary.Lines%importProgress == 0 {
				from.Progress(summary.Lines, 0)
			}

			customer, present, err := s.fitImport(ctx, read, line, text)
			if isLineError(err) {
				wrong(line, err)
				return nil
			}
			if err != nil {
				return err
			}

			if customer.leftOut != "" {
				summary.Lines--
				losses.customer(line, customer.leftOut)
				return nil
			}

			keys.add(customer)
			losses.parts(line, customer.losses...)
			if present {
				summary.Present++
			}

			return nil
		},
	})
	if err != nil {
		return err
	}

	for _, duplicate := range keys.duplicates() {
		if slices.Contains(read.dropAt(duplicate.line), duplicate.field) && duplicate.field != "email" {
			read.lose(duplicate.line, duplicate.field)
			losses.parts(duplicate.line, duplicate.field+" is another customer's, too")
		} else {
			wrong(duplicate.line, models.InvalidInput(duplicate.field, models.ReasonTaken, 0,
				fmt.Sprintf("is that of line %d, too", duplicate.first)))
		}
	}

	summary.LeftOut, summary.Incomplete, summary.Losses = losses.leftOut, len(losses.incomplete), losses.sorted()

	return nil
}

// fitImport decides a line, and reports whether its account is present. Invalid fields that the file allows to drop
// are dropped.
func (s *Service) fitImport(
	ctx context.Context, read *importFile, line int, text []byte,
) (customer *imported, present bool, err error) {
	drop := read.dropAt(line)
	var losses []string
	for {
		customer, err = s.decideImport(line, text, drop, read.lost[line])
		if err != nil || customer.leftOut != "" {
			return customer, false, err
		}

		present, err = s.compareImport(ctx, s.Store, customer)
		// An address of another account is valid by itself. The operator must decide which customer it belongs to.
		// guard: a customer never loses an address that is somebody's
		lost := droppedOf(err, drop, append([]string{"email"}, read.lost[line]...))
		if len(lost) == 0 {
			customer.losses = append(losses, customer.losses...)
			return customer, present, err
		}

		for _, one := range lost {
			read.lose(line, one.Field)
			losses = append(losses, one.Error())
		}
	}
}

// writeImport writes the file in batches.
func (s *Service) writeImport(ctx context.Context, from Import, lost map[int][]string, summary *ImportSummary) error {
	var batch []*imported
	reported := 0
	write := func() error {
		present, at, err := s.writeBatch(ctx, batch)
		if isLineError(err) {
			summary.Wrong++
			from.Wrong(at, err)
			return ErrImportStopped
		}

		if err != nil {
			return err
		}

		summary.Present += present
		summary.Imported += len(batch) - present
		batch = batch[:0]
		if written := summary.Present + summary.Imported; written/importProgress > reported {
			reported = written / importProgress
			from.Progress(summary.Lines, written)
		}

		return nil
	}

	var changed error
	again := importFile{lost: lost}
	err := again.read(from.File, importVisitor{
		wrong:   func(line int, problem error) { changed = errors.Join(changed, errLineChanged(line, problem)) },
		leftOut: func(int, string) {},
		customer: func(line int, text []byte) error {
			customer, err := s.decideImport(line, text, again.dropAt(line), lost[line])
			if err != nil {
				return errLineChanged(line, err)
			}
			if customer.leftOut != "" {
				return nil
			}
			if batch = append(batch, customer); len(batch) < importBatch {
				return nil
			}

			return write()
		},
	})
	if err = errors.Join(err, changed); err != nil {
		return err
	}

	return write()
}

// writeBatch creates the missing accounts of a batch in one transaction. It returns the number of accounts that are
// already present, and the line at which it failed.
func (s *Service) writeBatch(ctx context.Context, batch []*imported) (present, at int, err error) {
	if len(batch) == 0 {
		return 0, 0, nil
	}

	err = s.inTx(ctx, func(tx Tx) error {
		present = 0
		for _, customer := range batch {
			at = customer.line
			isPresent, err := s.compareImport(ctx, storeInTx{s.Store, tx}, customer)
			if err != nil {
				return err
			}

			if isPresent {
				present++
			} else if err := s.writeImported(ctx, tx, customer); err != nil {
				return err
			}
		}

		return nil
	})

	return present, at, err
}

// isLineError reports whether the error is in a line, and not in the database.
func isLineError(err error) bool {
	switch models.CodeOf(err) {
	case models.CodeInvalidInput, models.CodeEmailUnavailable, models.CodePhoneUnavailable:
		return true
	}
	return false
}

func (s *Service) writeImported(ctx context.Context, tx Tx, customer *imported) error {
	account := customer.account
	write := func() error { return tx.CreateAccount(ctx, account) }
	if !account.EmailClaimed() {
		create := write
		write = func() error { return s.takeEmail(ctx, tx, models.Caller{}, account.Email, account.ID, create) }
	}
	if err := write(); err != nil {
		return err
	}
	if err := tx.CountIdleFrom(ctx, account.ID, s.now()); err != nil { // guard: an import begins an account's use
		return err
	}
	if err := tx.RecordConsents(ctx, customer.consents); err != nil {
		return err
	}
	if _, err := tx.RecordTerms(ctx, customer.terms); err != nil {
		return err
	}
	if err := linkImported(ctx, tx, customer.identities); err != nil {
		return err
	}
	if err := createAuthenticators(ctx, tx, customer.authenticators); err != nil {
		return err
	}
	if customer.deletion != nil {
		if err := tx.ScheduleDeletion(ctx, customer.deletion); err != nil {
			return err
		}
	}
	if err := createAddresses(ctx, tx, customer.addresses); err != nil {
		return err
	}

	return s.recordInternal(ctx, tx, opAccountImport, account.ID)
}

// importReader is what an import reads from the database before it writes: from the store, or from the transaction,
// in which nobody else can create the account meanwhile.
type importReader interface {
	AccountByID(ctx context.Context, id string) (*models.Account, error)
	AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error)
	AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error)
	ReservedEmail(
		ctx context.Context, email models.EmailAddress, except string, now time.Time,
	) (*models.Challenge, error)
	AccountByIdentity(
		ctx context.Context, provider models.IdentityProvider, issuer, subject string,
	) (*models.Account, *models.Identity, error)
	Activity(ctx context.Context, accountID string, before, limit int) ([]models.AuditEvent, error)
	Addresses(ctx context.Context, accountID string) ([]models.Address, error)
}

// storeInTx reads the account in the transaction, and everything else outside it: what an import has written can't
// change, and the unique indexes protect the rest.
type storeInTx struct {
	Store
	tx Tx
}

// AccountByEmail implements importReader.
func (s storeInTx) AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error) {
	return s.tx.AccountByEmail(ctx, email)
}

// ReservedEmail implements importReader.
func (s storeInTx) ReservedEmail(
	ctx context.Context, email models.EmailAddress, except string, now time.Time,
) (*models.Challenge, error) {
	return s.tx.ReservedEmail(ctx, email, except, now)
}

// compareImport reports whether the line's account is present. It returns INVALID_INPUT if the line contradicts an
// existing account.
func (s *Service) compareImport(
	ctx context.Context, reader importReader, customer *imported,
) (present bool, err error) {
	wanted := customer.account
	existing, err := reader.AccountByEmail(ctx, wanted.Email)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return false, err
	}

	if err == nil {
		imported, err := wasImported(ctx, reader, existing.ID)
		if err != nil {
			return false, err
		}

		// An address that somebody typed and nobody proved is given to the account that the shop vouches for
		// (R-PRF1).
		// guard: an import displaces a claim
		// guard: a claim gives way to the shop's word
		// guard: a claim that is imported displaces nobody
		if imported || !existing.EmailClaimed() || wanted.EmailClaimed() {
			return true, compareImported(ctx, reader, existing, customer, imported)
		}
	}

	if err := unreserved(ctx, reader, wanted); err != nil { // guard: an import asks first for reserved addresses
		return false, err
	}

	if customer.given["id"] {
		if err := freeID(ctx, reader, wanted.ID); err != nil {
			return false, err
		}
	}

	if wanted.Phone != nil {
		_, err = reader.AccountByPhone(ctx, *wanted.Phone)
		if err == nil {
			return false, models.InvalidInput("phone", models.ReasonTaken, 0, "belongs to another account")
		}
		if !errors.Is(err, models.ErrNotFound) {
			return false, err
		}
	}

	return false, freeIdentities(ctx, reader, customer.identities)
}
