//go:build guards

package guards

// The packages whose tests detect a missing guard.
const (
	graphTests    = "./graph"
	generateTests = "./graph/internal/generate"
	fastexecTests = "./graph/internal/fastexec"
	systemTests   = "./test/system"
	storeTests    = "./internal/store"
	sqliteTests   = "./internal/store/sqlite"
	postgresTests = "./internal/store/postgres"
	copyTests     = "./internal/store/transfer"
	identityTests = "./internal/identity"
	serverTests   = "./internal/server"
	configTests   = "./internal/config"
)

var guards = []guard{
	// What may happen only once (R-CPR2, R-CPU2, R-UPD6).
	{"a challenge is used once", sqliteTests, "TestSQLite$/challenge_is_used_once",
		changes{swap("used_at IS NULL AND ", "")}},
	{"a challenge expires", sqliteTests, "TestSQLite$/^challenges$", changes{swap("expires_at > ?", "? <> ''")}},
	{"an account that changed is read again", sqliteTests, "TestSQLite$/known_account_is_current", changes{never}},
	{"a write counts its rows", sqliteTests, "TestSQLite$/challenge_is_used_once", changes{never}},
	{"a challenge has a purpose", systemTests, "TestSecretIsBoundToItsPurpose",
		changes{swap("purpose = ?", "? <> ''")}},
	{"a code is tried five times", sqliteTests, "TestSQLite$/challenge_is_tried_five_times",
		changes{swap("attempts < ?", "? > 0")}},
	{"an update is guarded by the version", sqliteTests, "TestSQLite$/update_is_guarded_by_the_version",
		changes{swap(`= ?"`, `< ? + 1000"`)}},
	{"a commit without an answer is no promise", storeTests, "TestPostgreSQLCommitUnanswered", changes{never}},
	{"a connection that was cut is replaced", storeTests, "TestPostgreSQLComesBack", changes{always}},
	{"what did not begin is not committed", postgresTests, "TestRefusedBegin", changes{always}},
	{"a commit that waits is not cancelled", postgresTests, "TestCommitThatWaitsIsNotCancelled", changes{never}},
	{"a server that was replaced is left", postgresTests, "TestReplacedServer", changes{never}},
	{"a lost server is looked for", postgresTests, "TestReplacedServer", changes{gone}},
	{"an event follows the chain's end", postgresTests, "TestEventFollowsTheChain", changes{always}},
	{"one owner of an e-mail", sqliteTests, "TestSQLite$/taken_addresses",
		changes{inFile("internal/store/migrations/sqlite/00001_initial.sql", "CREATE UNIQUE INDEX accounts_email",
			"CREATE INDEX accounts_email")}},
	{"one owner of a number", systemTests, "TestOneOwner/phone",
		changes{inFile("internal/store/migrations/sqlite/00001_initial.sql", "CREATE UNIQUE INDEX accounts_phone",
			"CREATE INDEX accounts_phone")}},

	// The owner and the credentials of a secret (R-CEC2, R-CEC3, R-CPU1).
	{"a secret ends with the epoch", systemTests, "TestSecretsOfOtherCredentials", changes{always.of(5)}},
	{"a secret ends with the e-mail", systemTests, "TestSecretsOfOtherCredentials", changes{always.of(4)}},
	{"redeeming looks at the credentials", systemTests, "TestSecretsOfOtherCredentials", changes{never}},
	{"a token is its owner's", systemTests, "TestForeignTokens", changes{never}},
	{"a code is bound to its number", systemTests, "TestPhoneCodesAreLimited", changes{swap("phone, ", "")}},
	{"a session is its owner's to name", sqliteTests, "TestSQLite$/^sessions$",
		changes{swap("AND account_id = ? ", "AND ? <> '' ")}},
	{"a session is its owner's to end", sqliteTests, "TestSQLite$/^sessions$",
		changes{swap("account_id = ?", "? <> ''")}},
	{"a session expires", systemTests, "TestStories/SQLite/session", changes{swap("!session.ExpiresAt.After(now)", "session.ID == \"\"")}},
	{"a session is found by its whole token", sqliteTests, "TestSQLite/authenticate",
		changes{swap("s.token_hash = ?", "? <> ''")}},

	// What a change of credentials ends (R-PWD7, R-CPR5, R-CEC5).
	{"a new password begins an epoch", systemTests, "TestChangePasswordWorksOnce", changes{gone}},
	{"a new password ends the others' sessions", systemTests, "TestStories/SQLite/password",
		changes{swap(`session.AccountID`, `""`)}},
	{"a new password ends the caller's token", systemTests, "TestStories/SQLite/password", changes{gone}},
	{"a reset ends every session", systemTests, "TestStories/SQLite/reset", changes{swap(`account.ID`, `""`)}},
	{"a new e-mail ends the other sessions", systemTests, "TestStories/SQLite/email", changes{gone}},
	{"a new password voids what was asked for", systemTests, "TestVoidSecretsAreNotSent",
		changes{swap(`account.ID`, `""`)}},
	{"a new request replaces the old one", systemTests, "TestStories/SQLite/(reset|email|phone)$", changes{gone}},
	{"a proof grows old", systemTests, "TestStories/SQLite/phone", changes{always.of(2)}},
	{"the state of an account is looked at", systemTests, "TestStories/SQLite/signin", changes{gone}},

	// Budgets (R-PWD2, R-THR1 to R-THR5, R-CPU2, R-CPU3).
	{"a wrong password makes wait", systemTests, "TestWrongPasswordsWaitLonger", changes{never}},
	{"tries are counted before the password is looked at", systemTests, "TestPasswordTriesAreCountedFirst",
		changes{late(3)}},
	{"a budget has an end", systemTests, "TestEmailChangesAreLimited", changes{never}},
	{"a budget counts", sqliteTests, "TestSQLite$/budget_counts_each_of_many", changes{swap("budgets.count + ", "")}},
	{"messages to a destination are counted", systemTests, "TestPhoneCodesAreLimited", changes{gone}},
	{"tries at tokens are counted", systemTests, "TestTriesOfANetwork", changes{gone}},
	{"tries at codes are counted", systemTests, "TestTriesOfANetwork", changes{gone}},
	{"codes tried in vain need a proof", systemTests, "TestCodeFailuresNeedProof", changes{never.of(1)}},
	{"a network of IPv6 is a /64", systemTests, "TestTriesOfANetwork", changes{swap("64", "128")}},
	{"forwarded addresses need a trusted proxy", systemTests, "TestTriesOfANetwork", changes{never}},
	{"forwarded addresses may have a port", "./internal/auth", "TestClientIP", changes{never}},
	{"nobody's password is hashed, too", "./internal/password", "TestWorkOfAWrongPassword", changes{always.of(2)}},
	{"a wrong password for a cheap hash costs ours", "./internal/password", "TestWorkOfAWrongPassword", changes{gone}},
	{"the memory of a hash is wiped", "./internal/password", "TestArgon2id", changes{gone}},
	{"a hash depends on nothing that stood in its memory", "./internal/password", "TestArgon2id", changes{never}},
	{"the outbox is woken by a message", systemTests, "TestStatements", changes{never}},
	{"argon2 has a ceiling", "./internal/password", "TestHashesThatAreNotImported", changes{never}},
	{"bcrypt has a ceiling", "./internal/password", "TestHashesThatAreNotImported", changes{never}},
	{"scrypt has a ceiling", "./internal/password", "TestHashesThatAreNotImported", changes{never.of(4)}},
	{"PBKDF2 has a ceiling", "./internal/password", "TestHashesThatAreNotImported", changes{never}},

	// Imports (R-C11).
	{"an import is checked as a whole", "./internal/server", "TestImportCommand", changes{never}},
	{"an import touches no account but its own", systemTests, "TestStories/SQLite/import", changes{always}},
	{"an import finds what stands twice", systemTests, "TestStories/SQLite/import", changes{always}},

	// Gates (R-C1, R-KEY3, R-KEY4).
	{"a key needs the permission", systemTests, "TestPermissionMatrix/(updateAccount|signIn)$", changes{always.of(3)}},
	{"a customer is signed in", systemTests, "TestPermissionMatrix/(signOut|updateAccount)$", changes{never}},
	{"a proxy's key needs the permission", serverTests, "TestSessionCheck$", changes{never}},
	{"a proxy is told of live sessions only", serverTests, "TestSessionCheck$", changes{never}},
	{"a key is live", systemTests, "TestPermissionMatrix/apiKey$", changes{never.of(1)}},
	{"another origin's page is refused", graphTests, "TestForeignOrigins", changes{never}},
	{"a cookie opens nothing to another page", systemTests, "TestCookiesOpenNothingToOthers", changes{never}},
	{"a cookie is taken from a page only", systemTests, "TestCookiesOpenNothingToOthers", changes{always}},
	{"a request has one session", systemTests, "TestCookiesOpenNothingToOthers", changes{never}},
	{"cookies are read where they are set up", systemTests, "TestCookiesAreForBrowsers", changes{always.of(1)}},
	{"no script sees a cookie's token", systemTests, "TestCookieSession", changes{gone}},
	{"a session's cookie is HttpOnly", systemTests, "TestCookieSession", changes{swap("true, S", "false, S")}},
	{"a dead cookie is dropped", systemTests, "TestDeadCookiesAreDropped", changes{never}},
	{"credentials are for cookies only", "./internal/server", "TestProduction$",
		changes{swap("settings.InCookies()", "true")}},
	{"the log names so many headers of pages", "./internal/server", "TestAllowedHeaders$", changes{never.of(2)}},
	{"a key is for its origins", systemTests, "TestStories/SQLite/apikeys", changes{never.of(2)}},

	// Identity providers (R-DEL2, R-DEL3, R-SES7).
	{"a token is for us", identityTests, "TestHostileTokens", changes{always}},
	{"a token expires", identityTests, "TestHostileTokens", changes{never}},
	{"a token is not of the future", identityTests, "TestHostileTokens", changes{never}},
	{"a token has one name", identityTests, "TestSpellingsOfASignature", changes{swap("signed", "raw")}},
	{"strangers drive no fetches", identityTests, "TestKeysAreFetchedWhenTheyAreNeeded", changes{gone}},
	{"keys are public keys", identityTests, "TestIssuersThatDoNotAnswer", changes{always.of(3)}},
	{"an access token is no token for signing in", identityTests, "TestCustomerTokens|TestHostileTokens",
		changes{never}},
	{"no redirect is followed", "./internal/egress", "TestTheClientHasSmallLimits",
		changes{swap(`http.ErrUseLastResponse`, `nil`)}},
	{"an external token works once", systemTests, "TestExternalTokensWorkOnce/requestEmailChange/SQLite",
		changes{never}},
	{"an external token is fresh", systemTests, "TestStories/SQLite/identity-proof", changes{always.of(2)}},
	{"an identity is its account's", systemTests, "TestStories/SQLite/identity-proof", changes{never.of(1)}},
	{"wrong tokens are counted", systemTests, "TestStories/SQLite/identity-proof", changes{gone}},
	{"an unverified address makes no account", systemTests, "TestStories/SQLite/identity-signin", changes{never.of(2)}},
	{"a deleted customer stays so", systemTests, "TestStories/SQLite/customer-tokens$", changes{never}},
	{"a customer token is no sign-in", systemTests, "TestStories/SQLite/customer-tokens$", changes{never.of(2)}},
	{"customer tokens end with the sessions", systemTests, "TestStories/SQLite/customer-tokens$", changes{never.of(2)}},
	{"the last way in stays", systemTests, "TestStories/SQLite/identity-link", changes{never}},
	{"a subject is its issuer's", sqliteTests, "TestSQLite$/^identities$", changes{swap("issuer = ?", "? <> ''")}},

	// Requests (R-GQL2, R-GQL3, R-GQL5, R-GQL8).
	{"a body has an end", graphTests, "TestHostile(Wire|Encodings)",
		changes{swap("http.MaxBytesReader(plain(w), r.Body, maxBody)", "r.Body")}},
	{"a document has so many tokens", graphTests, "TestLimitsAreExact", changes{never, never.at(2)}},
	{"a document has so many fields", graphTests, "TestLimitsAreExact", changes{never}},
	{"a mutation has one field", graphTests, "TestLimitsAreExact", changes{never}},
	{"no key stands in a body twice", graphTests, "TestStrictJSON",
		changes{swap("body)", "body, jsontext.AllowDuplicateNames(true))")}},
	{"no half character stands in a body", graphTests, "TestStrictJSON",
		changes{swap("body)", "body, jsontext.AllowInvalidUTF8(true))")}},
	{"no error echoes the document", systemTests, "TestMarkers", changes{swap("`\"…\"`", "name")}},
	{"no panic is repeated in the log", systemTests, "TestMarkers", changes{swap(`Sprintf("%T", `, "Sprint(")}},
	{"a device's name is printable", systemTests, "TestLogLinesCannotBeForged", changes{always}},
	{"a request names this host", "./internal/server", "TestHosts", changes{never.of(2)}},
	{"the account page runs its own scripts only", "./web", "TestContentSecurityPolicy",
		changes{swap("self'", "self' 'unsafe-inline'")}},
	{"the account page wears its own styles only", "./web", "TestAccountTakesStylesOfItsOwnOnly",
		changes{swap("self'", "self' 'unsafe-inline'")}},

	// Group commit (R-C3, R-C4): acknowledged changes are durable and complete.
	{"a success waits for the group's commit", sqliteTests, "TestGroupFailsTogether", changes{gone}},
	{"a refusal waits for the group's commit", sqliteTests, "TestGroupFailsTogether", changes{never}},
	{"a first member that fails leaves nothing", sqliteTests, "TestGroupGoesOnWithoutItsFirst", changes{gone}},
	{"a member that fails leaves nothing", sqliteTests, "TestGroupKeepsWhatSucceeds",
		changes{swap("ROLLBACK TO member", "SAVEPOINT other")}},
	{"nothing is written outside of a transaction", sqliteTests, "TestGroupSurvivesAFullDisk",
		changes{swap("ended, !m.commit.active()", "ended")}},
	{"a transaction begins with the right to write", sqliteTests, "TestSQLiteBeginsWithTheRightToWrite",
		changes{swap("BEGIN IMMEDIATE", "BEGIN")}},
	{"a failed checkpoint stops all writing", sqliteTests, "TestSQLiteStopsAfterFailedCheckpoint", changes{gone}},

	{"every search has an index", sqliteTests, "TestSQLiteQueryPlans",
		changes{inFile("internal/store/migrations/sqlite/00001_initial.sql",
			"CREATE INDEX sessions_account ON sessions (account_id);", "")}},

	// What is deleted and what stays (R-DEL6, R-LOG3).
	{"what is deleted is overwritten", systemTests, "TestNothingIsLeftOfADeletedAccount/0",
		changes{swap("true", "false"), swap("1", "0").at(2)}},
	{"the write-ahead log is emptied", sqliteTests, "TestSQLiteForgets", changes{swap("TRUNCATE", "PASSIVE")}},
	{"a stranger's try keeps no address", systemTests, "TestNothingIsLeftOfADeletedAccount/0",
		changes{swap(`outcome.redeems.Email`, `brought.Account.Email`)}},
	{"the trail can't lose its end", systemTests, "TestAuditChains", changes{never}},
	{"the trail's end can't be replaced", systemTests, "TestAuditChains", changes{never.of(3)}},
	{"the trail can't be continued past its head", systemTests, "TestAuditChains", changes{never}},
	{"the trail can't be changed", systemTests, "TestAuditChains", changes{never.of(2)}},
	{"the trail holds who acted, and why", systemTests, "TestAuditChains", changes{never}},
	{"a refusal stands in the trail", systemTests, "TestEveryGateIsRecorded", changes{gone}},

	// What operators do (R-OBS3).
	{"an event names its operator", "./internal/server", "TestOperatorsCommandsLeaveEvents/SQLite", changes{gone}},
	{"an export without its event is not shown", systemTests, "TestNothingIsShownWithoutItsEvent", changes{never}},
	{"an account without its event is not shown", systemTests, "TestNothingIsShownWithoutItsEvent", changes{never}},
	{"a search without its event is not shown", systemTests, "TestNothingIsShownWithoutItsEvent", changes{never}},
	{"lines without their event are not shown", systemTests, "TestNothingIsShownWithoutItsEvent", changes{never}},
	{"a list without its event is not shown", "./internal/cli", "TestNoListWithoutItsEvent", changes{never}},
	{"a shop can require a name and a reason", "./internal/cli", "TestWrongActors", changes{never}},

	// What a copy must preserve.
	{"a copy is read back", copyTests, "TestCopyNoticesWhatDiffers", changes{never}},
	{"a copy has its source alone", copyTests, "TestCopyWantsItsSourceAlone",
		changes{swap(` "_locking_mode": {"EXCLUSIVE"},`, ""), swap(`{"locking_mode", "exclusive"}, `, "").at(2)}},
	{"no server starts on a part of a copy", copyTests, "TestCopyGoesOn/SQLite", changes{never}},

	// An answer without data means that nothing was changed, and texts are kept as written (R-ANS1 to R-ANS3).
	{"arguments are checked before the operation", graphTests, "TestWrongSelectionsChangeNothing", changes{never}},
	{"a list's arguments are checked before the operation", graphTests, "TestWrongSelectionsChangeNothing",
		changes{never}},
	{"null is refused where it may not stand", graphTests, "TestCorpusRequests", changes{always}},
	{"half a surrogate pair is refused", graphTests, "TestHalfSurrogatePairs", changes{never}},
	{"a whole number has 32 bits in a document", graphTests, "TestCorpusDocuments", changes{gone}},

	{"what a selection set repeats counts each time", graphTests, "TestColocatedFragments", changes{gone}},
	{"what is counted as merged ends at the limit", graphTests, "TestColocatedFragments",
		changes{swap(`return part`, `part.plain, part.introspection = cost{}, cost{}; return part`)}},

	{"a node is the own account", systemTests, "TestStories/SQLite/node", changes{never}},

	// What is cached between requests.
	{"a directive decides in each request", graphTests, "TestSelections", changes{always}},
	{"nothing is kept of a copy", graphTests, "TestSelections", changes{never}},

	{"an unknown field of an input is gqlparser's", graphTests, "FuzzSettled", changes{never}},
	{"a missing field of an input is gqlparser's", graphTests, "FuzzSettled", changes{never}},
	{"nothing of a body is left in the pool", graphTests, "TestBodiesAreForgotten", changes{gone}},

	// What leaf programs leave to gqlgen.
	{"a field with a directive is gqlgen's", generateTests, "TestTables", changes{never.of(2)}},
	{"a program has every field", fastexecTests, "TestWhole", changes{never.of(1)}},
	{"a name that stands there twice is gqlgen's", fastexecTests, "TestWhole", changes{never.of(2)}},
	{"a deferred field is gqlgen's", fastexecTests, "TestWhole", changes{never.of(3)}},
	{"a time that is null is gqlgen's", fastexecTests, "TestWhole", changes{never}},
	{"an element that is null is gqlgen's", fastexecTests, "TestWhole", changes{never}},
	{"an object that is null is gqlgen's", fastexecTests, "TestWhole", changes{never}},
	{"free data that are null are gqlgen's", graphTests, "FuzzLeaves", changes{never}},

	// What must not be lost to a failing disk or a missing file (R-OPS5).
	{"nothing is written after a failed sync", storeTests, "TestSQLiteStops", changes{never}},
	{"a password that looks like another part", postgresTests, "TestPostgreSQLRefusesInOneLine",
		changes{never.of(2)}},
	{"a setting has one source", configTests, "TestEnvironmentFiles", changes{never}},
	{"a command creates no database", serverTests, "TestCommandsCreateNothing", changes{never}},
	{"a log without its database is kept", sqliteTests, "TestSQLiteRefusesFiles", changes{never}},
}
