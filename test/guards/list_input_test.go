//go:build guards

package guards

const (
	contactTests = "./internal/contact"
	notifyTests  = "./internal/notify"
)

func init() { guards = append(guards, inputGuards...) }

// inputGuards protect the path from pasted input to stored values (R-C9, R-ID1, R-RPU2, R-RPU4, R-RPU6, R-ANS4).
var inputGuards = []guard{
	{"what nobody sees is blank", systemTests, "TestInvisibleIsBlank",
		changes{swap(" && !unicode.IsControl(r) && !Invisible(r)", "")}},
	{"a required text that nobody sees is blank", systemTests, "TestInvisibleIsBlank",
		changes{swap(`models.IsBlank(text)`, `text == ""`)}},
	{"a key that nobody sees is none", systemTests, "TestInvisibleIsBlank", changes{swap(`IsBlank(key)`, `key == ""`)}},
	{"a look-alike letter stays another", contactTests, "TestLookAlikesAreOthers",
		changes{swap("plainLocalPart", "models.PlainText")}},
	{"a joiner is part of a domain", contactTests, "TestPastedEmails", changes{always.of(2)}},
	{"stray dots are the carriers'", contactTests, "TestCarriersAddresses|TestRefusedEmails", changes{never}},
	{"numbers that are no person's get no code", contactTests, "TestRefusedPhones",
		changes{swap("phonenumbers.TOLL_FREE, phonenumbers.PERSONAL_NUMBER,", "")}},
	{"codes go to the operator's countries", systemTests, "TestStories/SQLite/phone-countries", changes{always}},
	{"updateAccount looks at the country", systemTests, "TestStories/SQLite/phone-countries", changes{never}},
	{"a code is read without what stands between its digits", systemTests, "TestPastedCodes",
		changes{swap("contact.PlainCode(input.ConfirmationCode)", "input.ConfirmationCode")}},
	{"a token is read without white space", systemTests, "TestPastedTokens",
		changes{swap("contact.PlainToken(token)", "contact.PlainToken(token)[:0]+token")}},
	{"a number is a finite double", systemTests, "TestNumbersAreFiniteDoubles", changes{never}},
	{"what is there already is no change", systemTests, "TestNothingChanged", changes{always}},
	{"an answer that stays is no consent", systemTests, "TestNothingChanged|TestOnlyChangesAreTold", changes{never}},
	{"a quoted address is not logged", notifyTests, "TestScrub", changes{swap(`"[^"\s]+"|%22[^\s"]+%22|`, "")}},
}
