package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// authenticatorLabel binds the sealed secret of an authenticator to its column, in whichever of the two tables it is.
const authenticatorLabel = ":authenticator"

// authenticatorsOf returns the account's authenticators, oldest first.
func authenticatorsOf(db *gorm.DB, accountID string) ([]models.Authenticator, error) {
	return find[models.Authenticator](db.Where("account_id = ?", accountID).Order("created_at, id"))
}

// Authenticators returns the account's authenticators, oldest first.
func (s *Store) Authenticators(ctx context.Context, accountID string) ([]models.Authenticator, error) {
	authenticators, err := authenticatorsOf(s.read.WithContext(ctx), accountID)
	return authenticators, s.translate(err)
}

// AuthenticatorSecret returns the secret of an authenticator.
func (s *Store) AuthenticatorSecret(ctx context.Context, authenticator *models.Authenticator) ([]byte, error) {
	return s.openSealed(ctx, authenticator.ID+authenticatorLabel, authenticator.Sealed)
}

// ChallengeSecret returns the secret of an authenticator that waits for its first code.
func (s *Store) ChallengeSecret(ctx context.Context, challenge *models.Challenge) ([]byte, error) {
	if challenge.Sealed == nil {
		return nil, models.ErrNotFound
	}
	return s.openSealed(ctx, challenge.ID+authenticatorLabel, *challenge.Sealed)
}

// sealChallenge returns the challenge as it is stored: with the secret that it holds, if it holds one, sealed.
func (t *transaction) sealChallenge(ctx context.Context, challenge *models.Challenge) (*models.Challenge, error) {
	if challenge.Secret == nil {
		return challenge, nil
	}

	sealer, err := t.outboxSealer(ctx)
	if err != nil {
		return nil, err
	}
	// guard: an authenticator that waits is sealed
	sealed, err := sealer.Seal(challenge.ID+authenticatorLabel, challenge.Secret)
	if err != nil {
		return nil, err
	}

	row := *challenge
	row.Secret, row.Sealed = nil, &sealed

	return &row, nil
}

// Authenticators sees what the transaction has written.
func (t *transaction) Authenticators(ctx context.Context, accountID string) ([]models.Authenticator, error) {
	authenticators, err := authenticatorsOf(t.gorm(ctx), accountID)
	return authenticators, t.fail(err)
}

// CreateAuthenticator stores an authenticator with its secret sealed. It returns models.ErrNotFound if the account is
// gone.
func (t *transaction) CreateAuthenticator(ctx context.Context, authenticator *models.Authenticator) error {
	sealer, err := t.outboxSealer(ctx)
	if err != nil {
		return err
	}

	row := *authenticator
	row.Secret, row.SealedAt = nil, authenticator.CreatedAt
	// guard: the secret of an authenticator is sealed
	if row.Sealed, err = sealer.Seal(row.ID+authenticatorLabel, authenticator.Secret); err != nil {
		return err
	}

	return create(ctx, t, &row)
}

// UseAuthenticator records the use of a step. It returns models.ErrNotFound if the authenticator is gone, or the step is
// not after the last used one: of several callers with the code of one step, the first wins.
func (t *transaction) UseAuthenticator(ctx context.Context, id string, step int64, at time.Time) error {
	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.Authenticator{}).
		Where("id = ? AND last_step < ?", id, step). // guard: a step is used once
		Updates(map[string]any{"last_step": step, "last_used_at": at})))
}

// RemoveAuthenticator returns models.ErrNotFound if the account has no such authenticator.
func (t *transaction) RemoveAuthenticator(ctx context.Context, accountID, id string) error {
	return t.expectOneRow(affected(t.gorm(ctx).Where("id = ? AND account_id = ?", id, accountID).
		Delete(&models.Authenticator{})))
}

// recoveryCodesOf returns the account's unused recovery codes.
func recoveryCodesOf(db *gorm.DB, accountID string) ([]models.RecoveryCode, error) {
	return find[models.RecoveryCode](db.Where("account_id = ?", accountID).Order("id"))
}

// RecoveryCodes returns the account's unused recovery codes.
func (s *Store) RecoveryCodes(ctx context.Context, accountID string) ([]models.RecoveryCode, error) {
	codes, err := recoveryCodesOf(s.read.WithContext(ctx), accountID)
	return codes, s.translate(err)
}

// RecoveryCodes sees what the transaction has written.
func (t *transaction) RecoveryCodes(ctx context.Context, accountID string) ([]models.RecoveryCode, error) {
	codes, err := recoveryCodesOf(t.gorm(ctx), accountID)
	return codes, t.fail(err)
}

// ReplaceRecoveryCodes deletes the account's codes and stores others, or none. It returns models.ErrNotFound if the
// account is gone.
func (t *transaction) ReplaceRecoveryCodes(ctx context.Context, accountID string, codes []models.RecoveryCode) error {
	if err := deleteOf[models.RecoveryCode](ctx, t, accountID).Error; err != nil {
		return t.fail(err)
	}

	for i := range codes {
		if err := create(ctx, t, &codes[i]); err != nil {
			return err
		}
	}

	return nil
}

// UseRecoveryCode deletes a code of the account. Of several callers one succeeds; the others get models.ErrNotFound.
func (t *transaction) UseRecoveryCode(ctx context.Context, accountID, id string) error {
	return t.expectOneRow(affected(t.gorm(ctx).Where("id = ? AND account_id = ?", id, accountID).
		Delete(&models.RecoveryCode{})))
}

// resealBatch is how many authenticators one pass seals anew.
const resealBatch = 500

// resealAuthenticators seals secrets that a retired key has sealed with the newest one, so that the retired key can go:
// an authenticator lives for years (R-ROT2).
func (s *Store) resealAuthenticators(ctx context.Context, now time.Time) error {
	if s.sealer.Load() != nil {
		return nil // the sealer has one key for ever
	}
	newest, err := s.ringKey(ctx, models.KeyOfOutbox, 0)
	if err != nil || newest.Number == 1 {
		return err
	}

	end := newest.CreatedAt.Add(keyMemory)
	if now.Before(end) {
		return nil // the retired key is kept until then in any case
	}

	old, err := find[models.Authenticator](s.read.WithContext(ctx).
		Where("sealed_at < ?", end).Order("sealed_at").Limit(resealBatch))
	if err != nil {
		return s.translate(err)
	}

	for i := range old {
		if err := s.reseal(ctx, &old[i], now); err != nil {
			return err
		}
	}

	return nil
}

// reseal seals the secret of one authenticator with the newest key.
func (s *Store) reseal(ctx context.Context, authenticator *models.Authenticator, now time.Time) error {
	secret, err := s.AuthenticatorSecret(ctx, authenticator)
	if err != nil {
		return err
	}

	return s.inTx(ctx, func(tx *transaction) error {
		sealer, err := tx.outboxSealer(ctx)
		if err != nil {
			return err
		}
		sealed, err := sealer.Seal(authenticator.ID+authenticatorLabel, secret)
		if err != nil {
			return err
		}

		return tx.exec(ctx, "UPDATE authenticators SET sealed = ?, sealed_at = ? WHERE id = ? AND sealed = ?",
			sealed, now, authenticator.ID, authenticator.Sealed)
	})
}
