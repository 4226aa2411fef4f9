package system

import (
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestNestedVariables checks that a variable inside the input is treated like the field itself: without a value it
// is omitted.
func TestNestedVariables(t *testing.T) {
	w := newCustomer(t)
	provePhone(t, w, "+48512345678")

	send := func(variables string) {
		t.Helper()
		world.Succeed(t, w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
			Accept: "application/graphql-response+json", Body: fmt.Sprintf(
				`{"query":"mutation($name: String, $sms: Boolean) { updateAccount(input: {firstName: $name, agreements: {sms: $sms}}) { account { id } } }","variables":%s}`,
				variables)}))
	}

	expect := func(name, sms any) {
		t.Helper()
		a := shown(t, w)
		if got := a["agreements"].(map[string]any)["sms"]; a["firstName"] != name || got != sms {
			t.Errorf("want %v and %v, got %v and %v", name, sms, a["firstName"], got)
		}
	}

	send(`{"name":"Ada","sms":true}`)
	expect("Ada", true)
	send(`{}`)
	expect("Ada", true)
	send(`{"name":null,"sms":null}`)
	expect(nil, nil)
	send(`{"name":"Eva"}`) // the cached document must still have its fields
	expect("Eva", nil)
	// The same for a field in a fragment, and for an input with a default.
	world.Succeed(t, w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
		Accept: "application/graphql-response+json", Body: `{"query":` +
			`"mutation($name: String) { ...update } fragment update on Mutation { ... { updateAccount(input: {firstName: $name, city: \"Gdynia\"}) { account { id } } } }"}`}))
	if a := shown(t, w); a["firstName"] != "Eva" || a["city"] != "Gdynia" {
		t.Errorf("a variable without a value in a fragment made %v and %v", a["firstName"], a["city"])
	}

	a := w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
		Accept: "application/graphql-response+json", Body: `{"query":` +
			`"mutation($by: IdentityProvider = SYNERISE, $ref: String) { deleteAccount(input: {clientAuthFactor: \"wrong\", identityProvider: $by, authId: $ref}) { deletedAt } }"}`})
	if a.Code() != "INVALID_CREDENTIALS" {
		t.Errorf("a default and an omitted authId: %s", a.Body)
	}
}

// TestLiteralsOfAnotherType checks R-GQL11 where gqlparser has no rule: an object is not a string.
func TestLiteralsOfAnotherType(t *testing.T) {
	w := newCustomer(t)
	for _, input := range []string{
		`signIn(input: {email: "demo@example.com", password: {}}) { session { id } }`,
		`signIn(input: {email: {}, password: "x"}) { session { id } }`,
		`updateAccount(input: {firstName: {}}) { account { id } }`,
		`updateAccount(input: {agreements: {sms: {}}}) { account { id } }`,
		`updateAccount(input: {sex: {}}) { account { id } }`,
		`updateAccount(input: {sex: male}) { account { id } }`,
		`updateAccount(input: {expectedVersion: {}}) { account { id } }`,
		`updateAccount(input: {attributes: [{}]}) { account { id } }`,
		`signOut(input: {scope: {}}) { revokedSessions }`,
		`signOut(input: {scope: all_sessions}) { revokedSessions }`,
		`revokeSession(input: {id: {}}) { revokedSessions }`,
		`confirmEmailChange(input: {token: "x", newsletterAgreement: {}}) { email }`,
	} {
		a := w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
			Accept: "application/graphql-response+json",
			Body:   fmt.Sprintf(`{"query":%s}`, world.Quote("mutation { "+input+" }"))})
		if a.Status != 400 || a.Code() != "GRAPHQL_VALIDATION_FAILED" && a.Code() != "INVALID_INPUT" {
			t.Errorf("%s: %d %s", input, a.Status, a.Body)
		}
	}
}

