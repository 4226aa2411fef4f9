//go:build guards

package guards

func init() { guards = append(guards, upgradeGuards...) }

const migrationTests = "./internal/store/migrations"

// upgradeGuards let an older version work beside a newer one exactly as long as it can (R-DB5).
var upgradeGuards = []guard{
	{"a breaking step ends older processes", migrationTests, "TestExpandAndContract/SQLite", changes{never}},
	{"an unknown step is breaking", migrationTests, "TestUnknownStepsAreRefused/SQLite", changes{always.of(1)}},
	{"a copy knows every table", migrationTests, "TestExpandAndContract/SQLite", changes{gone}},
	{"a migration lets requests pass", postgresTests, "TestPostgreSQLMigrationLetsRequestsPass", changes{always}},
	{"a migration locks its tables at once", postgresTests, "TestPostgreSQLMigrationLosesDeadlocks", changes{gone}},
	{"behind a pooler nothing is prepared by name", postgresTests, "TestNothingIsPreparedBehindPgBouncer",
		changes{swap("process == raw.PgConn().PID()", "process > 0")}},
	{"a plan does not outlive a minute", postgresTests, "TestPlansAreMadeAnew", changes{never}},
	{"a read survives the loss of its prepared statement", postgresTests, "TestFindSurvivesTheLossOfItsStatement",
		changes{never}},
	{"a read survives a deadlock", postgresTests, "TestPostgreSQLReadsSurviveDeadlocks", changes{never.of(2)}},
	{"serve migrates only if it may", serverTests, "TestWaitsForTheSchema", changes{always}},
	{"an outage of the outbox is told once", "./internal/notify", "TestAnOutageOfTheOutboxIsToldOnce",
		changes{swap(" && !unread", "")}},
	{"a status creates nothing", serverTests, "TestMigrateCommand", changes{never}},
	{"nothing is no backup", serverTests, "TestMigrateCommand", changes{never}},
	{"a server that waits is not ready", serverTests, "TestWaitingIsNotReady", changes{swap(
		"return &store.NotReadyError{Check: store.SchemaCheck, Cause: errStarting}", "_ = store.SchemaCheck; return nil")}},
}
