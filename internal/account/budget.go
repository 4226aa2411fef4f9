package account

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"time"

	"github.com/accountql/accountql/models"
)

// Limit allows a number of uses in a window of time.
type Limit struct {
	Uses   int
	Window time.Duration
}

// Limits are the budgets of docs/contract.md, shared by all processes.
type Limits struct {
	// WrongPasswords is how many tries at an account's password cost nothing but themselves.
	WrongPasswords int
	// ResetMails and ActivationMails are for each address.
	ResetMails      Limit
	ActivationMails Limit
	// ChangeMails is for each address that somebody wants to move to.
	ChangeMails Limit
	// EmailChanges and AccountPhoneCodes are for each account, PhoneCodes for each number.
	EmailChanges      Limit
	AccountPhoneCodes Limit
	PhoneCodes        Limit
	// Destination is for each kind of secret to each address or number.
	Destination Limit
	// NetworkTries counts tries at passwords, tokens and codes from one client
	// network, NetworkMails the mails that anybody can ask for from there,
	// registration included, and NetworkAccounts the accounts that are made from there.
	NetworkTries    Limit
	NetworkMails    Limit
	NetworkAccounts Limit
	// Messages is the ceiling of the whole service for messages that carry a
	// secret. Half of it is kept for customers whose address is proven or vouched for (R-PRF8).
	Messages Limit
}

// DefaultLimits are docs/contract.md's numbers, and for networks and the whole
// service ones that only an attack exceeds.
func DefaultLimits() Limits {
	return Limits{
		WrongPasswords: 5,
		ResetMails:     Limit{3, time.Hour}, ActivationMails: Limit{3, time.Hour}, ChangeMails: Limit{3, time.Hour},
		EmailChanges: Limit{5, 24 * time.Hour}, AccountPhoneCodes: Limit{5, time.Hour}, PhoneCodes: Limit{3, time.Hour},
		Destination:  Limit{1, resendInterval},
		NetworkTries: Limit{300, 10 * time.Minute}, NetworkMails: Limit{10, time.Hour},
		NetworkAccounts: Limit{20, time.Hour},
		Messages:        Limit{10_000, time.Hour},
	}
}

// BudgetName is what the key of a budget begins with. The table of operations says which operation counts in which.
type BudgetName string

// The budgets.
const (
	// budgetPasswords counts an account's wrong passwords and tokens, and budgetCodeFailures its vain codes.
	budgetPasswords    BudgetName = "password"
	budgetCodeFailures BudgetName = "codeFailures"
	// budgetTries counts a network's tries at passwords, tokens and codes, and budgetAccounts the accounts made from
	// there.
	budgetTries    BudgetName = "tries"
	budgetAccounts BudgetName = "accounts"
	// budgetMails counts the mails that anybody can ask for: those from a network, and those of a kind to an address.
	budgetMails BudgetName = "mails"
	// budgetDestinations counts the secrets of a kind to a destination.
	budgetDestinations      BudgetName = "message"
	budgetEmailChanges      BudgetName = "emailChanges"
	budgetPhoneCodes        BudgetName = "phoneCodes"
	budgetAccountPhoneCodes BudgetName = "phoneCodesOf"
	// budgetMessages counts all secrets of the service together, and budgetStrangers those of strangers.
	budgetMessages  BudgetName = "messages"
	budgetStrangers BudgetName = "messages of strangers"
	// budgetDecoys is counted in the place of one that is not due, so that the work is the same. It refuses nobody.
	budgetDecoys BudgetName = "decoy"
	// budgetTokens remembers the tokens of identity providers that were used, and budgetTombstones the identities of
	// deleted accounts.
	budgetTokens     BudgetName = "externalToken"
	budgetTombstones BudgetName = "gone"
)

const (
	// resendInterval is when a secret can be sent again, as PendingChange says.
	resendInterval = time.Minute
	// codeAttempts is how often one phone code may be tried (R-CPU2).
	codeAttempts = 5
	// resetAttempts is how often one reset token may meet the password policy (R-CPR4).
	resetAttempts = 10
	// codeFailures is how many codes may be tried in vain before a session alone no longer starts a change of phone
	// (R-CPU3).
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

	return checkLimit(budget, allowed, now)
}

// checkLimit refuses the use that brought a budget beyond its limit.
func checkLimit(budget models.Budget, allowed Limit, now time.Time) error {
	if budget.Count > allowed.Uses { // guard: a budget has an end
		return rateLimited(budget.ResetsAt.Sub(now))
	}
	return nil
}

// checkBlocked refuses the use of a budget that lets nothing through for a while.
func checkBlocked(budget models.Budget, now time.Time) error {
	if budget.BlockedUntil.After(now) { // guard: a wrong password makes wait
		return rateLimited(budget.BlockedUntil.Sub(now))
	}
	return nil
}

// use is a use of a budget.
type use struct {
	key     string
	allowed Limit
}

// decoyUse takes the place of a use that is not due, so that the work is the same. It refuses nobody.
func decoyUse(key string) use {
	return use{budgetKey(budgetDecoys, key), Limit{Uses: math.MaxInt, Window: time.Hour}}
}

// ceilingUses are the uses of the service's ceiling by a message to an account's
// customer: strangers, whose address nobody has proven, get half of it (R-PRF8).
// An account without id gets no message.
func (s *Service) ceilingUses(account *models.Account) []use {
	total := s.Settings.Limits.Messages
	half := Limit{total.Uses / 2, total.Window} // guard: strangers have half of the ceiling
	switch {
	case account.ID == "":
		// guard: addresses of nobody use up no ceiling
		return []use{decoyUse(strangersKey), decoyUse(messagesKey)}
	// guard: a claim is a stranger's
	case account.EmailClaimed():
		return []use{{strangersKey, half}, {messagesKey, total}}
	}

	return []use{decoyUse(strangersKey), {messagesKey, total}}
}

