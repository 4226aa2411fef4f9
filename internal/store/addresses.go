package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// addressesOf returns the account's address book, oldest first.
func addressesOf(db *gorm.DB, accountID string) ([]models.Address, error) {
	// guard: an address is its customer's own
	return find[models.Address](db.Where("account_id = ?", accountID).Order("created_at, id"))
}

// Addresses returns the account's address book, oldest first.
func (s *Store) Addresses(ctx context.Context, accountID string) ([]models.Address, error) {
	addresses, err := addressesOf(s.read.WithContext(ctx), accountID)
	return addresses, s.translate(err)
}

// Addresses sees what the transaction has written.
func (t *transaction) Addresses(ctx context.Context, accountID string) ([]models.Address, error) {
	addresses, err := addressesOf(t.gorm(ctx), accountID)
	return addresses, t.fail(err)
}

// CreateAddress returns models.ErrNotFound if the account does not exist.
func (t *transaction) CreateAddress(ctx context.Context, address *models.Address) error {
	return create(ctx, t, address)
}

// UpdateAddress writes the named columns and no others, if the address is still at its version.
func (t *transaction) UpdateAddress(ctx context.Context, address *models.Address, columns ...string) error {
	written := *address
	written.Version++
	err := t.expectOneRow(affected(t.gorm(ctx).Model(&models.Address{}).
		// guard: a change of an address is guarded by its version
		Where("account_id = ? AND id = ? AND version = ?", address.AccountID, address.ID, address.Version).
		Select(append([]string{"version", "updated_at"}, columns...)).Updates(&written)))
	if err == nil {
		address.Version = written.Version
	}
	return err
}

// DeleteAddress returns models.ErrNotFound if the account has no such address.
func (t *transaction) DeleteAddress(ctx context.Context, accountID, id string) error {
	return t.expectOneRow(affected(t.gorm(ctx).
		Where("account_id = ? AND id = ?", accountID, id).Delete(&models.Address{})))
}
