package store

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

// Enqueue puts a message in the outbox, with its secret sealed. The message
// itself stays as it is, because a transaction may be run again.
func (t *transaction) Enqueue(ctx context.Context, message *models.Message) error {
	row := *message
	if err := t.seal(ctx, &row); err != nil {
		return err
	}
	if row.SentAt != nil {
		// It is written for the sake of the work alone, and never sent.
		row.Data.Sealed = ""
	}

	return t.fail(t.gorm(ctx).Create(&row).Error)
}

// DropMessages deletes the account's messages that were not sent, those that failed for good included.
func (t *transaction) DropMessages(ctx context.Context, accountID string) error {
	return t.fail(t.gorm(ctx).Where("account_id = ? AND sent_at IS NULL", accountID).Delete(&models.Message{}).Error)
}

// open is the condition of a message that is still to be sent; an index stands on it.
const open = "sent_at IS NULL AND failed_at IS NULL"

// dueMessage has the columns of a message that a claim needs: they can always be read.
type dueMessage struct {
	ID          string
	AccountID   string
	ChallengeID string
}

// TableName is GORM's table of the type.
func (dueMessage) TableName() string { return "outbox" }

// ClaimMessages gives up to limit due messages to the caller alone, the ones
// due longest first, until the lease ends (R-OUT5). The returned Attempts
// counts this attempt. It deletes due messages whose challenge is used, replaced
// or expired, and those whose account is gone (R-OUT2), and puts aside for good
// what can't be read. Neither of them is an answer: the result is empty only
// when nothing else is due. With nothing due it writes nothing.
func (s *Store) ClaimMessages(
	ctx context.Context, now time.Time, lease time.Duration, limit int) ([]models.Message, error,
) {
	for {
		waiting, err := find[dueMessage](s.read.WithContext(ctx).Where(open+" AND not_before <= ?", now).Limit(1))
		if err != nil || len(waiting) == 0 {
			return nil, s.translate(err)
		}

		ids, looked, err := s.lease(ctx, now, lease, limit)
		if err != nil {
			return nil, err
		}

		claimed, err := s.readClaimed(ctx, ids, now)
		// Nothing was looked at if another process has just locked all that is due.
		if err != nil || len(claimed) > 0 || looked == 0 {
			return claimed, err
		}
	}
}

// lease takes due messages in one transaction and returns their ids, and how many rows it looked at.
func (s *Store) lease(
	ctx context.Context, now time.Time, lease time.Duration, limit int,
) (ids []string, looked int, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		due, err := find[dueMessage](tx.gorm(ctx).Clauses(lockFree).
			Where(open+" AND not_before <= ?", now).Order("not_before, id").Limit(limit))
		if err != nil {
			return tx.fail(err)
		}

		looked = len(due)
		if ids, err = tx.dropStale(ctx, due, now); err != nil || len(ids) == 0 {
			return err
		}

		return tx.exec(ctx, "UPDATE outbox SET not_before = ?, attempts = attempts + 1 WHERE id IN ?", now.Add(lease),
			ids)
	})
	return ids, looked, err
}

// dropStale deletes the messages whose challenge can't be redeemed any more or
// whose account is gone, and returns the ids of the others.
func (t *transaction) dropStale(
	ctx context.Context, due []dueMessage, now time.Time) ([]string, error,
) {
	var challenges, accounts []string
	for _, message := range due {
		if message.ChallengeID != "" {
			challenges = append(challenges, message.ChallengeID)
		}
		if message.AccountID != "" {
			accounts = append(accounts, message.AccountID)
		}
	}

	liveChallenges, err := idsOf[models.Challenge](ctx, t, challenges, "id IN ? AND "+live, challenges, now)
	if err != nil {
		return nil, err
	}

	liveAccounts, err := idsOf[models.Account](ctx, t, accounts, "id IN ?", accounts)
	if err != nil {
		return nil, err
	}

	var fresh, stale []string
	for _, message := range due {
		redeemable := message.ChallengeID == "" || liveChallenges[message.ChallengeID]
		if redeemable && (message.AccountID == "" || liveAccounts[message.AccountID]) {
			fresh = append(fresh, message.ID)
		} else {
			stale = append(stale, message.ID)
		}
	}

	if len(stale) == 0 {
		return fresh, nil
	}

	return fresh, t.exec(ctx, "DELETE FROM outbox WHERE id IN ?", stale)
}