// mailDue counts a mail that anybody can ask for against its address, and
// returns when it may go: at once, or a pause after the one before it. The zero
// time means never: the address has had its share (R-PRF8).
func (s *Service) mailDue(
	ctx context.Context, tx Tx, kind models.MessageKind, address models.EmailAddress, allowed Limit,
) (time.Time, error) {
	now := s.now()
	if s.Settings.Unlimited {
		return now, nil
	}

	key := addressMailsKey(kind, address)
	budget, err := tx.SpendBudget(ctx, key, now, allowed.Window)
	if err != nil {
		return time.Time{}, err
	}

	due := now
	if budget.BlockedUntil.After(now) { // guard: a mail waits for the pause
		due = budget.BlockedUntil
	}

	next := due.Add(s.Settings.Limits.Destination.Window)
	if budget.Count > allowed.Uses { // guard: an address gets so many mails
		due, next = time.Time{}, budget.BlockedUntil
	}

	return due, tx.BlockBudget(ctx, key, next)
}

// addressMailsKey is the budget of the mails of a kind that anybody can ask for to an address.
func addressMailsKey(kind models.MessageKind, address models.EmailAddress) string {
	return budgetKey(budgetMails, string(kind), string(address))
}

// The budgets that belong to an account; passwordKey and codeFailuresKey stand beside what they count.
func emailChangesKey(accountID string) string { return budgetKey(budgetEmailChanges, accountID) }
func phoneCodesKey(accountID string) string   { return budgetKey(budgetAccountPhoneCodes, accountID) }

// triesKey is the budget of tries from the caller's network.
func triesKey(caller models.Caller) string { return budgetKey(budgetTries, caller.Network()) }

// mailsKey is the budget of mails that strangers ask for from the caller's network.
func mailsKey(caller models.Caller) string { return budgetKey(budgetMails, caller.Network()) }

// The budgets of the whole service have one key each.
const (
	messagesKey  = string(budgetMessages)
	strangersKey = string(budgetStrangers)
)

// spendMessage counts a secret that an account's customer sends to a
// destination; it fails with RATE_LIMITED. Notices do not count, so that none of them holds up a reset.
func (s *Service) spendMessage(
	ctx context.Context, tx Tx, account *models.Account, kind models.MessageKind, destination string,
) error {
	key := budgetKey(budgetDestinations, string(kind), destination)
	if err := s.spend(ctx, tx, key, s.Settings.Limits.Destination); err != nil {
		return err
	}

	for _, use := range s.ceilingUses(account) {
		if err := s.spend(ctx, tx, use.key, use.allowed); err != nil {
			return err
		}
	}

	return nil
}

// spendRegistration counts a registration against its network and the service; it
// fails with RATE_LIMITED, which says nothing about the address.
func (s *Service) spendRegistration(ctx context.Context, tx Tx, caller models.Caller) error {
	// guard: a registration is a mail of its network
	if err := s.spendNetwork(ctx, tx, caller, budgetMails, s.Settings.Limits.NetworkMails); err != nil {
		return err
	}

	// guard: a network registers so many accounts
	if err := s.spendNetwork(ctx, tx, caller, budgetAccounts, s.Settings.Limits.NetworkAccounts); err != nil {
		return err
	}

	stranger := &models.Account{ID: "stranger"} // guard: registrations use up the strangers' half
	for _, use := range s.ceilingUses(stranger) {
		if err := s.spend(ctx, tx, use.key, use.allowed); err != nil {
			return err
		}
	}

	return nil
}

// trySpend counts the uses and says whether a budget is exceeded, for flows
// that do the same work either way. Budgets after the exceeded one are not used
// up by what is not sent: a decoy is counted in their place.
func (s *Service) trySpend(ctx context.Context, tx Tx, uses []use) (limited bool, err error) {
	for _, use := range uses {
		key := use.key
		if limited {
			key = budgetKey(budgetDecoys, key)
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
func (s *Service) spendNetwork(ctx context.Context, tx Tx, caller models.Caller, name BudgetName, allowed Limit) error {
	network := caller.Network()
	if network == "" {
		return nil
	}
	return s.spend(ctx, tx, budgetKey(name, network), allowed)
}

// spendTry counts a try at a token or code by the client's network, in a transaction of its own (R-CPR7).
func (s *Service) spendTry(ctx context.Context, caller models.Caller) error {
	return s.Store.InTx(ctx, func(tx Tx) error {
		return s.spendNetwork(ctx, tx, caller, budgetTries, s.Settings.Limits.NetworkTries)
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
		if err := s.spendNetwork(ctx, tx, caller, budgetTries, s.Settings.Limits.NetworkTries); err != nil {
			return err
		}

		budget, err := tx.SpendBudget(ctx, key, now, attemptsMemory)
		if err != nil {
			return err
		}
		if err := checkBlocked(budget, now); err != nil {
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
	return &models.Error{
		Code:    models.CodeRateLimited,
		Message: fmt.Sprintf("too many tries; wait %v", wait), RetryAfter: wait,
	}
}

// budgetKey names a budget. The last part may be an address, which is kept as
// a hash: a budget outlives its account.
func budgetKey(name BudgetName, parts ...string) string {
	key := string(name)
	for _, part := range parts {
		key += ":" + hex.EncodeToString(HashToken(part)[:12])
	}
	return key
}
