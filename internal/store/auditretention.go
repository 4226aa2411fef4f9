package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/accountql/accountql/models"
)

// errChanged means that a chain can't be sealed anew, because an event of it is not as it was recorded. Sealing it would
// hide that.
var errChanged = errors.New("an event was changed")

// auditWindows is how many windows of auditBatch events one run of retention reads at most.
const auditWindows = 40

// blankClient and blankAll forget values of events; their commitments stay, so that the hashes do.
var (
	blankClient = map[string]any{"ip": "", "user_agent": "", "client_salt": nil}
	blankAll    = map[string]any{"ip": "", "user_agent": "", "client_salt": nil, "auth_id": "", "auth_salt": nil}
)

// AuditRetention forgets what the audit trail need not keep. Events are found in the order of their ids, which is that
// of their times. It is used by one goroutine; several processes may do the same.
type AuditRetention struct {
	store *Store
	// blanked and ended are the ids up to which this process has done everything.
	blanked, ended string
}

// AuditRetention returns the retention of the trail.
func (s *Store) AuditRetention() *AuditRetention { return &AuditRetention{store: s} }

// BlankClients blanks the client addresses and user agents of events from before a time, and returns how many (R-DAT4).
// A chain of which an event was changed keeps them as they are, and is named in the error once all others are done.
func (r *AuditRetention) BlankClients(ctx context.Context, before time.Time) (blanked int, err error) {
	changed := map[string]error{}
	r.blanked, err = r.store.eachDue(ctx, r.blanked, before, func(due []models.AuditEvent) error {
		var ids []string
		for _, event := range due {
			if !event.Committed() || len(event.FormerHash) > 0 {
				if err := r.store.sealAnew(ctx, event.Chain, changed); err != nil {
					return err
				}
			}
			if changed[event.Chain] == nil {
				ids = append(ids, event.ID)
			}
		}

		for len(ids) > 0 {
			batch := ids[:min(len(ids), reapBatch)]
			ids = ids[len(batch):]
			err := r.store.inTx(ctx, func(tx *transaction) error {
				return tx.blank(ctx, &blanked, blankClient, "id IN ? AND client_salt IS NOT NULL", batch)
			})
			if err != nil {
				return err
			}
		}

		return nil
	})

	for _, broken := range changed {
		err = errors.Join(err, broken)
	}

	return blanked, err
}

// EndEvents deletes the events from before a time, and returns how many. The head of their chain remembers where the
// chain begins since.
func (r *AuditRetention) EndEvents(ctx context.Context, before time.Time) (ended int, err error) {
	r.ended, err = r.store.eachDue(ctx, r.ended, before, func(due []models.AuditEvent) error {
		done := map[string]bool{}
		for _, event := range due {
			for !done[event.Chain] {
				var rows int
				if err := r.store.inTx(ctx, func(tx *transaction) (err error) {
					rows, err = tx.endEvents(ctx, event.Chain, before)
					return err
				}); err != nil {
					return err
				}

				ended += rows
				done[event.Chain] = rows < reapBatch
			}
		}

		return nil
	})

	return ended, err
}

// eachDue calls do with the events from before a time, in batches, from behind the given id on, and returns the id
// behind which to go on.
func (s *Store) eachDue(
	ctx context.Context, after string, before time.Time, do func(due []models.AuditEvent) error,
) (string, error) {
	for range auditWindows {
		events, err := find[models.AuditEvent](s.read.WithContext(ctx).
			Where("id > ?", after).Order("id").Limit(auditBatch))
		if err != nil {
			return after, s.translate(err)
		}

		due := events
		for i, event := range events {
			if !event.At.Before(before) { // guard: what is not due is kept
				due = events[:i]
				break
			}
		}

		if len(due) > 0 {
			if err := do(due); err != nil {
				return after, err
			}
			after = due[len(due)-1].ID
		}
		if len(due) < auditBatch {
			return after, nil
		}
	}

	return after, nil
}

