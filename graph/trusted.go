package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// documentIDPrefix begins the id of a trusted document, followed by the SHA-256 of its text in hexadecimal (GraphQL
// over HTTP, appendix "Persisted Documents").
const documentIDPrefix = "sha256:"

// TrustedDocuments are documents that clients may name instead of sending them, by their id.
type TrustedDocuments map[string]string

// apolloFormat is the format of Apollo's manifests.
const apolloFormat = "apollo-persisted-query-manifest"

// apolloManifest is the output of generate-persisted-query-manifest.
type apolloManifest struct {
	Version    int
	Operations []struct{ ID, Body string }
}

// ReadTrustedDocuments parses a manifest: a JSON object from id to text, as graphql-codegen and Relay's compiler
// write it, or Apollo's format. A document has the id of the manifest, whatever tool created it, and the SHA-256 of
// its text. ReadTrustedDocuments returns an error if an id has the prefix of a SHA-256 but is not that of the text.
func ReadTrustedDocuments(manifest io.Reader) (TrustedDocuments, error) {
	texts, err := readManifest(manifest)
	if err != nil {
		return nil, err
	}

	documents := make(TrustedDocuments, 2*len(texts))
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		text := texts[id]
		hashed := hashedID(text)
		if id == "" || strings.HasPrefix(id, documentIDPrefix) && id != hashed {
			return nil, fmt.Errorf("has a document whose SHA-256 is not its key: %q", id)
		}
		documents[id], documents[hashed] = text, text
	}

	return documents, nil
}

// NewTrustedDocuments returns documents whose ids are the SHA-256 of their texts.
func NewTrustedDocuments(texts []string) TrustedDocuments {
	documents := make(TrustedDocuments, len(texts))
	for _, text := range texts {
		documents[hashedID(text)] = text
	}
	return documents
}

// hashedID returns the id of a document by its text.
func hashedID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return documentIDPrefix + hex.EncodeToString(sum[:])
}

// readManifest returns the texts of a manifest by their ids in it.
func readManifest(manifest io.Reader) (map[string]string, error) {
	unknown := errors.New(
		"must be a JSON object from id to document, as graphql-codegen and Relay write it, or Apollo's manifest",
	)
	var entries map[string]json.RawMessage
	whole, err := io.ReadAll(manifest)
	if err != nil || json.Unmarshal(whole, &entries) != nil {
		return nil, unknown
	}

	texts := make(map[string]string, len(entries))
	if string(entries["format"]) != `"`+apolloFormat+`"` {
		if json.Unmarshal(whole, &texts) != nil {
			return nil, unknown
		}
		return texts, nil
	}

	var apollo apolloManifest
	if err := json.Unmarshal(whole, &apollo); err != nil || apollo.Version != 1 {
		return nil, fmt.Errorf("must be of version 1 where its format is %s", apolloFormat)
	}

	for _, operation := range apollo.Operations {
		if _, known := texts[operation.ID]; known {
			return nil, fmt.Errorf("has two documents with the id %q", operation.ID)
		}
		texts[operation.ID] = operation.Body
	}

	return texts, nil
}

// trust checks trusted documents like any others, once, and keeps them for as long as the process runs. They may
// have several times the limits, because the operator wrote them.
func (d *documents) trust(texts TrustedDocuments, times int, only bool) error {
	d.trustedOnly = only
	var err error
	d.trusted, err = d.readAll(texts, times)

	return err
}

// trustPage does the same with the documents of the account page.
func (d *documents) trustPage(texts TrustedDocuments) error {
	var err error
	d.page, err = d.readAll(texts, 1)
	return err
}

// readAll checks documents and returns them by their ids.
func (d *documents) readAll(texts TrustedDocuments, times int) (map[string]*document, error) {
	all, passed := make(map[string]*document, len(texts)), map[string]*document{}
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		text := texts[id]
		if passed[text] == nil {
			document, list := d.read(text, sentLimits.times(times))
			if len(list) > 0 {
				return nil, fmt.Errorf("holds a document that this service refuses, %s: %s", id, list[0].err.Message)
			}
			passed[text] = document
		}

		all[id] = passed[text]
	}

	return all, nil
}

// find returns the document that a request sends or names. The account page's key takes the page's documents only.
func (d *documents) find(request *request, page bool) (*document, []*documentError) {
	trusted, only := d.trusted, d.trustedOnly
	if page { // guard: the page's key takes the page's documents only
		trusted, only = d.page, true
	}

	switch {
	case request.documentID != "":
		if document, known := trusted[request.documentID]; known {
			return document, nil
		}
		return nil, singleError(models.CodeBadRequest, "no trusted document has this documentId")
	case request.persistedHash != "":
		// A client's hash from a manifest may be the whole id in the manifest.
		for _, id := range []string{documentIDPrefix + request.persistedHash, request.persistedHash} {
			if document, known := trusted[id]; known {
				return document, nil
			}
		}
		return nil, singleError(models.CodeBadRequest, persistedQueryNotSupported)
	case only:
		return nil, singleError(models.CodeBadRequest,
			"only trusted documents are taken here: send documentId instead of query")
	}
	return d.document(request.query)
}
