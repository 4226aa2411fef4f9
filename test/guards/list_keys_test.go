//go:build guards

package guards

func init() { guards = append(guards, keyGuards...) }

// keyGuards ensure that a rotation of keys loses nothing, and that a former key goes when nothing needs it (R-ROT1,
// R-ROT2).
var keyGuards = []guard{
	{"a hash names its key", systemTests, "TestKeysRotateUnderLoad/SQLite", changes{never}},
	{"a sealed value names its key", sqliteTests, "TestSQLite$/keys_rotate", changes{swap("number, box", "1, box")}},
	{"a retired key makes nothing new", storeTests, "TestARetiredKeySealsNothing",
		changes{swap("time.Since(k.readAt.Round(0)).Abs() < keysFresh", "true")}},
	{"the newest key stays", sqliteTests, "TestSQLite$/keys_are_dropped", changes{never}},
	{"a retired key is kept for an hour", sqliteTests, "TestSQLite$/keys_are_dropped", changes{never}},
	{"a message that waits keeps its key", sqliteTests, "TestSQLite$/keys_are_dropped",
		changes{swap("created_at < ?", "created_at < ? AND 1 = 0")}},
	{"a registration that waits keeps its key", sqliteTests, "TestSQLite$/keys_are_dropped",
		changes{swap("created_at < ?", "created_at < ? AND 1 = 0")}},
}