// blank blanks values of the events that satisfy a condition, and adds how many to count.
func (t *transaction) blank(
	ctx context.Context, count *int, values map[string]any, condition string, args ...any,
) error {
	rows, err := affected(t.gorm(ctx).Model(&models.AuditEvent{}).Where(condition, args...).Updates(values))
	*count += rows

	return t.fail(err)
}

// lockHead returns the head of a chain, and keeps others from appending to it.
func (t *transaction) lockHead(ctx context.Context, chain string) (auditHead, error) {
	head, err := take[auditHead](t.gorm(ctx).Clauses(lockRow).Where("chain = ?", chain))
	return head, t.fail(err)
}

// endEvents deletes the first events of a chain from before a time, at most reapBatch.
func (t *transaction) endEvents(ctx context.Context, chain string, before time.Time) (int, error) {
	head, err := t.lockHead(ctx, chain)
	if err != nil {
		return 0, err
	}

	events, err := find[models.AuditEvent](t.gorm(ctx).Where("chain = ?", chain).Order("number").Limit(reapBatch))
	if err != nil {
		return 0, t.fail(err)
	}

	ended, covered := 0, head.EndedHash
	for _, event := range events {
		// What was changed stays, as the proof of it. So does what is still being sealed anew.
		if !event.At.Before(before) || !event.Genuine(covered) || len(event.FormerHash) > 0 {
			break
		}
		ended, covered = ended+1, event.Hash
	}
	if ended == 0 {
		return 0, nil
	}

	last := events[ended-1]
	rows, err := affected(t.gorm(ctx).Where("chain = ? AND number <= ?", chain, last.Number).
		Delete(&models.AuditEvent{}))
	if err != nil {
		return 0, t.fail(err)
	}

	return rows, t.expectOneRow(affected(t.gorm(ctx).Model(&auditHead{}).Where("chain = ?", chain).
		Updates(map[string]any{"ended_number": last.Number, "ended_hash": last.Hash, "ended_at": last.At})))
}

// SealAnew gives commitments to all events that have none, and returns how many chains had such events (R-DAT4).
func (s *Store) SealAnew(ctx context.Context) (chains int, err error) {
	var plain []string
	err = s.read.WithContext(ctx).Model(&models.AuditEvent{}).Distinct("chain").
		Where("seal_version = 1 OR former_hash IS NOT NULL").Order("chain").Pluck("chain", &plain).Error
	if err != nil {
		return 0, s.translate(err)
	}

	changed := map[string]error{}
	for _, chain := range plain {
		if err := s.sealAnew(ctx, chain, changed); err != nil {
			return chains, err
		}
		if changed[chain] != nil {
			return chains, changed[chain]
		}
		chains++
	}

	return chains, nil
}

// sealAnew gives commitments to the events of a chain that have none, and computes the hashes from there on again. A
// hash of the values themselves would reveal a client's address to who tries them all, and so would every hash after it.
// It remembers in changed that an event is not as it was recorded.
func (s *Store) sealAnew(ctx context.Context, chain string, changed map[string]error) error {
	for from := 1; from > 0 && changed[chain] == nil; {
		err := s.inTx(ctx, func(tx *transaction) (err error) {
			from, err = tx.sealAnew(ctx, chain, from)
			return err
		})
		if errors.Is(err, errChanged) {
			changed[chain] = err
			return nil
		}
		if err != nil {
			return err
		}
	}

	return nil
}

