//go:build guards

package guards

func init() { guards = append(guards, pageGuards...) }

// pageGuards protect what the account page relies on, and what it must not become (R-REC2, R-RPR1, R-PAG1 to R-PAG6).
var pageGuards = []guard{
	{"the next mail is told to the account's own session only", systemTests, "TestStories/SQLite/registration$",
		changes{always.of(2), always.of(3)}},
	{"one's own address is no change", systemTests, "TestStories/SQLite/email$", changes{never}},
	{"one's own number is no change", systemTests, "TestStories/SQLite/phone$", changes{never}},
	{"the page's config stays in its attribute", "./web", "TestAccountConfig",
		changes{swap("EscapeString", "UnescapeString")}},
	{"the shop's name is text", "./web", "TestAccountConfig",
		changes{swap("EscapeString", "UnescapeString")}},
	{"the outline of a language is text", "./web", "TestTranslations$",
		changes{swap("EscapeString", "UnescapeString")}},
	{"nothing but pictures comes from elsewhere", "./web", "TestAccountLoadsOnlyPicturesFromElsewhere",
		changes{swap("self'", "self' https:")}},
	{"text can be read", brandTests, "TestUnreadableColors", changes{always}},
	{"a brand has no unknown field", brandTests, "TestRefusals", changes{never}},
	{"a brand links to the web only", brandTests, "TestRefusals", changes{never}},
	{"a colour is six digits", brandTests, "TestRefusals", changes{never}},
	{"a logo lies beside its brand", brandTests, "TestRefusals", changes{never}},
	{"a logo is a picture", brandTests, "TestRefusals", changes{gone}},
	{"a logo runs no script", "./web", "TestBrandFiles", changes{gone}},
	{"there is one support contact", serverTests, "TestBrandIsTheOneTruth", changes{never}},
	{"the account page is served where it is on", serverTests, "TestAccountPageIsOff", changes{never}},
	{"the page's sessions are out of reach of scripts", "./internal/config", "TestAccountPageInProduction",
		changes{never}},
	{"the page's key takes the page's documents only", graphTests, "TestPageDocuments", changes{never}},
	{"the page's key has what the page needs", graphTests, "TestPageKeyHasWhatThePageNeeds", changes{never}},
	{"the page's key is exchanged", systemTests, "TestPageKeyLives", changes{never}},
	{"the page's key is for its origin", systemTests, "TestPageKeyLives", changes{gone}},
	{"the page's key is audited", systemTests, "TestPageKeyIsAudited", changes{passes}},
	{"a button asks for tokens that are accepted", identityTests, "TestWrongPagesOfProviders", changes{never}},
	{"customers and requests go to providers by https", identityTests, "TestWrongPagesOfProviders|TestFilesOfEntries",
		changes{always}},
	{"a provider's answer is short", "./web", "TestNoAnswerOfAProvider", changes{gone}},
	{"the page gets what it reads of a provider's answer", "./web", "TestProvidersAnswerWithAForm", changes{always}},
	{"mails lead to pages of the web only", notifyTests, "TestMailsEndAtTheAccount",
		changes{swap(`Account+"#"+placeholder`, "PasswordReset")}},
}

const brandTests = "./internal/brand"
