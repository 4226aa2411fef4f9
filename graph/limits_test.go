package graph_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/accountql/accountql/test/world"
)

// TestLimitsAreExact checks that a document at a limit passes, and one above it is refused (docs/contract.md,
// "Limits").
func TestLimitsAreExact(t *testing.T) {
	document := func(build func(int) string) func(int) string {
		return func(n int) string { return `{"query":` + inQuotes(t, build(n)) + `}` }
	}

	w := newHostileWorld(t, true)
	for _, test := range []struct {
		name    string
		says    string
		allowed int
		body    func(n int) string
		code    string
		refused int
	}{
		// A body of n bytes, padded with white space.
		{"bytes", `has 65537 bytes where 65536 `, 64 << 10, func(n int) string {
			body := `{"query":"{__typename}"}`
			return body + strings.Repeat(" ", n-len(body))
		}, tooLarge, 413},
		{"depth of the JSON", `more than 16 levels`, 16, func(n int) string {
			return `{"query":"{__typename}","a":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}`
		}, badRequest, 400},
		{"fields", `has 251 fields where 250 are`, 250,
			document(func(n int) string { return "{account{" + strings.Repeat("id ", n-1) + "}}" }), tooComplex, 400},
		{"fields by fragments", `has 251 fields where 250 are`, 250, document(func(n int) string {
			return "{account{" + strings.Repeat("id ", n-1-6*41) + "}" + numbered("", "a%d:account{...F}", "")(6) +
				"} fragment F on Account{" + strings.Repeat("id ", 40) + "}"
		}), tooComplex, 400},
		{"fields of introspection", `introspection has 301 fields where 300 are`, 300, document(func(n int) string {
			return "{__schema{types{" + strings.Repeat("name ", n-2) + "}}}"
		}), tooComplex, 400},
		{"depth of introspection", `introspection has 21 levels where 20 are`, 20, document(func(n int) string {
			return "{__schema{types{" + strings.Repeat("ofType{", n-3) + "name" + strings.Repeat("}", n-3) + "}}}"
		}), tooComplex, 400},
		{"aliases", `has 16 aliases where 15 are`,
			15, document(func(n int) string { return numbered("{account{", "a%d:id ", "}}")(n) }), tooComplex, 400},
		{"fragments", `has 21 fragments where 20 are`, 20, document(func(n int) string {
			return numbered("{account{", "...F%d ", "}}")(n) + numbered("", "fragment F%d on Account{id}", "")(n)
		}), tooComplex, 400},
		{"inline fragments",
			`has 21 fragments where 20 are`, 20, document(repeated("{account{", "...{id}", "}}")), tooComplex, 400},
		{"directives", `has 11 directives where 10 are`,
			10, document(repeated("{account{", "id@skip(if:false)", "}}")), tooComplex, 400},
		{"root fields",
			`has 11 fields at its root where 10 are`, 10, document(repeated("{", "account{id}", "}")), tooComplex, 400},
		{"root fields by a fragment", `has 11 fields at its root where 10 are`, 10, document(func(n int) string {
			return repeated("{...F ", "account{id}", "}fragment F on Query{a:account{id}__typename}")(n - 1)
		}), tooComplex, 400},
		{"mutations", `mutation has 2 fields at its root where exactly 1 is`,
			1, document(repeated("mutation{__typename ", "cancelEmailChange{account{id}}", "}")), tooComplex, 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			if a := strike(t, w, test.body(test.allowed)); a.Status != http.StatusOK || a.Code() != "" {
				t.Errorf("%d is answered %d %.300s", test.allowed, a.Status, a.Body)
			}

			beyond := strike(t, w, test.body(test.allowed+1))
			checkRefusal(t, w, beyond, test.refused, test.code)
			if !strings.Contains(beyond.Body, test.says) {
				t.Errorf("the refusal does not say %q: %s", test.says, beyond.Body)
			}
		})
	}

	t.Run("depth", func(t *testing.T) {
		// The schema is not ten levels deep, so a document with the allowed depth is refused only for its fields.
		deep := document(nested("{", "account{", "id", "}", "}"))
		checkRefusal(t, w, strike(t, w, deep(9)), http.StatusBadRequest, invalid)
		checkRefusalSays(t, w, strike(t, w, deep(10)), tooComplex, "has 11 levels where 10 are allowed")
	})
	t.Run("values", func(t *testing.T) {
		deep := document(nested("{account(a:", "[", "1", "]", "){id}}"))
		checkRefusal(t, w, strike(t, w, deep(16)), http.StatusBadRequest, invalid)
		checkRefusalSays(t, w, strike(t, w, deep(17)), tooComplex, "has 17 levels where 16 are allowed")
	})
	t.Run("tokens", func(t *testing.T) {
		// "{", "account", "{", …, "}", "}" and the fields: these are too many tokens, so the message names their
		// limit.
		const brackets = 5
		fields := document(repeated("{account{", "id ", "}}"))
		below, above := strike(t, w, fields(1000-brackets)), strike(t, w, fields(1001-brackets))
		checkRefusal(t, w, below, http.StatusBadRequest, tooComplex)
		checkRefusal(t, w, above, http.StatusBadRequest, tooComplex)
		const says = "has 1001 tokens where 1000 are allowed"
		if strings.Contains(below.Body, "tokens") || !strings.Contains(above.Body, says) {
			t.Errorf("1,000 tokens: %s\n1,001 tokens: %s", below.Body, above.Body)
		}

		checkRefusalSays(t, w, strike(t, w, fields(1234-brackets)), tooComplex,
			"has 1234 tokens where 1000 are allowed")
		checkRefusalSays(t, w, strike(t, w, fields(11_000)), tooComplex, "has far more than 1000 tokens")
		// The parser's own limit does not apply first, either.
		values := document(repeated("query($a:JSONObject={a:[", "1 ", "]}){apiKey{name}}"))
		const rest = 20
		if a := strike(t, w, values(1000-rest)); a.Code() == unparsable || a.Code() == tooComplex {
			t.Errorf("1,000 tokens of values are answered %.300s", a.Body)
		}
	})
}

