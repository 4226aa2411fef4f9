package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/accountql/accountql/models"
)

// AccountByID returns models.ErrNotFound for an unknown id.
func (s *Store) AccountByID(ctx context.Context, id string) (*models.Account, error) {
	return s.readAccount(ctx, s.statements.byID, id)
}

// AccountByEmail takes a canonical address, and returns models.ErrNotFound if no account has it.
func (s *Store) AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error) {
	return s.readAccount(ctx, s.statements.byEmail, string(email))
}

// ReservedEmail returns the live challenge by which another account can take the address back, or models.ErrNotFound.
func (s *Store) ReservedEmail(
	ctx context.Context, email models.EmailAddress, except string, now time.Time,
) (*models.Challenge, error) {
	row, err := reservedEmail(s.read.WithContext(ctx), email, except, now)
	return found(s, row, err)
}

// AccountByPhone takes a canonical number, and returns models.ErrNotFound if no account has it.
func (s *Store) AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error) {
	return s.readAccount(ctx, s.statements.byPhone, string(phone))
}

// readAccount returns the account that a statement with one value finds outside of a transaction. The engine need not
// look at ctx.
func (s *Store) readAccount(ctx context.Context, statement, value string) (*models.Account, error) {
	if err := ctx.Err(); err != nil {
		return nil, s.translate(err)
	}

	row := s.reader.rows.Get().(*scannedRow)
	defer s.reader.release(row)
	found, err := s.engine.Find(ctx, row.Row, statement, value)
	switch {
	case err != nil:
		return nil, s.translate(err)
	case !found:
		return nil, models.ErrNotFound
	}

	return row.account.read(row.Values)
}

// LockAccount returns the account and keeps others from changing it until the transaction ends: by a row lock, or
// because there is only one writer.
func (t *transaction) LockAccount(ctx context.Context, id string) (*models.Account, error) {
	return t.readAccount(ctx, t.store.statements.lockByID, id)
}

// LockKnownAccount trusts the version: every write raises it, except RecordActivity, which only writes the time of the
// last activity. A mutation has read its account in order to authenticate, and the columns are most of the work of a
// second read.
func (t *transaction) LockKnownAccount(ctx context.Context, known *models.Account) (*models.Account, error) {
	current := *known
	head := auditHead{Chain: known.ID}
	if err := t.find(ctx, t.store.statements.lockVersion, []any{known.ID},
		&current.Version, &current.LastActivityAt, &head.Number, &head.Hash); err != nil {
		return nil, t.fail(err)
	}
	t.head = head
	if current.Version != known.Version { // guard: an account that changed is read again
		return t.LockAccount(ctx, known.ID)
	}

	return &current, nil
}

// AccountByEmail sees what the transaction has written. It locks the account as LockAccount does: of two requests
// for an e-mail, the second must find and void the challenge of the first. The account is locked before any budget,
// as in every transaction, so that transactions don't deadlock.
func (t *transaction) AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error) {
	return t.readAccount(ctx, t.store.statements.lockByEmail, string(email))
}

// AccountByPhone locks the account as AccountByEmail does.
func (t *transaction) AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error) {
	return t.readAccount(ctx, t.store.statements.lockByPhone, string(phone))
}

// CreateAccount lets the unique indexes report that an address is taken, because two transactions can't both check
// first. After such an error the transaction can continue.
func (t *transaction) CreateAccount(ctx context.Context, account *models.Account) error {
	return t.writeEmail(ctx, account, func() error { return insert(ctx, t, account) })
}

// writeEmail runs a write that gives an account its address. An address that another account can still take back is
// taken (R-PRF5). This is checked before the write and, if there are other writers, after it: the write may have
// waited for the very change that can be undone.
func (t *transaction) writeEmail(ctx context.Context, account *models.Account, write func() error) error {
	reserved := func() error {
		_, err := t.ReservedEmail(ctx, account.Email, account.ID, account.UpdatedAt)
		if err == nil {
			return models.NewError(models.CodeEmailUnavailable, "another account can still take the address back")
		}
		if errors.Is(err, models.ErrNotFound) {
			return nil
		}

		return err
	}

	return t.withSavepoint(ctx, func() error {
		if err := reserved(); err != nil { // guard: an address that can be taken back is taken
			return err
		}

		err := write()
		// guard: who waited for a change meets its reserved address
		if err == nil && t.store.engine.NeedsSavepoints() {
			err = reserved()
		}

		return err
	})
}

// ReservedEmail returns the live challenge by which another account can take the address back, or models.ErrNotFound.
func (t *transaction) ReservedEmail(
	ctx context.Context, email models.EmailAddress, except string, now time.Time,
) (*models.Challenge, error) {
	row, err := reservedEmail(t.gorm(ctx), email, except, now)
	if err != nil {
		return nil, t.fail(err)
	}
	return &row, nil
}

