package graph

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/models"
)

// TestHalfSurrogatePairs checks that half a surrogate pair is refused in every string, with its location, and that
// a whole pair is one character.
func TestHalfSurrogatePairs(t *testing.T) {
	documents := newDocuments(gen.NewExecutableSchema(gen.Config{}).Schema(), true)
	for query, refused := range map[string]bool{
		`mutation{signIn(input:{email:"a@example.com",password:"\uD83D\uDE00\uD83D\uDE01"}){session{id}}}`: false,
		`mutation{signIn(input:{email:"a@example.com",password:"\uD83D\uDE00\uD83D"}){session{id}}}`:       true,
		`mutation{signIn(input:{email:"a@example.com",password:"\uDE00\uD83D"}){session{id}}}`:             true,
		`mutation{signIn(input:{email:"a@example.com",password:"\\uD83D"}){session{id}}}`:                  false,
		`mutation{signIn(input:{email:"a@example.com",password:"\\\uD83D"}){session{id}}}`:                 true,
		`mutation{signIn(input:{email:"a@example.com",password:"""\uD83D"""}){session{id}}}`:               false,
		`mutation{updateAccount(input:{attributes:{a:["\uD83D"]}}){account{id}}}`:                          true,
		`query A($a:String="\uD83D"){account{activity(after:$a){edges{cursor}}}}`:                          true,
		`"\uD83D" query A{account{id}}`:              true,
		"# \\uD83D\n{account{id}}":                   false,
		"{account{id}} # \"\\uD83D":                  false,
		"# it's \"\n\"\\uD83D\"query A{account{id}}": true,
	} {
		_, list := documents.document(query)
		if (len(list) > 0) != refused {
			t.Errorf("%s: refused: %v", query, len(list) > 0)
		}
		if refused &&
			(len(list) != 1 || list[0].err.Code != models.CodeGraphQLParseFailed || len(list[0].locations) != 1) {
			t.Errorf("%s: refused with %+v", query, list)
		}
	}

	_, list := documents.document(
		"#ż\n{ account { activity(after: \"\"\"ż\"\"\", after: \"\\uD83D\") { edges { cursor } } } }",
	)
	if len(list) != 1 || !reflect.DeepEqual(list[0].locations, []gqlerror.Location{{Line: 2, Column: 45}}) {
		t.Errorf("%+v", list[0])
	}
}

// TestDescriptionsCount checks that descriptions of operations, fragments and variables, which the specification of
// September 2025 allows, count as tokens, and that the limits refuse a document full of them (R-GQL5).
func TestDescriptionsCount(t *testing.T) {
	documents := newDocuments(gen.NewExecutableSchema(gen.Config{}).Schema(), true)
	variables := strings.Repeat(`"d" $a: Int `, sentLimits.tokens/5)
	for name, query := range map[string]string{
		"descriptions of variables":  `query A(` + variables + `) { account { id } }`,
		"descriptions of operations": strings.Repeat(`"d" query A { a } `, sentLimits.tokens/6+1),
		"descriptions of fragments":  `{ a }` + strings.Repeat(` """d""" fragment F on A { a }`, sentLimits.tokens/8+1),
	} {
		if _, list := documents.document(query); len(list) != 1 || list[0].err.Code != models.CodeQueryTooComplex {
			t.Errorf("%s: %+v", name, list)
		}
	}

	if _, list := documents.document(
		`"What it does." query A("How many." $n: Int! = 20) { account { activity(first: $n) { edges { cursor } } } }`,
	); len(list) > 0 {
		t.Errorf("a described operation is refused: %s", list[0].err.Message)
	}
}

// FuzzTexts checks that a string means the same in a document and in JSON variables, if both can express it
// (R-ANS3). A document may contain what JSON refuses only if GraphQL allows more: \u{…}, and a literal tab.
func FuzzTexts(f *testing.F) {
	for _, seed := range []string{
		``, `a`, `\uD83D\uDE00`, `\uD83D`, `\uDE00`, `\\uD83D`, `\\\uD83D`, `\u{1F600}`, `\"`, `\/`, `\b\f\n\r\t`, "\t",
		`\u0000`, `\uFFFD`, "\ufffd", `\uD83D\u{DE00}`,
		`\uD83D\uD83D\uDE00`, `#`, `"""`, `😀`, "\xff", `\u12`, `\uD8000uDC00`, `\uD800aaDC00\uDC00`,
		`horse battery \uD83D\uDE00\uD83D\uDE01`,
	} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) ||
			strings.Contains(strings.ReplaceAll(strings.ReplaceAll(text, `\\`, ``), `\"`, ``), `"`) {
			return // not JSON, or the string would end in the middle
		}

		request, err := parseRequest(fmt.Appendf(nil, `{"query":"","variables":{"a":"%s"}}`, text), false)
		document := `{a(a:"` + text + `")}`
		literal, accepted := literalOf(document)
		switch {
		case err == nil && (!accepted || literal != request.variables["a"]):
			t.Fatalf("JSON reads %q as %q, the document as %q, accepted: %v", text, request.variables["a"], literal,
				accepted)
		case err != nil && accepted && !strings.Contains(text, `\u{`) && !strings.ContainsAny(text, "\t\x7f"):
			t.Fatalf("JSON refuses %q, the document reads it as %q", text, literal)
		}
	})
}

// literalOf returns the string in the only argument of a document.
func literalOf(document string) (text string, accepted bool) {
	if (&documents{messages: &messages{}}).checkTokens(document, sentLimits.tokens) != nil ||
		checkTexts(document) != nil {
		return "", false
	}

	parsed, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		return "", false
	}

	return parsed.Operations[0].SelectionSet[0].(*ast.Field).Arguments[0].Value.Raw, true
}
