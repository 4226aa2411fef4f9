//go:build guards

package guards

func init() { guards = append(guards, settingsGuards...) }

// settingsGuards protect what an operator learns before a start, and what a service without a sender promises
// (R-OPS1).
var settingsGuards = []guard{
	{"no code is promised that nobody sends", systemTests, "TestNoTextMessages$", changes{never}},
	{"no notice waits for a sender that is missing", systemTests, "TestNoTextMessages$", changes{never}},
	{"a missing sender is foretold", systemTests, "TestAbilitiesAreWhatHappens/no_sender", changes{gone}},
	{"terms come first", systemTests, "TestStories/SQLite/terms", changes{never}},
	{"terms come first without a session", systemTests, "TestStories/SQLite/terms", changes{never}},
	{"terms come before a code without a session", systemTests, "TestStories/SQLite/terms", changes{never}},
	{"missing terms are foretold", systemTests, "TestStories/SQLite/terms", changes{never}},
	{"a registration accepts the terms", systemTests, "TestStories/SQLite/terms", changes{never}},
	{"an old version is not accepted", systemTests, "TestStories/SQLite/terms", changes{never}},
	{"a version is accepted once", storeTests, "TestSQLite$/terms", changes{always}},
	{"an entity is the session's own account", graphTests, "TestEntities$", changes{always}},
	{"representations are few", graphTests, "TestEntitiesAreGuarded", changes{never}},
	{"an error repeats no password of a wrong setting", configTests, "TestErrorsRepeatNoPassword", changes{never}},
	{"the content of a file is not taken for a path", configTests, "TestFilesOfSettingsThatNameFiles", changes{never}},
	{"a mistyped URL is no path", storeTests, "TestCheckAddress", changes{swap("mistypedURL.MatchString", "false && mistypedURL.MatchString")}},
	{"a password is not shown", configTests, "TestEffectiveSettingsShowNoPassword", changes{gone}},
	{"a tried password is not shown", notifyTests, "TestATriedPasswordIsNotShown", changes{gone}},
	{"a look makes no log", storeTests, "TestInspectWritesNothing", changes{never}},
	{"a trial refuses a standby", serverTests, "TestUnfitDatabases", changes{never}},
	{"a trial refuses a wrong clock", serverTests, "TestUnfitDatabases", changes{never}},
	{"requests go to the public internet", "./internal/egress", "TestOnlyPublicAddressesAreCalled", changes{never}},
	{"a receiver has an address that may be called", configTests, "TestDeliveryRefusals", changes{never}},
	{"an issuer has an address that may be called", serverTests, "TestFilesThatRefuseTheStart", changes{never}},
}
