package graph_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/test/world"
)

// These tests check the content of errors: in development they contain the names of the request, in production only
// the schema's, and values in neither (R-GQL8).

// develop replaces the handler by one in development mode.
func develop(t testing.TB, w *world.World, documents graph.TrustedDocuments) {
	t.Helper()
	handler, err := graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		Introspection: true, Development: true, OperationTimeout: world.Patience, Log: world.Discard,
		TrustedDocuments: documents,
	})
	world.Check(t, err)
	w.Handler = handler
}

// named are requests with their errors in development. In each request, every value is hunter2, and its own names
// begin with own, Own or OWN.
var named = []struct{ name, body, says string }{
	{"a field", `{"query":"{ account { ownField } }"}`, `Cannot query field \"ownField\" on type \"Account\"`},
	{"a field below an alias",
		`{"query":"{ ownAlias: account { emial } }"}`, `\"emial\" on type \"Account\". Did you mean \"email\"`},
	{"an argument", `{"query":"{ account { activity(ownArgument: \"hunter2\") { edges { cursor } } } }"}`,
		`Unknown argument \"ownArgument\" on field \"Account.activity\"`},
	{"an argument of a directive", `{"query":"{ account @skip(ownArgument: \"hunter2\", if: true) { id } }"}`,
		`Unknown argument \"ownArgument\" on directive \"@skip\"`},
	{"a directive",
		`{"query":"{ account @ownDirective(a: \"hunter2\") { id } }"}`, `Unknown directive \"@ownDirective\"`},
	{"a directive in a wrong place",
		`{"query":"query Own @skip(if: true) { account { id } }"}`, `\"@skip\" may not be used on QUERY`},
	{"a directive twice",
		`{"query":"{ account { id @skip(if: true) @skip(if: false) } }"}`, `\"@skip\" can only be used once`},
	{"a type", `{"query":"query ($a: OwnType = \"hunter2\") { account { id } }"}`, `Unknown type \"OwnType\"`},
	{"a type of a fragment",
		`{"query":"{ account { ...ownF } } fragment ownF on OwnType { id }"}`, `Unknown type \"OwnType\"`},
	{"a type that is no object", `{"query":"{ account { ... on Sex { id } } }"}`, `non composite type \"Sex\"`},
	{"a type that is never there",
		`{"query":"{ account { ... on Session { id } } }"}`, `\"Account\" can never be of type \"Session\"`},
	{"a variable", `{"query":"query OwnQuery { account { activity(first: $ownVariable) { edges { cursor } } } }"}`,
		`Variable \"$ownVariable\" is not defined by operation \"OwnQuery\"`},
	{"an unused variable", `{"query":"query OwnQuery($ownVariable: Int) { account { id } }"}`,
		`Variable \"$ownVariable\" is never used in operation \"OwnQuery\"`},
	{"a variable twice",
		`{"query":"query ($ownA: Int, $ownA: Int) { account { id } }"}`, `only one variable named \"$ownA\"`},
	{"a variable of another type",
		`{"query":"query ($ownA: String) { account { activity(first: $ownA) { edges { cursor } } } }"}`,
		`Variable \"$ownA\" of type \"String\" used in position expecting type \"Int!\"`},
	{"a variable of an output type", `{"query":"query ($ownA: Account) { account { id } }"}`,
		`Variable \"$ownA\" cannot be non-input type \"Account\"`},
	{"a fragment", `{"query":"{ account { ...ownF } }"}`, `\"ownF\"`},
	{"a fragment of itself",
		`{"query":"{ account { ...ownF } } fragment ownF on Account { ...ownF }"}`, `must not spread itself: \"ownF\"`},
	{"an unused fragment",
		`{"query":"{ account { id } } fragment ownF on Account { id }"}`, `Fragment \"ownF\" is never used`},
	{"a fragment twice",
		`{"query":"{ account { ...ownF } } fragment ownF on Account { id } fragment ownF on Account { id }"}`,
		`only one fragment named \"ownF\"`},
	{"an operation twice",
		`{"query":"query OwnA { account { id } } query OwnA { account { id } }","operationName":"OwnA"}`,
		`only one operation named \"OwnA\"`},
	{"an alias in conflict", `{"query":"{ account { ownAlias: id ownAlias: email } }"}`,
		`Fields \"ownAlias\" conflict because \"id\" and \"email\" are different fields`},
	{"arguments in conflict",
		`{"query":"{ account { activity(first: 1) { edges { cursor } } activity(after: \"hunter2\") { edges { cursor } } } }"}`,
		`\"activity\" conflict because they have differing arguments`},
	{"no selection", `{"query":"{ account }"}`, `Field \"account\" of type \"Account!\" must have a selection`},
	{"an operation that is not there",
		`{"query":"query OwnA { account { id } } query OwnB { account { id } }","operationName":"OwnC"}`,
		`there is no \"OwnC\"; it has \"OwnA\", \"OwnB\"`},
	{"no operation",
		`{"query":"query OwnA { account { id } } query OwnB { account { id } }"}`, `it has \"OwnA\", \"OwnB\"`},

	{"an input field",
		`{"query":"mutation { signIn(input: {emial: \"hunter2\", email: \"hunter2\", password: \"hunter2\"}) { account { id } } }"}`,
		`Field \"emial\" is not defined by type \"SignInInput\". Did you mean \"email\"`},
	{"an input field of another case",
		`{"query":"mutation { signIn(input: {eMail: \"hunter2\", email: \"hunter2\", password: \"hunter2\"}) { account { id } } }"}`,
		`Field \"eMail\"`},
	{"a missing input field", `{"query":"mutation { signIn(input: {password: \"hunter2\"}) { account { id } } }"}`,
		`Field \"SignInInput.email\" of required type \"EmailAddress!\" was not provided at \"input\"`},
	{"an input field twice",
		`{"query":"mutation { signIn(input: {email: \"hunter2\", email: \"hunter2\", password: \"hunter2\"}) { account { id } } }"}`,
		`only one input field named \"email\"`},
	{"a missing argument", `{"query":"mutation { signIn { account { id } } }"}`,
		`Field \"signIn\" argument \"input\" of type \"SignInInput!\" is required`},
	{"a number for a text", `{"query":"mutation { updateAccount(input: {firstName: 7222227}) { account { id } } }"}`,
		`String cannot represent a non string value at \"input.firstName\"`},
	{"a text for an Int", `{"query":"{ account { activity(first: \"hunter2\") { edges { cursor } } } }"}`,
		`Int cannot represent non-integer value at \"first\"`},
	{"a number of 64 bits", `{"query":"{ account { activity(first: 7222222222222) { edges { cursor } } } }"}`,
		`more than 32 bits at \"first\"`},
	{"a text for a boolean", `{"query":"{ account @skip(if: \"hunter2\") { id } }"}`,
		`Boolean cannot represent a non boolean value at \"if\"`},
	{"a name for a text",
		`{"query":"mutation { signIn(input: {email: \"hunter2\", password: hunter2}) { account { id } } }"}`,
		`at \"input.password\"`},
	{"an unknown enum", `{"query":"mutation { signOut(input: {scope: hunter2}) { revokedSessions } }"}`,
		`A value does not exist in the enum \"SignOutScope!\" at \"input.scope\"`},
	{"an enum of another case", `{"query":"mutation { signOut(input: {scope: ALL_SESSION}) { revokedSessions } }"}`,
		`at \"input.scope\"; did you mean the enum value \"ALL_SESSIONS\" or`},
	{"a text for an enum", `{"query":"mutation { signOut(input: {scope: \"hunter2\"}) { revokedSessions } }"}`,
		`Enum \"SignOutScope!\" cannot represent non-enum value at \"input.scope\"`},
	{"a list for a text",
		`{"query":"mutation { updateAccount(input: {firstName: [\"hunter2\"]}) { account { id } } }"}`,
		`at \"input.firstName\"`},
	{"an object for an enum",
		`{"query":"mutation { signOut(input: {scope: {ownA: \"hunter2\"}}) { revokedSessions } }"}`,
		`Field \"ownA\" is not defined by type \"SignOutScope\"`},
	{"an empty object for a text", `{"query":"mutation { updateAccount(input: {firstName: {}}) { account { id } } }"}`,
		`cannot be an object at \"input.firstName\"`},
	{"null", `{"query":"mutation { signIn(input: {email: null, password: \"hunter2\"}) { account { id } } }"}`,
		`Expected value of type \"EmailAddress!\" at \"input.email\"`},
	{"a default value",
		`{"query":"query ($ownA: Int! = \"hunter2\") { account { activity(first: $ownA) { edges { cursor } } } }"}`,
		`at \"$ownA\"`},

	{"an unknown key of a variable",
		`{"query":"mutation ($ownI: SignInInput!) { signIn(input: $ownI) { account { id } } }","variables":{"ownI":{"eMail":"hunter2","email":"hunter2","password":"hunter2"}}}`,
		`eMail is not a field of \"SignInInput\", in the variable \"$ownI\"; did you mean \"email\"?`},
	{"a missing variable",
		`{"query":"mutation ($ownI: SignInInput!) { signIn(input: $ownI) { account { id } } }","variables":{"OwnI":{"email":"hunter2"}}}`,
		`The variable \"$ownI\" is required; sent, and not declared: \"OwnI\"`},
	{"variables by another name",
		`{"query":"mutation ($ownI: SignInInput!) { signIn(input: $ownI) { account { id } } }","Variables":{"ownI":{"email":"hunter2"}}}`,
		`The variable \"$ownI\" is required; keys of the body that mean nothing: \"Variables\"`},
	{"a missing key of a variable",
		`{"query":"mutation ($ownI: SignInInput!) { signIn(input: $ownI) { account { id } } }","variables":{"ownI":{"email":"hunter2"}}}`,
		`password is required, in the variable \"$ownI\"`},
	{"null in a variable",
		`{"query":"mutation ($ownI: SignInInput!) { signIn(input: $ownI) { account { id } } }","variables":{"ownI":{"email":"hunter2","password":null}}}`,
		`password must not be null, in the variable \"$ownI\"`},
	{"a variable that is null",
		`{"query":"mutation ($ownI: SignInInput!) { signIn(input: $ownI) { account { id } } }","variables":{"ownI":null}}`,
		`The variable \"$ownI\" must not be null`},
	{"another type in a variable",
		`{"query":"mutation ($ownI: UpdateAccountInput!) { updateAccount(input: $ownI) { account { id } } }","variables":{"ownI":{"firstName":7222227}}}`,
		`firstName is not of the type \"String\", in the variable \"$ownI\"`},
	{"another type of a variable",
		`{"query":"query ($ownN: Int!) { account { activity(first: $ownN) { edges { cursor } } } }","variables":{"ownN":"hunter2"}}`,
		`The variable \"$ownN\" is not of the type \"Int!\"`},
	{"an unknown enum in a variable",
		`{"query":"mutation ($ownI: SignOutInput!) { signOut(input: $ownI) { revokedSessions } }","variables":{"ownI":{"scope":"hunter2"}}}`,
		`scope is not of the type \"SignOutScope!\", in the variable \"$ownI\"`},
	{"a variable with a default that is null",
		`{"query":"query ($ownB: Boolean = true) { account @include(if: $ownB) { id } }","variables":{"ownB":null}}`,
		`if must not be null, as the variable \"$ownB\" is`},

	{"a key of the body", `{"Query":"{ hunter2 }"}`, `keys of the body that mean nothing: \"Query\"`},
	{"a key twice", `{"query":"{ account { id } }","variables":{"ownI":{"password":"hunter2","password":"hunter2"}}}`,
		`the key \"password\" stands there twice`},
	{"no object", `"hunter2"`, `it is JSON, and no object`},
	{"two objects", `{"query":"{ hunter2 }"} {}`, `something stands behind the object`},
	{"half an object", `{"query":"{ hunter2 }"`, `it stops being so at byte 22`},
	{"no JSON", `{"query":"{ account { id } }", hunter2}`, `at byte 31`},

	{"a word at the top", `{"query":"ownQuery { account { id } }"}`, `unexpected the name \"ownQuery\"`},
	{"a missing brace", `{"query":"{ account { id }"}`, `expected Name, found \u003cEOF\u003e`},
	{"a word of the schema",
		`{"query":"query ($a String) { account { id } }"}`, `expected :, found the name \"String\"`},
	{"a value of two words",
		`{"query":"mutation { signIn(input: {email: \"a@b.example\", password: horse hunter2 }) { account { id } } }"}`,
		`expected :, found }`},
	{"a text that ended too early",
		`{"query":"mutation { signIn(input: {email: \"a@b.example\", password: \"horse\" \"hunter2\" }) { account { id } } }"}`,
		`expected Name, found a text`},
	{"a text without an end", `{"query":"mutation { signIn(input: {password: \"hunter2"}`, `unterminated string`},
	{"a text in other quotes",
		`{"query":"mutation { signIn(input: {password: 'hunter2'"}`, `unexpected single quote character`},
	{"a wrong escape", `{"query":"mutation { signIn(input: {password: \"hunter2\\q hunter2\"}) { account { id } } }"}`,
		`invalid character escape sequence`},
	{"a character that GraphQL lacks",
		`{"query":"mutation { signIn(input: {password: ;hunter2 }"}`, `cannot parse the unexpected character`},
	{"a number with letters", `{"query":"{ account { activity(first: 1.hunter2) { id } } }"}`, `invalid number`},
	{"a text after the end", `{"query":"mutation { signIn(input: {password: \"horse\"}) { account { id } } } hunter2"}`,
		`unexpected a name`},
}

