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

// enableQPSG gives every connection that is opened from now on SQLite's "query
// planner stability guarantee": the plan of a statement depends on its text and
// the schema, and never on what is bound to it. Without it, the driver's
// statements that are kept are planned anew at each use, wherever a join or an
// index that is not unique compares with a bound value; that was a third of the
// time of a read, and a fifth of that of an update. SQLite has no PRAGMA for it,
// and the driver no option. Without this file everything works, only slower.
func enableQPSG() { C.enableQPSG() }
