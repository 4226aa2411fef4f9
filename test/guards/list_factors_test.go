//go:build guards

package guards

func init() { guards = append(guards, factorGuards...) }

const (
	factorStory = "TestStories/SQLite$/factors$"
	factorProof = "TestStories/SQLite$/factors-proof"
	factorReset = "TestStories/SQLite$/factors-reset"
	factorGuess = "TestStories/SQLite$/factors-guessed"
	factorWays  = "TestStories/SQLite$/factors-ways"
	totpTests   = "./internal/totp"
)

// factorGuards keep one factor from opening an account that asks for two, and a second one from being used twice or
// guessed.
var factorGuards = []guard{
	{"one step of drift", totpTests, "TestMatch", changes{swap("now - drift", "now - 2*drift")}},
	{"a used step matches nothing", totpTests, "TestMatch", changes{swap("candidate > used && ", "")}},
	{"a step is used once", sqliteTests, "TestSQLite$/^authenticators$", changes{swap("last_step < ?", "last_step <> ? + 1")}},
	{"an authenticator that waits is sealed", sqliteTests, "TestSQLite$/^authenticators_that_wait$",
		changes{swap("challenge.Secret)", "nil)")}},
	{"the secret of an authenticator is sealed", sqliteTests, "TestSQLite$/^authenticators$",
		changes{swap("authenticator.Secret)", "nil)")}},
	{"recovery codes are hashed", systemTests, factorStory,
		changes{swap("s.hashGuessable(ctx, recoveryPurpose, accountID, code)", "[]byte(code), error(nil)")}},
	{"a recovery code works once", systemTests, "TestSecondFactorsAreSpentMeanwhile", changes{never}},
	{"codes of authenticators are counted", systemTests, "TestWrongSecondFactorsAreCounted", changes{never}},
	{"the customer hears of wrong second factors", systemTests, factorGuess,
		changes{swap("s.noticeWrongFactor(ctx, caller, account, left)", "error(nil)")}},
	{"a mistyped second factor is no news", systemTests, factorGuess, changes{never}},
	{"an account gets one mail of wrong second factors a day", systemTests, factorGuess, changes{never}},
	{"a second step is completed once", systemTests, "TestSecondFactorsAreSpentMeanwhile", changes{never}},
	{"a second step ends with the credentials", systemTests, factorStory, changes{never}},
	{"a second step looks at the state of the account", systemTests, factorStory,
		changes{swap("checkUsable(account)", "nil")}},
	{"a challenge with a code is tried five times", systemTests, factorStory, changes{swap("codeAttempts", "99")}},
	{"nobody adds a second factor that is off", systemTests, "TestStories/SQLite$/factors-off", changes{never}},
	{"a customer token adds no authenticator", systemTests, factorWays, changes{never}},
	{"a claimed address gets no authenticator", systemTests, factorWays, changes{swap("s.canLink(account)", "nil")}},
	{"an account has so many authenticators", systemTests, "TestAuthenticatorsAreLimited", changes{never}},
	{"an authenticator is added once", systemTests, "TestSecondFactorsAreSpentMeanwhile", changes{never}},
	{"an authenticator is added to the account that began it", systemTests, factorStory, changes{never}},
	{"an authenticator is added with a right code", systemTests, factorStory, changes{never}},
	{"the first authenticator ends the sessions of one factor", systemTests, factorStory,
		changes{swap("s.endOthers(ctx, tx, caller, account, \"second_factor_since\")",
			"0, tx.UpdateAccount(ctx, account, \"second_factor_since\")")}},
	{"the last authenticator goes after a proof in the call", systemTests, factorProof, changes{never}},
	{"a removed authenticator ends the other sessions", systemTests, factorProof,
		changes{swap("s.endOthers(ctx, tx, offered.caller, account, columns...)", "0, error(nil)")}},
	{"recovery codes need an authenticator", systemTests, factorProof, changes{never}},
	{"recovery codes are replaced after a proof", systemTests, factorProof, changes{swap("ProofWindow", "ProofNone")}},
	{"a second factor is none by itself", systemTests, factorProof, changes{never}},
	{"a proof of an account with an authenticator is two factors", systemTests, factorProof,
		changes{swap("errSecondFactorRequired(\"\")", "nil")}},
	{"who names an account proves two factors, too", systemTests, factorProof, changes{swap("p.verifySecond(ctx, account)", "nil")}},
	{"calling a deletion off takes two factors, too", systemTests, factorWays, changes{never}},
	{"an activation takes two factors, too", systemTests, factorReset,
		changes{swap("decided.offered.verifySecond(ctx, account)", "nil")}},
	{"a reset asks for the second factor", systemTests, factorReset, changes{never}},
	{"a password alone opens no account with an authenticator", systemTests, factorStory, changes{never}},
	{"a provider alone opens no account with an authenticator", systemTests, factorWays, changes{never}},
	{"a mailed code alone opens no account with an authenticator", systemTests, factorWays, changes{never}},
	{"an undo removes the authenticators of lately", systemTests, "TestStories/SQLite$/factors-thief", changes{gone}},
	{"a recovery code keeps its key", systemTests, "TestAuthenticatorsOutliveTheirKey/SQLite",
		changes{swap("s.madeBefore(ctx, &models.RecoveryCode{}, \"created_at\", end)", "false, nil")}},
	{"a new authenticator needs a proof", systemTests, factorStory, changes{swap("ProofWindow", "ProofNone")}},
	{"an authenticator goes after a proof", systemTests, factorProof, changes{swap("ProofWindow", "ProofNone")}},
}