// TestNamesInDevelopment checks that each mistake is named as it was written, and no value is repeated.
func TestNamesInDevelopment(t *testing.T) {
	w := newHostileWorld(t, true)
	develop(t, w, nil)

	for _, test := range named {
		a := strike(t, w, test.body)
		if a.Status != http.StatusBadRequest || !strings.Contains(a.Body, test.says) {
			t.Errorf("%s: %d %s\nwant %s", test.name, a.Status, a.Body, test.says)
		}
		if strings.Contains(a.Body, "hunter2") || strings.Contains(a.Body, "72222") ||
			strings.Contains(a.Body, "horse") {
			t.Errorf("%s: a value is repeated: %s", test.name, a.Body)
		}
	}
}

// TestNoNamesInProduction checks that production refuses the same requests and repeats nothing of them.
func TestNoNamesInProduction(t *testing.T) {
	for variant, introspection := range variants {
		w := newHostileWorld(t, introspection)
		for _, test := range named {
			a := strike(t, w, test.body)
			lower := strings.ToLower(strings.ReplaceAll(a.Body, a.Errors[0].Extensions.RequestID, "")) // which is random
			if a.Status != http.StatusBadRequest || strings.Contains(lower, `"own`) ||
				strings.Contains(lower, `$own`) ||
				strings.Contains(a.Body, "hunter2") || strings.Contains(a.Body, "emial") ||
				strings.Contains(a.Body, "eMail") {
				t.Errorf("%s, %s: %d %s", variant, test.name, a.Status, a.Body)
			}
		}
	}
}

