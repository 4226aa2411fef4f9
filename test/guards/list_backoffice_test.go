//go:build guards

package guards

func init() { guards = append(guards, backOfficeGuards...) }

// authTests are those of internal/auth.
const authTests = "./internal/auth"

// backOfficeGuards keep the back office from browsers, the public address and customers' secrets (ADR 29).
var backOfficeGuards = []guard{
	{"a key of the back office works nowhere else", authTests, "TestBackOfficeKeys",
		changes{swap("a.Keys != CustomerKeys && ", "")}},
	{"a key of the back office is no browser's", authTests, "TestBackOfficeKeys", changes{swap(" && !FromBrowser(r)", "")}},
	{"the private address is the back office's", authTests, "TestBackOfficeKeys", changes{always}},
	{"a session means nothing in the back office", authTests, "TestBackOfficeKeys", changes{never}},
	{"production's public address takes no key of the back office", "./internal/server", "TestBackOfficeAddress",
		changes{always}},
	{"a key is a customer's application's or the back office's", systemTests, "TestKeysOfTheBackOffice", changes{never}},
	{"no page has a key of the back office", systemTests, "TestKeysOfTheBackOffice", changes{never}},
	{"the back office gives a reason", systemTests, "TestBackOfficeInput", changes{never}},
	{"a customer is named by one thing", systemTests, "TestBackOfficeInput", changes{never}},
	{"the address is the present one", systemTests, "TestBackOfficeInput", changes{never}},
	{"a block ends every session", systemTests, "TestBlockEndsWhatIsOpen", changes{gone}},
	{"a block voids what waits", systemTests, "TestBlockEndsWhatIsOpen", changes{gone}},
	{"unblocking confirms nothing", systemTests, "TestUnblockConfirmsNothing", changes{never}},
	{"a corrected address is unproven", systemTests, "TestSupportDesk",
		changes{swap("email, nil, false", "email, account.EmailVerifiedAt, account.EmailVouched")}},
	{"a corrected address ends every session", systemTests, "TestCorrectedAddressEndsSessions", changes{gone}},
	{"a message is its customer's", systemTests, "TestMessageOfAnotherCustomer", changes{never}},
	{"the shop's mails are counted, too", systemTests, "TestResentMailsAreCounted", changes{never}},
	{"a customer sees nobody of the shop", systemTests, "TestSupportDesk", changes{never}},
}
