package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// live is the condition of a challenge that can still be redeemed. Its argument is the current time.
const live = "used_at IS NULL AND expires_at > ?" // guard: a challenge is used once; a challenge expires

// ChallengeBySecret returns an unused challenge, which may have expired: check models.Challenge.Live.
func (s *Store) ChallengeBySecret(
	ctx context.Context, purpose models.Purpose, secretHash []byte,
) (*models.Challenge, error) {
	row, err := take[models.Challenge](s.read.WithContext(ctx).
		// guard: a challenge has a purpose
		Where("secret_hash = ? AND purpose = ? AND used_at IS NULL", secretHash, purpose))
	return found(s, row, err)
}

// PendingChallenge returns the newest live challenge of the purpose, or models.ErrNotFound.
func (s *Store) PendingChallenge(
	ctx context.Context, accountID string, purpose models.Purpose, now time.Time,
) (*models.Challenge, error) {
	row, err := take[models.Challenge](s.read.WithContext(ctx).
		Where("account_id = ? AND purpose = ? AND "+live, accountID, purpose, now).
		Order("created_at DESC, id DESC").Limit(1))
	return found(s, row, err)
}

// CreateChallenge returns models.ErrNotFound if the account is gone. A challenge may have no account: operations
// whose answers must not reveal whether an address is known write one in any case.
func (t *transaction) CreateChallenge(ctx context.Context, challenge *models.Challenge) error {
	challenge, err := t.sealChallenge(ctx, challenge)
	if err != nil {
		return err
	}
	if challenge.AccountID == "" {
		return insertWithout(ctx, t, challenge, "account_id")
	}
	return create(ctx, t, challenge)
}

// TryChallenge counts the attempt first and reads afterwards, so that no more than limit concurrent callers see the
// challenge (R-CPU2).
func (t *transaction) TryChallenge(
	ctx context.Context, id string, limit int, now time.Time,
) (*models.Challenge, error) {
	err := t.expectOneRow(affected(t.gorm(ctx).Model(&models.Challenge{}).
		Where("id = ? AND "+live+" AND attempts < ?", id, now, limit). // guard: a code is tried five times
		Update("attempts", gorm.Expr("attempts + 1"))))
	if err != nil {
		return nil, err
	}

	row, err := take[models.Challenge](t.gorm(ctx).Where("id = ?", id))
	if err != nil {
		return nil, t.fail(err)
	}

	return &row, nil
}

// UseChallenge marks the challenge as used. Of several callers, the one that changes the row wins (R-CPR2).
func (t *transaction) UseChallenge(ctx context.Context, id string, now time.Time) error {
	return t.write(ctx, t.store.engine.Bind("UPDATE challenges SET used_at = ? WHERE id = ? AND "+live), now, id, now)
}

// VoidChallenges first deletes the live challenges, to count them, and then the others.
func (t *transaction) VoidChallenges(
	ctx context.Context, accountID string, now time.Time, purposes ...models.Purpose,
) (int, error) {
	mine := t.gorm(ctx).Where("account_id = ?", accountID)
	if len(purposes) > 0 {
		mine = mine.Where("purpose IN ?", purposes)
	}

	mine = mine.Session(&gorm.Session{}) // each query starts from here and adds no conditions to the next
	voided, err := affected(mine.Where(live, now).Delete(&models.Challenge{}))
	if err != nil {
		return 0, t.fail(err)
	}

	return voided, t.fail(mine.Delete(&models.Challenge{}).Error)
}

// VoidUndos deletes the account's undo challenges for the target, and those created since the given time. Older ones
// for other addresses remain.
func (t *transaction) VoidUndos(ctx context.Context, accountID, target string, since time.Time) error {
	return t.fail(t.gorm(ctx).Where("account_id = ? AND purpose = ?", accountID, models.PurposeEmailUndo).
		Where("target = ? OR created_at >= ?", target, since).Delete(&models.Challenge{}).Error)
}
