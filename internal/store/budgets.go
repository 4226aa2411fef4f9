package store

import (
	"context"
	"time"

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

const selectBudget = `SELECT key, count, resets_at, blocked_until FROM budgets WHERE key = ?`

// SpendBudget counts one more use of the key, in a window that begins with the first use.
func (t *transaction) SpendBudget(
	ctx context.Context, key string, now time.Time, window time.Duration,
) (models.Budget, error) {
	return t.readBudget(ctx, t.store.statements.spendBudget, key, now.Add(window), time.Time{}, now, now, now)
}

// Budgets omits keys that were never used.
func (s *Store) Budgets(ctx context.Context, keys ...string) ([]models.Budget, error) {
	budgets, err := find[models.Budget](s.read.WithContext(ctx).Where("key IN ?", keys))
	return budgets, s.translate(err)
}

// Budget returns models.ErrNotFound if the key was never used.
func (t *transaction) Budget(ctx context.Context, key string) (models.Budget, error) {
	return t.readBudget(ctx, t.store.statements.budget, key)
}

func (t *transaction) readBudget(ctx context.Context, statement string, values ...any) (models.Budget, error) {
	var budget models.Budget
	err := t.find(ctx, statement, values, &budget.Key, &budget.Count, &budget.ResetsAt, &budget.BlockedUntil)
	return budget, t.fail(err)
}

// BlockBudget returns models.ErrNotFound if the key was never used.
func (t *transaction) BlockBudget(ctx context.Context, key string, until time.Time) error {
	return t.write(ctx, t.store.engine.Bind("UPDATE budgets SET blocked_until = ? WHERE key = ?"), until, key)
}

// ResetBudget deletes the key. It returns no error if there is none.
func (t *transaction) ResetBudget(ctx context.Context, key string) error {
	return t.exec(ctx, "DELETE FROM budgets WHERE key = ?", key)
}

// RefundBudget takes one use of the key back.
func (t *transaction) RefundBudget(ctx context.Context, key string) error {
	return t.exec(ctx, "UPDATE budgets SET count = count - 1 WHERE key = ? AND count > 0", key)
}
