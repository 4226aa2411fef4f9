package graph

import (
	"container/list"
	"sync"
)

// The document cache is bounded by the bytes of its query texts; the parsed documents take some twenty times as
// much memory (R-GQL16).
const (
	maxCachedDocument = 4 << 10
	maxCachedBytes    = 1 << 20
)

// documentCache keeps the most recently used documents that passed every check.
type documentCache struct {
	mu      sync.Mutex
	entries map[string]*list.Element
	recent  *list.List
	bytes   int
}

type cachedDocument struct {
	query    string
	document *document
}

func newDocumentCache() *documentCache {
	return &documentCache{entries: map[string]*list.Element{}, recent: list.New()}
}

func (c *documentCache) get(query string) (*document, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, known := c.entries[query]
	if !known {
		return nil, false
	}

	c.recent.MoveToFront(element)

	return element.Value.(*cachedDocument).document, true
}

func (c *documentCache) add(query string, document *document) {
	if len(query) > maxCachedDocument {
		return
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.entries[query]; known {
		return
	}

	c.entries[query] = c.recent.PushFront(&cachedDocument{query, document})
	c.bytes += len(query)

	for c.bytes > maxCachedBytes {
		oldest := c.recent.Remove(c.recent.Back()).(*cachedDocument)
		delete(c.entries, oldest.query)
		c.bytes -= len(oldest.query)
	}
}
