//go:build guards

package guards

func init() { guards = append(guards, developerGuards...) }

// developerGuards decide what developers and their programs are told, and what is told to nobody (R-ANS1, R-GQL7,
// R-GQL8).
var developerGuards = []guard{
	{"values are not said in development", graphTests, "TestNamesInDevelopment",
		changes{swap("text + placeOf(document, err.Locations) + suggestion", "err.Message + suggestion + text[:0]")}},
	{"a text that ended too early is not said", graphTests, "TestNamesInDevelopment", changes{always.of(2)}},
	{"names are said in development only", graphTests, "TestNoNamesInProduction", changes{always}},
	{"long names are cut off", graphTests, "TestHostileInDevelopment", changes{never, never.at(2)}},
	{"a refusal is a line of the log", graphTests, "TestRefusalsAreLogged", changes{gone}},
	{"every answer is counted", graphTests, "TestEveryAnswerIsCounted", changes{gone}},
	{"a change of readiness is told once", "./internal/server", "TestReadinessIsTold", changes{always}},
	{"no server starts on a standby", "./internal/server", "TestStandbyIsRefused", changes{always}},
	{"a suppressed mail is told", "./internal/server", "TestMissingProxyIsTold", changes{gone}},
	{"limits are told once", "./internal/server", "TestMissingProxyIsTold", changes{never}},
	{"no server starts with a wrong clock", "./internal/server", "TestWrongClockIsRefused", changes{never}},
	{"a refused document is a line of the log", graphTests, "TestRefusalsAreLogged", changes{gone}},
	{"a refused preflight is a line of the log", "./internal/server", "TestRefusedPreflightsAreLogged", changes{never}},

	{"a reason is told", systemTests, "TestReasons$", changes{never}},
	{"a reason's limit is told", systemTests, "TestReasons$", changes{never}},
	{"the tries that are left are told", systemTests, "TestTriesLeft", changes{never}},
	{"an unknown outcome is told", systemTests, "TestOutcomeUnknown",
		changes{swap("Reason: ReasonOutcomeUnknown, ", "")}},
	{"the page says that a refusal has changed nothing", graphTests, "TestErrorsPagePromise",
		changes{inFile("docs/errors.md",
			"* A mutation that was refused has changed nothing: `data` is null or missing.", "*")}},

	{"production shows programs nothing", "./internal/server", "TestNothingForProgramsInProduction", changes{late(1)}},
	{"who wants the manifest's documents only gets no others", "./internal/server", "TestDocumentsForPrograms",
		changes{never.of(2)}},
	{"a required variable is required in its schema", graphTests, "TestVariablesSchemas", changes{never}},
	{"an unknown variable's key is none in its schema", graphTests, "TestVariablesSchemas",
		changes{swap("false", "true")}},
}
