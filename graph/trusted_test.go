package graph_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/auth"
)

func sha256Of(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// TestReadTrustedDocuments: whatever hash the manifest was written with, the id is the text's SHA-256, and a wrong SHA-256 is refused.
func TestReadTrustedDocuments(t *testing.T) {
	const text = `{ apiKey { name } }`
	for name, manifest := range map[string]string{
		"codegen's sha1 keys": `{"0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33":"` + text + `"}`,
		"sha256 keys":         `{"` + sha256Of(text) + `":"` + text + `"}`,
		"prefixed keys":       `{"sha256:` + sha256Of(text) + `":"` + text + `"}`,
	} {
		documents, err := graph.ReadTrustedDocuments(strings.NewReader(manifest))
		if err != nil || documents["sha256:"+sha256Of(text)] != text {
			t.Errorf("%s: %v, %v", name, documents, err)
		}
	}
	for name, manifest := range map[string]string{
		"no object":    `["a"]`,
		"wrong sha256": `{"` + sha256Of("another") + `":"` + text + `"}`,
	} {
		if _, err := graph.ReadTrustedDocuments(strings.NewReader(manifest)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// trusting returns the world with another handler that trusts the documents.
func (w *world) trusting(documents graph.TrustedDocuments, only bool) error {
	handler, err := graph.New(w.service, graph.Options{
		Origin:           ownOrigin,
		Authenticator:    &auth.Authenticator{Store: w.store, Now: w.clock.Now, SessionIdle: w.service.Settings.SessionIdle},
		TrustedDocuments: documents, TrustedOnly: only, Introspection: true, Log: discard,
	})
	w.handler = handler
	return err
}

// TestTrustedDocumentsOfTheAccountPage: the manifest that codegen writes for examples/web is taken whole.
func TestTrustedDocumentsOfTheAccountPage(t *testing.T) {
	manifest, err := os.Open("../examples/web/src/gql/persisted-documents.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = manifest.Close() }()
	documents, err := graph.ReadTrustedDocuments(manifest)
	if err != nil || len(documents) < 20 {
		t.Fatalf("%d documents, %v", len(documents), err)
	}
	if err := newWorld(t, defaultSettings()).trusting(documents, true); err != nil {
		t.Error(err)
	}
}

// TestTrustedDocuments: a trusted document is named by its id; --trusted-documents-only takes nothing else.
func TestTrustedDocuments(t *testing.T) {
	const text = `{ apiKey { name } }`
	id := "sha256:" + sha256Of(text)
	w := newWorld(t, defaultSettings())
	documents := graph.TrustedDocuments{id: text}
	ask := func(body string) *answer {
		return w.post(t, call{key: w.keys["development"], accept: "application/graphql-response+json", body: body})
	}
	for _, only := range []bool{false, true} {
		check(t, w.trusting(documents, only))
		if a := ask(`{"documentId":"` + id + `"}`); a.at("apiKey.name") != "development" {
			t.Errorf("only=%v: the trusted document was answered %s", only, a.body)
		}
		for _, body := range []string{
			`{"documentId":"sha256:` + sha256Of("unknown") + `"}`, `{"documentId":""}`, `{"documentId":7}`, `{"documentId":null}`,
			`{"documentId":"` + id + `","query":"{ __typename }"}`,
		} {
			if a := ask(body); a.status != http.StatusBadRequest || a.code() != "BAD_REQUEST" {
				t.Errorf("only=%v: %s was answered %d %s", only, body, a.status, a.body)
			}
		}
		want := ""
		if only {
			want = "BAD_REQUEST"
		}
		if a := ask(`{"query":"{ __typename }"}`); a.code() != want {
			t.Errorf("only=%v: a query was answered %s", only, a.body)
		}
	}
	if err := w.trusting(graph.TrustedDocuments{"x": "{ nothing }"}, true); err == nil {
		t.Error("a document that doesn't fit the schema was trusted")
	}
}

// TestForeignOrigins: a page of another origin can't make a browser ask, unless CORS in front has allowed the origin.
func TestForeignOrigins(t *testing.T) {
	w := newWorld(t, defaultSettings())
	for name, c := range map[string]struct {
		header http.Header
		want   int
	}{
		"no browser":           {nil, http.StatusOK},
		"same origin":          {http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {"http://example.com"}}, http.StatusOK},
		"cross site":           {http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}}, http.StatusForbidden},
		"old browser":          {http.Header{"Origin": {"https://evil.example"}}, http.StatusForbidden},
		"null origin":          {http.Header{"Origin": {"null"}}, http.StatusForbidden},
		"look-alike of itself": {http.Header{"Origin": {"http://example.com.evil.example"}}, http.StatusForbidden},
	} {
		a := w.post(t, call{key: w.keys["development"], accept: "application/graphql-response+json", body: `{"query":"{ __typename }"}`, header: c.header})
		if a.status != c.want {
			t.Errorf("%s: answered %d %s", name, a.status, a.body)
		}
	}
}
