package graph

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/models"
)

// corpus holds the verdicts of graphql-js on documents and requests; test/schema/corpus.mjs writes it.
type corpus struct {
	Documents []struct {
		Document string
		// Refused is "parse", "validate", or empty if graphql-js accepts the document.
		Refused string
		// Texts are the decoded strings of the document, in their order.
		Texts []string
	}
	Requests []struct {
		Document  string
		Variables string
		Refused   string
	}
}

func readCorpus(t *testing.T) corpus {
	t.Helper()
	text, err := os.ReadFile("testdata/graphql-js/corpus.json")
	if err != nil {
		t.Fatal(err)
	}

	var read corpus
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}

	return read
}

// differences are the documents on which AccountQL differs on purpose, with the step that refuses them.
var differences = map[string]string{
	// No field accepts control characters, and the lexer already refuses them.
	"{account{activity(after:\"bell\a\"){edges{cursor}}}}":          "parse",
	"{account{activity(after:\"nul\x00\"){edges{cursor}}}}":         "parse",
	"{account{activity(after:\"\"\"bell\a\"\"\"){edges{cursor}}}}":  "parse",
	"{account{activity(after:\"\"\"nul\x00\"\"\"){edges{cursor}}}}": "parse",
	// There are no subscriptions; graphql-js accepts them for a schema without any.
	`subscription{a}`: "validate", `"d"subscription A{a}`: "validate",
	// Type definitions are not executable, and neither is a document without an operation.
	`"d"type A{a:Int}`: "parse", `type A{a:Int}`: "parse", `extend type Account{a:Int}`: "parse",
	`schema{query:Query}`: "parse",
	`scalar A`:            "parse", `{account{id}}type A{a:Int}`: "parse", `fragment F on Account{id}`: "parse",
	// Numbers that no finite double represents, or of more than 64 bits.
	`mutation{updateAccount(input:{attributes:{a:1e999}}){account{id}}}`:                     "validate",
	`mutation{updateAccount(input:{attributes:{a:-1e999}}){account{id}}}`:                    "validate",
	`mutation{updateAccount(input:{attributes:{a:9999999999999999999999999}}){account{id}}}`: "validate",
	`mutation{revokeSession(input:{id:99999999999999999999}){revokedSessions}}`:              "validate",
}

// TestCorpusDocuments compares with graphql-js which documents are refused, at which step, and how strings are
// decoded (R-ANS3).
func TestCorpusDocuments(t *testing.T) {
	documents := newDocuments(gen.NewExecutableSchema(gen.Config{}).Schema(), true)
	steps := map[models.Code]string{
		"": "", models.CodeGraphQLParseFailed: "parse", models.CodeGraphQLValidationFailed: "validate",
		models.CodeQueryTooComplex: "limits",
	}
	for _, c := range readCorpus(t).Documents {
		passed, list := documents.document(c.Document)
		code := models.Code("")
		if len(list) > 0 {
			code = list[0].err.Code
		}

		want, differs := differences[c.Document]
		if !differs {
			want = c.Refused
		} else if want == c.Refused {
			t.Errorf("%q: graphql-js says the same, which is no difference", c.Document)
		}

		if step := steps[code]; step != want && step != "limits" {
			t.Errorf("%q: refused by %q, graphql-js: %q", c.Document, step, c.Refused)
			continue
		}
		if passed == nil {
			continue
		}
		if texts := textsOf(t, c.Document); !slices.Equal(texts, c.Texts) {
			t.Errorf("%q: reads %q, graphql-js: %q", c.Document, texts, c.Texts)
		}
	}
}

// textsOf returns the strings of a document as the lexer decodes them, which the parser keeps.
func textsOf(t *testing.T, document string) []string {
	t.Helper()
	var texts []string
	for tokens := lexer.New(&ast.Source{Input: document}); ; {
		token, err := tokens.ReadToken()
		switch {
		case err != nil:
			t.Fatal(err)
		case token.Kind == lexer.EOF:
			return texts
		case token.Kind == lexer.String || token.Kind == lexer.BlockString:
			texts = append(texts, token.Value)
		}
	}
}

// TestCorpusRequests compares which variables, and which arguments made of them, are refused (R-ANS2, R-GQL11).
func TestCorpusRequests(t *testing.T) {
	documents := newDocuments(gen.NewExecutableSchema(gen.Config{}).Schema(), true)
	for _, c := range readCorpus(t).Requests {
		body, err := json.Marshal(map[string]any{"query": c.Document, "variables": json.RawMessage(c.Variables)})
		if err != nil {
			t.Fatal(err)
		}

		request, err := parseRequest(body, false)
		if err != nil {
			t.Errorf("%s %s: %v", c.Document, c.Variables, err)
			continue
		}

		_, _, list := documents.prepare(request, false)
		if refused := len(list) > 0; refused != (c.Refused != "") {
			t.Errorf("%s %s: refused: %v, graphql-js refuses: %q", c.Document, c.Variables, refused, c.Refused)
		}
	}
}
