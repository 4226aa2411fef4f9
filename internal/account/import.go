package account

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"

	"github.com/accountql/accountql/models"
)

// Import is a file of customers that another system had: JSON Lines, one customer each.
type Import struct {
	// File is read twice: first all of it is checked, and only then something is written.
	File io.ReadSeeker
	// DryRun checks and writes nothing.
	DryRun bool
	// Wrong is told of every wrong field.
	Wrong func(line int, problem error)
	// Progress is told now and then how many lines were checked and how many written.
	Progress func(checked, written int)
}

// ImportSummary says what became of a file.
type ImportSummary struct {
	// Lines are those that are not blank, and Wrong the errors in them.
	Lines, Wrong int
	// Present are the lines whose accounts an earlier import of the file has made, and Imported those that this one made.
	Present, Imported int
}

// What an import of a file with wrong lines ends with.
var (
	// ErrImportRefused says that nothing was written.
	ErrImportRefused = errors.New("nothing was imported: correct the lines, and import the file again")
	// ErrImportStopped says that somebody took an address while the import ran.
	ErrImportStopped = errors.New("the import stopped at this line: correct it, and import the file again")
)

const (
	// importBatch accounts are written in a transaction; a server on the same SQLite file waits so long for its turn.
	importBatch = 100
	// importProgress is after how many lines the progress is told.
	importProgress = 10_000
	// maxImportLine is in bytes: the attributes' limit and generous room for the rest.
	maxImportLine = 1 << 20
	// importOperation names the event that every imported account begins with.
	importOperation = "account import"
)

// ImportAccounts makes an account of each line, by the rules of every other path
// (R-C11), and sends no mail. It fails with ErrImportRefused, before anything is
// written, if a line is wrong, is there twice, or contradicts an account that is
// there. A run that was interrupted can be repeated: an account that an import
// has made from the same line counts as present, and so does one that was
// changed since, by its customer perhaps. An account that was made otherwise is
// never touched: its line is wrong.
func (s *Service) ImportAccounts(ctx context.Context, from Import) (ImportSummary, error) {
	var summary ImportSummary
	if err := s.checkImport(ctx, from, &summary); err != nil {
		return summary, err
	}
	if summary.Wrong > 0 {
		return summary, ErrImportRefused
	}
	if from.DryRun {
		return summary, nil
	}
	summary.Present = 0
	if _, err := from.File.Seek(0, io.SeekStart); err != nil {
		return summary, fmt.Errorf("the file must be one that can be read twice: %w", err)
	}
	return summary, s.writeImport(ctx, from, &summary)
}

