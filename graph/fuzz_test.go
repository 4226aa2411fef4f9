package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/models"
)

// FuzzRequest checks that encoding/json accepts what parseRequest accepts, with the same result; that no key is
// repeated; and that no refusal repeats any of the request.
func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		`{"query":"{a}"}`, `{"query":"{a}","query":"{b}"}`, `{"query":"{a}","variables":{"a":[1,{"b":null,"b":2}]}}`,
		`{"QuErY":"{a}"}`,
		`[{"query":"{a}"}]`, `{"query":"\ud800"}`, `{"query":"\ud83d\ude00","operationName":"A"}`,
		`{"documentId":"sha256:00"}`,
		`{"query":"{a}"}{}`, "\ufeff{}", `{"query":"{a}","a":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}`,
		`{"query":"{a}","a":1e999}`, `{"query":1}`,
	} {
		f.Add([]byte(seed))
	}

	f.Fuzz(func(t *testing.T, body []byte) {
		parsed, err := parseRequest(body, false)
		if err != nil {
			var refused *models.Error
			if parsed != nil || !errors.As(err, &refused) || refused.Code != models.CodeBadRequest ||
				len(err.Error()) > 100 {
				t.Fatalf("refused with %v and %v", parsed, err)
			}
			return
		}

		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		var value map[string]any
		if err := decoder.Decode(&value); err != nil || !json.Valid(body) || !utf8.Valid(body) {
			t.Fatalf("accepted, but encoding/json says %v", err)
		}
		if depth := depthOf(value); depth > maxJSONDepth {
			t.Fatalf("accepted at depth %d", depth)
		}

		// Encoded again, a request without repeated keys has as many keys as before.
		if got, want := keysIn(t, body), keysOf(value); got != want {
			t.Fatalf("accepted with %d keys, of which %d differ", got, want)
		}

		query, _ := value["query"].(string)
		id, _ := value["documentId"].(string)
		name, _ := value["operationName"].(string)
		variables, _ := value["variables"].(map[string]any)
		if parsed.query != query || parsed.operationName != name || !reflect.DeepEqual(parsed.variables, variables) ||
			parsed.documentID != id && parsed.query == "" {
			t.Fatalf("read as %+v", parsed)
		}
	})
}

func depthOf(value any) int {
	deepest := 0
	switch value := value.(type) {
	case map[string]any:
		for _, one := range value {
			deepest = max(deepest, depthOf(one))
		}
		return deepest + 1
	case []any:
		for _, one := range value {
			deepest = max(deepest, depthOf(one))
		}
		return deepest + 1
	}

	return 0
}

// keysOf counts the keys of all objects in a value.
func keysOf(value any) int {
	count := 0
	switch value := value.(type) {
	case map[string]any:
		for _, one := range value {
			count += 1 + keysOf(one)
		}
	case []any:
		for _, one := range value {
			count += keysOf(one)
		}
	}

	return count
}

// keysIn counts the keys of all objects in a text of JSON.
func keysIn(t *testing.T, body []byte) int {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	count, key := 0, false
	var open []json.Delim
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return count
		}
		if err != nil {
			t.Fatal(err)
		}

		delimiter, ok := token.(json.Delim)
		switch {
		case ok && (delimiter == '{' || delimiter == '['):
			open = append(open, delimiter)
		case ok:
			open = open[:len(open)-1]
		case key:
			count++
			key = false
			continue
		}

		key = len(open) > 0 && open[len(open)-1] == '{'
	}
}

// naive counts a document in the obvious way, and counts each spread again: it takes exponential time, and gives up
// after limit selections.
type naive struct {
	document *ast.QueryDocument
	left     int
}

// count returns the cost of a selection set, with introspection counted separately.
func (n *naive) count(set ast.SelectionSet, inIntrospection bool) (plain, introspection cost) {
	for _, selection := range set {
		if n.left--; n.left < 0 {
			return plain, introspection
		}

		var p, i cost
		switch selection := selection.(type) {
		case *ast.Field:
			inside := inIntrospection || selection.Name == "__schema" || selection.Name == "__type"
			p, i = n.count(selection.SelectionSet, inside)
			own := &p
			if inside {
				own = &i
			}

			own.fields++
			own.directives += len(selection.Directives)
			if selection.Alias != selection.Name {
				own.aliases++
			}
			if !inside || p.fields > 0 {
				p.depth++
			}
			if inside || i.fields > 0 {
				i.depth++
			}
		case *ast.InlineFragment:
			p, i = n.count(selection.SelectionSet, inIntrospection)
			addDirectives(&p, &i, len(selection.Directives), inIntrospection)
		case *ast.FragmentSpread:
			definition := n.document.Fragments.ForName(selection.Name)
			p, i = n.count(definition.SelectionSet, inIntrospection)
			addDirectives(&p, &i, len(selection.Directives)+len(definition.Directives), inIntrospection)
		}

		plain, introspection = plain.plus(p), introspection.plus(i)
	}
	return plain, introspection
}

