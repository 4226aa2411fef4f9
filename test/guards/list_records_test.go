//go:build guards

package guards

func init() { guards = append(guards, recordGuards...) }

// recordGuards ensure that the audit trail forgets without hiding anything, and that whom the service forgets stays
// forgotten (R-DAT4, R-DAT5, R-DAT6).
var recordGuards = []guard{
	{"the trail's values are those that were committed to", storeTests, "TestTamperedEventsAreFound/SQLite",
		changes{always}},
	{"a customer who comes back stays", systemTests, "TestComingBackOvertakesErasure", changes{never}},
	{"a sign-in is a use", systemTests, "TestComingBackOvertakesErasure", changes{never}},
	{"nobody is erased who can't be told", systemTests, "TestIdleAccountsThatStay", changes{never}},
	{"an idle account's customer is told twice", systemTests, "TestIdleNoticeIsNeverShort", changes{never}},
	{"a notice counts once it is sent", systemTests, "TestIdleNoticeIsNeverShort", changes{never}},
	{"an import begins an account's use", systemTests, "TestImportBeginsUse", changes{gone}},
	{"what is not due is kept", storeTests, "TestClientsAreBlanked/SQLite", changes{never}},
	{"only what is genuine is sealed anew", storeTests, "TestChangedChainsAreNotSealedAnew/SQLite", changes{never}},
	{"the trail of an erased account has no addresses", systemTests, "TestErasedTrailNamesNobody", changes{gone}},
	{"an erasure's event has no address", systemTests, "TestErasedTrailNamesNobody", changes{never}},
	{"an anchor finds what was rewritten", storeTests, "TestAnchorFindsWhatVerifyCannot/SQLite", changes{never}},
	{"an anchor finds an end that was cut off", storeTests, "TestAnchorFindsWhatVerifyCannot/SQLite",
		changes{never}},
	{"an anchor finds a chain that was removed", storeTests, "TestAnchorFindsWhatVerifyCannot/SQLite",
		changes{never}},
	{"an anchor knows what may end", storeTests, "TestAnchorFindsWhatVerifyCannot/SQLite", changes{never}},
	{"an anchor is whole", storeTests, "TestWrongAnchors", changes{never}},
	{"an anchor has a key of this database", storeTests, "TestWrongAnchors", changes{never}},
	{"an anchor is signed", storeTests, "TestWrongAnchors", changes{never}},
	{"a receipt is signed", serverTests, "TestReceiptsAreVerified/SQLite", changes{never}},
	{"a receipt's erasure is in the trail", serverTests, "TestReceiptWithoutItsEvent", changes{passes}},
	{"only who asks for it is told of the service", systemTests, "TestAnchorsAreTold", changes{always.of(2)}},
	{"an erasure is listed before it is answered", systemTests, "TestErasureIsListed", changes{never}},
	{"an erasure that failed is taken from the list", systemTests, "TestFailedErasureIsTakenBack", changes{never}},
	{"of an unknown outcome the list keeps the erasure", systemTests, "TestFailedErasureIsTakenBack", changes{never}},
	{"an account that was used after its erasure is kept", systemTests, "TestFailedErasureIsTakenBack",
		changes{never}},
}