func reservedEmail(
	db *gorm.DB, email models.EmailAddress, except string, now time.Time,
) (models.Challenge, error) {
	return take[models.Challenge](db.
		Where("purpose = 'EMAIL_UNDO' AND target = ? AND account_id <> ? AND "+live, email, except, now).
		Where(`EXISTS (SELECT 1 FROM accounts a
			WHERE a.id = challenges.account_id AND a.email <> challenges.target)`).
		Limit(1))
}

// UpdateAccount writes the named columns and no others, so that a transaction can't undo an unrelated change
// (R-UPD5). It never creates a row, so an account that was deleted in the meantime stays deleted (R-DEL7). The
// statement is built by hand because other writers wait for it; GORM only provides the values.
func (t *transaction) UpdateAccount(ctx context.Context, account *models.Account, columns ...string) error {
	version := account.Version + 1
	values := []any{version, account.UpdatedAt}
	statement := []byte("UPDATE accounts SET version = ?, updated_at = ?")
	row := reflect.ValueOf(account)
	for _, column := range columns {
		field := t.store.updatable[column]
		if field == nil {
			return fmt.Errorf("store: accounts has no column %q that can be updated", column)
		}
		value, _ := field.ValueOf(ctx, row)
		values = append(values, value)
		statement = append(append(append(statement, ", "...), column...), " = ?"...)
	}

	// guard: an update is guarded by the version
	statement = append(statement, " WHERE id = ? AND version = ?"...)
	values = append(values, account.ID, account.Version)

	update := func() error { return t.write(ctx, t.store.engine.Bind(string(statement)), values...) }
	var err error
	switch {
	case slices.Contains(columns, "email"):
		err = t.writeEmail(ctx, account, update)
	case slices.Contains(columns, "phone"):
		err = t.withSavepoint(ctx, update)
	default:
		err = update()
	}

	if err == nil {
		account.Version = version
	}

	return err
}

// updatableColumns returns all columns except those that UpdateAccount sets itself and those that never change.
func updatableColumns(db *gorm.DB) (map[string]*schema.Field, error) {
	statement := &gorm.Statement{DB: db}
	if err := statement.Parse(&models.Account{}); err != nil {
		return nil, fmt.Errorf("store: columns of accounts: %w", err)
	}

	updatable := maps.Clone(statement.Schema.FieldsByDBName)
	for _, column := range []string{"id", "created_at", "updated_at", "version"} {
		delete(updatable, column)
	}

	return updatable, nil
}

// DeleteAccount deletes the customer's rows from every table, and returns how many of which. The audit trail and the
// budgets stay: they identify nobody, once the trail's addresses are blanked.
func (t *transaction) DeleteAccount(ctx context.Context, id string) (deleted []models.DeletedRows, err error) {
	for _, deleteOf := range []func(context.Context, *transaction, string) *gorm.DB{
		deleteOf[models.Message], deleteOf[models.Challenge], deleteOf[models.Session],
		deleteOf[models.Identity], deleteOf[models.Consent], deleteOf[models.Deletion], deleteOf[models.TermsAcceptance],
		deleteOf[models.KeptExport], deleteOf[models.Address], deleteOf[models.IdleNotice], deleteOf[models.Passkey],
		deleteOf[models.KnownDevice], deleteOf[deviceWatch], deleteOf[models.Authenticator], deleteOf[models.RecoveryCode],
		deleteRegistrations, deleteOf[models.IdempotencyKey], // guard: keys go with their account
	} {
		done := deleteOf(ctx, t, id)
		if done.Error != nil {
			return nil, t.fail(done.Error)
		}
		if done.RowsAffected > 0 {
			deleted = append(deleted, models.DeletedRows{Table: done.Statement.Table, Rows: int(done.RowsAffected)})
		}
	}
	if err := t.forgetClient(ctx, id); err != nil { // guard: the trail of an erased account has no addresses
		return nil, err
	}

	account := t.gorm(ctx).Where("id = ?", id).Delete(&models.Account{})
	deleted = append(deleted, models.DeletedRows{Table: account.Statement.Table, Rows: int(account.RowsAffected)})

	return deleted, t.expectOneRow(affected(account))
}

// deleteOf deletes the account's rows of one table.
func deleteOf[T any](ctx context.Context, t *transaction, accountID string) *gorm.DB {
	return t.gorm(ctx).Where("account_id = ?", accountID).Delete(new(T))
}

// deleteRegistrations deletes the registrations of one account. The second condition lets the database use the
// index on accounts.
func deleteRegistrations(ctx context.Context, t *transaction, accountID string) *gorm.DB {
	return t.gorm(ctx).Where("account_id = ? AND account_id <> ''", accountID).Delete(&models.Registration{})
}
