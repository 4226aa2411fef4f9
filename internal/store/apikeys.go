package store

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// APIKeys returns all keys, newest first.
func (s *Store) APIKeys(ctx context.Context) ([]models.APIKey, error) {
	keys, err := find[models.APIKey](s.read.WithContext(ctx).Order("created_at DESC, id DESC"))
	return keys, s.translate(err)
}

// CreateAPIKey stores a new key.
func (t *transaction) CreateAPIKey(ctx context.Context, key *models.APIKey) error {
	return insert(ctx, t, key)
}

// SetAPIKeyPermissions returns models.ErrNotFound if the key is unknown or revoked.
func (t *transaction) SetAPIKeyPermissions(ctx context.Context, id string, permissions []models.Permission) error {
	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.APIKey{}).
		Where("id = ? AND revoked_at IS NULL", id).
		Select("permissions").Updates(&models.APIKey{Permissions: permissions})))
}

// RevokeAPIKey returns models.ErrNotFound if the key is unknown, revoked or expired.
func (t *transaction) RevokeAPIKey(ctx context.Context, id string, now time.Time) error {
	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.APIKey{}).
		Where("id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", id, now).
		Update("revoked_at", now)))
}
