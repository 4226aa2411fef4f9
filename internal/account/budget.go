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

// Limits are the limits of docs/contract.md. All processes share the budgets.
type Limits struct {
	// WrongPasswords is the number of attempts at an account's password without a delay.
	WrongPasswords int
	// ResetMails, ActivationMails and SignInCodes apply to each address.
	ResetMails      Limit
	ActivationMails Limit
	SignInCodes     Limit
	// ChangeMails applies to each address to which a customer wants to change.
	ChangeMails Limit
	// EmailChanges and AccountPhoneCodes apply to each account, PhoneCodes to each number. The codes that an account is
	// sent by mail count as AccountPhoneCodes, too.
	EmailChanges      Limit
	AccountPhoneCodes Limit
	PhoneCodes        Limit
	// DataExports and DeviceNotices, the mails of sign-ins from new devices, apply to each account.
	DataExports   Limit
	DeviceNotices Limit
	// Destination applies to each kind of secret to each address or number.
	Destination Limit
	// NetworkTries limits the attempts at passwords, tokens and codes from one client network; NetworkMails the
	// mails that anybody can request from there, including registrations; NetworkAccounts the accounts that are
	// created from there.
	NetworkTries    Limit
	NetworkMails    Limit
	NetworkAccounts Limit
	// Messages is the ceiling of the whole service for messages with a secret. Half of it is reserved for customers
	// whose address is proven or vouched (R-PRF8).
	Messages Limit
}

// DefaultLimits returns the limits of docs/contract.md. Only an attack exceeds the limits of networks and of the
// whole service.
func DefaultLimits() Limits {
	return Limits{
		WrongPasswords: 5,
		ResetMails:     Limit{3, time.Hour}, ActivationMails: Limit{3, time.Hour}, SignInCodes: Limit{3, time.Hour},
		ChangeMails:  Limit{3, time.Hour},
		EmailChanges: Limit{5, 24 * time.Hour}, AccountPhoneCodes: Limit{5, time.Hour}, PhoneCodes: Limit{3, time.Hour},
		DataExports: Limit{1, 24 * time.Hour}, DeviceNotices: Limit{5, 24 * time.Hour},
		Destination:  Limit{1, resendInterval},
		NetworkTries: Limit{300, 10 * time.Minute}, NetworkMails: Limit{10, time.Hour},
		NetworkAccounts: Limit{20, time.Hour},
		Messages:        Limit{10_000, time.Hour},
	}
}

// BudgetName is the first part of a budget's key. The table of operations lists the budgets that each operation
// spends.
type BudgetName string

// The budgets.
const (
	// budgetPasswords counts an account's wrong passwords and tokens, budgetCodeFailures its wrong codes.
	budgetPasswords    BudgetName = "password"
	budgetCodeFailures BudgetName = "codeFailures"
	// budgetFactorFailures counts an account's wrong second factors.
	budgetFactorFailures BudgetName = "factorFailures"
	// budgetTries counts a network's attempts at passwords, tokens and codes, budgetAccounts the accounts that were
	// created from there.
	budgetTries    BudgetName = "tries"
	budgetAccounts BudgetName = "accounts"
	// budgetMails counts the mails that anybody can request: the mails from a network, and the mails of a kind to
	// an address.
	budgetMails BudgetName = "mails"
	// budgetDestinations counts the secrets of a kind to a destination.
	budgetDestinations      BudgetName = "message"
	budgetEmailChanges      BudgetName = "emailChanges"
	budgetDataExports       BudgetName = "dataExports"
	budgetDeviceNotices     BudgetName = "deviceNotices"
	budgetPhoneCodes        BudgetName = "phoneCodes"
	budgetAccountPhoneCodes BudgetName = "phoneCodesOf"
	// budgetMessages counts all secrets of the service together, budgetStrangers the secrets to unproven addresses.
	budgetMessages  BudgetName = "messages"
	budgetStrangers BudgetName = "messages of strangers"
	// budgetDecoys is spent instead of a budget that must not be spent, so that the work is the same. It refuses
	// nothing.
	budgetDecoys BudgetName = "decoy"
	// budgetTokens remembers the used tokens of identity providers, budgetTombstones the identities of deleted
	// accounts.
	budgetTokens BudgetName = "externalToken"
	// budgetChallenges remembers the used challenges of passkeys.
	budgetChallenges BudgetName = "passkeyChallenge"
	// budgetSignInCodes counts the attempts at one code of requestSignInCode.
	budgetSignInCodes BudgetName = "signInCode"
	budgetTombstones  BudgetName = "gone"
)

