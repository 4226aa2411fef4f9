package fastexec_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/accountql/accountql/graph/internal/fastexec"
)

type book struct {
	Title  string
	Pages  *int
	Words  []string
	Sold   time.Time
	Lent   *time.Time
	Series *series
}

type series struct{ Name string }

var seriesType = &fastexec.Type[series]{
	Name: "Series", Satisfies: []string{"Series"},
	Leaves: map[string]fastexec.Append[*series]{
		"name": func(b []byte, obj *series) []byte { return fastexec.Text(b, obj.Name) },
	},
}

var bookType = &fastexec.Type[book]{
	Name: "Book", Satisfies: []string{"Book", "Node"},
	Leaves: map[string]fastexec.Append[*book]{
		"title": func(b []byte, obj *book) []byte { return fastexec.Text(b, obj.Title) },
		"pages": func(b []byte, obj *book) []byte { return fastexec.Nullable(b, obj.Pages, fastexec.Int) },
		"words": func(b []byte, obj *book) []byte { return fastexec.List(b, obj.Words, fastexec.Text) },
		"sold":  func(b []byte, obj *book) []byte { return fastexec.Time(b, obj.Sold) },
		"lent":  func(b []byte, obj *book) []byte { return fastexec.Nullable(b, obj.Lent, fastexec.Time) },
		"times": func(b []byte, obj *book) []byte {
			return fastexec.List(b, []time.Time{obj.Sold, *obj.Lent}, fastexec.Time)
		},
	},
	Objects: map[string]fastexec.Nested[book]{
		"series": fastexec.Nest(seriesType, func(obj *book) *series { return obj.Series }),
	},
}

// TestWhole runs programs; "" means that the object is left to gqlgen.
func TestWhole(t *testing.T) {
	const pages = 7
	noon := time.Date(2026, 11, 29, 12, 0, 0, 1, time.UTC)
	seven := pages
	whole := book{"\"A\t\x01\xff", &seven, []string{"a", ""}, noon, &noon, &series{"B"}}

	for _, test := range []struct {
		document string
		object   book
		want     string
	}{
		{`{ title pages words }`, whole, `{"title":"\"A\t\u0001` + "\xff" + `","pages":7,"words":["a",""]}`},
		{`{ title pages words }`, book{}, `{"title":"","pages":null,"words":[]}`},
		{`{ sold lent }`, whole, `{"sold":"2026-11-29T12:00:00.000000001Z","lent":"2026-11-29T12:00:00.000000001Z"}`},
		{`{ lent }`, book{Lent: &time.Time{}}, `{"lent":null}`},
		{`{ __typename a: title b: title ... on Node { title } ... on Other { name } }`, whole,
			`{"__typename":"Book","a":"\"A\t\u0001` + "\xff\"," + `"b":"\"A\t\u0001` + "\xff\"," +
				`"title":"\"A\t\u0001` + "\xff\"}"},
		{`{ series { kind: __typename name } }`, whole, `{"series":{"kind":"Series","name":"B"}}`},

		{`{ title reader }`, whole, ""},
		{`{ title series { name reader } }`, whole, ""},
		{`{ title pages title: pages }`, whole, ""},
		{`{ title ... @defer { pages } }`, whole, ""},
		{`{ title sold }`, book{}, ""},
		{`{ times }`, book{Lent: &noon}, ""},
		{`{ title series { name } }`, book{}, ""},
		{`{ ... on Other { name } }`, whole, ""},
	} {
		document, err := parser.ParseQuery(&ast.Source{Input: test.document})
		if err != nil {
			t.Fatal(err)
		}

		operation, set := &graphql.OperationContext{Doc: document}, document.Operations[0].SelectionSet
		ctx := fastexec.WithSelections(t.Context(), &fastexec.Selections{})
		for range 2 {
			if got := encode(ctx, operation, set, test.object); got != test.want {
				t.Errorf("%s: %s, want %s", test.document, got, test.want)
			}
		}

		if got := encode(t.Context(), operation, set, test.object); got != "" {
			t.Errorf("%s without selections: %s", test.document, got)
		}
	}
}

func encode(ctx context.Context, operation *graphql.OperationContext, set ast.SelectionSet, object book) string {
	encoded := fastexec.Whole(ctx, operation, set, bookType, &object)
	if encoded == nil {
		return ""
	}

	var text strings.Builder
	encoded.MarshalGQL(&text)

	return text.String()
}
