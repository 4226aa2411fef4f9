package store

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// keyMemory is the least time for which a retired key is kept. It is longer than a process makes new values with it
// (keysFresh), with a clock that differs by a minute, and than phone codes and the answers of an Idempotency-Key live.
const keyMemory = time.Hour

// linkMemory is how long the links to unsubscribe that a retired key has made still work: mails are read long after
// they were sent.
const linkMemory = 5 * 365 * 24 * time.Hour

// ServerKeys returns the rotating keys, those of one purpose after the other, oldest first.
func (s *Store) ServerKeys(ctx context.Context) ([]models.ServerKey, error) {
	rings, err := readRings(s.read.WithContext(ctx))
	if err != nil {
		return nil, s.translate(err)
	}

	var listed []models.ServerKey
	for _, purpose := range models.KeyPurposes() {
		for _, key := range rings[purpose] {
			listed = append(listed, key.ServerKey)
		}
	}

	return listed, nil
}

// RotateKeys makes a new key of each purpose. Every process reads what the former keys have made, and makes new values
// with the new ones after a minute at most (R-ROT1).
func (t *transaction) RotateKeys(ctx context.Context) error {
	rings, err := readRings(t.gorm(ctx))
	if err != nil {
		return t.fail(err)
	}

	// The first key of codes may be dropped later.
	if err := t.addLookupKey(ctx); err != nil {
		return err
	}

	for _, purpose := range models.KeyPurposes() {
		if purpose == models.KeyOfSignatures && len(rings[purpose]) == 0 {
			continue // nothing was signed yet
		}

		next := 1
		if newest := rings[purpose].number(0); newest != nil {
			next = newest.Number + 1
		}
		if err := t.addKey(ctx, keyName(purpose, next)); err != nil {
			return err
		}
	}

	return nil
}

// dropKeys deletes the retired keys that nothing needs any more (R-ROT2).
func (s *Store) dropKeys(ctx context.Context, now time.Time) error {
	keys, err := s.ServerKeys(ctx)
	if err != nil {
		return err
	}

	for _, key := range keys {
		if key.RetiredAt == nil { // guard: the newest key stays
			continue
		}
		if key.Purpose == models.KeyOfSignatures {
			continue // what it has signed can still be checked
		}

		needed, err := s.needed(ctx, key, now)
		if err != nil {
			return err
		}
		if needed {
			continue
		}

		if err := s.inTx(ctx, func(tx *transaction) error {
			return tx.exec(ctx, "DELETE FROM server_keys WHERE name = ?", keyName(key.Purpose, key.Number))
		}); err != nil {
			return err
		}
	}

	return nil
}

// needed reports whether something may still be hashed or sealed with a retired key. Of the key of the outbox these
// are the messages that wait, however long, and the registrations and exports that do; an authenticator
// is sealed anew (resealAuthenticators). The key of codes is needed while a recovery code may be hashed with it.
func (s *Store) needed(ctx context.Context, key models.ServerKey, now time.Time) (bool, error) {
	end := key.RetiredAt.Add(keyMemory)
	if now.Before(end) { // guard: a retired key is kept for an hour
		return true, nil
	}
	switch key.Purpose {
	case models.KeyOfLinks:
		return now.Before(key.RetiredAt.Add(linkMemory)), nil // guard: a link outlives its key's rotation
	case models.KeyOfCodes:
		// guard: a recovery code keeps its key
		return s.madeBefore(ctx, &models.RecoveryCode{}, "created_at", end)
	}

	messages, err := find[dueMessage](s.read.WithContext(ctx).
		Where(isPending+" AND created_at < ?", time.Time{}, end).Limit(1)) // guard: a message that waits keeps its key
	if err != nil || len(messages) > 0 {
		return true, s.translate(err)
	}

	var waiting []string
	err = s.read.WithContext(ctx).Model(&models.Registration{}).
		// guard: a registration that waits keeps its key
		Where("expires_at > ? AND created_at < ?", now, end).Limit(1).Pluck("id", &waiting).Error

	if err != nil || len(waiting) > 0 {
		return true, s.translate(err)
	}

	err = s.read.WithContext(ctx).Model(&models.KeptExport{}).
		// guard: an export keeps its key
		Where("expires_at > ? AND created_at < ?", now, end).Limit(1).Pluck("id", &waiting).Error

	if err != nil || len(waiting) > 0 {
		return true, s.translate(err)
	}

	// There are more authenticators than one pass seals anew.
	return s.madeBefore(ctx, &models.Authenticator{}, "sealed_at", end)
}

// madeBefore reports whether a table has a row whose column is before a time.
func (s *Store) madeBefore(ctx context.Context, model any, column string, end time.Time) (bool, error) {
	var ids []string
	err := s.read.WithContext(ctx).Model(model).Where(column+" < ?", end).Limit(1).Pluck("id", &ids).Error
	return len(ids) > 0, s.translate(err)
}