const (
	// resendInterval is the time after which a secret can be sent again. PendingChange reports it.
	resendInterval = time.Minute
	// codeAttempts is the maximum number of attempts at one phone code (R-CPU2).
	codeAttempts = 5
	// resetAttempts is the maximum number of new passwords that one reset token may submit to the password policy
	// (R-CPR4).
	resetAttempts = 10
	// codeFailures is the number of wrong codes after which a session alone can't start a change of the phone
	// number any more (R-CPU3).
	codeFailures = 100
	// firstDelay is the delay after the first wrong password beyond the free ones. It doubles with each further
	// one, up to maxDelay.
	firstDelay = time.Second
	maxDelay   = 15 * time.Minute
	// attemptsMemory is the time without an attempt after which the wrong passwords are forgotten.
	attemptsMemory = 24 * time.Hour
	// failuresMemory is the time without an attempt after which the wrong codes are forgotten.
	failuresMemory = 30 * 24 * time.Hour
)

// spend counts one use of the key. It fails with RATE_LIMITED if the limit is exceeded.
func (s *Service) spend(ctx context.Context, tx Tx, key string, allowed Limit) error {
	if s.Settings.Unlimited {
		return nil
	}

	now := s.now()
	budget, err := tx.SpendBudget(ctx, key, now, allowed.Window)
	if err != nil {
		return err
	}

	err = checkLimit(budget, allowed, now)
	if err != nil {
		s.Budgets.exceeded(key)
	}

	return err
}

// checkLimit returns RATE_LIMITED if the last use exceeded the limit.
func checkLimit(budget models.Budget, allowed Limit, now time.Time) error {
	if budget.Count > allowed.Uses { // guard: a budget has an end
		return rateLimited(budget.ResetsAt.Sub(now))
	}
	return nil
}

// checkBlocked returns RATE_LIMITED if the budget is blocked now.
func checkBlocked(budget models.Budget, now time.Time) error {
	if budget.BlockedUntil.After(now) { // guard: a wrong password makes wait
		return rateLimited(budget.BlockedUntil.Sub(now))
	}
	return nil
}

// use is one use of a budget.
type use struct {
	key     string
	allowed Limit
}

// decoyUse returns a use that replaces a use which must not be counted, so that the work is the same. It refuses
// nothing.
func decoyUse(key string) use {
	return use{budgetKey(budgetDecoys, key), Limit{Uses: math.MaxInt, Window: time.Hour}}
}

// ceilingUses returns the uses of the service's ceiling for a message to an account. Accounts whose address is only
// claimed share half of the ceiling (R-PRF8). An account without an ID gets no message.
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

// mailDue counts a mail that anybody can request against its address. It returns when the mail may be sent: now, or
// one pause after the previous mail. The zero time means never, because the address has used up its limit (R-PRF8).
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
		if address != "" {
			s.Budgets.exceeded(key)
		}
	}

	return due, tx.BlockBudget(ctx, key, next)
}

// addressMailsKey is the key of the mails of a kind to an address, for mails that anybody can request.
func addressMailsKey(kind models.MessageKind, address models.EmailAddress) string {
	return budgetKey(budgetMails, string(kind), string(address))
}

// The keys of an account's budgets. passwordKey and codeFailuresKey are next to the code that uses them.
func emailChangesKey(accountID string) string { return budgetKey(budgetEmailChanges, accountID) }
func dataExportsKey(accountID string) string  { return budgetKey(budgetDataExports, accountID) }
func phoneCodesKey(accountID string) string   { return budgetKey(budgetAccountPhoneCodes, accountID) }