// checkRefusalSays calls checkRefusal for a document, and checks its message.
func checkRefusalSays(t *testing.T, w *world.World, a *world.Answer, code, words string) {
	t.Helper()
	checkRefusal(t, w, a, http.StatusBadRequest, code)
	if !strings.Contains(a.Body, words) {
		t.Errorf("the refusal does not say %q: %s", words, a.Body)
	}
}

// TestLimitOfChunks checks that the limit also holds for a body without a Content-Length.
func TestLimitOfChunks(t *testing.T) {
	w := newHostileWorld(t, true)
	body := `{"query":"{__typename}"}` + strings.Repeat(" ", 64<<10)
	r := httptest.NewRequest(http.MethodPost, "/graphql", io.NopCloser(strings.NewReader(body)))
	r.Header, r.ContentLength = hostileHeader(w), -1
	a := w.Send(t, r)
	checkRefusal(t, w, a, http.StatusRequestEntityTooLarge, tooLarge)
	if !strings.Contains(a.Body, "more than 65536 bytes") {
		t.Errorf("the refusal does not say what was counted: %s", a.Body)
	}
}

// TestColocatedFragments checks that a field that many fragments of a page select in the same way counts once,
// because the response has it once.
func TestColocatedFragments(t *testing.T) {
	w := newHostileWorld(t, false)
	const fields = "id email firstName lastName city zipCode countryCode version can{signOut{allowed reason}updateAccount{allowed}}"
	for name, document := range map[string]string{
		"on the account": numbered("{account{", "...F%d ", "}}")(20) +
			numbered("", "fragment F%d on Account{"+fields+"}", "")(20),
		"on the query": numbered("{", "...F%d ", "}")(20) +
			numbered("", "fragment F%d on Query{account{"+fields+"}}", "")(20),
		"one, often": "{account{" + strings.Repeat("...F ", 40) + "}}fragment F on Account{" + fields + "}",
	} {
		a := strike(t, w, `{"query":`+inQuotes(t, document)+`}`)
		if a.Code() != "" || a.At("account.email") != "demo@example.com" ||
			a.At("account.can.signOut.allowed") != true {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}

	const allOfAbility = "{allowed reason retryAfter stepUpNeeded factors}"
	var abilities []string
	for _, field := range w.Schema.Types["Abilities"].Fields {
		abilities = append(abilities, field.Name)
	}

	for _, document := range map[string]string{
		"each with an object of its own": numbered("{account{", "...F%d ", "}}")(20) + numbered(
			"", "fragment F%d on Account{a%d:can{a:signOut{allowed reason stepUpNeeded}b:signOut{allowed reason stepUpNeeded}c:signOut{allowed}}}", "",
		)(20),
		"in many objects": numbered("{", "a%d:account{...F} ", "}")(10) + "fragment F on Account{can{" +
			strings.Join(abilities, allOfAbility) + allOfAbility + "}}",
		"that repeat themselves": numbered("{account{", "...F%d ", "}}")(10) +
			numbered("", "fragment F%d on Account{"+strings.Repeat("id ", 40)+"}", "")(10),
	} {
		checkRefusal(t, w, strike(t, w, `{"query":`+inQuotes(t, document)+`}`), http.StatusBadRequest, tooComplex)
	}
}
