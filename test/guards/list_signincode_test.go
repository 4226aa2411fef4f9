//go:build guards

package guards

func init() { guards = append(guards, signInCodeGuards...) }

const signInCodeStory = "TestStories/SQLite$/sign-in-code"

// signInCodeGuards keep a code to sign in for the mailbox's owner, and for the browser that asked for it.
var signInCodeGuards = []guard{
	{"sign-ins by code are off until a shop wants them", systemTests, signInCodeStory + "-off", changes{never}},
	{"a claimed address gets no code", systemTests, signInCodeStory + "-accounts",
		changes{swap("!account.EmailClaimed()", "true")}},
	{"a code to sign in is read however it was typed", systemTests, signInCodeStory + "$",
		changes{swap("strings.ToUpper(contact.PlainCode(input.Code))", "input.Code + strings.ToUpper(contact.PlainCode(``))")}},
	{"the state of an account is looked at after a code", systemTests, signInCodeStory + "-accounts", changes{never}},
	{"tries at codes to sign in are counted", systemTests, "TestTriesOfANetwork", changes{gone}},
	{"a code to sign in is tried five times", systemTests, "TestSignInCodeIsTriedFiveTimes", changes{never}},
	{"a code to sign in has a purpose", systemTests, signInCodeStory + "-accounts",
		changes{swap("challenge.Purpose == models.PurposeSignInCode", "true")}},
}
