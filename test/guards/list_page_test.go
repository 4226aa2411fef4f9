//go:build guards

package guards

func init() { guards = append(guards, pageGuards...) }

// pageGuards protect what the account page relies on, and what it must not become (R-REC2, R-RPR1).
var pageGuards = []guard{
	{"the next mail is told to the account's own session only", systemTests, "TestStories/SQLite/registration$",
		changes{always.of(2), always.of(3)}},
	{"one's own address is no change", systemTests, "TestStories/SQLite/email$", changes{never}},
	{"one's own number is no change", systemTests, "TestStories/SQLite/phone$", changes{never}},
	{"the page's config stays in its attribute", "./web", "TestAccountConfig",
		changes{swap("EscapeString", "UnescapeString")}},
	{"the shop's name is text", "./web", "TestAccountConfig",
		changes{swap("EscapeString", "UnescapeString")}},
	{"nothing but pictures comes from elsewhere", "./web", "TestAccountLoadsOnlyPicturesFromElsewhere",
		changes{swap("self'", "self' https:")}},
	{"mails lead to pages of the web only", notifyTests, "TestMailsEndAtTheAccount",
		changes{swap(`Account+"#"+placeholder`, "PasswordReset")}},
}
