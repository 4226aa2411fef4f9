package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/accountql/accountql/models"
)

// documentIDPrefix begins the id of a trusted document: the SHA-256 of its text
// in hexadecimal follows (GraphQL over HTTP, appendix "Persisted Documents").
const documentIDPrefix = "sha256:"

// TrustedDocuments are documents that clients may name instead of sending them, by their id.
type TrustedDocuments map[string]string

var sha256Hex = regexp.MustCompile(`^[0-9a-f]{64}$`)

// ReadTrustedDocuments reads the manifest that graphql-codegen writes: a JSON
// object from hash to text. A document's id is the SHA-256 of its text, whatever
// hash the manifest was written with; a key that looks like a SHA-256 must be that one.
func ReadTrustedDocuments(manifest io.Reader) (TrustedDocuments, error) {
	var texts map[string]string
	if err := json.NewDecoder(manifest).Decode(&texts); err != nil {
		return nil, errors.New("must be a JSON object from hash to document")
	}
	documents := make(TrustedDocuments, len(texts))
	for key, text := range texts {
		sum := sha256.Sum256([]byte(text))
		id := hex.EncodeToString(sum[:])
		if given := strings.TrimPrefix(key, documentIDPrefix); sha256Hex.MatchString(given) && given != id {
			return nil, fmt.Errorf("has a document whose SHA-256 is not its key: %s", given)
		}
		documents[documentIDPrefix+id] = text
	}
	return documents, nil
}

// trust checks the documents like any others, once, and keeps them for good.
func (d *documents) trust(texts TrustedDocuments, only bool) error {
	d.trusted, d.trustedOnly = make(map[string]*document, len(texts)), only
	for id, text := range texts {
		document, list := d.document(text)
		if len(list) > 0 {
			return fmt.Errorf("holds a document that this service refuses, %s: %s", id, list[0].err.Message)
		}
		d.trusted[id] = document
	}
	return nil
}

// find returns the document that a request sends or names.
func (d *documents) find(request *request) (*document, []*documentError) {
	if request.documentID == "" {
		if d.trustedOnly {
			return nil, one(models.CodeBadRequest, "only trusted documents are taken here: send documentId instead of query")
		}
		return d.document(request.query)
	}
	if document, known := d.trusted[request.documentID]; known {
		return document, nil
	}
	return nil, one(models.CodeBadRequest, "no trusted document has this documentId")
}
