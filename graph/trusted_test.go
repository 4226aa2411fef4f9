package graph_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/test/world"
)

func sha256Of(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// TestReadTrustedDocuments checks that a document is named by the manifest's own id, whatever created that, and by
// the text's SHA-256; an id with the prefix of a SHA-256 must be that of the text.
func TestReadTrustedDocuments(t *testing.T) {
	const text = `{ apiKey { name } }`
	for id, manifest := range map[string]string{
		"0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33": `{"0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33":"` + text + `"}`,
		"d41d8cd98f00b204e9800998ecf8427e":         `{"d41d8cd98f00b204e9800998ecf8427e":"` + text + `"}`,
		sha256Of(text):                             `{"` + sha256Of(text) + `":"` + text + `"}`,
		sha256Of("before it was minified"):         `{"` + sha256Of("before it was minified") + `":"` + text + `"}`,
		"sha256:" + sha256Of(text):                 `{"sha256:` + sha256Of(text) + `":"` + text + `"}`,
		"KeyQuery":                                 `{"KeyQuery":"` + text + `"}`,
		"apollo's": `{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"apollo's","name":"Key","type":"query","body":"` +
			text + `"}]}`,
	} {
		name := id
		documents, err := graph.ReadTrustedDocuments(strings.NewReader(manifest))
		if err != nil || documents[id] != text || documents["sha256:"+sha256Of(text)] != text {
			t.Errorf("%s: %v, %v", name, documents, err)
		}
	}

	for name, manifest := range map[string]string{
		"no object":                    `["a"]`,
		"no texts":                     `{"a":{"b":"c"}}`,
		"no id":                        `{"":"` + text + `"}`,
		"wrong sha256":                 `{"sha256:` + sha256Of("another") + `":"` + text + `"}`,
		"Apollo's, of another version": `{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}`,
		"Apollo's, with an id twice":   `{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"a","body":"{a}"},{"id":"a","body":"{b}"}]}`,
	} {
		if _, err := graph.ReadTrustedDocuments(strings.NewReader(manifest)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// trusting returns the world with another handler, which trusts the documents.
func trusting(w *world.World, documents graph.TrustedDocuments, only bool) error {
	handler, err := graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		TrustedDocuments: documents, TrustedOnly: only, Introspection: true, OperationTimeout: world.Patience,
		Log: world.Discard,
	})
	w.Handler = handler

	return err
}

// TestTrustedDocumentsOfTheAccountPage checks that every document of the manifest that codegen writes for
// packages/react is accepted.
func TestTrustedDocumentsOfTheAccountPage(t *testing.T) {
	manifest, err := os.Open("../packages/react/src/gql/persisted-documents.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = manifest.Close() }()
	documents, err := graph.ReadTrustedDocuments(manifest)
	if err != nil || len(documents) < 20 {
		t.Fatalf("%d documents, %v", len(documents), err)
	}
	if err := trusting(world.New(t, world.DefaultSettings()), documents, true); err != nil {
		t.Error(err)
	}
}

// TestTrustedDocuments checks that an id names a trusted document, and that --trusted-documents-only accepts
// nothing else.
func TestTrustedDocuments(t *testing.T) {
	const text = `{ apiKey { name } }`
	id := "sha256:" + sha256Of(text)
	w := world.New(t, world.DefaultSettings())
	documents := graph.TrustedDocuments{id: text}
	ask := func(body string) *world.Answer {
		return w.Post(t,
			world.Call{Key: w.Keys["development"], Accept: "application/graphql-response+json", Body: body})
	}

	for _, only := range []bool{false, true} {
		world.Check(t, trusting(w, documents, only))
		if a := ask(`{"documentId":"` + id + `"}`); a.At("apiKey.name") != "development" {
			t.Errorf("only=%v: the trusted document was answered %s", only, a.Body)
		}

		for _, body := range []string{
			`{"documentId":"sha256:` + sha256Of("unknown") + `"}`, `{"documentId":""}`, `{"documentId":7}`,
			`{"documentId":null}`, `{"documentId":null,"query":null}`,
			`{"documentId":"` + id + `","query":"{ __typename }"}`,
		} {
			if a := ask(body); a.Status != http.StatusBadRequest || a.Code() != "BAD_REQUEST" {
				t.Errorf("only=%v: %s was answered %d %s", only, body, a.Status, a.Body)
			}
		}

		for _, body := range []string{
			`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sha256Of(text) + `"}}}`,
			`{"query":null,"documentId":"` + id + `"}`,
			`{"documentId":null,"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sha256Of(text) + `"}}}`,
		} {
			if a := ask(body); a.At("apiKey.name") != "development" {
				t.Errorf("only=%v: %s was answered %s", only, body, a.Body)
			}
		}

		a := ask(`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sha256Of("unknown") + `"}}}`)
		if a.Status != http.StatusBadRequest || len(a.Errors) != 1 ||
			a.Errors[0].Message != "PersistedQueryNotSupported" {
			t.Errorf("only=%v: an unknown hash was answered %d %s", only, a.Status, a.Body)
		}

		want := ""
		if only {
			want = "BAD_REQUEST"
		}

		for _, body := range []string{
			`{"query":"{ __typename }"}`, `{"query":"{ __typename }","documentId":null}`,
			`{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` +
				sha256Of("{ __typename }") + `"}}}`,
		} {
			if a := ask(body); a.Code() != want {
				t.Errorf("only=%v: %s was answered %s", only, body, a.Body)
			}
		}
	}

	if err := trusting(w, graph.TrustedDocuments{"x": "{ nothing }"}, true); err == nil {
		t.Error("a document that doesn't fit the schema was trusted")
	}
}

// TestLimitsOfTrustedDocuments checks that a setting raises the limits for the operator's documents, but not for
// documents that clients send.
func TestLimitsOfTrustedDocuments(t *testing.T) {
	large := "{ account { " + strings.Repeat("id ", 400) + "} }"
	w := newHostileWorld(t, true)
	documents := graph.TrustedDocuments{"large": large}
	handler := func(times int) error {
		made, err := graph.New(w.Service, graph.Options{
			Authenticator: &auth.Authenticator{
				Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
			},
			TrustedDocuments: documents, TrustedLimits: times, OperationTimeout: world.Patience, Log: world.Discard,
		})
		w.Handler = made

		return err
	}

	if err := handler(1); err == nil || !strings.Contains(err.Error(), "401 fields where 250 are allowed") {
		t.Errorf("a large document is trusted: %v", err)
	}

	world.Check(t, handler(2))
	ask := func(body string) *world.Answer {
		return w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"], Body: body})
	}

	if a := ask(`{"documentId":"large"}`); a.Code() != "" {
		t.Errorf("answered %s", a.Body)
	}
	if a := ask(`{"query":` + world.Quote(large) + `}`); a.Code() != "QUERY_TOO_COMPLEX" {
		t.Errorf("the same document that is sent is answered %s", a.Body)
	}
}

// TestAskedByGET checks that the response names the setting to change, where the developer reads it.
func TestAskedByGET(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	for address, want := range map[string]string{
		"/graphql?query=%7BapiKey%7Bname%7D%7D":                                            "Send GraphQL requests by POST (in urql: preferGetMethod: false).",
		"/graphql?extensions=%7B%22persistedQuery%22%3A%7B%22sha256Hash%22%3A%22%22%7D%7D": "Send GraphQL requests by POST (in urql: preferGetForPersistedQueries: false).",
	} {
		recorder := httptest.NewRecorder()
		w.Handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, address, nil))
		if body := recorder.Body.String(); recorder.Code != http.StatusMethodNotAllowed ||
			!strings.Contains(body, `"message":"`+want+`"`) || recorder.Header().Get("Allow") != "POST" {
			t.Errorf("%s: %d %s", address, recorder.Code, body)
		}
	}
}

// TestForeignOrigins checks that a page of another origin can't make a browser send a request, unless the CORS
// middleware has allowed the origin.
func TestForeignOrigins(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	for name, c := range map[string]struct {
		header http.Header
		want   int
	}{
		"no browser": {nil, http.StatusOK},
		"same origin": {
			http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {"http://example.com"}}, http.StatusOK,
		},
		"cross site": {
			http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}}, http.StatusForbidden,
		},
		"old browser":          {http.Header{"Origin": {"https://evil.example"}}, http.StatusForbidden},
		"null origin":          {http.Header{"Origin": {"null"}}, http.StatusForbidden},
		"look-alike of itself": {http.Header{"Origin": {"http://example.com.evil.example"}}, http.StatusForbidden},
	} {
		a := w.Post(t, world.Call{Key: w.Keys["development"],
			Accept: "application/graphql-response+json", Body: `{"query":"{ __typename }"}`, Header: c.header})
		if a.Status != c.want {
			t.Errorf("%s: answered %d %s", name, a.Status, a.Body)
		}
	}
}