func deviceNoticesKey(accountID string) string { return budgetKey(budgetDeviceNotices, accountID) }

// triesKey is the key of the attempts from the caller's network.
func triesKey(caller models.Caller) string { return budgetKey(budgetTries, caller.Network()) }

// mailsKey is the key of the mails that strangers request from the caller's network.
func mailsKey(caller models.Caller) string { return budgetKey(budgetMails, caller.Network()) }

// The budgets of the whole service have one key each.
const (
	messagesKey  = string(budgetMessages)
	strangersKey = string(budgetStrangers)
)

// spendMessage counts a secret that is sent to a destination for an account. It fails with RATE_LIMITED. Notices do
// not count, so that a notice never delays a reset.
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

// spendRegistration counts a registration against its network and the service. It fails with RATE_LIMITED, which
// reveals nothing about the address.
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

// trySpend counts the uses and reports whether a budget is exceeded, and which, for flows that do the same work in
// both cases. The budgets after the exceeded one are not spent, because nothing is sent: trySpend counts decoys
// instead.
func (s *Service) trySpend(ctx context.Context, tx Tx, uses []use) (limited bool, exceeded BudgetKind, err error) {
	for _, use := range uses {
		key := use.key
		if limited {
			key = budgetKey(budgetDecoys, key)
		}

		err := s.spend(ctx, tx, key, use.allowed)
		if err != nil && models.CodeOf(err) != models.CodeRateLimited {
			return false, "", err
		}
		if err != nil && !limited {
			limited, exceeded = true, kindOf(key)
		}
	}

	return limited, exceeded, nil
}

// spendNetwork counts a use by the client's network. A client on this machine has no network: behind a proxy that
// is not trusted, all customers would share one.
func (s *Service) spendNetwork(ctx context.Context, tx Tx, caller models.Caller, name BudgetName, allowed Limit) error {
	network := caller.Network()
	if network == "" {
		return nil
	}
	return s.spend(ctx, tx, budgetKey(name, network), allowed)
}

// spendTry counts an attempt at a token or code against the client's network, in a separate transaction (R-CPR7).
func (s *Service) spendTry(ctx context.Context, caller models.Caller) error {
	return s.Store.InTx(ctx, func(tx Tx) error {
		return s.spendNetwork(ctx, tx, caller, budgetTries, s.Settings.Limits.NetworkTries)
	})
}

// spendPassword counts an attempt at a password in a separate transaction. It commits before the password is
// checked, so that concurrent attempts can't share a count. After the free attempts, each further attempt has to
// wait, each time twice as long.
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
			s.Budgets.exceeded(key)
			return err
		}

		beyond := budget.Count - s.Settings.Limits.WrongPasswords
		if beyond < 0 {
			return nil
		}

		return tx.BlockBudget(ctx, key, now.Add(delay(beyond)))
	})
}

// delay returns how long the next attempt has to wait after beyond attempts more than the free ones.
func delay(beyond int) time.Duration {
	const doublings = 10 // 2^10 s is beyond maxDelay
	return min(firstDelay<<min(beyond, doublings), maxDelay)
}

// rateLimited returns RATE_LIMITED. It rounds wait up to whole seconds, so that a retry after them succeeds.
func rateLimited(wait time.Duration) error {
	wait = wholeSeconds(wait)
	return &models.Error{
		Code:    models.CodeRateLimited,
		Message: fmt.Sprintf("too many tries; wait %v", wait), RetryAfter: wait,
	}
}

// wholeSeconds rounds up, to at least one second.
func wholeSeconds(wait time.Duration) time.Duration {
	return max((wait + time.Second - 1).Truncate(time.Second), time.Second)
}

// budgetKey returns the key of a budget. The parts are stored as hashes, because they may contain an address and a
// budget outlives its account.
func budgetKey(name BudgetName, parts ...string) string {
	key := string(name)
	for _, part := range parts {
		key += ":" + hex.EncodeToString(HashToken(part)[:12])
	}
	return key
}
