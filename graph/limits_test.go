package graph_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestLimitsAreExact: what is just allowed passes, and one more is refused (docs/contract.md, "Limits").
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
		// A body of n bytes, filled up with white space.
		{"bytes", `has 65537 bytes where 65536 `, 64 << 10, func(n int) string {
			body := `{"query":"{__typename}"}`
			return body + strings.Repeat(" ", n-len(body))
		}, tooLarge, 413},
		{"depth of the JSON", `more than 16 levels`, 16, func(n int) string {
			return `{"query":"{__typename}","a":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}`
		}, badRequest, 400},
		{"fields", `has 251 fields where 250 are`, 250, document(func(n int) string { return "{account{" + strings.Repeat("id ", n-1) + "}}" }), tooComplex, 400},
		{"fields by fragments", `has 251 fields where 250 are`, 250, document(func(n int) string {
			return "{account{" + strings.Repeat("id ", n-1-6*41) + "}" + numbered("", "a%d:account{...F}", "")(6) + "} fragment F on Account{" + strings.Repeat("id ", 40) + "}"
		}), tooComplex, 400},
		{"fields of introspection", `introspection has 301 fields where 300 are`, 300, document(func(n int) string { return "{__schema{types{" + strings.Repeat("name ", n-2) + "}}}" }), tooComplex, 400},
		{"depth of introspection", `introspection has 21 levels where 20 are`, 20, document(func(n int) string {
			return "{__schema{types{" + strings.Repeat("ofType{", n-3) + "name" + strings.Repeat("}", n-3) + "}}}"
		}), tooComplex, 400},
		{"aliases", `has 16 aliases where 15 are`, 15, document(func(n int) string { return numbered("{account{", "a%d:id ", "}}")(n) }), tooComplex, 400},
		{"fragments", `has 21 fragments where 20 are`, 20, document(func(n int) string {
			return numbered("{account{", "...F%d ", "}}")(n) + numbered("", "fragment F%d on Account{id}", "")(n)
		}), tooComplex, 400},
		{"inline fragments", `has 21 fragments where 20 are`, 20, document(repeated("{account{", "...{id}", "}}")), tooComplex, 400},
		{"directives", `has 11 directives where 10 are`, 10, document(repeated("{account{", "id@skip(if:false)", "}}")), tooComplex, 400},
		{"root fields", `has 11 fields at its root where 10 are`, 10, document(repeated("{", "account{id}", "}")), tooComplex, 400},
		{"root fields by a fragment", `has 11 fields at its root where 10 are`, 10, document(func(n int) string {
			return repeated("{...F ", "account{id}", "}fragment F on Query{a:account{id}__typename}")(n - 1)
		}), tooComplex, 400},
		{"mutations", `mutation has 2 fields at its root where exactly 1 is`, 1, document(repeated("mutation{__typename ", "cancelEmailChange{account{id}}", "}")), tooComplex, 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			if a := w.strike(t, test.body(test.allowed)); a.status != http.StatusOK || a.code() != "" {
				t.Errorf("%d is answered %d %.300s", test.allowed, a.status, a.body)
			}
			beyond := w.strike(t, test.body(test.allowed+1))
			w.checkRefusal(t, beyond, test.refused, test.code)
			if !strings.Contains(beyond.body, test.says) {
				t.Errorf("the refusal does not say %q: %s", test.says, beyond.body)
			}
		})
	}
	t.Run("depth", func(t *testing.T) {
		// The schema is not ten deep, so the allowed depth fails for its fields only.
		deep := document(nested("{", "account{", "id", "}", "}"))
		w.checkRefusal(t, w.strike(t, deep(9)), http.StatusBadRequest, invalid)
		w.checkRefusalSays(t, w.strike(t, deep(10)), tooComplex, "has 11 levels where 10 are allowed")
	})
	t.Run("values", func(t *testing.T) {
		deep := document(nested("{account(a:", "[", "1", "]", "){id}}"))
		w.checkRefusal(t, w.strike(t, deep(16)), http.StatusBadRequest, invalid)
		w.checkRefusalSays(t, w.strike(t, deep(17)), tooComplex, "has 17 levels where 16 are allowed")
	})
	t.Run("tokens", func(t *testing.T) {
		// "{", "account", "{", …, "}", "}" and the fields: too many of those, so the token cap shows in its message.
		const brackets = 5
		fields := document(repeated("{account{", "id ", "}}"))
		below, above := w.strike(t, fields(1000-brackets)), w.strike(t, fields(1001-brackets))
		w.checkRefusal(t, below, http.StatusBadRequest, tooComplex)
		w.checkRefusal(t, above, http.StatusBadRequest, tooComplex)
		const says = "has 1001 tokens where 1000 are allowed"
		if strings.Contains(below.body, "tokens") || !strings.Contains(above.body, says) {
			t.Errorf("1,000 tokens: %s\n1,001 tokens: %s", below.body, above.body)
		}
		w.checkRefusalSays(t, w.strike(t, fields(1234-brackets)), tooComplex, "has 1234 tokens where 1000 are allowed")
		w.checkRefusalSays(t, w.strike(t, fields(11_000)), tooComplex, "has far more than 1000 tokens")
		// Nor does the parser's own count come first.
		values := document(repeated("query($a:JSONObject={a:[", "1 ", "]}){apiKey{name}}"))
		const rest = 20
		if a := w.strike(t, values(1000-rest)); a.code() == unparsable || a.code() == tooComplex {
			t.Errorf("1,000 tokens of values are answered %.300s", a.body)
		}
	})
}

