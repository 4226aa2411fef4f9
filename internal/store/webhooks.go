package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

const (
	// nextSequence takes an account's next number and thereby locks the row until the transaction ends: the numbers are
	// in the order of the commits, without a gap.
	nextSequence = `
INSERT INTO webhook_sequences (account_id, sequence) VALUES (?, ?)
ON CONFLICT (account_id) DO UPDATE SET sequence = webhook_sequences.sequence + 1
RETURNING sequence`
	// lastSequence ends an account's numbers.
	lastSequence = `DELETE FROM webhook_sequences WHERE account_id = ? RETURNING sequence + 1`
	// ofNoTarget is the condition of an event that nobody will send, because its target was taken out of the settings.
	ofNoTarget = open + " AND channel = 'WEBHOOK' AND recipient >= ''" +
		" AND recipient NOT IN (SELECT name FROM webhook_targets)"
)

// webhookSequence is the number of an account's newest event; 0 is a decoy's.
type webhookSequence struct {
	AccountID string `gorm:"primaryKey"`
	Sequence  int
}

// webhookTargets are the targets as a process has read them.
type webhookTargets struct {
	readAt time.Time
	all    []models.WebhookTarget
}

// RecordWebhookTargets makes the targets those of every process on the database, and returns the names of those that
// are none any more: what waits for them is deleted soon.
func (s *Store) RecordWebhookTargets(
	ctx context.Context, targets []models.WebhookTarget, now time.Time,
) (removed []string, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		removed = nil
		former, err := find[models.WebhookTarget](tx.gorm(ctx).Order("name"))
		if err != nil {
			return tx.fail(err)
		}

		for _, one := range former {
			if !slices.ContainsFunc(targets, func(t models.WebhookTarget) bool { return t.Name == one.Name }) {
				removed = append(removed, one.Name)
			}
		}

		if err := tx.exec(ctx, "DELETE FROM webhook_targets"); err != nil {
			return err
		}
		for _, target := range targets {
			target.RecordedAt = now
			if err := insert(ctx, tx, &target); err != nil {
				return err
			}
		}

		return nil
	})
	if err == nil {
		_, err = s.ReadWebhookTargets(ctx)
	}

	return removed, err
}

// ReadWebhookTargets reads the targets again, and keeps them for the process.
func (s *Store) ReadWebhookTargets(ctx context.Context) ([]models.WebhookTarget, error) {
	read := &webhookTargets{readAt: time.Now()}
	var err error
	if read.all, err = find[models.WebhookTarget](s.read.WithContext(ctx).Order("name")); err != nil {
		return nil, s.translate(err)
	}

	s.targets.Store(read)

	return read.all, nil
}

// WebhookTargets returns the targets as they were at most a minute ago.
func (t *transaction) WebhookTargets(ctx context.Context) ([]models.WebhookTarget, error) {
	// A clock that was set counts too, so that a process that was asleep reads them again.
	if known := t.store.targets.Load(); known != nil && time.Since(known.readAt.Round(0)).Abs() < keysFresh {
		return known.all, nil
	}

	read := &webhookTargets{readAt: time.Now()}
	var err error
	if read.all, err = find[models.WebhookTarget](t.gorm(ctx).Order("name")); err != nil {
		return nil, t.fail(err)
	}

	t.store.targets.Store(read)

	return read.all, nil
}

// RecordWebhookEvent numbers an event and keeps it. The event of no account is a decoy: it takes the same work, and has
// the number 0.
func (t *transaction) RecordWebhookEvent(ctx context.Context, event *models.WebhookEvent) error {
	var err error
	if event.Type == models.EventAccountDeleted {
		err = t.find(ctx, t.store.statements.lastSequence, []any{event.AccountID}, &event.Sequence)
		if errors.Is(err, gorm.ErrRecordNotFound) {
			event.Sequence, err = 1, nil
		}
	} else {
		numbered, first := event.AccountID, 1
		if event.AccountID == "" {
			numbered, first = event.ID, 0
		}
		err = t.find(ctx, t.store.statements.nextSequence, []any{numbered, first}, &event.Sequence)
	}
	if err != nil {
		return t.fail(err)
	}

	return insert(ctx, t, event)
}

// WebhookEvents returns up to limit events of accounts, oldest first, that follow the event after; nil begins with the
// oldest.
func (t *transaction) WebhookEvents(
	ctx context.Context, wanted models.WebhookFilter, after *models.WebhookEvent, limit int,
) ([]models.WebhookEvent, error) {
	query := t.gorm(ctx).Where("account_id <> '' AND created_at >= ?", wanted.Since)
	if wanted.AccountID != "" {
		query = query.Where("account_id = ?", wanted.AccountID)
	}
	if !wanted.Until.IsZero() {
		query = query.Where("created_at < ?", wanted.Until)
	}
	if after != nil {
		query = query.Where("(created_at, id) > (?, ?)", after.CreatedAt, after.ID)
	}

	events, err := find[models.WebhookEvent](query.Order("created_at, id").Limit(limit))

	return events, t.fail(err)
}

// WebhookEventsOf returns the kept events of an account, oldest first.
func (s *Store) WebhookEventsOf(ctx context.Context, accountID string) ([]models.WebhookEvent, error) {
	events, err := find[models.WebhookEvent](s.read.WithContext(ctx).
		Where("account_id = ? AND account_id <> ''", accountID).Order("sequence"))
	return events, s.translate(err)
}

// TableName returns the name of the table for GORM.
func (webhookSequence) TableName() string { return "webhook_sequences" }
