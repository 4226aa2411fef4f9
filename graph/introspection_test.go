package graph_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/test/world"
)

// TestIntrospectionOfTools: the queries of GraphiQL, graphql-codegen and everybody
// else who uses graphql-js are answered where introspection is on, and refused where it is off.
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
			if a.Status != http.StatusOK || a.Code() != "" || len(types) < 50 || a.At("__schema.mutationType.name") != "Mutation" {
				t.Errorf("%s, %s: %d %.500s", variant, file, a.Status, a.Body)
			}
		}
	}
}

// TestIntrospectionOff: no disguise gets at the schema in production, and __typename, which clients add by themselves, works.
func TestIntrospectionOff(t *testing.T) {
	w := newHostileWorld(t, false)
	for _, document := range []string{
		`{__schema{types{name}}}`, `{__type(name:"Account"){name}}`, `{a:__schema{types{name}}}`, `{...{__schema{types{name}}}}`,
		`{...F} fragment F on Query{...G} fragment G on Query{__schema{types{name}}}`, `{__schema{types{name}} __typename}`,
		`query A{__typename} query B{__schema{types{name}}}`, `{__schema @skip(if:true){types{name}}}`,
		`{account{id}} fragment F on Query{...G} fragment G on Query{__type(name:"Query"){name}}`,
	} {
		checkRefusal(t, w, strike(t, w, `{"query":`+inQuotes(t, document)+`}`), http.StatusBadRequest, invalid)
	}
	a := strike(t, w, `{"query":"{__typename account{__typename id}}"}`)
	if a.Status != http.StatusOK || a.At("account.__typename") != "Account" {
		t.Errorf("__typename is answered %d %s", a.Status, a.Body)
	}
	// Nor does an error help to guess: no suggestions.
	for _, document := range []string{`{accoun{id}}`, `{account{i}}`, `{account(inpu:1){id}}`, `query($a:Strin){account{id}}`, `mutation{signOut(input:{scop:1}){revokedSessions}}`, `mutation{signOut(input:{scope:ALL_SESSION}){revokedSessions}}`, `{account}`} {
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
