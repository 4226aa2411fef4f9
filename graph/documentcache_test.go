package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/graph/internal/gen"
)

// TestDocumentCacheIsBounded guards R-GQL16: bounded in bytes, and only for short documents that passed everything.
func TestDocumentCacheIsBounded(t *testing.T) {
	documents := newDocuments(gen.NewExecutableSchema(gen.Config{}).Schema(), true)
	cache := documents.cache
	for _, refused := range []string{`{`, `{account{nothing}}`, `{account{` + strings.Repeat("id ", 300) + `}}`, `{account{id}}#` + strings.Repeat("#", maxCachedDocument)} {
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
		documents.document(first) // stays, for it is used
	}
	sum := 0
	for query := range cache.entries {
		sum += len(query)
	}
	if cache.bytes > maxCachedBytes || sum != cache.bytes || cache.recent.Len() != len(cache.entries) || cache.bytes < maxCachedBytes/2 {
		t.Errorf("%d bytes are kept, counted as %d, in %d and %d documents", sum, cache.bytes, len(cache.entries), cache.recent.Len())
	}
	if _, known := cache.get(first); !known {
		t.Error("the document in use was dropped")
	}
}
