package server

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

// jwksPath is where the public keys are, below the public URL.
const jwksPath = "/.well-known/jwks.json"

// jwk is a public Ed25519 key as a JSON Web Key (RFC 8037).
type jwk struct {
	ID        string `json:"kid"`
	Type      string `json:"kty"`
	Curve     string `json:"crv"`
	Algorithm string `json:"alg"`
	Use       string `json:"use"`
	X         string `json:"x"`
}

// serveSigningKeys shows anybody the public halves of the keys that sign receipts and anchors, as a JWK Set (RFC 7517).
// Retired keys stay in it.
func (s *server) serveSigningKeys(w http.ResponseWriter, r *http.Request) {
	keys, err := s.store.SigningKeys(r.Context())
	if err != nil {
		s.log.ErrorContext(r.Context(), "the signing keys can't be read", "error", err)
		http.Error(w, "The keys can't be read now.", http.StatusServiceUnavailable)
		return
	}

	set := struct {
		Keys []jwk `json:"keys"`
	}{[]jwk{}}
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		set.Keys = append(set.Keys, jwk{
			ID: id, Type: "OKP", Curve: "Ed25519", Algorithm: "EdDSA", Use: "sig",
			X: base64.RawURLEncoding.EncodeToString(keys[id]),
		})
	}

	w.Header().Set("Content-Type", "application/jwk-set+json")
	_ = json.NewEncoder(w).Encode(set) // the client has gone
}
