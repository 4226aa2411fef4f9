// Package identitytest provides an OpenID issuer for tests, on loopback: it signs any claims, and serves its keys
// as well or as badly as a test wants.
package identitytest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Audience is the audience of the issuer's tokens.
const Audience = "shop"

// Claims are the claims of a token.
type Claims map[string]any

// Issuer is an OpenID issuer with its HTTP server.
type Issuer struct {
	URL string

	t      testing.TB
	server *httptest.Server

	mu    sync.Mutex
	key   crypto.Signer
	alg   jose.SignatureAlgorithm
	kid   string
	asked map[string]int
	// broken, unless nil, answers instead of the key set.
	broken http.HandlerFunc
}

// New starts an issuer that signs with RS256.
func New(t testing.TB) *Issuer {
	t.Helper()
	i := &Issuer{t: t, asked: map[string]int{}}
	i.Rotate(jose.RS256)
	i.server = httptest.NewServer(i)
	i.URL = i.server.URL
	t.Cleanup(func() {
		i.server.CloseClientConnections()
		i.server.Close()
	})

	return i
}

// rsaKeys are generated once per process, because that takes a while.
var rsaKeys = struct {
	sync.Mutex
	keys []*rsa.PrivateKey
}{}

func rsaKey(t testing.TB, number int) *rsa.PrivateKey {
	rsaKeys.Lock()
	defer rsaKeys.Unlock()

	for len(rsaKeys.keys) <= number {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		rsaKeys.keys = append(rsaKeys.keys, key)
	}

	return rsaKeys.keys[number]
}

// Rotate replaces the issuer's key with a key of another ID, for the algorithm.
func (i *Issuer) Rotate(alg jose.SignatureAlgorithm) {
	i.t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	var err error
	switch {
	case alg == jose.EdDSA:
		_, i.key, err = ed25519.GenerateKey(rand.Reader)
	case strings.HasPrefix(string(alg), "ES"):
		i.key, err = ecdsa.GenerateKey(map[jose.SignatureAlgorithm]elliptic.Curve{
			jose.ES256: elliptic.P256(), jose.ES384: elliptic.P384(), jose.ES512: elliptic.P521(),
		}[alg], rand.Reader)
	default:
		i.key = rsaKey(i.t, len(i.kid)%2)
	}

	if err != nil {
		i.t.Fatal(err)
	}

	i.alg, i.kid = alg, i.kid+"k"
}

// Public returns the public half of the issuer's key, as its key set shows it.
func (i *Issuer) Public() jose.JSONWebKey {
	i.mu.Lock()
	defer i.mu.Unlock()
	return jose.JSONWebKey{Key: i.key.Public(), KeyID: i.kid, Algorithm: string(i.alg), Use: "sig"}
}

// Token signs a token for a subject, issued at now and valid for five minutes. The claims in more replace these;
// nil removes a claim.
func (i *Issuer) Token(now time.Time, subject string, more Claims) string {
	i.t.Helper()
	return i.TokenOf("JWT", now, subject, more)
}

// TokenOf signs a token with a type in its header.
func (i *Issuer) TokenOf(typ string, now time.Time, subject string, more Claims) string {
	i.t.Helper()
	claims := Claims{"iss": i.URL,
		"aud": Audience, "sub": subject, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "jti": rand.Text()}
	maps.Copy(claims, more)

	for name, value := range claims {
		if value == nil {
			delete(claims, name)
		}
	}

	i.mu.Lock()
	key := jose.SigningKey{Algorithm: i.alg, Key: jose.JSONWebKey{Key: i.key, KeyID: i.kid}}
	i.mu.Unlock()

	return Sign(i.t, key, map[string]any{"typ": typ}, claims)
}

// Sign signs claims with any key and additional headers.
func Sign(t testing.TB, key jose.SigningKey, header map[string]any, claims Claims) string {
	t.Helper()
	options := (&jose.SignerOptions{}).WithType("JWT")
	for name, value := range header {
		options = options.WithHeader(jose.HeaderKey(name), value)
	}

	signer, err := jose.NewSigner(key, options)
	if err != nil {
		t.Fatal(err)
	}

	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}

	signed, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}

	token, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}

	return token
}

// Unsigned builds a token without a key, with any header and signature.
func Unsigned(t testing.TB, header, claims Claims, signature string) string {
	t.Helper()
	parts := make([]string, 2)
	for n, part := range []Claims{header, claims} {
		text, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		parts[n] = base64.RawURLEncoding.EncodeToString(text)
	}

	return parts[0] + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString([]byte(signature))
}

// Break sets how the issuer answers requests for its keys; nil restores the key set.
func (i *Issuer) Break(answer http.HandlerFunc) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.broken = answer
}

// Asked returns how often a path was requested.
func (i *Issuer) Asked(path string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.asked[path]
}

// The issuer's paths.
const (
	DiscoveryPath = "/.well-known/openid-configuration"
	KeysPath      = "/keys"
)

// ServeHTTP serves the keys, and the same discovery document below every path.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	i.asked[r.URL.Path]++
	broken := i.broken
	i.mu.Unlock()

	switch {
	case strings.HasSuffix(r.URL.Path, DiscoveryPath):
		_, _ = fmt.Fprintf(w, `{"issuer":%q,"jwks_uri":%q}`, i.URL, i.URL+KeysPath)
	case r.URL.Path == KeysPath:
		if broken != nil {
			broken(w, r)
			return
		}

		text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{i.Public()}})
		if err != nil {
			i.t.Error(err)
		}

		_, _ = w.Write(text)
	default:
		http.NotFound(w, r)
	}
}

// The ways in which an issuer can be broken.
var (
	// Hangs does not answer until the client gives up.
	Hangs http.HandlerFunc = func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	// Fails answers with an error.
	Fails http.HandlerFunc = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
	}
	// IsHuge answers with 50 MB.
	IsHuge http.HandlerFunc = func(w http.ResponseWriter, _ *http.Request) {
		chunk := strings.Repeat(" ", 1<<20)
		for range 50 {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	}
)

// Redirects redirects to an address.
func Redirects(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, address, http.StatusFound) }
}
