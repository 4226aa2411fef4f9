package graph

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBodiesAreForgotten guards that the memory of a body, which may hold a password, is empty when another request
// gets it, and that what was read of it stays.
func TestBodiesAreForgotten(t *testing.T) {
	const body = `{"query":"{a}","variables":{"password":"a walk along the river"}}`

	for _, text := range []string{body, body[:len(body)-1], body + strings.Repeat(" ", pooledBody-len(body))} {
		// Another goroutine of the test might take the memory in between.
		for range 100 {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(text))
			read, err := readRequest(httptest.NewRecorder(), r, true)
			room := bodies.Get().(*[pooledBody]byte)
			if !bytes.Equal(room[:], make([]byte, pooledBody)) {
				t.Fatalf("left in the pool: %q", room[:len(text)])
			}

			bodies.Put(room)
			if err == nil && (read.query != "{a}" || read.variables["password"] != "a walk along the river") {
				t.Fatalf("read as %+v", read)
			}
		}
	}
}
