package account

import (
	"strings"

	"github.com/accountql/accountql/models"
)

// BudgetKind is what an exceeded budget is called in metrics and in the log.
type BudgetKind string

// The kinds of budgets.
const (
	KindPasswords         BudgetKind = "passwords"
	KindCodeFailures      BudgetKind = "code_failures"
	KindNetworkTries      BudgetKind = "network_tries"
	KindNetworkMails      BudgetKind = "network_mails"
	KindNetworkAccounts   BudgetKind = "network_accounts"
	KindAddressMails      BudgetKind = "address_mails"
	KindDestination       BudgetKind = "destination"
	KindEmailChanges      BudgetKind = "email_changes"
	KindDataExports       BudgetKind = "data_exports"
	KindDeviceNotices     BudgetKind = "device_notices"
	KindPhoneCodes        BudgetKind = "phone_codes"
	KindAccountPhoneCodes BudgetKind = "account_phone_codes"
	KindMessages          BudgetKind = "messages"
	KindStrangersMessages BudgetKind = "strangers_messages"
)

var kindOfBudget = map[BudgetName]BudgetKind{
	budgetPasswords: KindPasswords, budgetCodeFailures: KindCodeFailures, budgetTries: KindNetworkTries,
	budgetAccounts: KindNetworkAccounts, budgetMails: KindNetworkMails, budgetDestinations: KindDestination,
	budgetEmailChanges: KindEmailChanges, budgetPhoneCodes: KindPhoneCodes, budgetDataExports: KindDataExports,
	budgetDeviceNotices:     KindDeviceNotices,
	budgetAccountPhoneCodes: KindAccountPhoneCodes, budgetMessages: KindMessages, budgetStrangers: KindStrangersMessages,
}

// BudgetKinds returns every kind.
func BudgetKinds() []BudgetKind {
	return []BudgetKind{
		KindPasswords, KindCodeFailures, KindNetworkTries, KindNetworkMails, KindNetworkAccounts, KindAddressMails,
		KindDestination, KindEmailChanges, KindPhoneCodes, KindAccountPhoneCodes, KindMessages, KindStrangersMessages,
		KindDataExports, KindDeviceNotices,
	}
}

// SuppressingKinds returns the budgets because of which a mail is not sent although its request is accepted.
func SuppressingKinds() []BudgetKind {
	return []BudgetKind{
		KindNetworkMails, KindAddressMails, KindMessages, KindStrangersMessages, KindDeviceNotices,
	}
}

// kindOf returns the kind of a budget's key. Mails to an address have a key of two parts, mails from a network a key
// of one.
func kindOf(key string) BudgetKind {
	name, parts, _ := strings.Cut(key, ":")
	kind := kindOfBudget[BudgetName(name)]
	if kind == KindNetworkMails && strings.Contains(parts, ":") {
		kind = KindAddressMails
	}
	return kind
}

// BudgetWatch is told when budgets are exceeded. A transaction that is repeated after a conflict tells it again.
type BudgetWatch struct {
	// Exceeded is called for each use beyond a budget.
	Exceeded func(kind BudgetKind)
	// Suppressed is called for each mail that is not sent although its request is accepted (R-OBS2).
	Suppressed func(caller models.Caller, kind BudgetKind)
}

func (w BudgetWatch) exceeded(key string) {
	if kind := kindOf(key); w.Exceeded != nil && kind != "" {
		w.Exceeded(kind)
	}
}

func (w BudgetWatch) suppressed(caller models.Caller, kind BudgetKind) {
	if w.Suppressed != nil {
		w.Suppressed(caller, kind)
	}
}
