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

// The memory that each connection keeps for small things: pieces of that many bytes, and how many.
enum { lookasideSize = 800, lookasideCount = 80 };

static int set_qpsg(void *db, char **problem, const void *api) {
	(void)problem; (void)api;
	return sqlite3_db_config(db, dbconfigEnableQPSG, 1, (int *)0);
}

static void configure(void) {
	if (sqlite3_config) {
		sqlite3_config(configMemStatus, 0);
		sqlite3_config(configLookaside, lookasideSize, lookasideCount);
	}
	if (sqlite3_auto_extension && sqlite3_db_config) sqlite3_auto_extension((void (*)(void))set_qpsg);
}
*/
import "C"

import "sync"

// configure changes what SQLite has neither a PRAGMA nor the driver an option for, for every connection that is opened
// from now on. Without this file everything still works, but slower.
//
// With SQLite's "query planner stability guarantee" the plan of a statement depends on its text and the schema, and
// never on the bound values. Without it, SQLite plans a cached statement again at each use if a join or a non-unique
// index compares with a bound value. That took a third of the time of a read, and a fifth of that of an update.
//
// A connection takes the memory of a row's values from its own pieces. SQLite's usual 48 kB of them were not enough for
// the row of every request: seven times it asked for more, under a lock that all connections share, and which only
// serves statistics of memory that nobody reads.
var configure = sync.OnceFunc(func() { C.configure() })
