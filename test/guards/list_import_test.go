//go:build guards

package guards

// init adds the guards of imports and exports to those of list_test.go.
func init() {
	guards = append(guards, []guard{
		// Stored hashes (R-HASH1, R-HASH3).
		{"argon2 has a ceiling of memory times iterations", "./internal/password", "TestHashesThatAreNotImported", []edit{
			{"internal/password/stored.go", "case cost.MemoryKiB*cost.Iterations > ceilingArgon2:", "case cost.MemoryKiB < 0:"}}},
		{"Magento's argon2 has a ceiling in all", "./internal/password", "TestHashesThatAreNotImported", []edit{
			{"internal/password/magento.go", "spent > ceilingArgon2 {", "spent < 0 {"}}},
		{"phpass has a ceiling", "./internal/password", "TestHashesThatAreNotImported", []edit{
			{"internal/password/wordpress.go", "if logarithm > ceilingPhpass {", "if logarithm < 0 {"}}},
		{"Medusa's header is whole", "./internal/password", "TestHashesThatAreNotImported", []edit{
			{"internal/password/scrypt.go", "if subtle.ConstantTimeCompare(checksum[:sealAt-checksumAt], header[checksumAt:sealAt]) != 1 {", "if len(checksum) == 0 {"}}},
		{"a password that is no hash is not taken", "./internal/password", "TestTooCostlyIsSaid", []edit{
			{"internal/password/spring.go", "return \"\", errors.New(\"holds the password itself", "return hash, errors.Join(nil); _ = errors.New(\"holds the password itself"}}},
		{"WordPress's passwords are slashed", "./internal/password", "TestWordPressPasswords", []edit{
			{"internal/password/wordpress.go", "trimmed(slash.Replace(password)), trimmed(password)", "trimmed(password), trimmed(password)"}}},
		{"bcrypt is slashed only where it is WordPress's", "./internal/password", "TestBcryptIsNotSlashed", []edit{
			{"internal/password/stored.go", "[./A-Za-z0-9]{53}$`), readBcrypt},", "[./A-Za-z0-9]{53}$`), ofWordPress(readBcrypt)},"}}},

		// Files (R-C11).
		{"an import that was cut off is refused", systemTests, "TestImportWasCutOff", []edit{
			{"internal/account/importfile.go", "if last := f.part(); last != nil && last.ended == 0 {\n\t\tvisitor.wrong(", "if last := f.part(); last != nil && last.ended < 0 {\n\t\tvisitor.wrong("}}},
		{"nobody stands behind the end of an import", systemTests, "TestImportWasCutOff", []edit{
			{"internal/account/importfile.go", "if last := f.part(); last != nil && last.ended != 0 {", "if last := f.part(); last != nil && last.ended < 0 {"}}},
		{"an empty import is refused", systemTests, "TestImportReadsEveryLine", []edit{
			{"internal/account/import.go", "if summary.Lines == 0 && len(read.parts) == 0 {", "if summary.Lines < 0 {"}}},
		{"customers lose only what the file names", systemTests, "TestImportLosesNothingElse", []edit{
			{"internal/account/importloss.go", "if slices.Contains(drop, field) && !slices.Contains(lost, field) {", "if !slices.Contains(lost, field) {"}}},
		{"a status is never lost", systemTests, "TestImportWasCutOff", []edit{
			{"internal/account/importfile.go", "if !slices.Contains(droppable, field) {", "if !slices.Contains(droppable, field) && field == \"\" {"}}},
		{"a proven phone goes before a claimed one", systemTests, "TestImportLosses", []edit{
			{"internal/account/importkeys.go", "cmp.Compare(a.claimed, b.claimed), ", ""}}},
		{"a claim gives way to the shop's word", systemTests, "TestImportMeetsAClaim", []edit{
			{"internal/account/import.go", "if imported || !existing.EmailClaimed() || wanted.EmailClaimed() {", "if imported || !existing.EmailClaimed() || existing.EmailClaimed() {"}}},
		{"a claim that is imported displaces nobody", systemTests, "TestImportMeetsAClaim", []edit{
			{"internal/account/import.go", " || wanted.EmailClaimed() {", " {"}}},
		{"an import mends no text", systemTests, "TestImportTakesNothingAmbiguous", []edit{
			{"internal/account/importfields.go", "if problem := strictJSON(name, value); problem != nil {", "if problem := strictJSON(name, value); problem != nil && name == \"\" {"}}},
		{"an import mends no text of a mark", systemTests, "TestImportTakesNothingAmbiguous", []edit{
			{"internal/account/importfile.go", "if err := strictJSON(\"the line\", text); err != nil {", "if err := strictJSON(\"the line\", []byte(\"{}\")); err != nil {"}}},
		{"keys of an import are as they are written", systemTests, "TestImportTakesNothingAmbiguous", []edit{
			{"internal/strictjson/strictjson.go", "json.RejectUnknownMembers(true))", "json.RejectUnknownMembers(true), json.MatchCaseInsensitiveNames(true))"}}},
		{"an import asks first for reserved addresses", systemTests, "TestImportMeetsAReservedAddress", []edit{
			{"internal/account/import.go", "\tif err := unreserved(ctx, reader, wanted); err != nil {\n\t\treturn false, err\n\t}\n", ""}}},
		{"a customer never loses an address that is somebody's", systemTests, "TestImportMeetsAReservedAddress", []edit{
			{"internal/account/import.go", "append([]string{\"email\"}, read.lost[line]...)", "read.lost[line]"}}},
		{"imported identities are as old as their account", systemTests, "TestImportedIdentitiesAreOld", []edit{
			{"internal/account/importidentity.go", "linked := account.CreatedAt", "linked := now"}}},
		{"an id is nobody else's", systemTests, "TestImportOfAnID", []edit{
			{"internal/account/importcompare.go", "if err == nil {\n\t\treturn models.InvalidInput(\"id\", models.ReasonTaken, 0, \"belongs to another account\")\n\t}\n", "if err == nil {\n\t\treturn nil\n\t}\n"}}},
		{"a trail is not somebody else's", systemTests, "TestImportOfAnID", []edit{
			{"internal/account/importcompare.go", "if err == nil && len(trail) > 0 {", "if err == nil && len(trail) < 0 {"}}},

		// What is shown (R-C11).
		{"an export shows no secret of a message", sqliteTests, "TestSQLite$/what_is_pending", []edit{
			{"internal/store/records.go", "\t\tdata.Token, data.Code, data.Sealed = \"\", \"\", \"\"\n", "\t\t_ = data\n"}}},
		{"an export shows every column", "./internal/cli", "TestEverythingIsShown", []edit{
			{"internal/cli/shown.go", "EmailChangesPausedUntil: a.EmailChangesPausedUntil, CreatedAt", "CreatedAt"}}},
		{"the list of sessions is bounded", systemTests, "TestSessionsAreBounded", []edit{
			{"internal/store/records.go", "Order(\"last_used_at DESC, id DESC\").Limit(limit))", "Order(\"last_used_at DESC, id DESC\").Limit(10*limit))"}}},
	}...)
}
