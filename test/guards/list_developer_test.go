//go:build guards

package guards

func init() { guards = append(guards, developerGuards...) }

// developerGuards are what developers and their programs are told, and what nobody is (R-ANS1, R-GQL7, R-GQL8).
var developerGuards = []guard{
	{"values are not said in development", graphTests, "TestNamesInDevelopment", []edit{
		{"graph/messages.go", "return clipNames(text + placeOf(document, err.Locations) + suggestion)", "return clipNames(err.Message + suggestion + text[:0])"}}},
	{"a text that ended too early is not said", graphTests, "TestNamesInDevelopment", []edit{
		{"graph/messages.go", "if isName || m.known[token.Value] {", "if isName || token.Value != \"\" {"}}},
	{"names are said in development only", graphTests, "TestNoNamesInProduction", []edit{
		{"graph/graph.go", "documents.messages.names = options.Development", "documents.messages.names = options.Development || documents != nil"}}},
	{"long names are cut off", graphTests, "TestHostileInDevelopment", []edit{
		{"graph/messages.go", "if runes := []rune(name); len(runes) > maxName {", "if runes := []rune(name); len(runes) > 1<<20 {"},
		{"graph/messages.go", "if len(message) > maxMessage {", "if len(message) > 1<<20 {"}}},
	{"a refusal is a line of the log", graphTests, "TestRefusalsAreLogged", []edit{
		{"graph/errors.go", `	p.log.DebugContext(ctx, "a request was refused", "requestId", auth.CallerFrom(ctx).RequestID, "code", fmt.Sprint(code))`, "	_ = code"}}},
	{"a refused document is a line of the log", graphTests, "TestRefusalsAreLogged", []edit{
		{"graph/transport.go", "		t.errors.logRefusal(r.Context(), list[0].err.Code)\n", ""}}},
	{"a refused preflight is a line of the log", "./internal/server", "TestRefusedPreflightsAreLogged", []edit{
		{"internal/server/cors.go", `if problem := h.problem(w.Header(), r.Header); problem != "" {`, `if problem := h.problem(w.Header(), r.Header); problem != "" && id == "" {`}}},

	{"a reason is told", systemTests, "TestReasons$", []edit{
		{"graph/errors.go", `if err.Reason != "" {`, `if err.Reason == "never" {`}}},
	{"a reason's limit is told", systemTests, "TestReasons$", []edit{
		{"graph/errors.go", "if err.Limit > 0 {", "if err.Limit < 0 {"}}},
	{"an unknown outcome is told", systemTests, "TestOutcomeUnknown", []edit{
		{"models/error.go", "Reason: ReasonOutcomeUnknown, Cause: cause,", "Cause: cause,"}}},
	{"the page says that a refusal has changed nothing", graphTests, "TestErrorsPagePromise", []edit{
		{"docs/errors.md", "* A mutation that was refused has changed nothing: `data` is null or missing.", "*"}}},

	{"production shows programs nothing", "./internal/server", "TestNothingForProgramsInProduction", []edit{
		{"internal/server/routes.go", "	if s.settings.Production() {\n		return secure(mux, public.Scheme == \"https\"), nil\n	}\n	if err := s.developerPages(mux, trusted); err != nil {\n		return nil, err\n	}\n",
			"	if err := s.developerPages(mux, trusted); err != nil {\n		return nil, err\n	}\n	if s.settings.Production() {\n		return secure(mux, public.Scheme == \"https\"), nil\n	}\n"}}},
	{"who wants the manifest's documents only gets no others", "./internal/server", "TestDocumentsForPrograms", []edit{
		{"internal/server/developers.go", "if s.settings.Production() || s.settings.TrustedDocumentsOnly {", "if s.settings.Production() {"}}},
	{"a required variable is required in its schema", graphTests, "TestVariablesSchemas", []edit{
		{"graph/jsonschema.go", "if variable.Type.NonNull && variable.DefaultValue == nil {", "if variable.Type.NonNull && operation == nil {"}}},
	{"an unknown variable's key is none in its schema", graphTests, "TestVariablesSchemas", []edit{
		{"graph/jsonschema.go", `"additionalProperties": false`, `"additionalProperties": true`}}},
}
