package graph_test

import (
	"net/http"
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
		allowed int
		body    func(n int) string
		code    string
		refused int
	}{
		// A body of n bytes, filled up with white space.
		{"bytes", 64 << 10, func(n int) string {
			body := `{"query":"{__typename}"}`
			return body + strings.Repeat(" ", n-len(body))
		}, tooLarge, 413},
		{"depth of the JSON", 16, func(n int) string {
			return `{"query":"{__typename}","a":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}`
		}, badRequest, 400},
		{"fields", 250, document(func(n int) string { return "{account{" + strings.Repeat("id ", n-1) + "}}" }), tooComplex, 400},
		{"fields by fragments", 250, document(func(n int) string {
			return "{account{" + strings.Repeat("id ", n-1-6*41) + "}" + numbered("", "a%d:account{...F}", "")(6) + "} fragment F on Account{" + strings.Repeat("id ", 40) + "}"
		}), tooComplex, 400},
		{"fields of introspection", 300, document(func(n int) string { return "{__schema{types{" + strings.Repeat("name ", n-2) + "}}}" }), tooComplex, 400},
		{"depth of introspection", 20, document(func(n int) string {
			return "{__schema{types{" + strings.Repeat("ofType{", n-3) + "name" + strings.Repeat("}", n-3) + "}}}"
		}), tooComplex, 400},
		{"aliases", 15, document(func(n int) string { return numbered("{account{", "a%d:id ", "}}")(n) }), tooComplex, 400},
		{"fragments", 20, document(func(n int) string {
			return numbered("{account{", "...F%d ", "}}")(n) + numbered("", "fragment F%d on Account{id}", "")(n)
		}), tooComplex, 400},
		{"inline fragments", 20, document(repeated("{account{", "...{id}", "}}")), tooComplex, 400},
		{"directives", 10, document(repeated("{account{", "id@skip(if:false)", "}}")), tooComplex, 400},
		{"root fields", 10, document(repeated("{", "account{id}", "}")), tooComplex, 400},
		{"root fields by a fragment", 10, document(func(n int) string {
			return repeated("{...F ", "account{id}", "}fragment F on Query{a:account{id}__typename}")(n - 1)
		}), tooComplex, 400},
		{"mutations", 1, document(repeated("mutation{__typename ", "cancelEmailChange{account{id}}", "}")), tooComplex, 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			if a := w.strike(t, test.body(test.allowed)); a.status != http.StatusOK || a.code() != "" {
				t.Errorf("%d is answered %d %.300s", test.allowed, a.status, a.body)
			}
			w.checkRefusal(t, w.strike(t, test.body(test.allowed+1)), test.refused, test.code)
		})
	}
	t.Run("depth", func(t *testing.T) {
		// The schema is not ten deep, so the allowed depth fails for its fields only.
		deep := document(nested("{", "account{", "id", "}", "}"))
		w.checkRefusal(t, w.strike(t, deep(9)), http.StatusBadRequest, invalid)
		w.checkRefusal(t, w.strike(t, deep(10)), http.StatusBadRequest, tooComplex)
	})
	t.Run("values", func(t *testing.T) {
		deep := document(nested("{account(a:", "[", "1", "]", "){id}}"))
		w.checkRefusal(t, w.strike(t, deep(16)), http.StatusBadRequest, invalid)
		w.checkRefusal(t, w.strike(t, deep(17)), http.StatusBadRequest, tooComplex)
	})
	t.Run("tokens", func(t *testing.T) {
		// "{", "account", "{", …, "}", "}" and the fields: too many of those, so the token cap shows in its message.
		const brackets = 5
		fields := document(repeated("{account{", "id ", "}}"))
		below, above := w.strike(t, fields(1000-brackets)), w.strike(t, fields(1001-brackets))
		w.checkRefusal(t, below, http.StatusBadRequest, tooComplex)
		w.checkRefusal(t, above, http.StatusBadRequest, tooComplex)
		if strings.Contains(below.body, "1000 tokens") || !strings.Contains(above.body, "1000 tokens") {
			t.Errorf("1,000 tokens: %s\n1,001 tokens: %s", below.body, above.body)
		}
		// Nor does the parser's own count come first.
		values := document(repeated("query($a:JSONObject={a:[", "1 ", "]}){apiKey{name}}"))
		const rest = 20
		if a := w.strike(t, values(1000-rest)); a.code() == unparsable || a.code() == tooComplex {
			t.Errorf("1,000 tokens of values are answered %.300s", a.body)
		}
	})
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
