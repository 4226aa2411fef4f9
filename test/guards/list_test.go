//go:build guards

package guards

// The packages whose tests notice.
const (
	graphTests    = "./graph"
	systemTests   = "./test/system"
	storeTests    = "./internal/store"
	sqliteTests   = "./internal/store/sqlite"
	postgresTests = "./internal/store/postgres"
	copyTests     = "./internal/store/transfer"
	identityTests = "./internal/identity"
)

var guards = []guard{
	// What happens once (R-CPR2, R-CPU2, R-UPD6).
	{"a challenge is used once", sqliteTests, "TestSQLite$/challenge_is_used_once", []edit{
		{"internal/store/challenges.go", `const live = "used_at IS NULL AND expires_at > ?"`, `const live = "expires_at > ?"`}}},
	{"a challenge expires", sqliteTests, "TestSQLite$/^challenges$", []edit{
		{"internal/store/challenges.go", `const live = "used_at IS NULL AND expires_at > ?"`, `const live = "used_at IS NULL AND ? <> ''"`}}},
	{"a write counts its rows", sqliteTests, "TestSQLite$/challenge_is_used_once", []edit{
		{"internal/store/tx.go", "if rows == 0 {", "if rows < 0 {"}}},
	{"a challenge has a purpose", systemTests, "TestSecretsFitTheirOwnDoorOnly", []edit{
		{"internal/store/challenges.go", `"secret_hash = ? AND purpose = ? AND used_at IS NULL"`, `"secret_hash = ? AND ? <> '' AND used_at IS NULL"`}}},
	{"a code is tried five times", sqliteTests, "TestSQLite$/challenge_is_tried_five_times", []edit{
		{"internal/store/challenges.go", `+live+" AND attempts < ?", id, now, limit)`, `+live+" AND ? > 0", id, now, limit)`}}},
	{"an update is guarded by the version", sqliteTests, "TestSQLite$/update_is_guarded_by_the_version", []edit{
		{"internal/store/accounts.go", `" WHERE id = ? AND version = ?"`, `" WHERE id = ? AND version < ? + 1000"`}}},
	{"a commit without an answer is no promise", storeTests, "TestPostgreSQLCommitUnanswered", []edit{
		{"internal/store/tx.go", "if t.store.engine.CommitOutcomeUnknown(err) {", "if err == nil {"}}},
	{"one owner of an e-mail", sqliteTests, "TestSQLite$/taken_addresses", []edit{
		{"internal/store/migrations/sqlite/00001_initial.sql", "CREATE UNIQUE INDEX accounts_email", "CREATE INDEX accounts_email"}}},
	{"one owner of a number", systemTests, "TestOneOwner/phone", []edit{
		{"internal/store/migrations/sqlite/00001_initial.sql", "CREATE UNIQUE INDEX accounts_phone", "CREATE INDEX accounts_phone"}}},

	// Whose secret it is, and under which credentials (R-CEC2, R-CEC3, R-CPU1).
	{"a secret ends with the epoch", systemTests, "TestSecretsOfOtherCredentials", []edit{
		{"models/challenge.go", "c.EpochAtIssue == account.CredentialEpoch", "true"}}},
	{"a secret ends with the e-mail", systemTests, "TestSecretsOfOtherCredentials", []edit{
		{"models/challenge.go", "c.EmailAtIssue == account.Email && ", ""}}},
	{"redeeming looks at the credentials", systemTests, "TestSecretsOfOtherCredentials", []edit{
		{"internal/account/challenge.go", "challenge.Purpose != models.PurposeEmailUndo && !challenge.Live(account, s.now())", "challenge.Purpose == \"\""}}},
	{"a token is its owner's", systemTests, "TestForeignTokens", []edit{
		{"internal/account/email.go", "if caller.Account != nil && caller.Account.ID != challenge.AccountID {", "if caller.Account != nil && caller.Account.ID == \"\" {"}}},
	{"a code is bound to its number", systemTests, "TestPhoneCodesAreLimited", []edit{
		{"internal/account/service.go", "s.keyed(challengeID, phone, code)", "s.keyed(challengeID, code)"}}},
	{"a session is its owner's to end", sqliteTests, "TestSQLite$/^sessions$", []edit{
		{"internal/store/sessions.go", `"id = ? AND account_id = ? AND expires_at > ?", id, accountID, now).Delete`, `"id = ? AND ? <> '' AND expires_at > ?", id, accountID, now).Delete`}}},
	{"a session expires", systemTests, "TestStories/SQLite/session", []edit{
		{"internal/store/authenticate.go", "s.token_hash = ? AND s.expires_at > ?", "s.token_hash = ? AND ? <> ''"}}},

	// What a change of credentials ends (R-PWD7, R-CPR5, R-CEC5).
	{"a new password begins an epoch", systemTests, "TestChangePasswordWorksOnce", []edit{
		{"internal/account/password.go", "	account.CredentialEpoch++\n", ""}}},
	{"a new password ends the others' sessions", systemTests, "TestStories/SQLite/password", []edit{
		{"internal/account/password.go", `ended, err := tx.EndSessions(ctx, session.AccountID, caller.Session.ID, s.now())`, `ended, err := 0, error(nil)`}}},
	{"a new password ends the caller's token", systemTests, "TestStories/SQLite/password", []edit{
		{"internal/account/password.go", `if err := tx.EndSession(ctx, session.AccountID, caller.Session.ID, s.now()); err != nil {`, `if err != nil {`}}},
	{"a reset ends every session", systemTests, "TestStories/SQLite/reset", []edit{
		{"internal/account/password.go", `if payload.RevokedSessions, err = tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {`, `if err != nil {`}}},
	{"a new e-mail ends the other sessions", systemTests, "TestStories/SQLite/email", []edit{
		{"internal/account/email.go", `if _, err := tx.EndSessions(ctx, account.ID, kept, now); err != nil {`, `if _ = kept; err != nil {`}}},
	{"a new password voids what was asked for", systemTests, "TestVoidSecretsAreNotSent", []edit{
		{"internal/account/password.go", "	if err := s.voidSecrets(ctx, tx, account.ID); err != nil {\n\t\treturn err\n\t}\n", ""}}},
	{"a new request replaces the old one", systemTests, "TestStories/SQLite/(reset|email|phone)$", []edit{
		{"internal/account/challenge.go", "if _, err := tx.VoidChallenges(ctx, challenge.AccountID, challenge.CreatedAt, challenge.Purpose); err != nil {\n\t\treturn err\n\t}\n", ""}}},
	{"a proof grows old", systemTests, "TestStories/SQLite/phone", []edit{
		{"internal/account/proof.go", "session != nil && s.now().Sub(session.AuthenticatedAt) < s.Settings.StepUp", "session != nil"}}},
	{"the state of an account is looked at", systemTests, "TestStories/SQLite/signin", []edit{
		{"internal/account/session.go", "	if err := checkUsable(account); err != nil {\n\t\treturn nil, err\n\t}\n\trehashed", "	rehashed"}}},

	// Budgets (R-PWD2, R-THR1 to R-THR5, R-CPU2, R-CPU3).
	{"a wrong password makes wait", systemTests, "TestWrongPasswordsWaitLonger", []edit{
		{"internal/account/budget.go", "	if budget.BlockedUntil.After(now) {\n		return", "	if now.IsZero() {\n		return"}}},
	{"tries are counted before the password is looked at", systemTests, "TestPasswordTriesAreCountedFirst", []edit{
		{"internal/account/proofpassword.go", "	if err := s.spendPassword(ctx, caller, key); err != nil {\n\t\treturn err\n\t}\n", ""},
		{"internal/account/proofpassword.go", "	if !right {\n", "	if err := s.spendPassword(ctx, caller, key); err != nil && right {\n\t\treturn err\n\t}\n\tif !right {\n"}}},
	{"a budget has an end", systemTests, "TestEmailChangesAreLimited", []edit{
		{"internal/account/budget.go", "	if budget.Count > allowed.Uses {\n		return", "	if budget.Count < 0 {\n		return"}}},
	{"a budget counts", sqliteTests, "TestSQLite$/budget_counts_each_of_many", []edit{
		{"internal/store/budgets.go", "ELSE budgets.count + 1 END", "ELSE 1 END"}}},
	{"messages to a destination are counted", systemTests, "TestPhoneCodesAreLimited", []edit{
		{"internal/account/phone.go", "	if err := s.spendMessage(ctx, tx, u.account, models.MessagePhoneCode, u.challenge.Target); err != nil {\n\t\treturn err\n\t}\n", ""}}},
	{"tries at tokens are counted", systemTests, "TestTriesOfANetwork", []edit{
		{"internal/account/challenge.go", "	if err := s.spendTry(ctx, caller); err != nil {\n\t\treturn nil, err\n\t}\n", ""}}},
	{"tries at codes are counted", systemTests, "TestTriesOfANetwork", []edit{
		{"internal/account/phone.go", "	if err := s.spendTry(ctx, caller); err != nil {\n\t\treturn nil, err\n\t}\n", ""}}},
	{"codes tried in vain need a proof", systemTests, "TestCodeFailuresNeedProof", []edit{
		{"internal/account/phone.go", "failures.Count >= codeFailures", "failures.Count < 0"}}},
	{"a network of IPv6 is a /64", systemTests, "TestTriesOfANetwork", []edit{
		{"models/session.go", "address.Prefix(64)", "address.Prefix(128)"}}},
	{"forwarded addresses need a trusted proxy", systemTests, "TestTriesOfANetwork", []edit{
		{"internal/auth/clientip.go", "if !isTrusted(address, trusted) {", "if address.IsLoopback() {"}}},
	{"forwarded addresses may have a port", "./internal/auth", "TestClientIP", []edit{
		{"internal/auth/clientip.go", "netip.ParseAddrPort(hop); err == nil {", "netip.ParseAddrPort(hop); err != nil && err == nil {"}}},
	{"nobody's password is hashed, too", "./internal/password", "TestWorkOfAWrongPassword", []edit{
		{"internal/password/hasher.go", "return right && stored != nil, nil", "return right, nil"}}},
	{"a wrong password for a cheap hash costs ours", "./internal/password", "TestWorkOfAWrongPassword", []edit{
		{"internal/password/hasher.go", "		h.dummyHash.Match(normal)\n", ""}}},
	{"the memory of a hash is wiped", "./internal/password", "TestArgon2id", []edit{
		{"internal/password/argon2.go", "	clear(*blocks)\n", ""}}},
	{"a hash depends on nothing that stood in its memory", "./internal/password", "TestArgon2id", []edit{
		{"internal/password/argon2.go", "s.reference(random, index, length); s.pass == 0 {", "s.reference(random, index, length); s.blocks == nil {"}}},
	{"the outbox is woken by a message", systemTests, "TestStatements", []edit{
		{"internal/account/service.go", "*n.written = true", "*n.written = false"}}},
	{"argon2 has a ceiling", "./internal/password", "TestHashesThatAreNotImported", []edit{
		{"internal/password/stored.go", "case cost.MemoryKiB > ceiling.MemoryKiB:", "case cost.MemoryKiB < 0:"}}},
	{"argon2's memory and iterations have a ceiling together", "./internal/password", "TestHashesThatAreNotImported", []edit{
		{"internal/password/stored.go", "case cost.MemoryKiB*cost.Iterations > ceilingArgon2:", "case cost.MemoryKiB < 0:"}}},
	{"bcrypt has a ceiling", "./internal/password", "TestHashesThatAreNotImported", []edit{
		{"internal/password/stored.go", "case cost > ceilingBcrypt:", "case cost < 0:"}}},
	{"scrypt has a ceiling", "./internal/password", "TestHashesThatAreNotImported", []edit{
		{"internal/password/scrypt.go", "128<<ln*r*p > ceilingScrypt", "r < 0"}}},
	{"PBKDF2 has a ceiling", "./internal/password", "TestHashesThatAreNotImported", []edit{
		{"internal/password/stored.go", "case iterations*blocks > ceilingPBKDF2:", "case blocks < 0:"}}},

	// Imports (R-C11).
	{"an import is checked as a whole", "./internal/server", "TestImportCommand", []edit{
		{"internal/account/import.go", "if summary.Wrong > 0 {", "if summary.Wrong < 0 {"}}},
	{"an import touches no account but its own", systemTests, "TestStories/SQLite/import", []edit{
		{"internal/account/importcompare.go", "len(first) > 0 && first[0].Operation == string(opAccountImport)", "len(first) >= 0"}}},
	{"an import finds what stands twice", systemTests, "TestStories/SQLite/import", []edit{
		{"internal/account/importkeys.go", "if keys[i].sum != keys[first].sum {", "if keys[i].sum != keys[first].sum || first >= 0 {"}}},

	// Gates (R-C1, R-KEY3, R-KEY4).
	{"a key needs the permission", systemTests, "TestPermissionMatrix/(updateAccount|signIn)$", []edit{
		{"graph/directives.go", "(permission == nil || caller.APIKey.Allows(*permission))", "(permission == nil || *permission != \"\")"}}},
	{"a customer is signed in", systemTests, "TestPermissionMatrix/(signOut|updateAccount)$", []edit{
		{"graph/directives.go", "if caller := auth.CallerFrom(ctx); caller.Session == nil {", "if caller := auth.CallerFrom(ctx); caller.APIKey == nil {"}}},
	{"a key is live", systemTests, "TestPermissionMatrix/apiKey$", []edit{
		{"internal/auth/auth.go", "!key.Live(now) || ", ""}}},
	{"another origin's page is refused", graphTests, "TestForeignOrigins", []edit{
		{"graph/graph.go", " && foreign(r, f.options.Origin) {", " && r == nil {"}}},
	{"a cookie opens nothing to another page", systemTests, "TestCookiesOpenNothingToOthers", []edit{
		{"graph/graph.go", " && foreign(r, f.options.Origin) {", " && r == nil {"}}},
	{"a cookie is taken from a page only", systemTests, "TestCookiesOpenNothingToOthers", []edit{
		{"internal/auth/cookie.go", "if FromBrowser(r) {", "if r != nil {"}}},
	{"a request has one session", systemTests, "TestCookiesOpenNothingToOthers", []edit{
		{"internal/auth/cookie.go", "len(cookies) > 1 || len(cookies) == 1 && offered", "len(cookies) > 2"}}},
	{"cookies are read where they are set up", systemTests, "TestCookiesAreForBrowsers", []edit{
		{"internal/auth/cookie.go", "if a.Cookies && ", "if "}}},
	{"no script sees a cookie's token", systemTests, "TestCookieSession", []edit{
		{"graph/cookie.go", "payload.NewSession().Token = nil", "_ = payload"}}},
	{"a session's cookie is HttpOnly", systemTests, "TestCookieSession", []edit{
		{"internal/auth/cookie.go", "HttpOnly: true", "HttpOnly: false"}}},
	{"a dead cookie is dropped", systemTests, "TestDeadCookiesAreDropped", []edit{
		{"graph/cookie.go", "dead = err == nil && again.Session == nil", "_, _ = again, err"}}},
	{"credentials are for cookies only", "./internal/server", "TestProduction$", []edit{
		{"internal/server/cors.go", "Credentialed: settings.Cookies,", "Credentialed: true,"}}},
	{"the log names so many headers of pages", "./internal/server", "TestAllowedHeaders$", []edit{
		{"internal/server/cors.go", "h.logged[key] || len(h.logged) >= maxLogged", "h.logged[key]"}}},
	{"a key is for its origins", systemTests, "TestStories/SQLite/apikeys", []edit{
		{"internal/auth/auth.go", ` || !key.AllowsOrigin(r.Header.Get("Origin"))`, ""}}},

	// Identity providers (R-DEL2, R-DEL3, R-SES7).
	{"a token is for us", identityTests, "TestHostileTokens", []edit{
		{"internal/identity/verifier.go", "if slices.Contains(issuer.Audiences, audience) {", "if len(issuer.Audiences) > 0 {"}}},
	{"a token expires", identityTests, "TestHostileTokens", []edit{
		{"internal/identity/claims.go", "case !now.Before(t.expires):", "case t.expires.IsZero():"}}},
	{"a token is not of the future", identityTests, "TestHostileTokens", []edit{
		{"internal/identity/claims.go", "case notBefore.After(soon) || t.issued.After(soon) || t.authenticated.After(soon):", "case soon.IsZero():"}}},
	{"a token has one name", identityTests, "TestSpellingsOfASignature", []edit{
		{"internal/identity/verifier.go", "TokenID: tokenID(issuer.Issuer, token.signed)", "TokenID: tokenID(issuer.Issuer, token.raw)"}}},
	{"strangers drive no fetches", identityTests, "TestKeysAreFetchedWhenTheyAreNeeded", []edit{
		{"internal/identity/keys.go", "		k.backOff(nil)\n", ""}}},
	{"keys are public keys", identityTests, "TestIssuersThatDoNotAnswer", []edit{
		{"internal/identity/keys.go", "json.Unmarshal(raw, &key) == nil && isSigningKey(key)", "json.Unmarshal(raw, &key) == nil"}}},
	{"an access token is no token for signing in", identityTests, "TestCustomerTokens|TestHostileTokens", []edit{
		{"internal/identity/verifier.go", `token.typ != "" && token.typ != "jwt" && `, `token.typ == "none" && `}}},
	{"no redirect is followed", "./internal/egress", "TestTheClientHasSmallLimits", []edit{
		{"internal/egress/egress.go", "return http.ErrUseLastResponse", "return nil"}}},
	{"an external token works once", systemTests, "TestExternalTokensWorkOnce/requestEmailChange/SQLite", []edit{
		{"internal/account/identity.go", "if used.Count > 1 {", "if used.Count < 1 {"}}},
	{"an external token is fresh", systemTests, "TestStories/SQLite/identity-proof", []edit{
		{"internal/account/identity.go", "!proved.IsZero() && s.now().Sub(proved) <= proofAge", "!proved.IsZero()"}}},
	{"an identity is its account's", systemTests, "TestStories/SQLite/identity-proof", []edit{
		{"internal/account/proofidentity.go", "if owner.ID != account.ID || issuedBeforeRevocation(link, identity) {", "if owner.ID == \"\" || issuedBeforeRevocation(link, identity) {"}}},
	{"wrong tokens are counted", systemTests, "TestStories/SQLite/identity-proof", []edit{
		{"internal/account/proofidentity.go", "	if err := s.spendPassword(ctx, caller, passwordKey(account.ID)); err != nil {\n\t\treturn err\n\t}\n", ""}}},
	{"an unverified address makes no account", systemTests, "TestStories/SQLite/identity-signin", []edit{
		{"internal/account/identitysignin.go", "if err != nil || !identity.EmailVerified {", "if err != nil {"}}},
	{"a deleted customer stays so", systemTests, "TestStories/SQLite/customer-tokens$", []edit{
		{"internal/account/identitysignin.go", "!since.After(gone.ResetsAt.Add(-tombstoneTTL))", "since.IsZero()"}}},
	{"a customer token is no sign-in", systemTests, "TestStories/SQLite/customer-tokens$", []edit{
		{"internal/account/identitysignin.go", "if refused != nil || identity.CustomerToken {", "if refused != nil {"}}},
	{"customer tokens end with the sessions", systemTests, "TestStories/SQLite/customer-tokens$", []edit{
		{"internal/account/customertoken.go", "if account.Status != models.StatusActive || issuedBeforeRevocation(link, identity) {", "if account.Status != models.StatusActive || link == nil {"}}},
	{"the last way in stays", systemTests, "TestStories/SQLite/identity-link", []edit{
		{"internal/account/identitylink.go", "	case lastWayIn(account, linked):", "	case linked == nil:"}}},
	{"a subject is its issuer's", sqliteTests, "TestSQLite$/^identities$", []edit{
		{"internal/store/identities.go", `"identity_provider = ? AND issuer = ? AND subject = ?"`, `"identity_provider = ? AND ? <> '' AND subject = ?"`}}},

	// Requests (R-GQL2, R-GQL3, R-GQL5, R-GQL8).
	{"a body has an end", graphTests, "TestHostile(Wire|Encodings)", []edit{
		{"graph/transport.go", "http.MaxBytesReader(w, r.Body, maxBody)", "r.Body"}}},
	{"a document has so many tokens", graphTests, "TestLimitsAreExact", []edit{
		{"graph/validation.go", "case count > limit && (err != nil || token.Kind == lexer.EOF):", "case count < 0:"},
		{"graph/validation.go", "if count++; count > countedTokens*limit {", "if count++; count < 0 {"}}},
	{"a document has so many fields", graphTests, "TestLimitsAreExact", []edit{
		{"graph/complexity.go", "total.plain.firstExceeded(limits.operation); exceeded != \"\"", "total.plain.firstExceeded(limits.operation); exceeded == \"never\""}}},
	{"a mutation has one field", graphTests, "TestLimitsAreExact", []edit{
		{"graph/complexity.go", "operation.Operation == ast.Mutation && part.rootFields != 1", "part.rootFields < 0"}}},
	{"no key stands in a body twice", graphTests, "TestStrictJSON", []edit{
		{"graph/request.go", "jsontext.NewDecoder(bytes.NewBuffer(body))", "jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true))"}}},
	{"no half character stands in a body", graphTests, "TestStrictJSON", []edit{
		{"graph/request.go", "jsontext.NewDecoder(bytes.NewBuffer(body))", "jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowInvalidUTF8(true))"}}},
	{"no error echoes the document", systemTests, "TestMarkers", []edit{
		{"graph/messages.go", "		return `\"…\"`\n", "		return name\n"}}},
	{"no panic is repeated in the log", systemTests, "TestMarkers", []edit{
		{"graph/errors.go", `	return fmt.Sprintf("%T", problem)`, `	return fmt.Sprint(problem)`}}},
	{"a device's name is printable", systemTests, "TestLogLinesCannotBeForged", []edit{
		{"graph/graph.go", "if header[i] >= ' ' && header[i] <= '~' {", "if header[i] > 0 {"}}},
	{"a request names this host", "./internal/server", "TestHosts", []edit{
		{"internal/server/routes.go", `if host == "" || !config.IsLoopback(host) && !strings.EqualFold(host, public) {`, `if host == "" {`}}},
	{"the account page runs its own scripts only", "./web", "TestContentSecurityPolicy", []edit{
		{"web/account.go", `"script-src 'self'",`, `"script-src 'self' 'unsafe-inline'",`}}},
	{"the account page wears its own styles only", "./web", "TestAccountTakesStylesOfItsOwnOnly", []edit{
		{"web/account.go", `"style-src 'self'",`, `"style-src 'self' 'unsafe-inline'",`}}},

	// Group commit (R-C3, R-C4): what is acknowledged is durable, and whole.
	{"a success waits for the group's commit", sqliteTests, "TestGroupFailsTogether", []edit{
		{"internal/store/sqlite/member.go", "	<-m.commit.done\n	if m.broke {", "	if m.broke {"}}},
	{"a refusal waits for the group's commit", sqliteTests, "TestGroupFailsTogether", []edit{
		{"internal/store/tx.go", "if errors.As(t.conn.Rollback(), &lost) {", "if _ = t.conn.Rollback(); lost != nil {"}}},
	{"a member that fails leaves nothing", sqliteTests, "TestGroupKeepsWhatSucceeds", []edit{
		{"internal/store/sqlite/member.go", `m.commit.run("ROLLBACK TO member")`, `m.commit.run("SAVEPOINT other")`}}},
	{"nothing is written outside of a transaction", sqliteTests, "TestGroupSurvivesAFullDisk", []edit{
		{"internal/store/sqlite/member.go", "case m.ended, !m.commit.active():", "case m.ended:"}}},
	{"a transaction begins with the right to write", sqliteTests, "TestSQLiteBeginsWithTheRightToWrite", []edit{
		{"internal/store/sqlite/group.go", `c.run("BEGIN IMMEDIATE")`, `c.run("BEGIN")`}}},
	{"a failed checkpoint stops all writing", sqliteTests, "TestSQLiteStopsAfterFailedCheckpoint", []edit{
		{"internal/store/sqlite/checkpoint.go", "		c.group.failed(err)\n", "		_ = err\n"}}},

	{"every search has an index", sqliteTests, "TestSQLiteQueryPlans", []edit{
		{"internal/store/migrations/sqlite/00001_initial.sql", "CREATE INDEX sessions_account ON sessions (account_id);", ""}}},

	// What stays and what goes (R-DEL6, R-LOG3).
	{"what is deleted is overwritten", systemTests, "TestNothingIsLeftOfADeletedAccount/0", []edit{
		{"internal/store/sqlite/settings.go", `"_secure_delete", "true"`, `"_secure_delete", "false"`}, {"internal/store/sqlite/settings.go", `{"secure_delete", int64(1)}`, `{"secure_delete", int64(0)}`}}},
	{"the write-ahead log is emptied", sqliteTests, "TestSQLiteForgets", []edit{
		{"internal/store/sqlite/engine.go", `return e.group.exclusively(ctx, func() error { return e.checkpoints.finish("TRUNCATE") })`, `return e.group.exclusively(ctx, func() error { return e.checkpoints.finish("PASSIVE") })`}}},
	{"a stranger's try keeps no address", systemTests, "TestNothingIsLeftOfADeletedAccount/0", []edit{
		{"internal/account/registration.go", "string(outcome.redeems.Email)", "string(account.Email)"}}},
	{"the trail can't lose its end", systemTests, "TestAuditChains", []edit{
		{"internal/store/audit.go", "if last.Number < head.Number {", "if last.Number < 0 {"}}},
	{"the trail's end can't be replaced", systemTests, "TestAuditChains", []edit{
		{"internal/store/audit.go", "event.Number == head.Number && !bytes.Equal(event.Hash, head.Hash)", "head.Number < 0"}}},
	{"the trail can't be continued past its head", systemTests, "TestAuditChains", []edit{
		{"internal/store/audit.go", "if head.Number < number {", "if head.Number < 0 {"}}},
	{"the trail can't be changed", systemTests, "TestAuditChains", []edit{
		{"internal/store/audit.go", "!bytes.Equal(event.Hash, event.Seal(last.Hash))", "event.Hash == nil"}}},
	{"a refusal stands in the trail", systemTests, "TestEveryGateIsRecorded", []edit{
		{"graph/directives.go", "	d.accounts.RecordRefusal(ctx, caller, account.OperationName(graphql.GetFieldContext(ctx).Field.Name), err)\n", ""}}},

	// What a copy must not lose.
	{"a copy is read back", copyTests, "TestCopyNoticesWhatDiffers", []edit{
		{"internal/store/transfer/transfer.go", "if digest != other {", "if digest != other && digest == \"\" {"}}},
	{"a copy has its source alone", copyTests, "TestCopyWantsItsSourceAlone", []edit{
		{"internal/store/sqlite/source.go", ` "_locking_mode": {"EXCLUSIVE"},`, ""}, {"internal/store/sqlite/source.go", `{"locking_mode", "exclusive"}, `, ""}}},
	{"no server starts on a part of a copy", copyTests, "TestCopyGoesOn/SQLite", []edit{
		{"internal/store/engine/unfinished.go", "if err == nil && unfinished {", "if err == nil && unfinished && e == nil {"}}},

	// An answer without data means that nothing was changed, and a text is the text that was written (R-ANS1 to R-ANS3).
	{"arguments are checked before the operation", graphTests, "TestWrongSelectionsChangeNothing", []edit{
		{"graph/validation.go", "if document.arguments {", "if document.arguments && d == nil {"}}},
	{"a list's arguments are checked before the operation", graphTests, "TestWrongSelectionsChangeNothing", []edit{
		{"graph/arguments.go", "if fits && check != nil {", "if fits && check != nil && field == nil {"}}},
	{"null is refused where it may not stand", graphTests, "TestCorpusRequests", []edit{
		{"graph/arguments.go", "if !required || sent != nil ||", "if !required || c != nil || sent != nil ||"}}},
	{"half a surrogate pair is refused", graphTests, "TestHalfSurrogatePairs", []edit{
		{"graph/literals.go", "if utf16.DecodeRune(first, second) == utf8.RuneError {", "if utf16.DecodeRune(first, second) == 0 {"}}},
	{"a whole number has 32 bits in a document", graphTests, "TestCorpusDocuments", []edit{
		{"graph/validation.go", "	checks.AddRule(\"IntsHave32Bits\", intsHave32Bits)\n", ""}}},

	{"what a selection set repeats counts each time", graphTests, "TestColocatedFragments", []edit{
		{"graph/merged.go", "				object.repeated++\n", ""}}},
	{"what is counted as merged ends at the limit", graphTests, "TestColocatedFragments", []edit{
		{"graph/merged.go", "	if count.left < 0 {\n		return part\n", "	if count.left < 0 {\n		return measured{}\n"}}},

	{"a node is the own account", systemTests, "TestStories/SQLite/node", []edit{
		{"internal/account/node.go", "if caller.Account.ID != id {", "if id == \"\" {"}}},

	// What is kept from one request to the next.
	{"a directive decides in each request", graphTests, "TestSelections", []edit{
		{"graph/validation.go", "if !measured.directed {", "if measured != nil {"}}},
	{"nothing is kept of a copy", graphTests, "TestSelections", []edit{
		{"graph/validation.go", "if asked != document.QueryDocument {", "if asked == nil {"}}},

	// What a failing disk, or a lost file, must not cost (R-OPS5).
	{"nothing is written after a failed sync", storeTests, "TestSQLiteStops", []edit{
		{"internal/store/tx.go", "if cause := s.failCause.Load(); cause != nil {", "if cause := s.failCause.Load(); cause != nil && s == nil {"}}},
	{"a log without its database is kept", sqliteTests, "TestSQLiteRefusesFiles", []edit{
		{"internal/store/sqlite/driver.go", "err == nil && wal.Size() > 0 {", "err == nil && wal.Size() < 0 {"}}},
}
