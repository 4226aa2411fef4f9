package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// idleAccount has the columns of an account that tell since when nobody uses it.
type idleAccount struct {
	ID             string
	CreatedAt      time.Time
	UpdatedAt      time.Time
	LastActivityAt *time.Time
	IdleFrom       *time.Time
}

// TableName returns the name of the table for GORM.
func (idleAccount) TableName() string { return "accounts" }

// idleSince returns since when the account is idle.
func (a idleAccount) idleSince() time.Time {
	since := a.CreatedAt
	for _, at := range []*time.Time{&a.UpdatedAt, a.LastActivityAt, a.IdleFrom} {
		if at != nil && at.After(since) {
			since = *at
		}
	}
	return since
}

// FindIdle looks at up to limit accounts that may be idle since before a time, and begins the notices of those that are.
// The others are not looked at again before they could be. It returns how many it looked at. It skips accounts that
// another process is looking at.
func (s *Store) FindIdle(ctx context.Context, before, now time.Time, limit int) (looked int, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		const from = "coalesce(idle_from, created_at)" // as in the index
		page, err := find[idleAccount](tx.gorm(ctx).Clauses(lockFree).
			Where(from+" < ?", before).Order(from + ", id").Limit(limit))
		if err != nil {
			return tx.fail(err)
		}

		looked = len(page)
		for _, account := range page {
			next := account.idleSince()
			if next.Before(before) {
				if err := tx.beginIdleNotices(ctx, account.ID, next, now); err != nil {
					return err
				}
				next = now
			}
			if err := tx.CountIdleFrom(ctx, account.ID, next); err != nil {
				return err
			}
		}

		return nil
	})
	return looked, err
}

// beginIdleNotices changes nothing if the notices of the account have begun.
func (t *transaction) beginIdleNotices(ctx context.Context, accountID string, since, now time.Time) error {
	return t.exec(ctx, `INSERT INTO idle_notices (account_id, idle_since, told, message_id, due_at)
		VALUES (?, ?, 0, '', ?) ON CONFLICT (account_id) DO NOTHING`, accountID, since, now)
}

// DueIdleNotices returns up to limit accounts whose notices have a step due, those that wait longest first.
func (s *Store) DueIdleNotices(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var ids []string
	err := s.read.WithContext(ctx).Model(&models.IdleNotice{}).Where("due_at <= ?", now).
		Order("due_at, account_id").Limit(limit).Pluck("account_id", &ids).Error
	return ids, s.translate(err)
}

// CountIdleFrom says from when on the account may count as idle; models.ErrNotFound. It is no change of the account.
func (t *transaction) CountIdleFrom(ctx context.Context, accountID string, from time.Time) error {
	return t.write(ctx, t.store.engine.Bind("UPDATE accounts SET idle_from = ? WHERE id = ?"), from, accountID)
}

// RecordUse records a use of the account; it is no change of the account.
func (t *transaction) RecordUse(ctx context.Context, accountID string, at time.Time) error {
	return t.recordAccountUse(ctx, models.Activity{AccountID: accountID, UsedAt: at})
}

// SignedIn reports whether the account has a live session.
func (t *transaction) SignedIn(ctx context.Context, accountID string, now time.Time) (bool, error) {
	sessions, err := find[models.Session](t.gorm(ctx).Select("id").
		Where("account_id = ? AND expires_at > ?", accountID, now).Limit(1))
	return len(sessions) > 0, t.fail(err)
}

// IdleNotice returns the notices of an account, or models.ErrNotFound.
func (t *transaction) IdleNotice(ctx context.Context, accountID string) (*models.IdleNotice, error) {
	row, err := take[models.IdleNotice](t.gorm(ctx).Where("account_id = ?", accountID))
	if err != nil {
		return nil, t.fail(err)
	}
	return &row, nil
}

// KeepIdleNotice writes what has changed of an account's notices; models.ErrNotFound.
func (t *transaction) KeepIdleNotice(ctx context.Context, notice *models.IdleNotice) error {
	return t.write(ctx, t.store.engine.Bind(
		"UPDATE idle_notices SET told = ?, message_id = ?, due_at = ? WHERE account_id = ?"),
		notice.Told, notice.MessageID, notice.DueAt, notice.AccountID)
}

// DropIdleNotice ends the notices of an account; models.ErrNotFound.
func (t *transaction) DropIdleNotice(ctx context.Context, accountID string) error {
	return t.expectOneRow(affected(t.gorm(ctx).Where("account_id = ?", accountID).Delete(&models.IdleNotice{})))
}

// SentAt returns when a message was sent, or nil if it still waits. It returns models.ErrNotFound if it failed for good
// or is gone.
func (t *transaction) SentAt(ctx context.Context, messageID string) (*time.Time, error) {
	message, err := take[models.Message](t.gorm(ctx).Select("sent_at").
		Where("id = ? AND failed_at IS NULL", messageID))
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, models.ErrNotFound
	}
	return message.SentAt, t.fail(err)
}
