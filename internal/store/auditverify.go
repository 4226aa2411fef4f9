package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// chainCheck verifies the events of one chain, in the order of their numbers.
type chainCheck struct {
	head auditHead
	// anchor is the event that an anchor has as the chain's newest, or nil.
	anchor *models.AuditHead
	// cutoff is the time before which events may have ended; zero if none may.
	cutoff time.Time
	// last is the last event, and covered the hash that the next one has to cover.
	last    models.AuditHead
	covered []byte
	summary models.AuditSummary
}

func newChainCheck(head auditHead, anchor *models.AuditHead, cutoff time.Time) *chainCheck {
	check := &chainCheck{head: head, anchor: anchor, cutoff: cutoff, covered: head.EndedHash}
	check.last = models.AuditHead{Chain: head.Chain, Number: head.EndedNumber, Hash: head.EndedHash}
	check.summary = models.AuditSummary{Chains: 1, Ended: head.EndedNumber}
	if head.EndedAt != nil {
		check.last.At = *head.EndedAt
	}

	return check
}

// add returns an error if the event is not the next one of the chain as it was recorded.
func (c *chainCheck) add(event *models.AuditEvent) error {
	if event.Number != c.last.Number+1 {
		return fmt.Errorf("event %d of the chain %s is missing", c.last.Number+1, event.Chain)
	}
	// guard: the trail's end can't be replaced; the trail can't be changed
	if event.ChainOf() != event.Chain || !event.Genuine(c.covered) ||
		event.Number == c.head.Number && !bytes.Equal(event.Hash, c.head.Hash) {
		return fmt.Errorf("event %d of the chain %s was changed", event.Number, event.Chain)
	}
	// guard: an anchor finds what was rewritten
	if c.anchor != nil && event.Number == c.anchor.Number && !bytes.Equal(event.Hash, c.anchor.Hash) {
		return fmt.Errorf("the chain %s was rewritten up to event %d, or before it, since the anchor", event.Chain,
			event.Number)
	}

	c.summary.Events++
	if event.Blanked() {
		c.summary.Blanked++
	}
	if !event.Committed() || len(event.FormerHash) > 0 {
		c.summary.Uncommitted++
	}

	c.last = models.AuditHead{Chain: event.Chain, Number: event.Number, Hash: event.Hash, At: event.At}
	if c.covered = event.Hash; len(event.FormerHash) > 0 {
		c.covered = event.FormerHash
	}

	return nil
}

// end returns an error if events are missing at either end of the chain.
func (c *chainCheck) end() error {
	switch {
	case c.last.Number < c.head.Number && c.summary.Events == 0:
		return fmt.Errorf("all events of the chain %s are missing", c.head.Chain)
	case c.last.Number < c.head.Number: // guard: the trail can't lose its end
		return fmt.Errorf("the chain %s ends with event %d, but event %d was recorded", c.last.Chain, c.last.Number,
			c.head.Number)
	case c.last.Number > c.head.Number: // guard: the trail can't be continued past its head
		return fmt.Errorf("event %d of the chain %s was added, and not recorded", c.last.Number, c.last.Chain)
	case c.head.EndedNumber > 0 && (c.head.EndedAt == nil || !c.head.EndedAt.Before(c.cutoff)):
		return fmt.Errorf("the events of the chain %s up to %d are gone, and --retain-audit does not end them yet",
			c.head.Chain, c.head.EndedNumber)
	case c.anchor == nil:
		return nil
	case c.last.Number < c.anchor.Number: // guard: an anchor finds an end that was cut off
		return fmt.Errorf("the chain %s ends with event %d, but the anchor has event %d", c.anchor.Chain, c.last.Number,
			c.anchor.Number)
	case c.head.EndedNumber >= c.anchor.Number && !c.anchor.At.Before(c.cutoff): // guard: an anchor knows what may end
		return fmt.Errorf("event %d of the chain %s is gone, and --retain-audit does not end it yet", c.anchor.Number,
			c.anchor.Chain)
	case c.head.EndedNumber == c.anchor.Number && !bytes.Equal(c.head.EndedHash, c.anchor.Hash):
		return fmt.Errorf("the chain %s was rewritten up to event %d since the anchor", c.anchor.Chain, c.anchor.Number)
	}

	return nil
}