// TestHostileInDevelopment checks that names make no response long, and change no other part of a refusal.
func TestHostileInDevelopment(t *testing.T) {
	w := newHostileWorld(t, true)
	develop(t, w, nil)

	for _, a := range attacks() {
		got := strike(t, w, a.request(a.size))
		if got.Status != a.status() || got.Code() != a.code || len(got.Body) > maxAnswer ||
			len(got.Errors) > maxAnswerErrors {
			t.Errorf("%s: answered %d %s with %d bytes", a.name, got.Status, got.Code(), len(got.Body))
		}
	}

	checkSecondClient(t, w)
}

// TestValuesOfTheCorpora checks that development repeats no string and no number of all documents of the tests.
func TestValuesOfTheCorpora(t *testing.T) {
	w := newHostileWorld(t, true)
	develop(t, w, nil)
	var documents []string
	for _, pattern := range []string{
		"testdata/hostile/*/*", "testdata/introspection/*", "testdata/fuzz/FuzzDocument/*",
	} {
		files, err := filepath.Glob(pattern)
		world.Check(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			world.Check(t, err)
			documents = append(documents, string(text))
		}
	}

	var corpus struct{ Documents []struct{ Document string } }
	world.Check(t, json.Unmarshal([]byte(world.ReadFile(t, "testdata/graphql-js/corpus.json")), &corpus))
	for _, one := range corpus.Documents {
		documents = append(documents, one.Document)
	}

	for _, a := range attacks() {
		if a.document != nil {
			documents = append(documents, a.document(min(a.size, 100)))
		}
	}

	values, schema := 0, world.ReadFile(t, "../schema.graphqls")
	for _, document := range documents {
		body := strike(t, w, `{"query":`+inQuotes(t, document)+`}`).Body
		for _, value := range valuesOf(document) {
			values++
			// The schema's own names may be suggested.
			if !strings.Contains(schema, value) && strings.Contains(body, value) {
				t.Errorf("%.200s\nis answered with the value %.50q: %.500s", document, value, body)
			}
		}
	}

	if values < 60 {
		t.Errorf("only %d values were looked for", values)
	}
}

