package store

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// The sealed values of a key are bound to its row and to their column.
const (
	outcomeLabel = ":outcome"
	answerLabel  = ":answer"
)

// reserveIdempotencyKey is one statement, so that only one of several attempts gets the key. An expired key counts
// as absent. An attempt that ran out of time without an outcome yields to a retry of the same request.
// guard: a key that has expired can be had
// guard: a key that runs is not given away (2)
// guard: what is done is not done again
const reserveIdempotencyKey = `
INSERT INTO idempotency_keys (id, fingerprint, owner, lease_until, expires_at)
VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
	fingerprint = excluded.fingerprint, owner = excluded.owner,
	lease_until = excluded.lease_until, expires_at = excluded.expires_at,
	renewed_id = NULL, account_id = NULL, sealed_outcome = NULL, sealed_answer = NULL
WHERE idempotency_keys.expires_at <= ? OR idempotency_keys.lease_until <= ?
	AND idempotency_keys.sealed_outcome IS NULL AND idempotency_keys.sealed_answer IS NULL
	AND idempotency_keys.fingerprint = excluded.fingerprint`

// ReserveIdempotencyKey returns models.ErrTaken if another attempt has the key.
func (t *transaction) ReserveIdempotencyKey(ctx context.Context, key *models.IdempotencyKey, now time.Time) error {
	rows, err := affected(t.gorm(ctx).Exec(reserveIdempotencyKey,
		key.ID, key.Fingerprint, key.Owner, key.LeaseUntil, key.ExpiresAt, now, now))
	if err == nil && rows == 0 {
		return models.ErrTaken
	}
	return t.fail(err)
}

// KeepOutcome seals the outcome. It returns models.ErrNotFound if another attempt has the key now, or if the key is
// gone.
func (t *transaction) KeepOutcome(ctx context.Context, key *models.IdempotencyKey) error {
	sealer, err := t.outboxSealer(ctx)
	if err != nil {
		return err
	}

	sealed, err := sealer.Seal(key.ID+outcomeLabel, key.Outcome) // guard: an outcome is sealed
	if err != nil {
		return err
	}

	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.IdempotencyKey{}).
		// guard: who was overtaken changes nothing
		Where("id = ? AND owner = ? AND sealed_outcome IS NULL AND sealed_answer IS NULL", key.ID, key.Owner).
		Updates(map[string]any{"renewed_id": key.RenewedID, "account_id": key.AccountID, "sealed_outcome": sealed})))
}

// KeepAnswer seals the answer. It returns models.ErrNotFound if another attempt has the key now, or if the key is
// gone or has an answer.
func (t *transaction) KeepAnswer(ctx context.Context, key *models.IdempotencyKey) error {
	sealer, err := t.outboxSealer(ctx)
	if err != nil {
		return err
	}

	sealed, err := sealer.Seal(key.ID+answerLabel, key.Answer) // guard: an answer is sealed
	if err != nil {
		return err
	}

	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.IdempotencyKey{}).
		// guard: who was overtaken answers nothing
		Where("id = ? AND owner = ? AND sealed_answer IS NULL", key.ID, key.Owner).Update("sealed_answer", sealed)))
}

// FreeIdempotencyKey does nothing if the key belongs to another attempt or has an outcome.
func (t *transaction) FreeIdempotencyKey(ctx context.Context, id, owner string) error {
	return t.fail(t.gorm(ctx).
		// guard: what was done is not freed
		Where("id = ? AND owner = ? AND sealed_outcome IS NULL AND sealed_answer IS NULL", id, owner).
		Delete(&models.IdempotencyKey{}).Error)
}

// IdempotencyKey returns the key with its sealed values decrypted, or models.ErrNotFound.
func (s *Store) IdempotencyKey(ctx context.Context, id string, now time.Time) (*models.IdempotencyKey, error) {
	row, err := take[models.IdempotencyKey](s.read.WithContext(ctx).
		// guard: a key is another one after ten minutes
		Where("(id = ? OR renewed_id = ?) AND expires_at > ?", id, id, now))
	if err != nil {
		return nil, s.translate(err)
	}

	if row.Outcome, err = s.openIdempotent(ctx, row.ID+outcomeLabel, row.SealedOutcome); err != nil {
		return nil, err
	}
	if row.Answer, err = s.openIdempotent(ctx, row.ID+answerLabel, row.SealedAnswer); err != nil {
		return nil, err
	}

	return &row, nil
}

func (s *Store) openIdempotent(ctx context.Context, label string, sealed *string) ([]byte, error) {
	if sealed == nil {
		return nil, nil
	}
	return s.openSealed(ctx, label, *sealed)
}
