//go:build cgo && linux

package sqlite

/*
// Weak, because the driver's package defines them, which cgo does not see when it looks at this one alone.
extern int sqlite3_auto_extension(void (*)(void)) __attribute__((weak));
extern int sqlite3_db_config(void *, int, ...) __attribute__((weak));

// SQLITE_DBCONFIG_ENABLE_QPSG
enum { dbconfigEnableQPSG = 1007 };

static int set_qpsg(void *db, char **problem, const void *api) {
	(void)problem; (void)api;
	return sqlite3_db_config(db, dbconfigEnableQPSG, 1, (int *)0);
}

static void enableQPSG(void) {
	if (sqlite3_auto_extension && sqlite3_db_config) sqlite3_auto_extension((void (*)(void))set_qpsg);
}
*/
import "C"

// enableQPSG enables SQLite's "query planner stability guarantee" for every connection that is opened from now on:
// the plan of a statement depends on its text and the schema, and never on the bound values. Without it, SQLite
// plans a cached statement again at each use if a join or a non-unique index compares with a bound value. That took
// a third of the time of a read, and a fifth of that of an update. SQLite has no PRAGMA for it, and the driver has
// no option. Without this file everything still works, but slower.
func enableQPSG() { C.enableQPSG() }
