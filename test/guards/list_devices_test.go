//go:build guards

package guards

func init() { guards = append(guards, deviceGuards...) }

const (
	deviceTests = "./internal/device"
	geoTests    = "./internal/geo"

	deviceStory = "TestStories/SQLite/devices"
)

// deviceGuards keep what clients say of themselves off pages and mails, tell customers of strangers' sign-ins, and shut
// strangers out (R-WAY5).
var deviceGuards = []guard{
	{"a mail repeats no words of a client", deviceTests, "TestParse$", changes{never}},
	{"a file without places is refused", geoTests, "TestOpenRefuses$", changes{swap("errNoPlaces", "nil")}},

	{"every sign-in looks at the device", systemTests, deviceStory,
		changes{swap("s.meetDevice(ctx, tx, caller, session.AccountID)", "error(nil)")}},
	{"a first sign-in is no news", systemTests, deviceStory, changes{never.of(2)}},
	{"words are not enough where a mark was", systemTests, "TestWordsAreEnoughWithoutMarks",
		changes{swap("AND (marked OR", "AND (TRUE OR")}},
	{"a claimed address hears of no device", systemTests, "TestNoticesAreLimited", changes{never}},
	{"an account gets so many mails of devices", systemTests, "TestNoticesAreLimited", changes{never.of(2)}},
	{"a browser's mark is out of reach of scripts", systemTests, "TestBrowserKeepsItsDevice", changes{never}},
	{"a device is known for so long", sqliteTests, "TestSQLite$/known_devices",
		changes{swap("expires_at > ?", "? IS NOT NULL")}},
	{"a device is its account's", sqliteTests, "TestSQLite$/known_devices",
		changes{swap("WHERE account_id = ? AND mark_hash", "WHERE ? <> '' AND mark_hash")}},
	{"an account knows so many devices", sqliteTests, "TestSQLite$/known_devices",
		changes{swap("id IN (?)", "id IN (?) AND 1 = 0")}},
	{"a device is its owner's to forget", sqliteTests, "TestSQLite$/known_devices",
		changes{swap("account_id = ?", "? <> ''")}},
	{"a device is forgotten when it was away for long", sqliteTests, "TestSQLite$/known_devices", changes{gone}},

	{"a thief's new password does not void the customer's token", systemTests, "TestTokenOfDeviceOutlivesThePassword",
		changes{swap("c.Purpose == PurposeSecureAccount", "false")}},
	{"a secured account has no password that a thief knows", systemTests, deviceStory, changes{gone}},
	{"securing an account ends what was linked lately", systemTests, "TestSecuredAccountKeepsItsOwn",
		changes{swap("s.unlinkSince(ctx, tx, caller, account, since)", "error(nil)")}},
	{"securing an account removes the passkeys of lately", systemTests, deviceStory + "-ways",
		changes{swap("s.dropPasskeys(ctx, tx, caller, account, since)", "error(nil)")}},
	{"securing an account ends every session", systemTests, deviceStory, changes{gone}},
	{"what was begun before an account was secured ends nowhere", systemTests, "TestSecuredAccountIsShut", changes{gone}},
	{"securing an account cancels what is pending", systemTests, "TestSecuredAccountIsShut", changes{gone}},
	{"an account is secured once for all notices", systemTests, "TestSecuredAccountIsShut", changes{gone}},
	{"securing an account calls a thief's deletion off", systemTests, "TestSecuredAccountIsShut", changes{gone}},
	{"securing an account forgets the thief's device", systemTests, "TestSecuredAccountIsShut",
		changes{swap("tx.ForgetDevices(ctx, account.ID)", "nil")}},
	{"changes are paused after an account was secured", systemTests, deviceStory, changes{always}},
	{"a pause is foretold", systemTests, deviceStory, changes{never}},
}
