package graph_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// TestGraphiQLOperations: every tab of GraphiQL is a document that this schema
// takes with the variables beside it, and there is one for every operation.
func TestGraphiQLOperations(t *testing.T) {
	w := newWorld(t, defaultSettings())
	files, err := filepath.Glob("../web/graphiql/operations/*.graphql")
	check(t, err)
	missing := map[string]bool{}
	for _, field := range append(w.schema.Query.Fields, w.schema.Mutation.Fields...) {
		// node reads what account does, for programs.
		if !strings.HasPrefix(field.Name, "__") && field.Name != "node" {
			missing[field.Name] = true
		}
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".graphql")
		_, operation, _ := strings.Cut(name, "-")
		delete(missing, operation)
		query, err := json.Marshal(readFile(t, file))
		check(t, err)
		variables := readFile(t, strings.TrimSuffix(file, ".graphql")+".variables.json")
		a := w.post(t, call{key: w.keys["development"], body: `{"query":` + string(query) + `,"variables":` + variables + `}`})
		switch code := a.code(); code {
		case "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX", "BAD_REQUEST", "INTERNAL":
			t.Errorf("%s: %s %s", name, code, a.body)
		}
	}
	if len(files) == 0 || len(missing) > 0 {
		t.Errorf("%d tabs; there is none for %v", len(files), missing)
	}
}