// checkRefusalSays is checkRefusal of a document, and looks for words of its message.
func (w *world) checkRefusalSays(t *testing.T, a *answer, code, words string) {
	t.Helper()
	w.checkRefusal(t, a, http.StatusBadRequest, code)
	if !strings.Contains(a.body, words) {
		t.Errorf("the refusal does not say %q: %s", words, a.body)
	}
}

// TestLimitOfChunks: a body whose length is not announced is told the limit, too.
func TestLimitOfChunks(t *testing.T) {
	w := newHostileWorld(t, true)
	body := `{"query":"{__typename}"}` + strings.Repeat(" ", 64<<10)
	r := httptest.NewRequest(http.MethodPost, "/graphql", io.NopCloser(strings.NewReader(body)))
	r.Header, r.ContentLength = w.hostileHeader(), -1
	a := w.send(t, r)
	w.checkRefusal(t, a, http.StatusRequestEntityTooLarge, tooLarge)
	if !strings.Contains(a.body, "more than 65536 bytes") {
		t.Errorf("the refusal does not say what was counted: %s", a.body)
	}
}

// TestColocatedFragments: what many fragments of a page select in the same way counts once, as it is answered once.
func TestColocatedFragments(t *testing.T) {
	w := newHostileWorld(t, false)
	const fields = "id email firstName lastName city zipCode countryCode version can{signOut{allowed reason}updateAccount{allowed}}"
	for name, document := range map[string]string{
		"on the account": numbered("{account{", "...F%d ", "}}")(20) + numbered("", "fragment F%d on Account{"+fields+"}", "")(20),
		"on the query":   numbered("{", "...F%d ", "}")(20) + numbered("", "fragment F%d on Query{account{"+fields+"}}", "")(20),
		"one, often":     "{account{" + strings.Repeat("...F ", 40) + "}}fragment F on Account{" + fields + "}",
	} {
		a := w.strike(t, `{"query":`+inQuotes(t, document)+`}`)
		if a.code() != "" || a.at("account.email") != "demo@example.com" || a.at("account.can.signOut.allowed") != true {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	const allOfAbility = "{allowed reason retryAfter stepUpNeeded}"
	var abilities []string
	for _, field := range w.schema.Types["Abilities"].Fields {
		abilities = append(abilities, field.Name)
	}
	for _, document := range map[string]string{
		"each with an object of its own": numbered("{account{", "...F%d ", "}}")(20) + numbered("", "fragment F%d on Account{a%d:can{a:signOut{allowed reason stepUpNeeded}b:signOut{allowed reason stepUpNeeded}c:signOut{allowed}}}", "")(20),
		"in many objects":                numbered("{", "a%d:account{...F} ", "}")(10) + "fragment F on Account{can{" + strings.Join(abilities, allOfAbility) + allOfAbility + "}}",
		"that repeat themselves":         numbered("{account{", "...F%d ", "}}")(10) + numbered("", "fragment F%d on Account{"+strings.Repeat("id ", 40)+"}", "")(10),
	} {
		w.checkRefusal(t, w.strike(t, `{"query":`+inQuotes(t, document)+`}`), http.StatusBadRequest, tooComplex)
	}
}
