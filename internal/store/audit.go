package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// auditHead is the newest event of a chain.
type auditHead struct {
	Chain  string `gorm:"primaryKey"`
	Number int
	Hash   []byte
	// EndedNumber is the newest event that has ended, with its hash and its time; 0 if none has.
	EndedNumber int
	EndedHash   []byte
	EndedAt     *time.Time
}

const (
	// nextNumber takes the next number of a chain and thereby locks the chain's row: events of one chain follow
	// each other, and separate chains don't wait for each other.
	nextNumber = `
INSERT INTO audit_heads (chain, number, hash) VALUES (?, 1, ?)
ON CONFLICT (chain) DO UPDATE SET number = audit_heads.number + 1
RETURNING number, hash`
	newEvent = `
INSERT INTO audit_events (hash, chain, number, id, account_id, operation, outcome, code,
	api_key_id, session_id, auth_id, ip, user_agent, request_id, at, operator, reason,
	seal_version, client_commitment, client_salt, auth_commitment, auth_salt)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	// headColumns and headJoin read the end of an account's chain together with the account. The number 0 means that
	// the chain has no event.
	headColumns = `, coalesce(h.number, 0), h.hash`
	headJoin    = ` LEFT JOIN audit_heads h ON h.chain = a.id`
	// moveHead writes a chain's new end. It writes nothing if the chain has another end than it is told.
	moveHead = `UPDATE audit_heads SET number = ?, hash = ? WHERE chain = ? AND number = ? AND hash = ?`
	// appendEvent is moveHead and newEvent in one statement.
	appendEvent = `
WITH head AS (` + moveHead + ` RETURNING chain)
INSERT INTO audit_events (hash, chain, number, id, account_id, operation, outcome, code,
	api_key_id, session_id, auth_id, ip, user_agent, request_id, at, operator, reason,
	seal_version, client_commitment, client_salt, auth_commitment, auth_salt)
SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM head`
)

// RecordEvent appends to the event's chain. Nothing changes an event afterwards but retention (R-LOG3, R-DAT4). Every
// mutation records one while others wait, so the statements are written by hand: GORM would take three times as
// long to build them.
func (t *transaction) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	event.Chain = event.ChainOf()
	event.Commit()
	if t.head.Chain == event.Chain && t.head.Number > 0 {
		rows, err := t.appendEvent(ctx, event, t.head.Number, t.head.Number+1, t.head.Hash)
		if err != nil || rows == 1 { // guard: an event follows the chain's end
			return t.fail(err)
		}
	}

	var next int
	var previous []byte
	if err := t.find(ctx, t.store.statements.nextNumber, []any{event.Chain, []byte{}}, &next, &previous); err != nil {
		return t.fail(err)
	}

	return t.expectOneRow(t.appendEvent(ctx, event, next, next, previous))
}

// appendEvent seals the event with its number and the hash of the event before, and writes it and the chain's new end.
// It returns how many events it wrote: none if the chain's end is not the one it is told, which is the number before, or
// the event's own where nextNumber has taken it.
func (t *transaction) appendEvent(
	ctx context.Context, event *models.AuditEvent, end, number int, previous []byte,
) (rows int, err error) {
	event.Number = number
	event.Hash = event.Seal(previous)
	t.head = auditHead{Chain: event.Chain, Number: event.Number, Hash: event.Hash}
	move, values := []any{event.Number, event.Hash, event.Chain, end, previous}, eventValues(event)
	if joined := t.store.statements.appendEvent; joined != "" {
		return t.count(ctx, joined, append(move, values...)...)
	}

	if rows, err := t.count(ctx, t.store.statements.moveHead, move...); err != nil || rows == 0 {
		return rows, err
	}

	return t.count(ctx, t.store.statements.newEvent, values...)
}

// eventValues returns the values of an event's columns.
func eventValues(event *models.AuditEvent) []any {
	return []any{
		event.Hash, event.Chain, event.Number,
		event.ID, event.AccountID, event.Operation, string(event.Outcome), string(event.Code),
		event.APIKeyID, event.SessionID, event.AuthID, event.IP, event.UserAgent, event.RequestID, event.At,
		event.Operator, event.Reason,
		event.SealVersion, event.ClientCommitment, event.ClientSalt, event.AuthCommitment, event.AuthSalt,
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
