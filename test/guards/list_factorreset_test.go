//go:build guards

package guards

func init() { guards = append(guards, factorResetGuards...) }

const (
	roadStory     = "TestStories/SQLite$/factor-reset"
	requiredStory = "TestStories/SQLite$/factors-required"
)

// factorResetGuards keep the road for lost second factors slow and loud (R-WAY4), and let nobody sign in without a second
// factor where one is required (R-WAY6).
var factorResetGuards = []guard{
	{"a reset that waits begins no other", systemTests, roadStory, changes{never}},
	{"a reset of factors needs a live first proof", systemTests, roadStory, changes{never}},
	{"a former address can stop a reset of factors", systemTests, "TestFormerAddressStopsAFactorReset", changes{gone}},
	{"the number hears of a reset of factors", systemTests, roadStory,
		changes{swap("tx.Enqueue(ctx, s.message(caller, account, kind, models.ChannelTextMessage, string(*account.Phone)))", "nil")}},
	{"second factors are removed after three days", systemTests, roadStory, changes{always}},
	{"removed factors begin an epoch", systemTests, "TestRemovedFactorsVoidWhatWaits", changes{gone}},
	{"removed factors end every session", systemTests, roadStory,
		changes{swap("tx.EndSessions(ctx, account.ID, \"\", s.now())", "0, error(nil)")}},
	{"an old token stops nothing", systemTests, roadStory, changes{never}},
	{"who signs in with a second factor has not lost it", systemTests, roadStory,
		changes{swap("s.stopFactorReset(ctx, tx, caller, payload.Account)", "false, error(nil)")}},

	{"where second factors are required, one factor opens no account", systemTests, requiredStory,
		changes{swap("s.Settings.SecondFactor == SecondFactorRequired", "false")}},
	{"where second factors are required, an activation opens no session", systemTests, requiredStory, changes{never}},
	{"a claimed address gets no authenticator at a sign-in", systemTests, requiredStory, changes{never}},
	{"a first factor adds no second one to an account that has one", systemTests, requiredStory, changes{never}},
	{"a sign-in enrolls one authenticator", systemTests, "TestEnrollmentIsBegunOnce", changes{never}},
	{"an authenticator is enrolled with a right code", systemTests, requiredStory, changes{never}},
	{"an enrolled authenticator ends the sessions of one factor", systemTests, "TestEnrollmentEndsSessions",
		changes{swap("tx.EndSessions(ctx, account.ID, \"\", s.now())", "0, error(nil)")}},
}
