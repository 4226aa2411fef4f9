package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// auditHead is the newest event of a chain.
type auditHead struct {
	Chain  string `gorm:"primaryKey"`
	Number int
	Hash   []byte
}

const (
	// nextNumber takes the next number of a chain and thereby locks the chain's row: events of one chain follow
	// each other, and separate chains don't wait for each other.
	nextNumber = `
INSERT INTO audit_heads (chain, number, hash) VALUES (?, 1, ?)
ON CONFLICT (chain) DO UPDATE SET number = audit_heads.number + 1
RETURNING number, hash`
	newHead  = `UPDATE audit_heads SET hash = ? WHERE chain = ? AND number = ?`
	newEvent = `
INSERT INTO audit_events (id, account_id, operation, outcome, code,
	api_key_id, session_id, auth_id, ip, user_agent, request_id, at, chain, number, hash, operator, reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	// headColumns and headJoin read the end of an account's chain together with the account. The number 0 means that
	// the chain has no event.
	headColumns = `, coalesce(h.number, 0), h.hash`
	headJoin    = ` LEFT JOIN audit_heads h ON h.chain = a.id`
	// appendEvent is newHead and newEvent in one statement. It writes nothing if the chain has another end.
	appendEvent = `
WITH head AS (UPDATE audit_heads SET number = ?, hash = ? WHERE chain = ? AND number = ? RETURNING chain)
INSERT INTO audit_events (id, account_id, operation, outcome, code,
	api_key_id, session_id, auth_id, ip, user_agent, request_id, at, chain, number, hash, operator, reason)
SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM head`
)

// RecordEvent appends to the event's chain. Nothing in this package changes or deletes an event (R-LOG3). Every
// mutation records one while others wait, so the statements are written by hand: GORM would take three times as
// long to build them.
func (t *transaction) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	event.Chain = event.ChainOf()
	statements := &t.store.statements
	if known := t.head; known.Chain == event.Chain && known.Number > 0 {
		t.head = auditHead{}
		event.Number = known.Number + 1
		event.Hash = event.Seal(known.Hash)
		rows, err := t.appendEvent(ctx, event, known.Number)
		if err != nil || rows == 1 { // guard: an event follows the chain's end
			return t.fail(err)
		}
	}

	var previous []byte
	if err := t.find(ctx, statements.nextNumber, []any{event.Chain, []byte{}}, &event.Number, &previous); err != nil {
		return t.fail(err)
	}

	event.Hash = event.Seal(previous)
	if statements.appendEvent != "" {
		rows, err := t.appendEvent(ctx, event, event.Number)
		return t.expectOneRow(rows, err)
	}
	if err := t.write(ctx, statements.newHead, event.Hash, event.Chain, event.Number); err != nil {
		return err
	}

	return t.write(ctx, statements.newEvent, eventValues(event)...)
}

// appendEvent writes a sealed event and the chain's new end, and returns how many events it wrote: none if the number
// of the last event is another one.
func (t *transaction) appendEvent(ctx context.Context, event *models.AuditEvent, last int) (rows int, err error) {
	values := append([]any{event.Number, event.Hash, event.Chain, last}, eventValues(event)...)
	result, err := t.conn.ExecContext(ctx, t.store.statements.appendEvent, values...)
	if err != nil {
		return 0, err
	}

	written, err := result.RowsAffected()

	return int(written), err
}

// eventValues returns the values of an event's columns.
func eventValues(event *models.AuditEvent) []any {
	return []any{
		event.ID, event.AccountID, event.Operation, string(event.Outcome), string(event.Code),
		event.APIKeyID, event.SessionID, event.AuthID, event.IP, event.UserAgent, event.RequestID, event.At,
		event.Chain, event.Number, event.Hash, event.Operator, event.Reason,
	}
}

// TableName returns the name of the table for GORM.
func (auditHead) TableName() string { return "audit_heads" }

// Activity returns up to limit events of the account with numbers below before, newest first. If before is 0, it
// begins with the newest event.
func (s *Store) Activity(ctx context.Context, accountID string, before, limit int) ([]models.AuditEvent, error) {
	// The chain of an account holds exactly its events.
	mine := s.read.WithContext(ctx).Where("chain = ?", accountID)
	if before > 0 {
		mine = mine.Where("number < ?", before)
	}
	events, err := find[models.AuditEvent](mine.Order("number DESC").Limit(limit))
	return events, s.translate(err)
}

// Consents returns the account's answers, oldest first.
func (s *Store) Consents(ctx context.Context, accountID string) ([]models.Consent, error) {
	consents, err := find[models.Consent](s.read.WithContext(ctx).
		Where("account_id = ?", accountID).Order("recorded_at, id"))
	return consents, s.translate(err)
}

// auditBatch is how many events AuditTrail reads at a time.
const auditBatch = 500

// AuditTrail calls each with every event, chain by chain in the order of their numbers, until each returns an
// error.
func (s *Store) AuditTrail(ctx context.Context, each func(event models.AuditEvent) error) error {
	return s.AuditEvents(ctx, models.AuditFilter{}, each)
}

// AuditEvents is AuditTrail for the events that a filter selects. The events of one account are found by their chain;
// any other filter reads the whole trail.
func (s *Store) AuditEvents(
	ctx context.Context, wanted models.AuditFilter, each func(event models.AuditEvent) error,
) error {
	chain, number := "", 0
	for {
		events, err := find[models.AuditEvent](selectEvents(s.read.WithContext(ctx), wanted).
			Where("(chain, number) > (?, ?)", chain, number).Order("chain, number").Limit(auditBatch))
		if err != nil {
			return s.translate(err)
		}

		for _, event := range events {
			if err := each(event); err != nil {
				return err
			}
			chain, number = event.Chain, event.Number
		}

		if len(events) < auditBatch {
			return nil
		}
	}
}

func selectEvents(query *gorm.DB, wanted models.AuditFilter) *gorm.DB {
	for _, condition := range []struct{ column, value string }{
		{"chain", wanted.AccountID}, // the chain of an account holds exactly its events
		{"request_id", wanted.RequestID}, {"operation", wanted.Operation}, {"code", string(wanted.Code)},
	} {
		if condition.value != "" {
			query = query.Where(condition.column+" = ?", condition.value)
		}
	}

	if !wanted.Since.IsZero() {
		query = query.Where("at >= ?", wanted.Since.UTC())
	}

	return query
}

// VerifyAudit returns how many events and chains it checked. It returns an error that names the first event that
// was changed, added or removed since it was recorded. Events may be recorded in the meantime.
func (s *Store) VerifyAudit(ctx context.Context) (events, chains int, err error) {
	rows, err := find[auditHead](s.read.WithContext(ctx))
	if err != nil {
		return 0, 0, s.translate(err)
	}

	heads := make(map[string]auditHead, len(rows))
	for _, head := range rows {
		heads[head.Chain] = head
	}

	var last models.AuditEvent
	longer := map[string]int{}
	complete := func() error {
		if last.Chain == "" {
			return nil
		}

		chains++
		head := heads[last.Chain]
		delete(heads, last.Chain)
		if last.Number < head.Number { // guard: the trail can't lose its end
			return fmt.Errorf("the chain %s ends with event %d, but event %d was recorded", last.Chain, last.Number,
				head.Number)
		}
		if last.Number > head.Number {
			longer[last.Chain] = last.Number
		}

		return nil
	}

	err = s.AuditTrail(ctx, func(event models.AuditEvent) error {
		if event.Chain != last.Chain {
			if err := complete(); err != nil {
				return err
			}
			last = models.AuditEvent{Chain: event.Chain}
		}

		if event.Number != last.Number+1 {
			return fmt.Errorf("event %d of the chain %s is missing", last.Number+1, event.Chain)
		}

		head := heads[event.Chain]
		// guard: the trail's end can't be replaced; the trail can't be changed
		if event.ChainOf() != event.Chain || !bytes.Equal(event.Hash, event.Seal(last.Hash)) ||
			event.Number == head.Number && !bytes.Equal(event.Hash, head.Hash) {
			return fmt.Errorf("event %d of the chain %s was changed", event.Number, event.Chain)
		}

		events++
		last = event

		return nil
	})
	if err == nil {
		err = complete()
	}
	if err != nil {
		return events, chains, err
	}

	for chain := range heads {
		return events, chains, fmt.Errorf("all events of the chain %s are missing", chain)
	}

	return events, chains, s.recordedSince(ctx, longer)
}

// recordedSince checks that chains which grew while they were read grew by recorded events: their heads must have
// advanced as well.
func (s *Store) recordedSince(ctx context.Context, longer map[string]int) error {
	for chain, number := range longer {
		head, err := take[auditHead](s.read.WithContext(ctx).Where("chain = ?", chain))
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return s.translate(err)
		}
		if head.Number < number { // guard: the trail can't be continued past its head
			return fmt.Errorf("event %d of the chain %s was added, and not recorded", number, chain)
		}
	}
	return nil
}