// sealAnew seals at most reapBatch events with numbers from the given one on, and returns the number to go on with, or
// 0 at the end. Between two batches the last event of the first keeps its former hash for the next one.
func (t *transaction) sealAnew(ctx context.Context, chain string, from int) (next int, err error) {
	head, err := t.lockHead(ctx, chain)
	if err != nil {
		return 0, err
	}

	first, err := take[models.AuditEvent](t.gorm(ctx).
		Where("chain = ? AND number >= ? AND (seal_version = 1 OR former_hash IS NOT NULL)", chain, from).
		Order("number").Limit(1))
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, t.fail(err)
	}

	begin := first.Number
	if first.Committed() {
		begin++ // it was sealed anew, and the next one not yet
	}

	before := models.AuditEvent{Hash: head.EndedHash}
	if begin > head.EndedNumber+1 {
		if before, err = take[models.AuditEvent](t.gorm(ctx).
			Where("chain = ? AND number = ?", chain, begin-1)); err != nil {
			return 0, t.fail(err)
		}
	}

	events, err := find[models.AuditEvent](t.gorm(ctx).
		Where("chain = ? AND number >= ?", chain, begin).Order("number").Limit(reapBatch))
	if err != nil {
		return 0, t.fail(err)
	}

	return t.sealEvents(ctx, head, before, events)
}

// sealEvents seals events that follow another one.
func (t *transaction) sealEvents(
	ctx context.Context, head auditHead, before models.AuditEvent, events []models.AuditEvent,
) (next int, err error) {
	previous, former, number := before.Hash, before.Hash, before.Number
	if len(before.FormerHash) > 0 {
		former = before.FormerHash
	}

	for i := range events {
		event := &events[i]
		if i > 0 && event.Number != number+1 || !event.Genuine(former) { // guard: only what is genuine is sealed anew
			return 0, fmt.Errorf("event %d of the chain %s: %w", event.Number, event.Chain, errChanged)
		}

		former, number = event.Hash, event.Number
		if !event.Committed() {
			event.Commit()
		}
		event.Hash, event.FormerHash = event.Seal(previous), nil
		previous = event.Hash
	}

	if number < head.Number {
		events[len(events)-1].FormerHash, next = former, number
	} else if number > head.Number || !bytes.Equal(former, head.Hash) {
		return 0, fmt.Errorf("the end of the chain %s: %w", head.Chain, errChanged)
	}

	for i := range events {
		if err := t.writeSeal(ctx, &events[i]); err != nil {
			return 0, err
		}
	}

	if next == 0 {
		if err := t.expectOneRow(affected(t.gorm(ctx).Model(&auditHead{}).Where("chain = ?", head.Chain).
			Update("hash", previous))); err != nil {
			return 0, err
		}
	}

	if len(before.FormerHash) > 0 {
		before.FormerHash = nil
		return next, t.writeSeal(ctx, &before)
	}

	return next, nil
}

// writeSeal writes the seal of an event, and what it covers.
func (t *transaction) writeSeal(ctx context.Context, event *models.AuditEvent) error {
	return t.expectOneRow(affected(t.gorm(ctx).Model(&models.AuditEvent{}).
		Where("chain = ? AND number = ?", event.Chain, event.Number).
		Updates(map[string]any{
			"hash": event.Hash, "former_hash": orNull(event.FormerHash), "seal_version": event.SealVersion,
			"client_commitment": orNull(event.ClientCommitment), "client_salt": orNull(event.ClientSalt),
			"auth_commitment": orNull(event.AuthCommitment), "auth_salt": orNull(event.AuthSalt),
		})))
}

// orNull returns NULL for nothing.
func orNull(value []byte) any {
	if len(value) == 0 {
		return clause.Expr{SQL: "NULL"}
	}
	return value
}

// forgetClient blanks what the events of an account say about its customer's devices and at the shop. A chain of which
// an event was changed is blanked as it is: its customer has the right to it.
func (t *transaction) forgetClient(ctx context.Context, accountID string) error {
	for from := 1; from > 0; {
		var err error
		from, err = t.sealAnew(ctx, accountID, from)
		if errors.Is(err, models.ErrNotFound) || errors.Is(err, errChanged) {
			break
		}
		if err != nil {
			return err
		}
	}

	blanked := 0

	return t.blank(ctx, &blanked, blankAll, "chain = ? AND (ip <> '' OR user_agent <> '' OR auth_id <> '')", accountID)
}