// TestVariablesOfAnotherType checks R-GQL11: values that gqlparser and gqlgen would convert to the type are
// refused.
func TestVariablesOfAnotherType(t *testing.T) {
	w := newCustomer(t)
	for operation, inputs := range map[string][]string{
		"signIn": {`{"email":"demo@example.com","password":12345678}`, `{"email":"demo@example.com","password":true}`,
			`{"email":["demo@example.com"],"password":"x"}`,
			`{"email":"demo@example.com","password":"x","__typename":"SignInInput"}`},
		"signOut": {`{"scope":"all_sessions"}`, `{"scope":1}`, `{"scope":null}`, `[]`, `""`},
		"updateAccount": {`{"expectedVersion":"2"}`, `{"expectedVersion":2.5}`,
			`{"expectedVersion":2147483648}`, `{"agreements":{"sms":"true"}}`, `{"unknown":1}`},
		"revokeSession": {`{"id":1.5}`, `{"id":true}`, `{"id":{}}`},
		"renameSession": {`{"id":"x","name":1}`, `{"id":"x","name":["x"]}`, `{"name":"x"}`},
		"confirmEmailChange": {`{"token":"x","newsletterAgreement":"true"}`,
			`{"token":"x","newsletterAgreement":1}`, `{"token":"x","newsletterAgreement":null}`, `{"token":"x"}`},
	} {
		for _, input := range inputs {
			if a := w.Do(t, "demo", operation,
				input); a.Status != 400 || a.Code() != "GRAPHQL_VALIDATION_FAILED" && a.Code() != "INVALID_INPUT" {
				t.Errorf("%s %s: %d %s", operation, input, a.Status, a.Body)
			}
		}
	}

	if a := w.Do(t, "demo", "account", ""); a.Code() != "" {
		t.Errorf("a refused input ended the session: %s", a.Body)
	}
}

// TestNumbersOfAttributesStay checks that a number keeps its digits (models.JSONObject).
func TestNumbersOfAttributesStay(t *testing.T) {
	w := newCustomer(t)
	const numbers = `"numbers":[12345678901234567890,2.50,1e2,-0]`
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"attributes":{`+numbers+`}}`))
	if a := w.Do(t, "demo", "account", ""); !strings.Contains(a.Body, numbers) {
		t.Errorf("the numbers were changed: %s", a.Body)
	}
}

// TestNumbersAreFiniteDoubles checks R-ANS4: a number that programs read as infinity is refused, in a variable and
// in a literal.
func TestNumbersAreFiniteDoubles(t *testing.T) {
	w := newCustomer(t)
	rows := openRows(t, w)
	before := rows(t)

	for _, number := range []string{"1e999", "-1e999", "1.8e308", "1e400", strings.Repeat("9", 400)} {
		for _, place := range []string{"%s", "[1,%s]", "[[%s]]"} {
			value := fmt.Sprintf(place, number)
			refused(t, w.Do(t, "demo", "updateAccount", `{"attributes":{"a":`+value+`}}`), models.CodeInvalidInput)
			mutation := world.Quote("mutation { updateAccount(input: {attributes: {a: " + value +
				"}}) { account { id } } }")
			refused(t, w.Post(t, world.Call{
				Key: w.Keys["development"], Token: w.Tokens["demo"], Accept: "application/graphql-response+json",
				Body: `{"query":` + mutation + `}`,
			}), models.CodeGraphQLValidationFailed)

			var wrong []string
			_, err := w.Service.ImportAccounts(t.Context(), account.Import{
				File:     strings.NewReader(`{"email":"new@example.com","attributes":{"a":` + value + `}}`),
				Wrong:    func(_ int, problem error) { wrong = append(wrong, problem.Error()) },
				Progress: func(int, int) {},
			})
			if err == nil || len(wrong) != 1 || !strings.HasPrefix(wrong[0], "attributes ") {
				t.Errorf("import of %.20s: %v %v", value, err, wrong)
			}
		}
	}

	if rows(t) != before {
		t.Error("a refused number wrote something")
	}

	world.Succeed(t,
		w.Do(t, "demo", "updateAccount", `{"attributes":{"a":[1e308,-1.7976931348623157e308,5e-324,1e-400]}}`))
}
