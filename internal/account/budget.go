package account

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

// limit allows a number of uses in a window of time.
type limit struct {
	uses   int
	window time.Duration
}

// The budgets of CONTRACT.md, shared by all processes.
var (
	resetMailsPerAccount   = limit{3, time.Hour}
	activationsPerAccount  = limit{3, time.Hour}
	emailChangesPerAccount = limit{5, 24 * time.Hour}
	phoneCodesPerNumber    = limit{3, time.Hour}
	phoneCodesPerAccount   = limit{5, time.Hour}
)

const (
	// resendInterval is how often a secret goes to the same destination.
	resendInterval = time.Minute
	// codeAttempts is how often one phone code may be tried (R-CPU2).
	codeAttempts = 5
	// resetAttempts is how often one reset token may meet the password policy (R-CPR4).
	resetAttempts = 10
	// freeAttempts is how many wrong passwords cost nothing but themselves.
	freeAttempts = 5
	// firstDelay doubles with each wrong password after the free ones, up to maxDelay.
	firstDelay = time.Second
	maxDelay   = 15 * time.Minute
	// attemptsMemory is after how long without a try the wrong passwords are forgotten.
	attemptsMemory = 24 * time.Hour
)

// spend counts one use of the key against the limit; it fails with RATE_LIMITED.
func (s *Service) spend(ctx context.Context, tx Tx, key string, allowed limit) error {
	if s.Settings.Unlimited {
		return nil
	}
	now := s.now()
	budget, err := tx.SpendBudget(ctx, key, now, allowed.window)
	if err != nil {
		return err
	}
	if budget.Count > allowed.uses {
		return rateLimited(budget.ResetsAt.Sub(now))
	}
	return nil
}

// spendMessage counts a secret that goes to a destination: one a minute of its kind.
// Notices do not count, so that none of them holds up a reset.
func (s *Service) spendMessage(ctx context.Context, tx Tx, kind models.MessageKind, destination string) error {
	return s.spend(ctx, tx, budgetKey("message", string(kind), destination), limit{1, resendInterval})
}

// spendPassword counts a try at a password in a transaction of its own, which
// is committed before the password is looked at: parallel tries can't share a
// count. After five tries each further one has to wait, twice as long each time.
func (s *Service) spendPassword(ctx context.Context, key string) error {
	if s.Settings.Unlimited {
		return nil
	}
	now := s.now()
	return s.Store.InTx(ctx, func(tx Tx) error {
		budget, err := tx.SpendBudget(ctx, key, now, attemptsMemory)
		if err != nil {
			return err
		}
		if budget.BlockedUntil.After(now) {
			return rateLimited(budget.BlockedUntil.Sub(now))
		}
		if budget.Count < freeAttempts {
			return nil
		}
		return tx.BlockBudget(ctx, key, now.Add(delayAfter(budget.Count)))
	})
}

// delayAfter is how long the next try has to wait after this many.
func delayAfter(tries int) time.Duration {
	const doublings = 10 // 2^10 s is beyond maxDelay
	return min(firstDelay<<min(tries-freeAttempts, doublings), maxDelay)
}

// rateLimited rounds up to whole seconds, so that a repetition after them succeeds.
func rateLimited(wait time.Duration) error {
	wait = max(wait.Truncate(time.Second)+time.Second, time.Second)
	return &models.Error{Code: models.CodeRateLimited, Message: fmt.Sprintf("too many tries; wait %d seconds", wait/time.Second), RetryAfter: wait}
}

// budgetKey names a budget. The last part may be an address, which is kept as
// a hash: a budget outlives its account.
func budgetKey(name string, parts ...string) string {
	key := name
	for _, part := range parts {
		key += ":" + hex.EncodeToString(HashToken(part)[:12])
	}
	return key
}
