//go:build guards

package guards

func init() { guards = append(guards, proofGuards...) }

const proofStory = "TestStories/SQLite/prove"

// proofGuards keep a window for the one who opened it, and a code for the one it was sent to.
var proofGuards = []guard{
	{"a window closes", systemTests, proofStory, changes{always}},
	{"a session's token is exchanged once", systemTests, "TestSessionIsRotatedOnce/SQLite",
		changes{swap("token_hash = ? AND", "? <> '' AND")}},
	{"a code goes to a proven address", systemTests, proofStory, changes{swap("account.EmailVerified()", "true")}},
	{"a code goes to a proven number", systemTests, proofStory, changes{swap("account.PhoneVerified()", "true")}},
	{"a session brings no number of its own", systemTests, proofStory,
		changes{swap("account.PhoneVerifiedAt.Before(session.CreatedAt)", "true")}},
	{"a code proves what is still proven", systemTests, proofStory, changes{never}},
	{"a code has a purpose", systemTests, "TestSecretIsBoundToItsPurpose/confirmPhoneUpdate.challengeId$",
		changes{never.of(1)}},
}
