package store

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"gorm.io/gorm"

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

// RevokeAPIKey returns models.ErrNotFound if the key is unknown, revoked or expired.
func (t *transaction) RevokeAPIKey(ctx context.Context, id string, now time.Time) error {
	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.APIKey{}).
		Where("id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", id, now).
		Update("revoked_at", now)))
}

// serverKey is a secret that all processes on a database share.
type serverKey struct {
	Name      string `gorm:"primaryKey"`
	Secret    []byte
	CreatedAt time.Time
}

// serverKeySize is in bytes. It equals the size of the hashes that the keys are used with.
const serverKeySize = 32

// addServerKey leaves an existing key unchanged.
const addServerKey = "INSERT INTO server_keys (name, secret) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"

// ServerKey returns the secret with that name. It is created on first use and is then the same for every process on
// the database.
func (s *Store) ServerKey(ctx context.Context, name string) ([]byte, error) {
	secret, err := readServerKey(s.read.WithContext(ctx), name)
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return secret, s.translate(err)
	}

	fresh := make([]byte, serverKeySize)
	_, _ = rand.Read(fresh) // never fails: it would end the process instead
	err = s.inTx(ctx, func(tx *transaction) error {
		// If another process was first, its secret counts.
		if err := tx.exec(ctx, addServerKey, name, fresh); err != nil {
			return err
		}
		secret, err = readServerKey(tx.gorm(ctx), name)
		return tx.fail(err)
	})
	if err != nil {
		return nil, err
	}

	return secret, nil
}

func readServerKey(db *gorm.DB, name string) ([]byte, error) {
	row, err := take[serverKey](db.Where("name = ?", name))
	return row.Secret, err
}
