package store

import (
	"context"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// reapBatch is how many rows one transaction deletes: few enough that requests don't notice the wait, some
	// milliseconds on SQLite.
	reapBatch = 100
	// challengeMemory is how long a challenge is kept after it can't be redeemed any more.
	challengeMemory = 24 * time.Hour
	// messageMemory is how long a message is kept after it was sent or failed for good.
	messageMemory = 7 * 24 * time.Hour
	// eventMemory is how long an event can be told again.
	eventMemory = 30 * 24 * time.Hour
)

// Reap deletes expired rows. Every process may call it at any time: each row is found by an index, and nothing
// relies on its deletion.
func (s *Store) Reap(ctx context.Context, now time.Time) error {
	steps := []func() error{
		func() error { return reap[models.Session](ctx, s, "id", "expires_at <= ?", now) },
		// guard: a registration is reaped
		func() error { return reap[models.Registration](ctx, s, "id", "expires_at <= ?", now) },
		// guard: an export goes after a day
		func() error { return reap[models.KeptExport](ctx, s, "id", "expires_at <= ?", now) },
		// guard: a device is forgotten when it was away for long
		func() error { return reap[models.KnownDevice](ctx, s, "id", "expires_at <= ?", now) },
		// guard: keys go with their age
		func() error { return reap[models.IdempotencyKey](ctx, s, "id", "expires_at <= ?", now) },
		func() error {
			return reap[models.Challenge](ctx, s, "id", "expires_at <= ?", now.Add(-challengeMemory))
		},
		func() error { return reap[models.Challenge](ctx, s, "id", "used_at <= ?", now.Add(-challengeMemory)) },
		func() error {
			return reap[models.Budget](ctx, s, "key", "resets_at <= ? AND blocked_until <= ?", now, now)
		},
		func() error { return reap[models.Message](ctx, s, "id", "sent_at <= ?", now.Add(-messageMemory)) },
		func() error { return reap[models.Message](ctx, s, "id", "failed_at <= ?", now.Add(-messageMemory)) },
		// guard: a proof of consent is reaped
		func() error { return reap[models.ConsentProof](ctx, s, "id", "expires_at <= ?", now) },
		func() error {
			return reap[models.WebhookEvent](ctx, s, "id", "created_at <= ?", now.Add(-eventMemory))
		},
		func() error { return reap[webhookSequence](ctx, s, "account_id", "sequence = 0 AND account_id > ''") },
		func() error { return reap[models.Message](ctx, s, "id", ofNoTarget) },
		func() error { return s.resealAuthenticators(ctx, now) },
		func() error { return s.dropKeys(ctx, now) },
		func() error { return s.Forget(ctx) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}

	return nil
}

// Forget removes deleted rows from the database's files (R-DEL6). It does not wait for readers: the next call
// removes what is left.
func (s *Store) Forget(ctx context.Context) error {
	return s.translate(s.engine.Purge(ctx))
}

// reap deletes the rows that satisfy a condition, in batches.
func reap[T any](ctx context.Context, s *Store, key, condition string, args ...any) error {
	for {
		deleted := 0
		err := s.inTx(ctx, func(tx *transaction) error {
			// It skips rows that another process is deleting, instead of waiting for them.
			batch := tx.gorm(ctx).Model(new(T)).Clauses(lockFree).
				Select(key).Where(condition, args...).Limit(reapBatch)
			rows, err := affected(tx.gorm(ctx).Where(fmt.Sprintf("%s IN (?)", key), batch).Delete(new(T)))
			deleted = rows
			return tx.fail(err)
		})
		if err != nil || deleted < reapBatch {
			return err
		}
	}
}
