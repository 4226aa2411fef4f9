//go:build guards

package guards

func init() { guards = append(guards, passkeyGuards...) }

const (
	accountTests   = "./internal/account"
	passkeyTests   = "./internal/passkey"
	passkeyStories = "TestStories/SQLite$/passkeys"
	passkeyBinding = "TestChallengesOfPasskeysAreBound"
)

// passkeyGuards keep a passkey from being used elsewhere, twice, by somebody else or without its customer.
var passkeyGuards = []guard{
	{"passkeys need a host name", systemTests, passkeyStories + "-off", changes{never}},
	{"a claimed address gets no passkey", systemTests, passkeyStories + "-rules", changes{swap("s.canLink(account)", "nil")}},
	{"an account has so many passkeys", systemTests, "TestPasskeysAreLimited", changes{never}},
	{"a challenge is for one operation", accountTests, passkeyBinding, changes{swap("string(operation)", `""`)}},
	{"a challenge is for one account", accountTests, passkeyBinding, changes{swap("account.ID", `""`)}},
	{"a challenge ends with the e-mail", accountTests, passkeyBinding, changes{swap("string(account.Email)", `""`)}},
	{"a challenge ends with the epoch", accountTests, passkeyBinding,
		changes{swap("strconv.Itoa(account.CredentialEpoch)", `""`)}},
	{"a challenge is for one origin", accountTests, passkeyBinding, changes{swap("origin,", `origin[:0],`)}},
	{"a challenge of a passkey expires", accountTests, passkeyBinding, changes{never}},
	{"a challenge of a passkey works once", systemTests, passkeyStories + "$", changes{never}},
	{"a new passkey needs a proof", systemTests, passkeyStories + "-window", changes{swap("ProofWindow", "ProofNone")}},
	{"a passkey goes after a proof", systemTests, passkeyStories + "-window", changes{swap("ProofWindow", "ProofNone")}},
	{"a page asks for a passkey if its key may", systemTests, passkeyStories + "-window", changes{never}},
	{"the password stays as the last way in", systemTests, "TestStories/SQLite$/passwordless", changes{never}},
	{"the password goes after a proof in the call", systemTests, "TestStories/SQLite$/passwordless",
		changes{swap("ProofInCall", "ProofWindow")}},
	{"the last passkey stays", systemTests, passkeyStories + "-proof", changes{never}},
	{"tries at passkeys are counted", systemTests, "TestPasskeyTriesAreCounted", changes{gone}},
	{"a passkey answers a challenge that was asked for", systemTests, passkeyStories + "$", changes{never}},
	{"a passkey says whose it is", systemTests, passkeyStories + "$", changes{never}},
	{"a passkey proves its own account", systemTests, passkeyStories + "-proof", changes{never}},
	{"the first proof removes passkeys", systemTests, "TestAFirstProofRemovesPasskeys", changes{gone}},
	{"an undo removes the passkeys of lately", systemTests, passkeyStories + "-rules", changes{gone}},
	{"a passkey verifies its user", passkeyTests, "TestCeremonies", changes{swap("VerificationRequired", "VerificationPreferred")}},
	{"a page is one of the shop's", passkeyTests, "TestCeremonies",
		changes{swap("RPOrigins: pages", `RPOrigins: append(pages, "https://evil.example")`)}},
	{"a count never goes back", sqliteTests, "TestSQLite$/^passkeys$", changes{swap("sign_count < ?", "sign_count <> ?")}},
}