// VerifyAudit is CheckAudit without an anchor, of a trail of which no event ends.
func (s *Store) VerifyAudit(ctx context.Context) (events, chains int, err error) {
	summary, err := s.CheckAudit(ctx, models.AuditCheck{}, func(models.AuditHead) error { return nil })
	return summary.Events, summary.Chains, err
}

// CheckAudit verifies the whole trail, and calls each with the newest event of each chain, in the order of the chains.
// It returns an error that names the first event that was changed, added or removed since it was recorded. Events may
// be recorded, blanked and ended in the meantime.
func (s *Store) CheckAudit(
	ctx context.Context, wanted models.AuditCheck, each func(head models.AuditHead) error,
) (total models.AuditSummary, err error) {
	rows, err := find[auditHead](s.read.WithContext(ctx).Order("chain"))
	if err != nil {
		return total, s.translate(err)
	}

	anchored := make(map[string]*models.AuditHead, len(wanted.Anchor))
	for i := range wanted.Anchor {
		anchored[wanted.Anchor[i].Chain] = &wanted.Anchor[i]
	}

	// finish verifies a chain to its end. What was found wrong may only have been read while it was being changed, so the
	// chain is then read again at one moment.
	var check *chainCheck
	var wrong error
	finish := func() error {
		if check == nil {
			return nil
		}
		if wrong == nil {
			wrong = check.end()
		}
		if wrong != nil {
			if check, err = s.checkChain(ctx, check.head.Chain, check.anchor, check.cutoff); err != nil {
				return err
			}
		}

		total.Add(check.summary)
		last := check.last
		check, wrong = nil, nil

		return each(last)
	}

	// begin begins a chain, and verifies those before it whose events are all gone.
	begin := func(chain string) error {
		for len(rows) > 0 && rows[0].Chain < chain {
			check = newChainCheck(rows[0], anchored[rows[0].Chain], wanted.Cutoff)
			delete(anchored, rows[0].Chain)
			rows = rows[1:]
			if err := finish(); err != nil {
				return err
			}
		}

		head := auditHead{Chain: chain}
		if len(rows) > 0 && rows[0].Chain == chain {
			head, rows = rows[0], rows[1:]
		}
		check = newChainCheck(head, anchored[chain], wanted.Cutoff)

		return nil
	}

	err = s.AuditTrail(ctx, func(event models.AuditEvent) error {
		if check == nil || check.head.Chain != event.Chain {
			if err := finish(); err != nil {
				return err
			}
			if err := begin(event.Chain); err != nil {
				return err
			}
		}

		delete(anchored, event.Chain)
		if wrong == nil {
			wrong = check.add(&event)
		}

		return nil
	})
	if err == nil {
		err = finish()
	}
	for len(rows) > 0 && err == nil {
		err = begin(rows[0].Chain)
		delete(anchored, check.head.Chain)
		if err == nil {
			err = finish()
		}
	}
	if err != nil {
		return total, err
	}

	for _, head := range wanted.Anchor {
		if anchored[head.Chain] != nil { // guard: an anchor finds a chain that was removed
			return total, fmt.Errorf("the chain %s of the anchor is missing, with %d events", head.Chain, head.Number)
		}
	}

	return total, nil
}

// checkChain verifies one chain as it is at one moment.
func (s *Store) checkChain(
	ctx context.Context, chain string, anchor *models.AuditHead, cutoff time.Time,
) (check *chainCheck, err error) {
	err = s.read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		head, err := take[auditHead](tx.Where("chain = ?", chain))
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return s.translate(err)
		}

		head.Chain = chain
		check = newChainCheck(head, anchor, cutoff)
		for number := 0; ; number = check.last.Number {
			events, err := find[models.AuditEvent](tx.Where("chain = ? AND number > ?", chain, number).
				Order("number").Limit(auditBatch))
			if err != nil {
				return s.translate(err)
			}

			for i := range events {
				if err := check.add(&events[i]); err != nil {
					return err
				}
			}

			if len(events) < auditBatch {
				return check.end()
			}
		}
	}, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})

	return check, err
}