// checkImport reads the whole file and asks of each line whether it could be written. It keeps some bytes of each line in memory.
func (s *Service) checkImport(ctx context.Context, from Import, summary *ImportSummary) error {
	report := func(line int, problem error) {
		var all models.Errors
		all.Add(problem)
		for _, one := range all {
			summary.Wrong++
			from.Wrong(line, one)
		}
	}
	keys := importKeys{}
	err := eachLine(from.File, func(number int, text []byte) error {
		summary.Lines++
		if summary.Lines%importProgress == 0 {
			from.Progress(summary.Lines, 0)
		}
		customer, err := s.decideImport(number, text)
		if err != nil {
			report(number, err)
			return nil
		}
		keys.add(customer)
		present, err := s.compareImport(ctx, s.Store, customer)
		if ofLine(err) {
			report(number, err)
			return nil
		}
		if present {
			summary.Present++
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, twice := range keys.twice() {
		report(twice.line, models.InvalidInput(twice.field, fmt.Sprintf("is that of line %d, too", twice.first)))
	}
	return nil
}

// writeImport writes the file in batches.
func (s *Service) writeImport(ctx context.Context, from Import, summary *ImportSummary) error {
	var batch []*imported
	told := 0
	write := func() error {
		present, at, err := s.writeBatch(ctx, batch)
		if ofLine(err) {
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
		if written := summary.Present + summary.Imported; written/importProgress > told {
			told = written / importProgress
			from.Progress(summary.Lines, written)
		}
		return nil
	}
	err := eachLine(from.File, func(number int, text []byte) error {
		customer, err := s.decideImport(number, text)
		if err != nil {
			return fmt.Errorf("line %d changed since it was checked: %w", number, err)
		}
		if batch = append(batch, customer); len(batch) < importBatch {
			return nil
		}
		return write()
	})
	if err != nil {
		return err
	}
	return write()
}

// writeBatch makes the accounts that are not there yet, in one transaction. It
// returns how many are there already, and the line at which it failed.
func (s *Service) writeBatch(ctx context.Context, batch []*imported) (present, at int, err error) {
	if len(batch) == 0 {
		return 0, 0, nil
	}
	err = s.inTx(ctx, func(tx Tx) error {
		present = 0
		for _, customer := range batch {
			at = customer.line
			was, err := s.compareImport(ctx, storeInTx{s.Store, tx}, customer)
			if err != nil {
				return err
			}
			if was {
				present++
			} else if err := s.writeImported(ctx, tx, customer); err != nil {
				return err
			}
		}
		return nil
	})
	return present, at, err
}

// ofLine says whether a line is wrong, and not the database.
func ofLine(err error) bool {
	switch models.CodeOf(err) {
	case models.CodeInvalidInput, models.CodeEmailUnavailable, models.CodePhoneUnavailable:
		return true
	}
	return false
}

func (s *Service) writeImported(ctx context.Context, tx Tx, customer *imported) error {
	if err := tx.CreateAccount(ctx, customer.account); err != nil {
		return err
	}
	if err := tx.RecordConsents(ctx, customer.consents); err != nil {
		return err
	}
	if err := linkImported(ctx, tx, customer.identities); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, models.EventAccountCreated, customer.account.ID, nil); err != nil {
		return err
	}
	return tx.RecordEvent(ctx, s.event(models.Caller{}, importOperation, customer.account.ID))
}

// importReader is what an import asks of the database before it writes: the
// store, or the transaction, in which nobody else makes the account meanwhile.
type importReader interface {
	AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error)
	AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error)
	AccountByIdentity(ctx context.Context, provider models.IdentityProvider, issuer, subject string) (*models.Account, *models.Identity, error)
	Activity(ctx context.Context, accountID string, before, limit int) ([]models.AuditEvent, error)
}

// storeInTx reads the account in the transaction and the rest beside it: what
// an import has written can't change, and the unique indexes know the rest.
type storeInTx struct {
	Store
	tx Tx
}

// AccountByEmail implements importReader.
func (s storeInTx) AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error) {
	return s.tx.AccountByEmail(ctx, email)
}

// compareImport says whether the line's account is there. It fails with
// INVALID_INPUT for one that the line doesn't fit.
func (s *Service) compareImport(ctx context.Context, reader importReader, customer *imported) (present bool, err error) {
	wanted := customer.account
	there, err := reader.AccountByEmail(ctx, wanted.Email)
	if err == nil {
		return true, compareImported(ctx, reader, there, customer)
	}
	if !errors.Is(err, models.ErrNotFound) {
		return false, err
	}
	if wanted.Phone != nil {
		_, err = reader.AccountByPhone(ctx, *wanted.Phone)
		if err == nil {
			return false, models.InvalidInput("phone", "belongs to another account")
		}
		if !errors.Is(err, models.ErrNotFound) {
			return false, err
		}
	}
	return false, freeIdentities(ctx, reader, customer.identities)
}

