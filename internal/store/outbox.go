package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// Enqueue adds a message to the outbox with its secret sealed, and with its place in the trace of ctx. It leaves the
// message itself unchanged because a transaction may be retried.
func (t *transaction) Enqueue(ctx context.Context, message *models.Message) error {
	row := *message
	row.Data.Trace = trace.Parent(ctx)
	if err := t.seal(ctx, &row); err != nil {
		return err
	}
	if row.SentAt != nil {
		// The secret was sealed only so that the time taken is the same. It is never sent.
		row.Data.Sealed = ""
	}

	return insert(ctx, t, &row)
}

// Each condition has an index.
const (
	// open is the condition of a message that is still to be sent.
	open = "sent_at IS NULL AND failed_at IS NULL"
	// openMail is that of one which goes to a customer.
	openMail = open + " AND channel <> 'WEBHOOK'"
	// openEvent is that of one which goes to a webhook target.
	openEvent = open + " AND channel = 'WEBHOOK' AND recipient = ?"
)

// dueMessage has the columns of a message that are needed to claim it. They can always be read.
type dueMessage struct {
	ID          string
	AccountID   string
	ChallengeID string
}

// TableName returns the name of the table for GORM.
func (dueMessage) TableName() string { return "outbox" }

// ClaimMessages leases up to limit due mails and text messages exclusively to the caller, longest due first (R-OUT5).
// The returned Attempts includes this attempt. It deletes due messages whose challenge is used, replaced or expired,
// and those whose account is gone (R-OUT2), and marks messages that can't be read as failed for good. Neither kind is
// returned: the result is empty only if nothing else is due. If nothing is due, it writes nothing.
func (s *Store) ClaimMessages(
	ctx context.Context, now time.Time, lease time.Duration, limit int,
) ([]models.Message, error) {
	return s.claim(ctx, queue{condition: openMail}, now, lease, limit)
}

// TargetQueue is the outbox of one webhook target.
type TargetQueue struct {
	*Store
	target string
}

// QueueOf returns the outbox of a webhook target, so that one that takes nothing delays no other.
func (s *Store) QueueOf(target string) TargetQueue { return TargetQueue{s, target} }

// ClaimMessages is Store.ClaimMessages for the events of the target.
func (q TargetQueue) ClaimMessages(
	ctx context.Context, now time.Time, lease time.Duration, limit int,
) ([]models.Message, error) {
	return q.claim(ctx, queue{openEvent, []any{q.target}}, now, lease, limit)
}

// queue is the condition of the messages of one worker.
type queue struct {
	condition string
	values    []any
}

// due returns the query of the messages that are due.
func (q queue) due(db *gorm.DB, now time.Time) *gorm.DB {
	return db.Where(q.condition+" AND not_before <= ?", append(slices.Clone(q.values), now)...)
}

func (s *Store) claim(
	ctx context.Context, from queue, now time.Time, lease time.Duration, limit int,
) ([]models.Message, error) {
	for {
		waiting, err := find[dueMessage](from.due(s.read.WithContext(ctx), now).Limit(1))
		if err != nil || len(waiting) == 0 {
			return nil, s.translate(err)
		}

		ids, looked, err := s.lease(ctx, from, now, lease, limit)
		if err != nil {
			return nil, err
		}

		claimed, err := s.readClaimed(ctx, ids, now)
		// Zero rows were examined if another process has just locked everything that is due.
		if err != nil || len(claimed) > 0 || looked == 0 {
			return claimed, err
		}
	}
}

// lease leases due messages in one transaction. It returns their ids and the number of rows that it examined.
func (s *Store) lease(
	ctx context.Context, from queue, now time.Time, lease time.Duration, limit int,
) (ids []string, looked int, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		due, err := find[dueMessage](from.due(tx.gorm(ctx).Clauses(lockFree), now).
			Order("not_before, id").Limit(limit))
		if err != nil {
			return tx.fail(err)
		}

		looked = len(due)
		if ids, err = tx.dropStale(ctx, due, now); err != nil || len(ids) == 0 {
			return err
		}

		return tx.execLists(ctx,
			"UPDATE outbox SET not_before = ?, attempts = attempts + 1 WHERE id IN ?", now.Add(lease), ids)
	})
	return ids, looked, err
}

// dropStale deletes the messages whose challenge can't be redeemed any more or whose account is gone, and returns
// the ids of the others.
func (t *transaction) dropStale(
	ctx context.Context, due []dueMessage, now time.Time,
) ([]string, error) {
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

	return fresh, t.execLists(ctx, "DELETE FROM outbox WHERE id IN ?", stale)
}

// idsOf returns those of the wanted ids that satisfy a condition in a table.
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

// readClaimed reads leased messages in the order of ids. It runs outside the transaction of the lease, in which an
// unreadable row would fail the whole claim. Such a row is marked as failed for good.
func (s *Store) readClaimed(
	ctx context.Context, ids []string, now time.Time,
) ([]models.Message, error) {
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
			// Its account was deleted in the meantime.
		case models.CodeOf(err) == models.CodeUnavailable:
			// The messages read so far are sent; the rest waits until its lease ends.
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

// putAside marks an unreadable message as failed for good and wipes its data.
func (s *Store) putAside(ctx context.Context, id string, now time.Time) error {
	return s.inTx(ctx, func(tx *transaction) error {
		return tx.exec(ctx,
			"UPDATE outbox SET failed_at = ?, last_error = 'the row can not be read', data = '{}' WHERE id = ?", now,
			id)
	})
}

// MarkSent records that a message was sent and wipes its token and code. It returns models.ErrNotFound if the
// message does not exist, was sent before, or failed for good.
func (s *Store) MarkSent(ctx context.Context, id string, now time.Time) error {
	return s.finish(ctx, id, func(message *models.Message) []any {
		message.SentAt = &now
		return []any{"sent_at"}
	})
}

// MarkFailed records why an attempt failed and when the next one is due. If retryAt is nil, the message has failed
// for good now, and its token and code are wiped. It returns models.ErrNotFound as MarkSent does.
func (s *Store) MarkFailed(
	ctx context.Context, id string, now time.Time, reason string, retryAt *time.Time,
) error {
	if retryAt == nil {
		return s.finish(ctx, id, func(message *models.Message) []any {
			message.FailedAt, message.LastError = &now, &reason
			return []any{"failed_at", "last_error"}
		})
	}
	return s.inTx(ctx, func(tx *transaction) error {
		return tx.expectOneRow(affected(tx.gorm(ctx).Where("id = ? AND "+open, id).
			Select("not_before", "last_error").Updates(models.Message{NotBefore: *retryAt, LastError: &reason})))
	})
}

// finish writes the columns that change returns for an open message, and wipes its secrets. If a customer's account
// is gone, the message is deleted whatever its result, so that the address does not stay (R-DEL6).
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
