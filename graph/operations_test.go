package graph_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/test/world"
)

// TestGraphiQLOperations checks that every tab of GraphiQL is a document that the schema accepts with its
// variables, and that every operation has a tab.
func TestGraphiQLOperations(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	files, err := filepath.Glob("../web/graphiql/operations/*.graphql")
	world.Check(t, err)
	missing := map[string]bool{}
	for _, field := range append(w.Schema.Query.Fields, w.Schema.Mutation.Fields...) {
		// node reads the same as account, for programs. A browser, as GraphiQL is in one, has no key of the back office.
		if !strings.HasPrefix(field.Name, "__") && field.Name != "node" &&
			!world.Gates[field.Name].Permission.BackOffice() {
			missing[field.Name] = true
		}
	}

	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".graphql")
		_, operation, _ := strings.Cut(name, "-")
		delete(missing, operation)
		query, err := json.Marshal(world.ReadFile(t, file))
		world.Check(t, err)
		variables := world.ReadFile(t, strings.TrimSuffix(file, ".graphql")+".variables.json")
		a := w.Post(t, world.Call{
			Key: w.Keys["development"], Body: `{"query":` + string(query) + `,"variables":` + variables + `}`,
		})
		switch code := a.Code(); code {
		case "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX", "BAD_REQUEST", "INTERNAL":
			t.Errorf("%s: %s %s", name, code, a.Body)
		}
	}

	if len(files) == 0 || len(missing) > 0 {
		t.Errorf("%d tabs; there is none for %v", len(files), missing)
	}
}
