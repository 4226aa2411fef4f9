//go:build guards

package guards

const (
	contactTests = "./internal/contact"
	notifyTests  = "./internal/notify"
)

func init() { guards = append(guards, inputGuards...) }

// inputGuards are what stands between what people paste and what is kept (R-C9, R-ID1, R-RPU2, R-RPU4, R-RPU6, R-ANS4).
var inputGuards = []guard{
	{"what nobody sees is blank", systemTests, "TestInvisibleIsBlank", []edit{
		{"models/visible.go", "return !unicode.IsSpace(r) && !unicode.IsControl(r) && !Invisible(r)", "return !unicode.IsSpace(r)"}}},
	{"a required text that nobody sees is blank", systemTests, "TestInvisibleIsBlank", []edit{
		{"internal/account/input.go", "case models.IsBlank(text):", "case text == \"\":"}}},
	{"a key that nobody sees is none", systemTests, "TestInvisibleIsBlank", []edit{
		{"models/jsonobject.go", "if IsBlank(key) {", "if key == \"\" {"}}},
	{"a look-alike letter stays another", contactTests, "TestLookAlikesAreOthers", []edit{
		{"internal/contact/email.go", "local := plainLocalPart(text[:at])", "local := models.PlainText(text[:at])"}}},
	{"a joiner is part of a domain", contactTests, "TestPastedEmails", []edit{
		{"internal/contact/email.go", "if models.Invisible(r) && !strings.ContainsRune(joiners, r) {", "if models.Invisible(r) {"}}},
	{"stray dots are the carriers'", contactTests, "TestCarriersAddresses|TestRefusedEmails", []edit{
		{"internal/contact/email.go", "if strayDot && !hasLooseDots(domain) {", "if strayDot && domain == \"\" {"}}},
	{"numbers that are no person's get no code", contactTests, "TestRefusedPhones", []edit{
		{"internal/contact/phone.go", "phonenumbers.TOLL_FREE, phonenumbers.PERSONAL_NUMBER,", ""}}},
	{"codes go to the operator's countries", systemTests, "TestStories/SQLite/phone-countries", []edit{
		{"internal/account/input.go", "if len(allowed) == 0 || ", "if len(allowed) >= 0 || "}}},
	{"updateAccount looks at the country", systemTests, "TestStories/SQLite/phone-countries", []edit{
		{"internal/account/profile.go", "if err == nil && changes.phone != nil {", "if err == nil && phone == \"\" {"}}},
	{"a code is read without what stands between its digits", systemTests, "TestPastedCodes", []edit{
		{"internal/account/phone.go", "code := contact.PlainCode(input.ConfirmationCode)", "code := input.ConfirmationCode"}}},
	{"a token is read without white space", systemTests, "TestPastedTokens", []edit{
		{"internal/account/challenge.go", "HashToken(contact.PlainToken(token))", "HashToken(token)"},
		{"internal/account/challenge.go", "\t\"github.com/accountql/accountql/internal/contact\"\n", ""}}},
	{"a number is a finite double", systemTests, "TestNumbersAreFiniteDoubles", []edit{
		{"models/jsonobject.go", "if _, err := strconv.ParseFloat(value.String(), 64); err != nil {", "if _, err := strconv.ParseFloat(value.String(), 64); err != nil && value == \"\" {"}}},
	{"what is there already is no change", systemTests, "TestNothingChanged", []edit{
		{"internal/account/profile.go", "if !reflect.DeepEqual(&former, account) {", "if !reflect.DeepEqual(&former, account) || len(columns) >= 0 {"}}},
	{"an answer that stays is no consent", systemTests, "TestNothingChanged|TestOnlyChangesAreTold", []edit{
		{"internal/account/consent.go", "if wait == waits && sameAnswer(present, answer.Value) {", "if wait == waits && sameAnswer(present, answer.Value) && account == nil {"}}},
	{"a quoted address is not logged", notifyTests, "TestScrub", []edit{
		{"internal/notify/failure.go", `("[^"\s]+"|%22[^\s"]+%22|[^\s<>"'(),;]+)(@|%40)`, `([^\s<>"'(),;]+)(@|%40)`}}},
}
