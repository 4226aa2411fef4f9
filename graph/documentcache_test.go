package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/graph/internal/gen"
)

// TestDocumentCacheIsBounded checks R-GQL16: the cache is bounded in bytes, and only holds short documents that
// passed every check.
func TestDocumentCacheIsBounded(t *testing.T) {
	documents := newDocuments(gen.NewExecutableSchema(gen.Config{}).Schema(), true)
	cache := documents.cache
	for _, refused := range []string{`{`, `{account{nothing}}`,
		`{account{` + strings.Repeat("id ", 300) + `}}`, `{account{id}}#` + strings.Repeat("#", maxCachedDocument)} {
		documents.document(refused)
	}

	if cache.bytes != 0 || len(cache.entries) != 0 {
		t.Errorf("%d documents of %d bytes are kept that are refused or long", len(cache.entries), cache.bytes)
	}

	first := `{account{id}}`
	for i := range 3 * maxCachedBytes / maxCachedDocument {
		if _, list := documents.document(fmt.Sprintf("{account{id}}#%-4000d", i)); len(list) > 0 {
			t.Fatal(list[0].err)
		}
		documents.document(first) // stays, because it is used
	}

	sum := 0
	for query := range cache.entries {
		sum += len(query)
	}

	if cache.bytes > maxCachedBytes || sum != cache.bytes || cache.recent.Len() != len(cache.entries) ||
		cache.bytes < maxCachedBytes/2 {
		t.Errorf("%d bytes are kept, counted as %d, in %d and %d documents", sum, cache.bytes, len(cache.entries),
			cache.recent.Len())
	}

	if _, known := cache.get(first); !known {
		t.Error("the document in use was dropped")
	}
}

// TestSelectionsAreKept checks that requests share the collected selections of a document, unless these depend on
// the request.
func TestSelectionsAreKept(t *testing.T) {
	documents := newDocuments(gen.NewExecutableSchema(gen.Config{}).Schema(), true)
	for _, test := range []struct {
		query     string
		variables map[string]any
		kept      bool
	}{
		{`{account{id ...A ...on Account{city}}} fragment A on Account{email}`, nil, true},
		{`mutation($city:String){updateAccount(input:{city:$city}){account{city}}}`,
			map[string]any{"city": "Gdansk"}, true},
		// Fields without a value are removed from a copy, which is dropped after the request.
		{`mutation($city:String){updateAccount(input:{city:$city}){account{city}}}`, nil, false},
		{`{account{id @include(if:true)}}`, nil, false},
		{`{account @skip(if:false){id}}`, nil, false},
		{`{account{id ...on Account @include(if:true){city}}}`, nil, false},
		{`{account{...on Account{city @include(if:true)}}}`, nil, false},
		{`{account{id ...A @include(if:true)}} fragment A on Account{email}`, nil, false},
		{`{account{id ...A}} fragment A on Account{email @include(if:true)}`, nil, false},
	} {
		for range 2 {
			_, first, list := documents.prepare(&request{query: test.query, variables: test.variables}, false)
			_, second, _ := documents.prepare(&request{query: test.query, variables: test.variables}, false)
			if len(list) > 0 {
				t.Fatal(test.query, list[0].err)
			}

			if (first != nil) != test.kept || first != second {
				t.Errorf("%s, %v: kept %t", test.query, test.variables, first != nil)
			}
		}
	}
}
