//go:build guards

package guards

// init adds the guards of imports and exports to those of list_test.go.
func init() {
	guards = append(guards, []guard{
		// Stored hashes (R-HASH1, R-HASH3).
		{"argon2 has a ceiling of memory times iterations", "./internal/password", "TestHashesThatAreNotImported",
			changes{never}},
		{"Magento's argon2 has a ceiling in all",
			"./internal/password", "TestHashesThatAreNotImported", changes{never}},
		{"phpass has a ceiling", "./internal/password", "TestHashesThatAreNotImported", changes{never}},
		{"Medusa's header is whole", "./internal/password", "TestHashesThatAreNotImported", changes{never}},
		{"a password that is no hash is not taken", "./internal/password", "TestTooCostlyIsSaid", changes{passes}},
		{"WordPress's passwords are slashed", "./internal/password", "TestWordPressPasswords",
			changes{swap("slash.Replace(password)", "password")}},
		{"bcrypt is slashed only where it is WordPress's", "./internal/password", "TestBcryptIsNotSlashed",
			changes{swap("readBcrypt", "ofWordPress(readBcrypt)")}},

		// Files (R-C11).
		{"an import that was cut off is refused", systemTests, "TestImportWasCutOff", changes{never}},
		{"nobody stands behind the end of an import", systemTests, "TestImportWasCutOff", changes{never}},
		{"an empty import is refused", systemTests, "TestImportReadsEveryLine", changes{never}},
		{"customers lose only what the file names", systemTests, "TestImportLosesNothingElse", changes{always.of(1)}},
		{"a status is never lost", systemTests, "TestImportWasCutOff", changes{never}},
		{"a proven phone goes before a claimed one", systemTests, "TestImportLosses",
			changes{swap("cmp.Compare(a.claimed, b.claimed), ", "")}},
		{"a claim gives way to the shop's word", systemTests, "TestImportMeetsAClaim", changes{always}},
		{"a claim that is imported displaces nobody", systemTests, "TestImportMeetsAClaim", changes{never.of(3)}},
		{"an import mends no text", systemTests, "TestImportTakesNothingAmbiguous", changes{never}},
		{"an import mends no text of a mark", systemTests, "TestImportTakesNothingAmbiguous",
			changes{swap("text", `[]byte("{}")`)}},
		{"keys of an import are as they are written", systemTests, "TestImportTakesNothingAmbiguous",
			changes{swap("true)", "true), json.MatchCaseInsensitiveNames(true)")}},
		{"an import asks first for reserved addresses", systemTests, "TestImportMeetsAReservedAddress", changes{gone}},
		{"a customer never loses an address that is somebody's", systemTests, "TestImportMeetsAReservedAddress",
			changes{swap(`append([]string{"email"}, read.lost[line]...)`, "read.lost[line]")}},
		{"imported identities are as old as their account", systemTests, "TestImportedIdentitiesAreOld",
			changes{swap("account.CreatedAt", "now")}},
		{"a claimed address is imported without authenticators", systemTests, "TestStories/SQLite/import-factors",
			changes{never}},
		{"an export says that passkeys stay behind", systemTests, "TestExportSaysWhatStaysBehind", changes{never}},
		{"an export says that second factors stay behind", systemTests, "TestExportSaysWhatStaysBehind", changes{never}},
		{"an id is nobody else's", systemTests, "TestImportOfAnID", changes{passes}},
		{"a trail is not somebody else's", systemTests, "TestImportOfAnID", changes{never}},

		// What is shown (R-C11).
		{"an export shows no secret of a message", sqliteTests, "TestSQLite$/what_is_pending", changes{gone}},
		{"an export shows every column", "./internal/cli", "TestEverythingIsShown", changes{gone}},
		{"the list of sessions is bounded",
			systemTests, "TestSessionsAreBounded", changes{swap("Limit(", "Limit(10*")}},
	}...)
}
