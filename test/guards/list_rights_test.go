//go:build guards

package guards

func init() { guards = append(guards, rightsGuards...) }

const graceStory = "TestStories/SQLite/grace"

// rightsGuards keep what the law gives a customer: a deletion that closes at once, ends when it should, and not before.
var rightsGuards = []guard{
	{"a reset opens no account that is shut", systemTests, graceStory, changes{swap("!account.Shut()", "true")}},
	{"a deletion ends every session at once", systemTests, graceStory,
		changes{swap(`tx.EndSessions(ctx, account.ID, "", now)`, "0, error(nil)")}},
	{"a deletion voids what was asked for", systemTests, graceStory, changes{gone}},
	{"a cancellation opens no account that is shut otherwise", systemTests, graceStory, changes{never}},
	{"an undo calls a thief's deletion off", systemTests, graceStory, changes{gone}},
	{"a deletion that was called off erases nothing", systemTests, "TestReaperLooksAgain", changes{never}},
	{"a copy is its customer's", systemTests, "TestStories/SQLite/export", changes{never}},
	{"a copy is made once a day", systemTests, "TestStories/SQLite/export", changes{gone}},
	{"a copy without its event is not shown", systemTests, "TestStories/SQLite/export", changes{gone}},
	{"an export is sealed", systemTests, "TestNothingIsLeftOfAnExport",
		changes{swap("sealer.Seal(row.ID+exportLabel, row.Document)", "func(any) (string, error) { return string(row.Document), nil }(sealer)")}},
	{"an export is there for a day", sqliteTests, "TestSQLite$/kept_exports", changes{swap("expires_at > ?", "? IS NOT NULL")}},
	{"an export goes after a day", sqliteTests, "TestSQLite$/kept_exports", changes{gone}},
	{"an export keeps its key", sqliteTests, "TestSQLite$/keys_are_dropped", changes{swap("created_at < ?", "created_at < ? AND 1 = 0")}},
	{"a deletion that was asked for again waits again", systemTests, "TestReaperLooksAgain", changes{never}},
}
