package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// spendBudget is one statement, so that concurrent uses each get their own count. A window that has ended starts
// again, and its block ends with it.
// guard: a budget counts
const spendBudget = `
INSERT INTO budgets (key, count, resets_at, blocked_until) VALUES (?, 1, ?, ?)
ON CONFLICT (key) DO UPDATE SET
	count = CASE WHEN budgets.resets_at <= ? THEN 1 ELSE budgets.count + 1 END,
	resets_at = CASE WHEN budgets.resets_at <= ? THEN excluded.resets_at ELSE budgets.resets_at END,
	blocked_until = CASE WHEN budgets.resets_at <= ? THEN excluded.blocked_until ELSE budgets.blocked_until END
RETURNING key, count, resets_at, blocked_until`

// SpendBudget counts one more use of the key, in a window that begins with the first use.
func (t *transaction) SpendBudget(
	ctx context.Context, key string, now time.Time, window time.Duration,
) (models.Budget, error) {
	// Find reads to the end: an unfinished statement that returns rows keeps SQLite from checkpointing.
	budgets, err := find[models.Budget](t.gorm(ctx).
		Raw(spendBudget, key, now.Add(window), time.Time{}, now, now, now))
	if err == nil && len(budgets) != 1 {
		err = gorm.ErrRecordNotFound
	}
	if err != nil {
		return models.Budget{}, t.fail(err)
	}

	return budgets[0], nil
}

// Budgets omits keys that were never used.
func (s *Store) Budgets(ctx context.Context, keys ...string) ([]models.Budget, error) {
	budgets, err := find[models.Budget](s.read.WithContext(ctx).Where("key IN ?", keys))
	return budgets, s.translate(err)
}

// Budget returns models.ErrNotFound if the key was never used.
func (t *transaction) Budget(ctx context.Context, key string) (models.Budget, error) {
	budget, err := take[models.Budget](t.gorm(ctx).Where("key = ?", key))
	return budget, t.fail(err)
}

// BlockBudget returns models.ErrNotFound if the key was never used.
func (t *transaction) BlockBudget(ctx context.Context, key string, until time.Time) error {
	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.Budget{}).
		Where("key = ?", key).Update("blocked_until", until)))
}

// ResetBudget deletes the key. It returns no error if there is none.
func (t *transaction) ResetBudget(ctx context.Context, key string) error {
	return t.fail(t.gorm(ctx).Where("key = ?", key).Delete(&models.Budget{}).Error)
}

// RefundBudget takes one use of the key back.
func (t *transaction) RefundBudget(ctx context.Context, key string) error {
	return t.exec(ctx, "UPDATE budgets SET count = count - 1 WHERE key = ? AND count > 0", key)
}
