package graph_test

import (
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/test/world"
)

// TestSelectionsOfEachRequest sends the same documents repeatedly: the cached selections of a document must not
// carry anything from one request to another.
func TestSelectionsOfEachRequest(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	const (
		directives = `query($a: Boolean!, $b: Boolean!) { account { email @include(if: $a) ...F @skip(if: $b) ... on Account @include(if: $b) { city } } } fragment F on Account { displayName @include(if: $a) version }`
		operations = `query A { account { email } } query B { account { city ...F } } fragment F on Account { a: agreements { sms } a: agreements { email } }`
		unset      = `mutation($city: String, $company: String) { updateAccount(input: {city: $city, company: $company}) { account { city company } } }`
	)

	for round := range 3 {
		for _, test := range []struct{ document, operation, variables, want string }{
			{unset, "", `{"city":"Gdansk","company":"Example"}`,
				`{"updateAccount":{"account":{"city":"Gdansk","company":"Example"}}}`},
			{unset, "", `{"city":"Warsaw"}`, `{"updateAccount":{"account":{"city":"Warsaw","company":"Example"}}}`},
			{unset, "", `{"company":null}`, `{"updateAccount":{"account":{"city":"Warsaw","company":null}}}`},
			{directives, "", `{"a":true,"b":true}`, `{"account":{"email":"demo@example.com","city":"Warsaw"}}`},
			{directives, "", `{"a":false,"b":true}`, `{"account":{"city":"Warsaw"}}`},
			{operations, "A", `null`, `{"account":{"email":"demo@example.com"}}`},
			{operations, "B", `null`, `{"account":{"city":"Warsaw","a":{"sms":null,"email":null}}}`},
		} {
			answer := w.Post(t, world.Call{Key: account.DevelopmentKey, Token: w.Tokens["demo"], Body: fmt.Sprintf(
				`{"query":%q,"operationName":%q,"variables":%s}`, test.document, test.operation, test.variables,
			)})
			if want := `{"data":` + test.want + "}\n"; answer.Body != want {
				t.Errorf("round %d, %s of %s\nanswers %swant    %s", round, test.variables, test.document, answer.Body,
					want)
			}
		}
	}
}
