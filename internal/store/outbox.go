package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/accountql/accountql/models"
)

// Enqueue puts a message in the outbox.
func (t *transaction) Enqueue(ctx context.Context, message *models.Message) error {
	return t.settle(gorm.G[models.Message](t.db).Create(ctx, message))
}

// DropMessages deletes the account's messages that were not sent, those that failed for good included.
func (t *transaction) DropMessages(ctx context.Context, accountID string) error {
	_, err := gorm.G[models.Message](t.db).Where("account_id = ? AND sent_at IS NULL", accountID).Delete(ctx)
	return t.settle(err)
}

// open is the condition of a message that is still to be sent; an index stands on it.
const open = "sent_at IS NULL AND failed_at IS NULL"

// ClaimMessages gives up to limit due messages to the caller alone, the ones
// due longest first, until the lease ends (R-OUT5). The returned Attempts
// counts this attempt. It deletes due messages whose challenge is used,
// replaced or expired; those of a deleted account were deleted with it (R-OUT2).
// With nothing due it writes nothing.
func (s *Store) ClaimMessages(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]models.Message, error) {
	waiting, err := gorm.G[models.Message](s.read).Select("id").Where(open+" AND not_before <= ?", now).Limit(1).Find(ctx)
	if err != nil || len(waiting) == 0 {
		return nil, s.translate(err)
	}
	var claimed []models.Message
	err = s.inTx(ctx, func(tx *transaction) error {
		due, err := gorm.G[models.Message](tx.db, clause.Locking{Strength: clause.LockingStrengthUpdate, Options: clause.LockingOptionsSkipLocked}).
			Where(open+" AND not_before <= ?", now).Order("not_before, id").Limit(limit).Find(ctx)
		if err != nil {
			return tx.settle(err)
		}
		if claimed, err = tx.dropStale(ctx, due, now); err != nil || len(claimed) == 0 {
			return err
		}
		for i := range claimed {
			claimed[i].NotBefore = now.Add(lease)
			claimed[i].Attempts++
			if err := tx.one(gorm.G[models.Message](tx.db).Where("id = ?", claimed[i].ID).
				Select("not_before", "attempts").Updates(ctx, claimed[i])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claimed, nil
}

// dropStale deletes the messages whose challenge can't be redeemed any more, and returns the others.
func (t *transaction) dropStale(ctx context.Context, due []models.Message, now time.Time) ([]models.Message, error) {
	var wanted []string
	for _, message := range due {
		if message.ChallengeID != "" {
			wanted = append(wanted, message.ChallengeID)
		}
	}
	if len(wanted) == 0 {
		return due, nil
	}
	challenges, err := gorm.G[models.Challenge](t.db).Select("id").Where("id IN ? AND "+live, wanted, now).Find(ctx)
	if err != nil {
		return nil, t.settle(err)
	}
	var fresh []models.Message
	for _, message := range due {
		if message.ChallengeID == "" || slices.ContainsFunc(challenges, func(c models.Challenge) bool { return c.ID == message.ChallengeID }) {
			fresh = append(fresh, message)
			continue
		}
		if err := t.one(gorm.G[models.Message](t.db).Where("id = ?", message.ID).Delete(ctx)); err != nil {
			return nil, err
		}
	}
	return fresh, nil
}

// MarkSent notes that a message was sent and wipes its token and code. It fails
// with models.ErrNotFound for a message that isn't there, was sent before, or failed for good.
func (s *Store) MarkSent(ctx context.Context, id string, now time.Time) error {
	return s.finish(ctx, id, func(message *models.Message) []any {
		message.SentAt = &now
		return []any{"sent_at"}
	})
}

// MarkFailed notes why an attempt failed and when the next one is due. A nil
// retryAt puts the message aside for good, without its token and code; it
// failed, then, when the lease of its last attempt ends. It fails with models.ErrNotFound as MarkSent does.
func (s *Store) MarkFailed(ctx context.Context, id string, reason string, retryAt *time.Time) error {
	if retryAt == nil {
		return s.finish(ctx, id, func(message *models.Message) []any {
			failedAt := message.NotBefore
			message.FailedAt, message.LastError = &failedAt, &reason
			return []any{"failed_at", "last_error"}
		})
	}
	return s.inTx(ctx, func(tx *transaction) error {
		return tx.one(gorm.G[models.Message](tx.db).Where("id = ? AND "+open, id).
			Select("not_before", "last_error").Updates(ctx, models.Message{NotBefore: *retryAt, LastError: &reason}))
	})
}

// finish writes the columns that change names of an open message, and wipes its secrets.
func (s *Store) finish(ctx context.Context, id string, change func(message *models.Message) []any) error {
	return s.inTx(ctx, func(tx *transaction) error {
		message, err := gorm.G[models.Message](tx.db, clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = ? AND "+open, id).Take(ctx)
		if err != nil {
			return tx.settle(err)
		}
		columns := change(&message)
		message.Data.Token, message.Data.Code = "", ""
		return tx.one(gorm.G[models.Message](tx.db).Where("id = ? AND "+open, id).Select("data", columns...).Updates(ctx, message))
	})
}
