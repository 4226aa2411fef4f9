package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// idleNotice is how long before the erasure of an idle account its customer is told first, and idleReminder how long
	// before it a second time. Both times count from when the mail was really sent.
	idleNotice   = 30 * 24 * time.Hour
	idleReminder = 7 * 24 * time.Hour
	// idlePause is after how long an account is looked at again to which no notice could be sent.
	idlePause = 30 * 24 * time.Hour
	// idleWait is after how long it is looked whether a notice was sent.
	idleWait = time.Hour
	// idlePage is how many accounts one transaction looks at, and idlePages how many pages one call of EraseIdle has.
	idlePage  = 100
	idlePages = 10
)

// EraseIdle erases accounts that nobody has used since a time, and whose customers were told so twice, in mails that were
// sent (--retain-idle). It tells those who are to be told now. It returns how many accounts it erased. Every process
// may call it at any time; each call takes a small step.
func (s *Service) EraseIdle(ctx context.Context, before time.Time) (erased int, err error) {
	before = before.UTC().Truncate(time.Microsecond).Add(idleNotice)
	for range idlePages {
		looked, err := s.Store.FindIdle(ctx, before, s.now(), idlePage)
		if err != nil {
			return 0, err
		}
		if looked < idlePage {
			break
		}
	}

	due, err := s.Store.DueIdleNotices(ctx, s.now(), eraseBatch)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	key, err := s.prepareErasure(ctx)
	if err != nil {
		return 0, err
	}

	var failed error
	for _, id := range due {
		done, err := s.stepIdle(ctx, id, before, key)
		failed = errors.Join(failed, err)
		if done {
			erased++
		}
	}

	if erased > 0 {
		failed = errors.Join(failed, s.Store.Forget(ctx))
	}

	return erased, failed
}

// stepIdle does what is due for an account that was idle before a time, and reports whether it was erased. The account
// is locked, so that a sign-in is either seen here or finds no account.
func (s *Service) stepIdle(
	ctx context.Context, id string, before time.Time, key SigningKey,
) (erased bool, err error) {
	err = s.inTx(ctx, func(tx Tx) error {
		erased = false
		account, err := tx.LockAccount(ctx, id)
		if err != nil {
			return notFoundAs(err, nil)
		}
		notice, err := tx.IdleNotice(ctx, id)
		if err != nil {
			return notFoundAs(err, nil)
		}
		if notice.DueAt.After(s.now()) { // another process was faster
			return nil
		}

		signedIn, err := tx.SignedIn(ctx, id, s.now())
		if err != nil {
			return err
		}

		switch used := account.LastUsed(); {
		// guard: a customer who comes back stays
		case used.After(notice.IdleSince):
			return endIdle(ctx, tx, id, used)
		case !notice.IdleSince.Before(before): // the shop waits longer than it did
			return endIdle(ctx, tx, id, notice.IdleSince)
		case signedIn || !tellable(account): // guard: nobody is erased who can't be told
			return endIdle(ctx, tx, id, before.Add(idlePause))
		case notice.MessageID != "":
			return s.awaitNotice(ctx, tx, notice, before)
		case notice.Told < 2: // guard: an idle account's customer is told twice
			return s.tellIdle(ctx, tx, account, notice)
		}

		event := s.event(models.Caller{}, opIdleExpired, id)
		receipt, err := s.erase(ctx, tx, models.Caller{}, account, erasure{key, s.now(), &event})
		if err != nil {
			return err
		}

		erased = true

		return s.recordSuccess(ctx, tx, &event, receipt.eventData())
	})

	return erased && err == nil, err
}

// tellable reports whether a mail can tell the customer that the account is to be erased. The shop's own reasons keep an
// account that is blocked, and a deletion has its own times.
func tellable(account *models.Account) bool {
	return account.Status == models.StatusActive && !account.EmailClaimed() && !account.EmailDisplaced()
}

// endIdle ends the notices of an account, which may count as idle again from a time on.
func endIdle(ctx context.Context, tx Tx, accountID string, from time.Time) error {
	if err := tx.DropIdleNotice(ctx, accountID); err != nil {
		return err
	}
	return tx.CountIdleFrom(ctx, accountID, from)
}

// tellIdle sends the next notice.
func (s *Service) tellIdle(ctx context.Context, tx Tx, account *models.Account, notice *models.IdleNotice) error {
	now := s.now()
	erasure := now.Add([]time.Duration{idleNotice, idleReminder}[notice.Told])
	mail := s.mail(models.Caller{}, account, models.MessageAccountIdle, account.Email)
	mail.Data.ExpiresAt = &erasure
	notice.MessageID, notice.DueAt = mail.ID, now.Add(idleWait)
	if err := tx.Enqueue(ctx, mail); err != nil {
		return err
	}
	if err := tx.KeepIdleNotice(ctx, notice); err != nil {
		return err
	}

	return s.recordInternal(ctx, tx, opIdleNotice, account.ID)
}

// awaitNotice looks whether the notice was sent. The time until the next step counts from then, so that neither an
// outage nor a stopped process shortens it. A notice that could not be sent counts for nothing.
func (s *Service) awaitNotice(ctx context.Context, tx Tx, notice *models.IdleNotice, before time.Time) error {
	sentAt, err := tx.SentAt(ctx, notice.MessageID)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return endIdle(ctx, tx, notice.AccountID, before.Add(idlePause))
	case err != nil:
		return err
	case sentAt == nil: // guard: a notice counts once it is sent
		notice.DueAt = s.now().Add(idleWait)
	default:
		wait := []time.Duration{idleNotice - idleReminder, idleReminder}[notice.Told]
		notice.Told, notice.MessageID, notice.DueAt = notice.Told+1, "", sentAt.Add(wait)
	}

	return tx.KeepIdleNotice(ctx, notice)
}
