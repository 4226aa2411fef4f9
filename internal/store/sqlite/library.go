//go:build cgo && linux

package sqlite

/*
// Weak, because the driver's package defines them, which cgo does not see when it looks at this one alone.
extern int sqlite3_auto_extension(void (*)(void)) __attribute__((weak));
extern int sqlite3_config(int, ...) __attribute__((weak));
extern int sqlite3_db_config(void *, int, ...) __attribute__((weak));

enum {
	configMemStatus = 9,       // SQLITE_CONFIG_MEMSTATUS
	configLookaside = 13,      // SQLITE_CONFIG_LOOKASIDE
	dbconfigEnableQPSG = 1007, // SQLITE_DBCONFIG_ENABLE_QPSG
};

// The memory that each connection keeps for small things, in bytes: SQLite makes some 54 pieces of 800 and 162 of 128
// of it.
enum { lookasideSize = 800, lookasideCount = 80 };

static int set_qpsg(void *db, char **problem, const void *api) {
	(void)problem; (void)api;
	return sqlite3_db_config(db, dbconfigEnableQPSG, 1, (int *)0);
}

// configure returns 0, or a code if SQLite refused its memory's settings: it takes none after it was used.
static int configure(void) {
	int refused = 0;
	if (sqlite3_config) {
		refused = sqlite3_config(configMemStatus, 0) | sqlite3_config(configLookaside, lookasideSize, lookasideCount);
	}
	if (sqlite3_auto_extension && sqlite3_db_config) sqlite3_auto_extension((void (*)(void))set_qpsg);
	return refused;
}
*/
import "C"

// configured is 0 if SQLite took the settings for which it has no PRAGMA and the driver no option. They are made before
// anything can use SQLite. Without this file everything still works, but slower.
//
// With SQLite's "query planner stability guarantee" the plan of a statement depends on its text and the schema, and
// never on the bound values. Without it, SQLite plans a cached statement again at each use if a join or a non-unique
// index compares with a bound value. That took a third of the time of a read, and a fifth of that of an update.
//
// A connection takes the memory of a row's values from its own pieces. SQLite's usual 48 kB of them were not enough for
// the row of every request: seven times it asked for more, under a lock that all connections share, and which only
// serves statistics of memory that nobody reads.
var configured = C.configure()