// idsOf returns which of the wanted ids a condition finds in a table.
func idsOf[T any](
	ctx context.Context, t *transaction, wanted []string, condition string, values ...any,
) (map[string]bool, error) {
	found := make(map[string]bool, len(wanted))
	if len(wanted) == 0 {
		return found, nil
	}

	var ids []string
	if err := t.gorm(ctx).Model(new(T)).Where(condition, values...).Pluck("id", &ids).Error; err != nil {
		return nil, t.fail(err)
	}

	for _, id := range ids {
		found[id] = true
	}

	return found, nil
}

// readClaimed reads messages that are leased, in the order of their ids' list. It
// stands outside the transaction of the lease, where a row that can't be read
// would spoil the claim of all others; such a row is put aside for good.
func (s *Store) readClaimed(
	ctx context.Context, ids []string, now time.Time) ([]models.Message, error,
) {
	var claimed []models.Message
	for _, id := range ids {
		message, err := take[models.Message](s.read.WithContext(ctx).Where("id = ?", id))
		if err == nil {
			err = s.unseal(ctx, &message)
		} else {
			err = s.translate(err)
		}

		switch {
		case err == nil:
			claimed = append(claimed, message)
		case errors.Is(err, models.ErrNotFound):
			// Its account was deleted in between.
		case models.CodeOf(err) == models.CodeUnavailable:
			// What was read so far is sent; the rest waits for the end of its lease.
			if len(claimed) == 0 {
				return nil, err
			}
			return claimed, nil
		default:
			if err := s.putAside(ctx, id, now); err != nil {
				return claimed, err
			}
		}
	}

	return claimed, nil
}

// putAside gives up a message that can't be read, and wipes what it holds.
func (s *Store) putAside(ctx context.Context, id string, now time.Time) error {
	return s.inTx(ctx, func(tx *transaction) error {
		return tx.exec(ctx,
			"UPDATE outbox SET failed_at = ?, last_error = 'the row can not be read', data = '{}' WHERE id = ?", now,
			id)
	})
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
// failed, then, when the lease of its last attempt ends. It returns models.ErrNotFound as MarkSent does.
func (s *Store) MarkFailed(ctx context.Context, id string, reason string, retryAt *time.Time) error {
	if retryAt == nil {
		return s.finish(ctx, id, func(message *models.Message) []any {
			failedAt := message.NotBefore
			message.FailedAt, message.LastError = &failedAt, &reason
			return []any{"failed_at", "last_error"}
		})
	}
	return s.inTx(ctx, func(tx *transaction) error {
		return tx.expectOneRow(affected(tx.gorm(ctx).Where("id = ? AND "+open, id).
			Select("not_before", "last_error").Updates(models.Message{NotBefore: *retryAt, LastError: &reason})))
	})
}

// finish writes the columns that change names of an open message, and wipes its
// secrets. A message to a customer whose account is gone is deleted whatever
// became of it, so that the address does not stay (R-DEL6).
func (s *Store) finish(ctx context.Context, id string, change func(message *models.Message) []any) error {
	return s.inTx(ctx, func(tx *transaction) error {
		message, err := take[models.Message](tx.gorm(ctx).Clauses(lockRow).Where("id = ? AND "+open, id))
		if err != nil {
			return tx.fail(err)
		}
		if message.AccountID == "" && message.Channel != models.ChannelWebhook {
			return tx.expectOneRow(affected(tx.gorm(ctx).Where("id = ?", id).Delete(&models.Message{})))
		}

		columns := change(&message)
		message.Data.Token, message.Data.Code, message.Data.Sealed = "", "", ""

		return tx.expectOneRow(affected(tx.gorm(ctx).
			Where("id = ? AND "+open, id).Select("data", columns...).Updates(message)))
	})
}
