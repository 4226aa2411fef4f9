//go:build guards

package guards

const (
	passwordTests = "./internal/password"
	breachTests   = "./internal/breached"
)

// passwordGuards decide which new passwords are acceptable (R-PWD3 to R-PWD10).
var passwordGuards = []guard{
	{"a password has a least length", passwordTests, "TestMinLength", changes{never}},
	{"a password has a greatest length", passwordTests, "TestRejectedPasswords", changes{never}},
	{"a password has a greatest size", passwordTests, "TestRejectedPasswords", changes{never}},
	{"a password is text", passwordTests, "TestOnlyTextIsAPassword", changes{never}},
	{"a listed password is refused", passwordTests, "TestEveryWordIsTried", changes{never.of(2)}},
	{"the operator's own list is refused", passwordTests, "TestOwnList", changes{never.of(1)}},
	{"a repeated text is refused", passwordTests, "TestRejectedPasswords", changes{never}},
	{"runs are refused", passwordTests, "TestRejectedPasswords", changes{never}},
	{"a date is refused", passwordTests, "TestRejectedPasswords", changes{never}},
	{"what is known of the customer is refused", passwordTests, "TestRejectedPasswords", changes{never}},
	{"the brand is refused", passwordTests, "TestRejectedPasswords", changes{swap(`, p.Words`, ``)}},
	{"what the account knows is a word",
		systemTests, "TestOwnDataIsRefused", changes{swap("account)", "account)[:0]")}},
	{"digits and signs are letters", passwordTests + "/guess", "TestWords", changes{swap("leet(r)", "r")}},
	{"letters of another alphabet are the same letters", passwordTests, "TestMisspeltPasswordsAreRefused",
		changes{swap("oneAlphabet([]rune(norm.NFKD.String(password)", "[]rune(norm.NFKD.String(password")}},
	{"few tries around a word make no other", passwordTests + "/guess", "TestWords",
		changes{swap(`<= fewTries`, `<= 1`)}},
	{"many tries around a word make another", passwordTests + "/guess", "TestWords", changes{always.of(3)}},
	{"a sign between letters is no letter", passwordTests, "TestManagersPasswordsAreAccepted", changes{always}},

	// Passwords from known breaches (R-PWD10).
	{"breached passwords are refused", systemTests, "TestBreachedPasswordsAreRefused", changes{never}},
	{"a registration asks for them, too", systemTests, "TestBreachedPasswordsAreRefused",
		changes{swap("checkPassword(ctx, account, ", "Policy.Check(")}},
	{"the demo is not asked for", systemTests, "TestDevelopmentStartsWithABreachedDemo", changes{gone}},
	{"padding is no hit", breachTests, "TestService|TestFileWithoutCounts",
		changes{swap(`!counted || strings.Trim(count, "0") != ""`, "true")}},
	{"the service learns five digits", breachTests, "TestService$", changes{swap("hash[:prefixDigits]", "hash")}},
	{"the answer is padded", breachTests, "TestService$", changes{swap("true", "false")}},
	{"the service has half a second", breachTests, "TestServiceHasHalfASecond",
		changes{swap("500 * time.Millisecond", "5 * time.Second")}},
	{"a service that fails is not believed", breachTests, "TestServiceThatCannotTell", changes{never}},
	{"a file is looked at before it is used", breachTests, "TestFilesThatAreNone", changes{passes}},
	{"a file is in order", breachTests, "TestFilesThatAreNone", changes{never}},

	// The functions that the key derivation is linked to.
	{"a linked function has the library's parameters", passwordTests, "TestLinkedFunctions",
		changes{swap("lanes, bytes uint32", "lanes uint32, bytes uint64"), swap("bytes", "uint64(bytes)").at(2)}},
	{"the derivation is the RFC's", passwordTests, "TestRFC9106", changes{swap("area--", "area += 0")}},
}
