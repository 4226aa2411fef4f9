package account

import "testing"

// TestBudgetKinds: every budget that can refuse has a kind, which its key determines.
func TestBudgetKinds(t *testing.T) {
	_, _, caller := newTestService(t)
	caller.IP = "192.0.2.1"
	for key, want := range map[string]BudgetKind{
		mailsKey(caller): KindNetworkMails,
		triesKey(caller): KindNetworkTries,
		addressMailsKey("ACTIVATION", "ada@example.com"): KindAddressMails,
		emailChangesKey("id"):                            KindEmailChanges,
		dataExportsKey("id"):                             KindDataExports,
		deviceNoticesKey("id"):                           KindDeviceNotices,
		phoneCodesKey("id"):                              KindAccountPhoneCodes,
		passwordKey("id"):                                KindPasswords,
		messagesKey:                                      KindMessages,
		strangersKey:                                     KindStrangersMessages,
		budgetKey(budgetAccounts, "net"):                 KindNetworkAccounts,
		budgetKey(budgetDestinations, "kind", "to"):      KindDestination,
		budgetKey(budgetPhoneCodes, "number"):            KindPhoneCodes,
		budgetKey(budgetCodeFailures, "id"):              KindCodeFailures,
		decoyUse("key").key:                              "",
	} {
		if got := kindOf(key); got != want {
			t.Errorf("the kind of %s is %q, want %q", key, got, want)
		}
	}
}
