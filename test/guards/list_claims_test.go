//go:build guards

package guards

func init() { guards = append(guards, claimGuards...) }

// Tests that detect a missing guard.
const (
	claimStories = "TestStories/SQLite/claims"
	modelTest    = "TestModel$"
)

// claimGuards ensure that a proof beats a claim, and that nothing else does (R-PRF1 to R-PRF9).
var claimGuards = []guard{
	// The owner of an address.
	{"a claim gives way", systemTests, claimStories + "$",
		changes{swap("s.displace(ctx, tx, caller, holder)", "errEmailUnavailable()")}},
	{"a proven address gives way to nobody", systemTests, "TestOneOwner/email", changes{never}},
	{"the shop's word is no claim", systemTests, claimStories + "-shop", changes{always.of(2)}},
	{"a claim that is being made gives way", systemTests, "TestClaimsAndProofsAtOnce/PostgreSQL", changes{always}},
	{"an import displaces a claim", systemTests, claimStories + "-shop", changes{always}},
	{"an address that can be taken back is taken", sqliteTests, "TestSQLite$/reserved_addresses", changes{gone}},
	{"who waited for a change meets its reserved address", postgresTests, "TestPostgreSQL$", changes{never}},
	{"a claimed address is not reserved by a request", systemTests, claimStories + "$", changes{always}},
	{"a claimed address is not reserved by a change", systemTests, claimStories + "$", changes{never}},
	{"nothing is sent to a placeholder", systemTests, claimStories + "$", changes{never}},
	{"a placeholder is nobody's to type", systemTests, claimStories + "$", changes{always.of(3)}},
	{"a number is its prover's", systemTests, claimStories + "-phone", changes{gone}},
	{"a proven number gives way to nobody", systemTests, claimStories + "-phone", changes{never.of(2)}},

	// What a link proves.
	{"a link does not say who chose the password", systemTests, claimStories + "$",
		changes{always.of(1), swap("proofBySession, decided.provedAt = true, caller.Session.AuthenticatedAt",
			"registration = registration").at(2)}},
	{"a session activates its own account", systemTests, modelTest, changes{always.of(3)}},
	{"a session that activates proves no password", systemTests, claimStories + "$",
		changes{swap("proofBySession, decided.provedAt = true, caller.Session.AuthenticatedAt",
			"proofBySession = true")}},
	{"a token arms its own registration", systemTests, claimStories + "$", changes{never.of(1)}},
	{"strangers push out nothing that was mailed", systemTests, claimStories + "-strangers",
		changes{swap(`NOT mailed AND id`, `id`, `AND NOT mailed ORDER`, `ORDER`)}},
	{"what is not mailed is bounded", systemTests, claimStories + "-strangers",
		changes{always, swap(`mailed`, `!due.IsZero()`).at(2)}},
	{"an activation mail leads to a reset", systemTests, claimStories + "-verified",
		changes{inFile("internal/notify/templates/en.tmpl",
			"\n\nIf you are asked for a password that you don’t know, ask for a new one where you sign in.", "")}},
	{"a token is tried ten times",
		systemTests, claimStories + "-verified", changes{swap("activationAttempts", "1000")}},
	{"a claimed address gets no other way in", systemTests, claimStories + "$", changes{gone}},
	{"an undo ends what was linked lately", systemTests, claimStories + "-thief", changes{swap(`Add(-`, `Add(`)}},
	{"an undo keeps what was linked long before", systemTests, claimStories + "-thief", changes{never.of(1)}},
	{"an undo keeps what the account began with", systemTests, claimStories + "-thief", changes{never.of(2)}},
	{"a thief's undo does not end the owner's", systemTests, claimStories + "-thief",
		changes{swap("undone.CreatedAt", "time.Time{}")}},
	{"the owner's undo ends a thief's", systemTests, "TestStories/SQLite/undo", changes{passes}},
	{"nothing is linked after an undo", systemTests, claimStories + "-thief", changes{passes}},
	{"a bearer is not its own proof", systemTests, "TestStories/SQLite/customer-tokens$", changes{gone}},

	// What the first proof ends.
	{"the first proof unlinks identities", systemTests, claimStories + "-shop", changes{gone}},
	{"the first proof voids secrets", systemTests, claimStories + "-shop", changes{gone}},
	{"the first proof removes an unproven number", systemTests, claimStories + "-phone", changes{never}},
	{"the first proof forgets a stranger's consents", systemTests, claimStories + "$", changes{always}},
	{"the first proof keeps the shop's consents", systemTests, claimStories + "-phone", changes{never}},
	{"a reset ends what waits", systemTests, claimStories + "$", changes{gone}},
	{"a proof ends what waits", systemTests, modelTest, changes{passes}},
	{"an activation ends what waits", systemTests, modelTest, changes{passes}},
	{"a deletion takes what waits along", systemTests, "TestNothingIsLeftOfARegistration/deleted", changes{never}},
	{"a claim's deletion leaves what others registered", systemTests, "TestNothingIsLeftOfARegistration/expired",
		changes{always}},
	{"a registration is reaped", systemTests, "TestNothingIsLeftOfARegistration", changes{gone}},
	{"a registration is sealed", systemTests, "TestNothingIsLeftOfARegistration",
		changes{swap(`; err != nil`, `; err == nil { row.ChallengeID += string(brought) } else if err != nil`)}},
	{"consent waits for the proof",
		systemTests, claimStories + "$|TestStories/SQLite/agreements", changes{never.of(1)}},
	{"consent waits for the number", systemTests, "TestStories/SQLite/agreements", changes{never.of(3)}},

	// What anybody can trigger.
	{"an address gets so many mails", systemTests, "TestRegistrationsAreLimited", changes{never}},
	{"a mail waits for the pause", systemTests, "TestRegistrationsAreLimited", changes{never}},
	{"strangers have half of the ceiling", systemTests, "TestCeilingKeepsHalfForCustomers",
		changes{swap("Limit{total.Uses / 2, total.Window}", "total")}},
	{"a claim is a stranger's", systemTests, "TestCeilingKeepsHalfForCustomers", changes{never}},
	{"addresses of nobody use up no ceiling", systemTests, "TestCeilingKeepsHalfForCustomers",
		changes{swap("decoyUse(strangersKey), decoyUse(messagesKey)", "{strangersKey, half}, {messagesKey, total}")}},
	{"a registration is a mail of its network", systemTests, "TestRegistrationsAreLimited", changes{gone}},
	{"a network registers so many accounts", systemTests, "TestAccountsOfANetwork/registerAccount", changes{gone}},
	{"a network's providers make so many accounts", systemTests, "TestAccountsOfANetwork/signInWithIdentityProvider",
		changes{passes}},
	{"registrations use up the strangers' half", systemTests, "TestServiceCeiling|TestCeilingKeepsHalfForCustomers",
		changes{swap(`ID: "stranger"`, "")}},

	// What must not be revealed.
	{"a try at an unknown address hashes twice", systemTests, "TestWork/signIn$",
		changes{swap(`hash, err :=`, `if len(waiting) == 0 { return nil, models.ErrNotFound }; hash, err :=`)}},
	{"what waits does not tell who has an address", systemTests, claimStories + "-strangers",
		changes{swap("models.MessageActivation", "outcome.mail.Kind")}},
	{"a taken address seems to wait", systemTests, claimStories + "-verified", changes{never.of(2)}},
	{"an account that is active does not wait", systemTests, claimStories + "$", changes{always}},
	{"a claim's password is its registration's", systemTests, claimStories + "-verified", changes{always.of(2)}},
	{"a registration's password gives no guesses back", systemTests, claimStories + "-verified",
		changes{swap("RefundBudget", "ResetBudget")}},

	// Permissions depend on the effect.
	{"an address needs the permission of its change", systemTests, claimStories + "-permissions", changes{gone}},
	{"what a payload shows is asked for before", systemTests, claimStories + "-permissions", changes{never}},
}
