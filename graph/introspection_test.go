package graph_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/test/world"
)

// TestIntrospectionOfTools checks that the queries of GraphiQL, graphql-codegen and all other users of graphql-js
// work if introspection is on, and are refused if it is off.
func TestIntrospectionOfTools(t *testing.T) {
	files, err := filepath.Glob("testdata/introspection/*.graphql")
	world.Check(t, err)
	if len(files) < 3 {
		t.Fatalf("only %v", files)
	}

	for _, file := range files {
		query, err := json.Marshal(world.ReadFile(t, file))
		world.Check(t, err)
		body := `{"operationName":"IntrospectionQuery","query":` + string(query) + `}`
		for variant, on := range variants {
			w := newHostileWorld(t, on)
			a := strike(t, w, body)
			if !on {
				checkRefusal(t, w, a, http.StatusBadRequest, invalid)
				continue
			}

			types, _ := a.At("__schema.types").([]any)
			if a.Status != http.StatusOK || a.Code() != "" || len(types) < 50 ||
				a.At("__schema.mutationType.name") != "Mutation" {
				t.Errorf("%s, %s: %d %.500s", variant, file, a.Status, a.Body)
			}
		}
	}
}

// TestIntrospectionOff checks that no query returns the schema in production, and that __typename works, because
// clients add it.
func TestIntrospectionOff(t *testing.T) {
	w := newHostileWorld(t, false)
	for _, document := range []string{
		`{__schema{types{name}}}`, `{__type(name:"Account"){name}}`, `{a:__schema{types{name}}}`,
		`{...{__schema{types{name}}}}`,
		`{...F} fragment F on Query{...G} fragment G on Query{__schema{types{name}}}`,
		`{__schema{types{name}} __typename}`,
		`query A{__typename} query B{__schema{types{name}}}`, `{__schema @skip(if:true){types{name}}}`,
		`{account{id}} fragment F on Query{...G} fragment G on Query{__type(name:"Query"){name}}`,
	} {
		checkRefusal(t, w, strike(t, w, `{"query":`+inQuotes(t, document)+`}`), http.StatusBadRequest, invalid)
	}

	a := strike(t, w, `{"query":"{__typename account{__typename id}}"}`)
	if a.Status != http.StatusOK || a.At("account.__typename") != "Account" {
		t.Errorf("__typename is answered %d %s", a.Status, a.Body)
	}

	// Errors don't help to guess, either: they have no suggestions.
	for _, document := range []string{`{accoun{id}}`, `{account{i}}`, `{account(inpu:1){id}}`,
		`query($a:Strin){account{id}}`,
		`mutation{signOut(input:{scop:1}){revokedSessions}}`,
		`mutation{signOut(input:{scope:ALL_SESSION}){revokedSessions}}`, `{account}`} {
		a := strike(t, w, `{"query":`+inQuotes(t, document)+`}`)
		checkRefusal(t, w, a, http.StatusBadRequest, invalid)
		if strings.Contains(a.Body, "mean") {
			t.Errorf("%s is answered with a suggestion: %s", document, a.Body)
		}
	}
}

func inQuotes(t testing.TB, text string) string {
	t.Helper()
	quoted, err := json.Marshal(text)
	world.Check(t, err)
	return string(quoted)
}