// compareImported fails for an account that no import has made, and for one that
// differs from its line. Once a customer has signed in or changed something, only
// what customers can't change is compared.
func compareImported(ctx context.Context, reader importReader, there *models.Account, customer *imported) error {
	first, err := reader.Activity(ctx, there.ID, 2, 1)
	if err != nil {
		return err
	}
	if len(first) == 0 || first[0].Operation != importOperation {
		return models.InvalidInput("email", "belongs to an account that was not imported")
	}
	wanted := customer.account
	var wrong models.Errors
	compare := func(field string, there, wanted any) {
		if !reflect.DeepEqual(there, wanted) {
			wrong.Add(models.InvalidInput(field, "differs from the account that is there"))
		}
	}
	compare("customId", there.CustomID, wanted.CustomID)
	compare("uuid", there.UUID, wanted.UUID)
	if customer.created && !there.CreatedAt.Equal(wanted.CreatedAt) {
		wrong.Add(models.InvalidInput("createdAt", "differs from the account that is there"))
	}
	if there.Version > 1 {
		return wrong.OrNil()
	}
	compare("status", there.Status, wanted.Status)
	compare("emailVerified", there.EmailVerified(), wanted.EmailVerified())
	compare("phone", there.Phone, wanted.Phone)
	compare("phoneVerified", there.PhoneVerified(), wanted.PhoneVerified())
	compare("passwordHash", there.PasswordHash, wanted.PasswordHash)
	compare("firstName", there.FirstName, wanted.FirstName)
	compare("lastName", there.LastName, wanted.LastName)
	compare("displayName", there.DisplayName, wanted.DisplayName)
	compare("sex", there.Sex, wanted.Sex)
	compare("birthDate", there.BirthDate, wanted.BirthDate)
	compare("avatarUrl", there.AvatarURL, wanted.AvatarURL)
	compare("company", there.Company, wanted.Company)
	compare("address", there.Address, wanted.Address)
	compare("city", there.City, wanted.City)
	compare("province", there.Province, wanted.Province)
	compare("zipCode", there.ZipCode, wanted.ZipCode)
	compare("countryCode", there.CountryCode, wanted.CountryCode)
	compare("language", there.Language, wanted.Language)
	compare("agreements", there.Agreements, wanted.Agreements)
	compare("attributes", there.Attributes, wanted.Attributes)
	compare("tags", append([]string{}, there.Tags...), wanted.Tags)
	if err := sameIdentities(ctx, reader, there.ID, customer.identities); err != nil {
		if !ofLine(err) {
			return err
		}
		wrong.Add(err)
	}
	return wrong.OrNil()
}

// eachLine hands every line that is not blank to each, with its number from 1, until each fails.
func eachLine(file io.Reader, each func(number int, text []byte) error) error {
	buffered := bufio.NewReaderSize(file, maxImportLine)
	for number := 1; ; number++ {
		text, err := buffered.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) {
			// Too long for a customer: what is left is read, and not taken for JSON.
			_, err = buffered.ReadSlice('\n')
			text = []byte("too long")
		}
		ended := errors.Is(err, io.EOF)
		if err != nil && !ended {
			return fmt.Errorf("read the file: %w", err)
		}
		if number == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		if text = bytes.TrimSpace(text); len(text) > 0 {
			if err := each(number, text); err != nil {
				return err
			}
		}
		if ended {
			return nil
		}
	}
}

// importKeys are what no two lines may share, by field: hashes, for a file may hold millions.
type importKeys map[string][]importKey

type importKey struct {
	sum  [16]byte
	line uint32
}

// repeated is a field of a line whose value stands in an earlier line, too.
type repeated struct {
	field       string
	line, first int
}

func (k importKeys) add(customer *imported) {
	put := func(field, value string) {
		sum := sha256.Sum256([]byte(value))
		k[field] = append(k[field], importKey{[16]byte(sum[:]), uint32(customer.line)}) //nolint:gosec // no file has so many lines
	}
	put("email", string(customer.account.Email))
	if customer.account.Phone != nil {
		put("phone", string(*customer.account.Phone))
	}
	for _, identity := range customer.identities {
		put("identities", identityKey(identity))
	}
}

// twice returns every field that repeats another line's, by line.
func (k importKeys) twice() []repeated {
	var all []repeated
	for field, keys := range k {
		slices.SortFunc(keys, func(a, b importKey) int {
			return cmp.Or(bytes.Compare(a.sum[:], b.sum[:]), cmp.Compare(a.line, b.line))
		})
		first := 0
		for i := 1; i < len(keys); i++ {
			if keys[i].sum != keys[first].sum {
				first = i
				continue
			}
			all = append(all, repeated{field, int(keys[i].line), int(keys[first].line)})
		}
	}
	slices.SortFunc(all, func(a, b repeated) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.field, b.field)) })
	return all
}
