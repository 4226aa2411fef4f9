//go:build guards

package guards

func init() { guards = append(guards, settingsGuards...) }

// settingsGuards protect what an operator learns before a start, and what a service without a sender promises
// (R-OPS1).
var settingsGuards = []guard{
	{"no code is promised that nobody sends", systemTests, "TestNoTextMessages$", changes{never}},
	{"no notice waits for a sender that is missing", systemTests, "TestNoTextMessages$", changes{never}},
	{"a missing sender is foretold", systemTests, "TestAbilitiesAreWhatHappens/no_sender", changes{gone}},
	{"a password is not shown", configTests, "TestEffectiveSettingsShowNoPassword", changes{gone}},
	{"a tried password is not shown", notifyTests, "TestATriedPasswordIsNotShown", changes{gone}},
	{"a look makes no log", storeTests, "TestInspectWritesNothing", changes{never}},
	{"a trial refuses a standby", serverTests, "TestUnfitDatabases", changes{never}},
	{"a trial refuses a wrong clock", serverTests, "TestUnfitDatabases", changes{never}},
	{"requests go to the public internet", "./internal/egress", "TestOnlyPublicAddressesAreCalled", changes{never}},
	{"a receiver has an address that may be called", configTests, "TestDeliveryRefusals", changes{never}},
	{"an issuer has an address that may be called", serverTests, "TestFilesThatRefuseTheStart", changes{never}},
}
