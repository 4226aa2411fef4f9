//go:build guards

package guards

func init() { guards = append(guards, consentGuards...) }

// consentStories are the stories of consents.
const consentStories = "TestStories/SQLite/consents"

// consentGuards ensure that a consent counts when it should, and ends when it is withdrawn (R-DAT2, R-DAT3).
var consentGuards = []guard{
	{"an answer goes before the browser's objection", systemTests, consentStories + "-settings", changes{never}},
	{"an answer takes the mail of the second opt-in back", systemTests, consentStories + "-opt-in",
		changes{swap("models.PurposeConsent", "models.PurposeEmailUndo")}},
	{"consent waits for the second opt-in", systemTests, consentStories + "-opt-in",
		changes{swap("s.Settings.DoubleOptIn &&", "false &&")}},
	{"nothing is confirmed that was not given", systemTests, "TestConfirmedWithoutAnAnswer", changes{never}},
	{"a second opt-in is for its address", systemTests, "TestOptInIsForItsAddress",
		changes{swap("challenge.Target == string(account.Email) &&", "")}},
	{"consent ends with its number", systemTests, consentStories + "$", changes{always}},
	{"a link is made by the shop", "./internal/account", "TestLinksAreSealed",
		changes{swap("box.Open(nil, nonce, rest, []byte(linkUse))", "append(nonce[:0:0], rest...), error(nil)")}},
	{"nobody else is on the list", serverTests, "TestUnsubscribe$", changes{never}},
	{"a link without its event is not shown", systemTests, "TestNothingIsShownWithoutItsEvent", changes{never}},
	{"links without their event are not shown", systemTests, "TestNothingIsShownWithoutItsEvent", changes{never}},
	{"a proof without its event is not shown", systemTests, "TestNothingIsShownWithoutItsEvent", changes{never}},
	{"an erasure takes the consents along", systemTests, consentStories + "$",
		changes{swap("s.Settings.RetainConsentProof == 0", "false")}},
	{"a link outlives its key's rotation", sqliteTests, "TestSQLite$/keys_are_dropped",
		changes{swap("now.Before(key.RetiredAt.Add(linkMemory))", "false")}},
	{"a proof of consent is reaped", sqliteTests, "TestSQLite$/proofs_of_consent_expire", changes{gone}},
	{"a link that is opened changes nothing", serverTests, "TestUnsubscribe$",
		changes{swap("http.MethodGet, http.MethodHead", "http.MethodHead")}},
	{"one click is meant", serverTests, "TestUnsubscribe$", changes{never}},
}
