package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// passkeysOf returns the account's passkeys, oldest first.
func passkeysOf(db *gorm.DB, accountID string) ([]models.Passkey, error) {
	return find[models.Passkey](db.Where("account_id = ?", accountID).Order("created_at, id"))
}

// Passkeys returns the account's passkeys, oldest first.
func (s *Store) Passkeys(ctx context.Context, accountID string) ([]models.Passkey, error) {
	passkeys, err := passkeysOf(s.read.WithContext(ctx), accountID)
	return passkeys, s.translate(err)
}

// PasskeyByCredential returns models.ErrNotFound if no account has the credential.
func (s *Store) PasskeyByCredential(ctx context.Context, credentialID []byte) (*models.Passkey, error) {
	row, err := take[models.Passkey](s.read.WithContext(ctx).Where("credential_id = ?", credentialID))
	return found(s, row, err)
}

// Passkeys sees what the transaction has written.
func (t *transaction) Passkeys(ctx context.Context, accountID string) ([]models.Passkey, error) {
	passkeys, err := passkeysOf(t.gorm(ctx), accountID)
	return passkeys, t.fail(err)
}

// CreatePasskey returns models.ErrNotFound if the account is gone, and models.ErrTaken if an account has the
// credential; after that the transaction can continue.
func (t *transaction) CreatePasskey(ctx context.Context, passkey *models.Passkey) error {
	return createUnique(ctx, t, passkey)
}

// RenamePasskey returns models.ErrNotFound if the account has no such passkey.
func (t *transaction) RenamePasskey(ctx context.Context, accountID, id, name string) error {
	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.Passkey{}).
		Where("id = ? AND account_id = ?", id, accountID).Update("name", name)))
}

// UsePasskey returns models.ErrNotFound if the passkey is gone, or its count has not grown: of several callers with one
// count, the first wins. Authenticators that do not count always send 0.
func (t *transaction) UsePasskey(ctx context.Context, id string, use models.PasskeyUse, at time.Time) error {
	grown := "sign_count < ?" // guard: a count never goes back
	if use.SignCount == 0 {
		grown = "sign_count = ?"
	}

	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.Passkey{}).
		Where("id = ? AND "+grown, id, use.SignCount).
		Updates(map[string]any{"sign_count": use.SignCount, "synced": use.Synced, "last_used_at": at})))
}

// RemovePasskey returns models.ErrNotFound if the account has no such passkey.
func (t *transaction) RemovePasskey(ctx context.Context, accountID, id string) error {
	return t.expectOneRow(affected(t.gorm(ctx).Where("id = ? AND account_id = ?", id, accountID).
		Delete(&models.Passkey{})))
}
