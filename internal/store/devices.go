package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"github.com/accountql/accountql/models"
)

// deviceWatch is a row of device_watches: an account from whose devices customers have signed in.
type deviceWatch struct {
	AccountID string `gorm:"primaryKey"`
	BeganAt   time.Time
}

// WatchDevices lets the primary key decide whether the account's devices were watched before.
func (t *transaction) WatchDevices(ctx context.Context, accountID string, now time.Time) (bool, error) {
	rows, err := affected(t.gorm(ctx).Clauses(clause.OnConflict{DoNothing: true}).
		Create(&deviceWatch{AccountID: accountID, BeganAt: now}))
	return rows > 0, t.fail(err)
}

// KnownDevices returns the devices that the account knows, most recently seen first.
func (s *Store) KnownDevices(ctx context.Context, accountID string, now time.Time) ([]models.KnownDevice, error) {
	known, err := find[models.KnownDevice](s.read.WithContext(ctx).
		Where("account_id = ? AND expires_at > ?", accountID, now). // guard: a device is known for so long
		Order("last_seen_at DESC, id DESC"))
	return known, s.translate(err)
}

// seeDevice is one statement without GORM, because every sign-in runs it. Words alone are enough only while no device of
// the account has sent a mark: whoever has the password could copy them.
//
// guard: words are not enough where a mark was; a device is its account's
const seeDevice = `UPDATE known_devices SET user_agent = ?, brands = ?, ip = ?, last_seen_at = ?, expires_at = ?
	WHERE account_id = ? AND mark_hash = ? AND expires_at > ? AND (marked OR NOT EXISTS (
		SELECT 1 FROM known_devices WHERE account_id = ? AND marked AND expires_at > ?))`

// SeeDevice returns models.ErrNotFound if the account does not know the device, or not any more.
func (t *transaction) SeeDevice(ctx context.Context, seen *models.KnownDevice) error {
	// One value for each place of the same costs fewer allocations.
	owner, now := any(seen.AccountID), any(seen.LastSeenAt)
	return t.write(ctx, t.store.statements.seeDevice, seen.UserAgent, seen.Brands, seen.IP, now, seen.ExpiresAt,
		owner, seen.MarkHash, now, owner, now)
}

// RememberDevice returns models.ErrNotFound if the account is gone.
func (t *transaction) RememberDevice(ctx context.Context, device *models.KnownDevice, keep int) error {
	_, err := affected(t.gorm(ctx).
		Where("account_id = ? AND mark_hash = ?", device.AccountID, device.MarkHash).Delete(&models.KnownDevice{}))
	if err != nil {
		return t.fail(err)
	}
	if err := create(ctx, t, device); err != nil {
		return err
	}

	oldest := t.gorm(ctx).Model(&models.KnownDevice{}).Select("id").
		// The row of another sign-in of the same microsecond may be the newest by its id.
		Where("account_id = ?", device.AccountID).Order("last_seen_at DESC, id DESC").Offset(keep).Limit(keep)
	// guard: an account knows so many devices
	_, err = affected(t.gorm(ctx).Where("id IN (?)", oldest).Delete(&models.KnownDevice{}))

	return t.fail(err)
}

// ForgetDevice returns models.ErrNotFound if the account does not know the device.
func (t *transaction) ForgetDevice(ctx context.Context, accountID, id string) error {
	return t.expectOneRow(affected(t.gorm(ctx).
		// guard: a device is its owner's to forget
		Where("id = ? AND account_id = ?", id, accountID).Delete(&models.KnownDevice{})))
}

// ForgetDevices forgets all devices of the account. That they are watched is not forgotten: the next sign-in is news.
func (t *transaction) ForgetDevices(ctx context.Context, accountID string) error {
	return t.fail(deleteOf[models.KnownDevice](ctx, t, accountID).Error)
}
