package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// Each condition selects the rows of one state. It begins with a range that holds for every row, because only then
// the database searches an index instead of scanning it.
const (
	isPending = open + " AND not_before >= ?"
	isFailed  = "failed_at >= ?"
	isSent    = "sent_at >= ? AND recipient <> ''"
)

// OutboxState returns how many messages are pending, since when, and how many failed.
func (s *Store) OutboxState(ctx context.Context) (models.OutboxState, error) {
	var state models.OutboxState
	count := func(condition string) (int, error) {
		var rows int64
		err := s.read.WithContext(ctx).Model(&models.Message{}).Where(condition, time.Time{}).Select("id").Count(
			&rows,
		).Error
		return int(rows), s.translate(err)
	}

	var err error
	if state.Pending, err = count(isPending); err != nil {
		return state, err
	}
	if state.Failed, err = count(isFailed); err != nil || state.Pending == 0 {
		return state, err
	}

	oldest, err := find[models.Message](s.read.WithContext(ctx).
		Select("created_at").Where(isPending, time.Time{}).Order("created_at").Limit(1))
	if err == nil && len(oldest) > 0 {
		state.Oldest = &oldest[0].CreatedAt
	}

	return state, s.translate(err)
}

// OutboxByChannel returns the same for each channel with a message that is pending or failed.
func (s *Store) OutboxByChannel(ctx context.Context) (map[models.MessageChannel]models.OutboxState, error) {
	return outboxBy[models.MessageChannel](ctx, s, "channel", "TRUE")
}

// OutboxByTarget returns the same for each webhook target with an event that is pending or failed.
func (s *Store) OutboxByTarget(ctx context.Context) (map[string]models.OutboxState, error) {
	return outboxBy[string](ctx, s, "recipient", "channel = 'WEBHOOK' AND recipient >= ''")
}

// outboxBy returns the state of the messages that satisfy a condition, by the values of a column.
func outboxBy[K ~string](
	ctx context.Context, s *Store, column, condition string,
) (map[K]models.OutboxState, error) {
	type valueCount struct {
		Value K
		Rows  int
	}
	count := func(state string) (counts []valueCount, err error) {
		err = s.read.WithContext(ctx).Model(&models.Message{}).Where(state+" AND "+condition, time.Time{}).
			Select(column + " AS value, count(*) AS rows").Group(column).Find(&counts).Error
		return counts, s.translate(err)
	}

	pending, err := count(isPending)
	if err != nil {
		return nil, err
	}
	failed, err := count(isFailed)
	if err != nil {
		return nil, err
	}

	states := map[K]models.OutboxState{}
	for _, one := range failed {
		states[one.Value] = models.OutboxState{Failed: one.Rows}
	}

	for _, one := range pending {
		state := states[one.Value]
		state.Pending = one.Rows
		oldest, err := find[models.Message](s.read.WithContext(ctx).Select("created_at").
			Where(isPending+" AND "+condition+" AND "+column+" = ?", time.Time{}, one.Value).
			Order("created_at").Limit(1))
		if err != nil {
			return nil, s.translate(err)
		}
		if len(oldest) > 0 {
			state.Oldest = &oldest[0].CreatedAt
		}

		states[one.Value] = state
	}

	return states, nil
}

// Messages returns up to limit messages of a state, of the account or, if it is "", of all, without their content.
// Pending messages are ordered by their
// next attempt, others newest first.
func (s *Store) Messages(
	ctx context.Context, state models.MessageState, accountID string, limit int,
) ([]models.Message, error) {
	condition, order := isPending, "not_before, id"
	switch state {
	case models.MessagePending:
	case models.MessageFailed:
		condition, order = isFailed, "failed_at DESC, id"
	case models.MessageSent:
		condition, order = isSent, "sent_at DESC, id"
	}

	// The column data is left out: it holds secrets, and a row with unreadable data must be listed as well.
	query := s.read.WithContext(ctx).
		Select("id", "account_id", "challenge_id", "channel", "kind", "recipient",
			"created_at", "not_before", "attempts", "sent_at", "failed_at", "last_error").
		Where(condition, time.Time{}).Order(order).Limit(limit)
	if accountID != "" {
		query = query.Where("account_id = ?", accountID)
	}

	messages, err := find[models.Message](query)

	return messages, s.translate(err)
}

// RetryMessage makes a failed message due again, or an event that was sent, because its receiver may have lost it. It
// returns the message's account, or "", also with an error: models.ErrNotFound, or INVALID_INPUT with the reason why
// the message can't be sent again.
func (t *transaction) RetryMessage(ctx context.Context, id string, now time.Time) (accountID string, err error) {
	row, err := take[models.Message](t.gorm(ctx).Clauses(lockRow).
		Select("id", "account_id", "channel", "kind", "sent_at", "failed_at", "data").Where("id = ?", id))
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", models.ErrNotFound
	}
	if err != nil && t.store.engine.Classify(err) != engine.FailureUnknown {
		return "", t.fail(err)
	}

	// If the error is of another kind, the row may be unreadable: then it can't be sent either.
	if err != nil {
		return row.AccountID, models.InvalidInput("", models.ReasonNotAllowed, 0, "can't be read")
	}

	refused := ""
	switch {
	case row.SentAt == nil && row.FailedAt == nil:
		refused = "waits for its next attempt already"
	case row.SentAt != nil && row.Channel != models.ChannelWebhook:
		refused = "was sent"
	case row.Kind.NeedsSecret():
		refused = "had a secret that was wiped when it was given up: the customer has to ask again"
	}
	if refused != "" {
		return row.AccountID, models.InvalidInput("", models.ReasonNotAllowed, 0, refused)
	}

	return row.AccountID, t.exec(ctx,
		"UPDATE outbox SET not_before = ?, attempts = 0, sent_at = NULL, failed_at = NULL WHERE id = ?", now, id)
}
