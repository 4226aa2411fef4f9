package account

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

// Limit allows a number of uses in a window of time.
type Limit struct {
	Uses   int
	Window time.Duration
}

// Limits are the budgets of CONTRACT.md, shared by all processes.
type Limits struct {
	// WrongPasswords is how many tries at an account's password cost nothing but themselves.
	WrongPasswords int
	// ResetMails and ActivationMails are for each address.
	ResetMails      Limit
	ActivationMails Limit
	// EmailChanges and AccountPhoneCodes are for each account, PhoneCodes for each number.
	EmailChanges      Limit
	AccountPhoneCodes Limit
	PhoneCodes        Limit
	// Destination is for each kind of secret to each address or number.
	Destination Limit
	// NetworkTries counts tries at passwords, tokens and codes from one client
	// network, NetworkMails the mails that anybody can ask for from there.
	NetworkTries Limit
	NetworkMails Limit
	// Messages is the ceiling of the whole service for messages that carry a secret.
	Messages Limit
}

// DefaultLimits are CONTRACT.md's numbers, and for networks and the whole
// service ones that only an attack exceeds.
func DefaultLimits() Limits {
	return Limits{
		WrongPasswords: 5,
		ResetMails:     Limit{3, time.Hour}, ActivationMails: Limit{3, time.Hour},
		EmailChanges: Limit{5, 24 * time.Hour}, AccountPhoneCodes: Limit{5, time.Hour}, PhoneCodes: Limit{3, time.Hour},
		Destination:  Limit{1, resendInterval},
		NetworkTries: Limit{300, 10 * time.Minute}, NetworkMails: Limit{10, time.Hour},
		Messages: Limit{10_000, time.Hour},
	}
}

const (
	// resendInterval is when a secret can be sent again, as PendingChange says.
	resendInterval = time.Minute
	// codeAttempts is how often one phone code may be tried (R-CPU2).
	codeAttempts = 5
	// resetAttempts is how often one reset token may meet the password policy (R-CPR4).
	resetAttempts = 10
	// codeFailures is how many codes may be tried in vain before a session alone no longer starts a change of phone (R-CPU3).
	codeFailures = 100
	// firstDelay doubles with each wrong password after the free ones, up to maxDelay.
	firstDelay = time.Second
	maxDelay   = 15 * time.Minute
	// attemptsMemory is after how long without a try the wrong passwords are forgotten.
	attemptsMemory = 24 * time.Hour
	// failuresMemory is the same for codes.
	failuresMemory = 30 * 24 * time.Hour
)

// spend counts one use of the key against the limit; it fails with RATE_LIMITED.
func (s *Service) spend(ctx context.Context, tx Tx, key string, allowed Limit) error {
	if s.Settings.Unlimited {
		return nil
	}
	now := s.now()
	budget, err := tx.SpendBudget(ctx, key, now, allowed.Window)
	if err != nil {
		return err
	}
	return exceeded(budget, allowed, now)
}

// exceeded refuses the use that brought a budget beyond its limit.
func exceeded(budget models.Budget, allowed Limit, now time.Time) error {
	if budget.Count > allowed.Uses {
		return rateLimited(budget.ResetsAt.Sub(now))
	}
	return nil
}

// blocked refuses the use of a budget that lets nothing through for a while.
func blocked(budget models.Budget, now time.Time) error {
	if budget.BlockedUntil.After(now) {
		return rateLimited(budget.BlockedUntil.Sub(now))
	}
	return nil
}

// use is a use of a budget.
type use struct {
	key     string
	allowed Limit
}

// messageUses are those of a secret that goes to a destination: its own budget
// and that of all secrets of the service together. Notices do not count, so
// that none of them holds up a reset.
func (s *Service) messageUses(kind models.MessageKind, destination string) []use {
	return []use{
		{budgetKey("message", string(kind), destination), s.Settings.Limits.Destination},
		{messagesKey, s.Settings.Limits.Messages},
	}
}

