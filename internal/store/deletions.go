package store

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// DueDeletions returns up to limit accounts whose grace period is over, those that wait longest first.
func (s *Store) DueDeletions(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var ids []string
	err := s.read.WithContext(ctx).Model(&models.Deletion{}).Where("scheduled_for <= ?", now).
		Order("scheduled_for, account_id").Limit(limit).Pluck("account_id", &ids).Error
	return ids, s.translate(err)
}

// Deletion returns the account's grace period, or models.ErrNotFound.
func (s *Store) Deletion(ctx context.Context, accountID string) (*models.Deletion, error) {
	row, err := take[models.Deletion](s.read.WithContext(ctx).Where("account_id = ?", accountID))
	return found(s, row, err)
}

// Deletion returns the account's grace period, or models.ErrNotFound.
func (t *transaction) Deletion(ctx context.Context, accountID string) (*models.Deletion, error) {
	row, err := take[models.Deletion](t.gorm(ctx).Where("account_id = ?", accountID))
	if err != nil {
		return nil, t.fail(err)
	}
	return &row, nil
}

// ScheduleDeletion stores the grace period of an account, or returns models.ErrNotFound if the account does not exist.
func (t *transaction) ScheduleDeletion(ctx context.Context, deletion *models.Deletion) error {
	return create(ctx, t, deletion)
}

// CancelDeletion ends the grace period of an account; models.ErrNotFound.
func (t *transaction) CancelDeletion(ctx context.Context, accountID string) error {
	return t.expectOneRow(affected(t.gorm(ctx).Where("account_id = ?", accountID).Delete(&models.Deletion{})))
}