// valuesOf returns the strings and numbers of a document that are unlikely to occur elsewhere by chance.
func valuesOf(document string) []string {
	const unmistakable = 5
	var values []string
	tokens := lexer.New(&ast.Source{Input: document})
	for {
		token, err := tokens.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return values
		}

		isValue := token.Kind == lexer.String || token.Kind == lexer.BlockString || token.Kind == lexer.Int ||
			token.Kind == lexer.Float
		if isValue && len(token.Value) >= unmistakable {
			quoted, _ := json.Marshal(token.Value)
			values = append(values, strings.Trim(string(quoted), `"`))
		}
	}
}

// TestRefusalsAreLogged checks that every kind of refusal before the operation is one line at debug level, with the
// code and the request id of its response, and with nothing of the request.
func TestRefusalsAreLogged(t *testing.T) {
	w := newHostileWorld(t, true)
	good := `{"query":"{__typename}"}`
	for name, test := range map[string]struct {
		code   string
		status int
		body   string
		change func(r *http.Request)
	}{
		"method":         {badRequest, 405, good, func(r *http.Request) { r.Method = http.MethodGet }},
		"method OPTIONS": {badRequest, 405, good, func(r *http.Request) { r.Method = http.MethodOptions }},
		"origin": {
			badRequest, 403, good, func(r *http.Request) { r.Header.Set("Origin", "https://"+marker+".example") },
		},
		"site": {
			badRequest, 403, good, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		},
		"no key": {"API_KEY_INVALID", 401, good, func(r *http.Request) { r.Header.Del("X-Api-Key") }},
		"wrong key": {
			"API_KEY_INVALID", 401, good, func(r *http.Request) { r.Header.Set("X-Api-Key", "ak_"+marker) },
		},
		"two keys":     {badRequest, 400, good, func(r *http.Request) { r.Header.Add("X-Api-Key", marker) }},
		"wrong accept": {badRequest, 406, good, func(r *http.Request) { r.Header.Set("Accept", "text/html") }},
		"wrong type": {
			badRequest, 415, good, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") },
		},
		"encoding":         {badRequest, 415, good, func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }},
		"size":             {tooLarge, 413, good + strings.Repeat(" ", 64<<10), nil},
		"no JSON":          {badRequest, 400, marker, nil},
		"no query":         {badRequest, 400, `{"` + marker + `":1}`, nil},
		"unknown document": {badRequest, 400, `{"documentId":"` + marker + `"}`, nil},
		"persisted query": {
			badRequest, 400, `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + marker + `"}}}`, nil,
		},
		"no GraphQL": {unparsable, 400, `{"query":"{` + marker + ` "}`, nil},
		"surrogate":  {unparsable, 400, `{"query":"{a(b:\"` + marker + `\\ud800\")}"}`, nil},
		"tokens":     {tooComplex, 400, `{"query":"{` + strings.Repeat(marker+" ", 1001) + `}"}`, nil},
		"limits": {
			tooComplex, 400, `{"query":"mutation{a:signOut{revokedSessions} b:signOut{revokedSessions}}"}`, nil,
		},
		"validation":     {invalid, 400, `{"query":"{` + marker + `}"}`, nil},
		"operation name": {invalid, 400, `{"query":"{__typename}","operationName":"` + marker + `"}`, nil},
		"variables": {
			invalid, 400, `{"query":"query($a:Int!){node(id:$a){id}}","variables":{"` + marker + `":1}}`, nil,
		},
		"arguments": {invalidInput, 400, `{"query":"{account{activity(first:0){edges{cursor}}}}"}`, nil},
	} {
		r := httptest.NewRequest(http.MethodPost, "/graphql?"+marker, strings.NewReader(test.body))
		r.Header = hostileHeader(w)
		if test.change != nil {
			test.change(r)
		}

		before := len(w.Log.String())
		a := w.Send(t, r)
		lines := strings.Split(strings.TrimSpace(w.Log.String()[before:]), "\n")
		id := a.Header.Get("X-Request-Id")
		if a.Status != test.status || a.Code() != test.code {
			t.Errorf("%s: answered %d %s", name, a.Status, a.Body)
		}
		if len(lines) != 1 || !strings.Contains(lines[0], "level=DEBUG") || id == "" ||
			!strings.Contains(lines[0], "requestId="+id) || !strings.Contains(lines[0], "code="+test.code) {
			t.Errorf("%s: logged %q of %s", name, lines, id)
		}

		checkSilence(t, w, a)
	}
}