func addDirectives(plain, introspection *cost, count int, inIntrospection bool) {
	if inIntrospection {
		introspection.directives += count
		return
	}
	plain.directives += count
}

// FuzzDocument checks that, for everything that the parser accepts, the analyzer does not panic, takes a number of
// steps that the document's size bounds, and agrees with the naive count if that finishes; and that validation
// works for every document that passes.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{
		`{account{id}}`, `mutation{a:signOut{revokedSessions}...F}fragment F on Mutation{b:signOut{revokedSessions}}`,
		`{...A ...A}fragment A on Query{...B ...B}fragment B on Query{...C ...C}fragment C on Query{account{id @skip(if:true)}}`,
		`{__schema{...T}}fragment T on __Schema{types{ofType{ofType{name}}}}`, `{...A}fragment A on Query{...A}`,
		`{a(b:[[[{c:1}]]])}`,
		`query($a:Int=1@a){...{...{x:account{...Z}}}}`,
		`{...Q}fragment Q on Query{__schema{types{name}}account{id __schema{types{name}}}}`,
		`subscription{a}`, "{a}#\n", `{a(b:"""x""")}`,
	} {
		f.Add(seed)
	}

	files, err := filepath.Glob("testdata/*/*/*.graphql")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}

	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}

	schema := gen.NewExecutableSchema(gen.Config{}).Schema()
	open, closed := newDocuments(schema, true), newDocuments(schema, false)
	open.messages.names = true
	f.Fuzz(func(t *testing.T, query string) {
		for _, documents := range []*documents{open, closed} {
			if _, list := documents.document(query); len(list) > maxErrors {
				t.Fatalf("%d errors", len(list))
			}
		}

		if open.checkTokens(query, sentLimits.tokens) != nil {
			return
		}

		document, err := parser.ParseQuery(&ast.Source{Input: query})
		if err != nil {
			return
		}

		pass := newAnalyzer(document)
		refusal := pass.check(true, sentLimits)
		if pass.steps > sentLimits.tokens {
			t.Fatalf("%d steps", pass.steps)
		}

		if pass.cyclic || pass.unknown {
			if refusal == nil {
				t.Fatal("a cycle or an unknown fragment passed")
			}
			return
		}

		const enough = 100_000
		n := &naive{document: document, left: enough}
		var plain, introspection cost
		for _, operation := range document.Operations {
			p, i := n.count(operation.SelectionSet, false)
			p.directives += len(operation.Directives)
			for _, variable := range operation.VariableDefinitions {
				p.directives += len(variable.Directives)
			}
			plain, introspection = plain.plus(p), introspection.plus(i)
		}

		if n.left < 0 {
			if refusal == nil {
				t.Fatal("the naive count gave up, and the document passed")
			}
			return
		}

		if refusal == nil {
			answered := map[string]bool{}
			for _, operation := range document.Operations {
				n.paths(operation.SelectionSet, string(operation.Operation)+operation.Name, answered)
			}

			limit := sentLimits.operation.fields + sentLimits.introspection.fields
			if len(answered) > limit || plain.depth > sentLimits.operation.depth ||
				plain.directives > sentLimits.operation.directives {
				t.Fatalf("%+v passed, with %d fields to answer", plain, len(answered))
			}
		}

		exceeded := plain.firstExceeded(sentLimits.operation) + introspection.firstExceeded(sentLimits.introspection)
		if refusal != nil && strings.HasPrefix(refusal.Message, "the document, with its fragments") && exceeded == "" {
			t.Fatalf("%+v and %+v were refused: %s", plain, introspection, refusal.Message)
		}
	})
}

// paths records the path of each field in the response, within the limit of the naive count.
func (n *naive) paths(set ast.SelectionSet, above string, answered map[string]bool) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			path := above + " " + selection.Alias + ":" + selection.Name
			answered[path] = true
			n.paths(selection.SelectionSet, path, answered)
		case *ast.InlineFragment:
			n.paths(selection.SelectionSet, above, answered)
		case *ast.FragmentSpread:
			n.paths(n.document.Fragments.ForName(selection.Name).SelectionSet, above, answered)
		}
	}
}

// FuzzNegotiate checks that the response has one of two media types, whatever a client accepts.
func FuzzNegotiate(f *testing.F) {
	for _, seed := range []string{
		"", "*/*", "application/json", "application/graphql-response+json;q=0.5, application/json;q=0.4",
		"application/*;q=0", "text/html",
		"application/json;q=NaN", "application/json;q=1e-400", "application/json;charset=latin1", ",,;,",
		`application/json;a="b,c"`,
	} {
		f.Add(seed, seed)
	}

	f.Fuzz(func(t *testing.T, first, second string) {
		for _, accept := range [][]string{nil, {first}, {first, second}} {
			if media, _ := negotiate(accept); media != mediaJSON && media != mediaGraphQL {
				t.Fatalf("%q is answered as %q", accept, media)
			}
		}

		if _, ok := negotiate([]string{"*/*", first}); !ok && !strings.Contains(first, "/") {
			t.Fatalf("%q spoils */*", first)
		}
	})
}
