//go:build guards

package guards

const (
	passwordTests = "./internal/password"
	breachTests   = "./internal/breached"
)

// passwordGuards are which new passwords are acceptable (R-PWD3 to R-PWD10).
var passwordGuards = []guard{
	{"a password has a least length", passwordTests, "TestMinLength", []edit{
		{"internal/password/policy.go", "case length < p.MinLength:", "case length < 0:"}}},
	{"a password has a greatest length", passwordTests, "TestRejectedPasswords", []edit{
		{"internal/password/policy.go", "case length > maxLength:", "case length < 0:"}}},
	{"a password has a greatest size", passwordTests, "TestRejectedPasswords", []edit{
		{"internal/password/policy.go", "if len(password) > maxBytes {", "if len(password) < 0 {"}}},
	{"a password is text", passwordTests, "TestOnlyTextIsAPassword", []edit{
		{"internal/password/policy.go", "if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {", "if strings.ContainsRune(password, -1) {"}}},
	{"a listed password is refused", passwordTests, "TestEveryWordIsTried", []edit{
		{"internal/password/policy.go", "refused || guess.Listed(word)", "refused && guess.Listed(word)"}}},
	{"the operator's own list is refused", passwordTests, "TestOwnList", []edit{
		{"internal/password/policy.go", "refused || guess.Listed(word)", "!refused && guess.Listed(word)"}}},
	{"a repeated text is refused", passwordTests, "TestRejectedPasswords", []edit{
		{"internal/password/policy.go", "case guess.Repeated(password):", "case password == \"\":"}}},
	{"runs are refused", passwordTests, "TestRejectedPasswords", []edit{
		{"internal/password/policy.go", "case guess.Monotonous(password):", "case password == \"\":"}}},
	{"a date is refused", passwordTests, "TestRejectedPasswords", []edit{
		{"internal/password/policy.go", "case guess.Simple(password):", "case password == \"\":"}}},
	{"what is known of the customer is refused", passwordTests, "TestRejectedPasswords", []edit{
		{"internal/password/policy.go", "case guess.MadeOf(password, slices.Concat(context, p.Words)):", "case slices.Contains(context, password):"}}},
	{"the brand is refused", passwordTests, "TestRejectedPasswords", []edit{
		{"internal/password/policy.go", "slices.Concat(context, p.Words)", "slices.Concat(context)"}}},
	{"what the account knows is a word", systemTests, "TestOwnDataIsRefused", []edit{
		{"internal/account/password.go", "s.Policy.Check(field, chosen, knownWords(account)...)", "s.Policy.Check(field, chosen, knownWords(account)[:0]...)"}}},
	{"digits and signs are letters", passwordTests + "/guess", "TestWords", []edit{
		{"internal/password/guess/fold.go", "letters[i] = leet(r)", "letters[i] = r"}}},
	{"letters of another alphabet are the same letters", passwordTests, "TestMisspeltPasswordsAreRefused", []edit{
		{"internal/password/guess/fold.go", "oneAlphabet([]rune(norm.NFKD.String(password)))", "[]rune(norm.NFKD.String(password))"}}},
	{"few tries around a word make no other", passwordTests + "/guess", "TestWords", []edit{
		{"internal/password/guess/forms.go", "before*after[tail] <= fewTries", "before*after[tail] <= 1"}}},
	{"many tries around a word make another", passwordTests + "/guess", "TestWords", []edit{
		{"internal/password/guess/forms.go", "before*after[tail] <= fewTries", "before*after[tail] > 0"}}},
	{"a sign between letters is no letter", passwordTests, "TestManagersPasswordsAreAccepted", []edit{
		{"internal/password/guess/fold.go", "case separator == 0 || separator == r:", "case separator == 0 || r != 0:"}}},

	// What became known in breaches (R-PWD10).
	{"breached passwords are refused", systemTests, "TestBreachedPasswordsAreRefused", []edit{
		{"internal/account/password.go", "if s.Breaches != nil && s.Breaches.Breached(ctx, chosen) {", "if s.Breaches != nil && s.Breaches == nil {"}}},
	{"a registration asks for them, too", systemTests, "TestBreachedPasswordsAreRefused", []edit{
		{"internal/account/registration.go", `if err := s.checkPassword(ctx, account, "password", chosen); err != nil {`, `if err := s.Policy.Check("password", chosen); err != nil {`}}},
	{"the demo is not asked for", systemTests, "TestDevelopmentStartsWithABreachedDemo", []edit{
		{"internal/account/operator.go", "	unasked.Breaches = nil\n", ""}}},
	{"padding is no hit", breachTests, "TestService|TestFileWithoutCounts", []edit{
		{"internal/breached/breached.go", `!counted || strings.Trim(count, "0") != ""`, `true`}}},
	{"the service learns five digits", breachTests, "TestService$", []edit{
		{"internal/breached/service.go", `s.address+"/"+hash[:prefixDigits]`, `s.address+"/"+hash`}}},
	{"the answer is padded", breachTests, "TestService$", []edit{
		{"internal/breached/service.go", `"Add-Padding": {"true"}`, `"Add-Padding": {"false"}`}}},
	{"the service has half a second", breachTests, "TestServiceHasHalfASecond", []edit{
		{"internal/breached/service.go", "patience = 500 * time.Millisecond", "patience = 5 * time.Second"}}},
	{"a service that fails is not believed", breachTests, "TestServiceThatCannotTell", []edit{
		{"internal/breached/service.go", "if status != http.StatusOK {", "if status == 0 {"}}},
	{"a file is looked at before it is used", breachTests, "TestFilesThatAreNone", []edit{
		{"internal/breached/file.go", "return f, f.verify()", "return f, nil"}}},
	{"a file is in order", breachTests, "TestFilesThatAreNone", []edit{
		{"internal/breached/file.go", "err == nil && hash < last {", "err == nil && last == hash+hash {"}}},

	// What the derivation is linked from.
	{"a linked function has the library's parameters", passwordTests, "TestLinkedFunctions", []edit{
		{"internal/password/argon2_link.go", "memory, lanes, bytes uint32) []byte", "memory, lanes uint32, bytes uint64) []byte"},
		{"internal/password/argon2.go", "return extractKey(blocks, memory, lanes, bytes)", "return extractKey(blocks, memory, lanes, uint64(bytes))"}}},
	{"the derivation is the RFC's", passwordTests, "TestRFC9106", []edit{
		{"internal/password/argon2.go", "area-- // not the block before", "area += 0 // not the block before"}}},
}