// The budgets that belong to an account; passwordKey and codeFailuresKey stand beside what they count.
func emailChangesKey(accountID string) string { return budgetKey("emailChanges", accountID) }
func phoneCodesKey(accountID string) string   { return budgetKey("phoneCodesOf", accountID) }

// triesKey is the budget of tries from the caller's network.
func triesKey(caller models.Caller) string { return budgetKey(triesName, caller.Network()) }

const triesName = "tries"

// messagesKey is the budget of all secrets of the service together.
const messagesKey = "messages"

// spendMessage counts a secret that goes to a destination; it fails with RATE_LIMITED.
func (s *Service) spendMessage(ctx context.Context, tx Tx, kind models.MessageKind, destination string) error {
	for _, use := range s.messageUses(kind, destination) {
		if err := s.spend(ctx, tx, use.key, use.allowed); err != nil {
			return err
		}
	}
	return nil
}

// spendQuietly counts the uses and says whether a budget is exceeded, for flows
// that do the same work either way. Budgets after the exceeded one are not used
// up by what is not sent: a budget of nothing is counted in their place.
func (s *Service) spendQuietly(ctx context.Context, tx Tx, uses []use) (limited bool, err error) {
	for _, use := range uses {
		key := use.key
		if limited {
			key = budgetKey("nothing", key)
		}
		err := s.spend(ctx, tx, key, use.allowed)
		if err != nil && models.CodeOf(err) != models.CodeRateLimited {
			return false, err
		}
		limited = limited || err != nil
	}
	return limited, nil
}

// spendNetwork counts a use by the client's network. A client on this machine
// has none: behind a proxy that is not trusted all customers would be one.
func (s *Service) spendNetwork(ctx context.Context, tx Tx, caller models.Caller, name string, allowed Limit) error {
	network := caller.Network()
	if network == "" {
		return nil
	}
	return s.spend(ctx, tx, budgetKey(name, network), allowed)
}

// spendTry counts a try at a token or code by the client's network, in a transaction of its own (R-CPR7).
func (s *Service) spendTry(ctx context.Context, caller models.Caller) error {
	return s.Store.InTx(ctx, func(tx Tx) error {
		return s.spendNetwork(ctx, tx, caller, triesName, s.Settings.Limits.NetworkTries)
	})
}

// spendPassword counts a try at a password in a transaction of its own, which
// is committed before the password is looked at: parallel tries can't share a
// count. After the free tries each further one has to wait, twice as long each time.
func (s *Service) spendPassword(ctx context.Context, caller models.Caller, key string) error {
	if s.Settings.Unlimited {
		return nil
	}
	now := s.now()
	return s.Store.InTx(ctx, func(tx Tx) error {
		if err := s.spendNetwork(ctx, tx, caller, triesName, s.Settings.Limits.NetworkTries); err != nil {
			return err
		}
		budget, err := tx.SpendBudget(ctx, key, now, attemptsMemory)
		if err != nil {
			return err
		}
		if err := blocked(budget, now); err != nil {
			return err
		}
		beyond := budget.Count - s.Settings.Limits.WrongPasswords
		if beyond < 0 {
			return nil
		}
		return tx.BlockBudget(ctx, key, now.Add(delay(beyond)))
	})
}

// delay is how long the next try has to wait after this many beyond the free ones.
func delay(beyond int) time.Duration {
	const doublings = 10 // 2^10 s is beyond maxDelay
	return min(firstDelay<<min(beyond, doublings), maxDelay)
}

// rateLimited rounds up to whole seconds, so that a repetition after them succeeds.
func rateLimited(wait time.Duration) error {
	wait = max((wait + time.Second - 1).Truncate(time.Second), time.Second)
	return &models.Error{Code: models.CodeRateLimited, Message: fmt.Sprintf("too many tries; wait %v", wait), RetryAfter: wait}
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
