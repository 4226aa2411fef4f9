package identity_test

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// This file guards which tokens are accepted (R-DEL3): those of the pinned issuer, for us, valid now, and signed
// with a key that only the issuer can have published.

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// clock is a clock that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

func newVerifier(t *testing.T, providers, customerTokens []identity.Entry) (*identity.Verifier, *clock) {
	t.Helper()
	client := egress.NewClient(egress.Policy{Loopback: true})
	t.Cleanup(client.Close)
	at := &clock{now: noon}

	return identity.New(identity.Config{
		Providers: providers, CustomerTokens: customerTokens, Client: client, Now: at.Now,
		Log: slog.New(slog.DiscardHandler),
	}), at
}

func entry(issuer *identitytest.Issuer) identity.Entry {
	return identity.Entry{Provider: models.ProviderOAuth,
		Issuer: issuer.URL, Audiences: []string{"app", identitytest.Audience}, SubjectClaim: "sub"}
}

func TestATokenSaysWhoItIs(t *testing.T) {
	issuer := identitytest.New(t)
	v, _ := newVerifier(t, []identity.Entry{entry(issuer)}, nil)
	for _, alg := range []jose.SignatureAlgorithm{
		jose.RS256, jose.PS256, jose.ES256, jose.ES384, jose.ES512, jose.EdDSA, jose.RS512,
	} {
		issuer.Rotate(alg)
		token := issuer.Token(noon, "anna", identitytest.Claims{
			"aud": []string{"other", "app"}, "azp": "app", "email": "Anna@example.com", "email_verified": "true",
			"auth_time": noon.Add(-time.Minute).Unix(), "nbf": noon.Unix(),
		})
		found, err := v.Verify(t.Context(), models.ProviderOAuth, token)
		if err != nil {
			t.Fatalf("%s: %v (%v)", alg, err, errors.Unwrap(err))
		}

		if found.Subject != "anna" || found.Issuer != issuer.URL || found.Email != "Anna@example.com" ||
			!found.EmailVerified ||
			!found.IssuedAt.Equal(noon) || !found.AuthenticatedAt.Equal(noon.Add(-time.Minute)) || found.CustomerToken {
			t.Errorf("%s: %+v", alg, found)
		}

		// Another spelling of the same token is still the same token.
		again, err := v.Verify(t.Context(), models.ProviderOAuth, token)
		if err != nil || again.TokenID != found.TokenID {
			t.Errorf("%s: %+v, %v", alg, again, err)
		}
		if other, err := v.Verify(t.Context(), models.ProviderOAuth,
			issuer.Token(noon, "anna", nil)); err != nil || other.TokenID == found.TokenID {
			t.Errorf("%s: two tokens are one: %v", alg, err)
		}
	}
}

// TestSpellingsOfASignature guards that a token stays the same token although the last letter of its signature has
// unused bits, and an elliptic curve signature has a second valid form.
func TestSpellingsOfASignature(t *testing.T) {
	issuer := identitytest.New(t)
	v, _ := newVerifier(t, []identity.Entry{entry(issuer)}, nil)
	issuer.Rotate(jose.ES256)
	token := issuer.Token(noon, "anna", nil)
	first, err := v.Verify(t.Context(), models.ProviderOAuth, token)
	if err != nil {
		t.Fatal(err)
	}

	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(letters, token[len(token)-1])
	for bits := range 16 {
		spelled := token[:len(token)-1] + string(letters[last&^15|bits])
		if found, err := v.Verify(t.Context(), models.ProviderOAuth,
			spelled); err == nil && found.TokenID != first.TokenID {
			t.Errorf("%c makes another token", spelled[len(spelled)-1])
		}
	}
}

// sink starts a server that must get no request.
func sink(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(
		http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("the sink was asked for %s", r.URL) }),
	)
	t.Cleanup(server.Close)
	return server.URL
}

func TestHostileTokens(t *testing.T) {
	issuer, stranger := identitytest.New(t), identitytest.New(t)
	stranger.Rotate(jose.RS256)
	stranger.Rotate(jose.ES256)
	v, _ := newVerifier(t, []identity.Entry{entry(issuer)}, nil)
	key := jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: issuerKey(t), KeyID: "mine"}}

	claims := func(more identitytest.Claims) identitytest.Claims {
		claims := identitytest.Claims{
			"iss": issuer.URL, "aud": "shop", "sub": "anna", "iat": noon.Unix(), "exp": noon.Add(time.Minute).Unix(),
		}
		for name, value := range more {
			claims[name] = value
		}
		return claims
	}

	public := issuer.Public()
	der, err := x509.MarshalPKIXPublicKey(public.Key)
	if err != nil {
		t.Fatal(err)
	}

	publicPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	good, away := issuer.Token(noon, "anna", nil), sink(t)
	parts := strings.Split(good, ".")

	hmac := func(secret []byte) string {
		return identitytest.Sign(t, jose.SigningKey{
			Algorithm: jose.HS256, Key: jose.JSONWebKey{Key: secret, KeyID: public.KeyID},
		}, nil, claims(nil))
	}

	for name, token := range map[string]string{
		"empty":        "",
		"not a token":  "hunter2",
		"two parts":    parts[0] + "." + parts[1],
		"four parts":   good + ".x",
		"no signature": parts[0] + "." + parts[1] + ".",
		"another payload": parts[0] + "." + base64.RawURLEncoding.EncodeToString(
			[]byte(`{"iss":"`+issuer.URL+`","aud":"shop","sub":"eve","iat":1795348800,"exp":1795349100}`),
		) + "." + parts[2],
		"long": good + strings.Repeat("A", 9000),
		"as JSON": `{"payload":"` + parts[1] + `","protected":"` + parts[0] + `","signature":"` + parts[2] +
			`"}`,
		"alg none": identitytest.Unsigned(t, identitytest.Claims{"alg": "none"}, claims(nil),
			"x"),
		"alg None": identitytest.Unsigned(t, identitytest.Claims{"alg": "None", "kid": public.KeyID}, claims(nil),
			"x"),
		"HS256 with the public PEM": hmac(publicPEM),
		"HS256 with the public DER": hmac(der),
		"another's key":             stranger.Token(noon, "anna", identitytest.Claims{"iss": issuer.URL}),
		"another's issuer":          stranger.Token(noon, "anna", nil),
		"another issuer":            issuer.Token(noon, "anna", identitytest.Claims{"iss": issuer.URL + "/"}),
		"no issuer":                 issuer.Token(noon, "anna", identitytest.Claims{"iss": nil}),
		"issuer in capitals": issuer.Token(noon, "anna",
			identitytest.Claims{"iss": strings.ToUpper(issuer.URL)}),
		"Google's issuer":  issuer.Token(noon, "anna", identitytest.Claims{"iss": "accounts.google.com"}),
		"another audience": issuer.Token(noon, "anna", identitytest.Claims{"aud": "another"}),
		"another audience of two": issuer.Token(noon, "anna",
			identitytest.Claims{"aud": []string{"another", "Shop"}}),
		"two audiences, no azp": issuer.Token(noon, "anna",
			identitytest.Claims{"aud": []string{"shop", "another"}}),
		"two audiences, another's azp": issuer.Token(noon, "anna",
			identitytest.Claims{"aud": []string{"shop", "another"}, "azp": "another"}),
		"no audience":         issuer.Token(noon, "anna", identitytest.Claims{"aud": nil}),
		"audience of numbers": issuer.Token(noon, "anna", identitytest.Claims{"aud": []any{"shop", 1}}),
		"no subject":          issuer.Token(noon, "", nil),
		"subject of a number": issuer.Token(noon, "", identitytest.Claims{"sub": 7}),
		"subject with a line": issuer.Token(noon, "anna\n", nil),
		"long subject":        issuer.Token(noon, strings.Repeat("a", 256), nil),
		"expired":             issuer.Token(noon, "anna", identitytest.Claims{"exp": noon.Unix()}),
		"no expiry":           issuer.Token(noon, "anna", identitytest.Claims{"exp": nil}),
		"expiry of text":      issuer.Token(noon, "anna", identitytest.Claims{"exp": "9999999999"}),
		"endless expiry":      issuer.Token(noon, "anna", identitytest.Claims{"exp": 1e300}),
		"no time of issue":    issuer.Token(noon, "anna", identitytest.Claims{"iat": nil}),
		"issued in the future": issuer.Token(noon, "anna",
			identitytest.Claims{"iat": noon.Add(2 * time.Minute).Unix()}),
		"valid in the future": issuer.Token(noon, "anna",
			identitytest.Claims{"nbf": noon.Add(2 * time.Minute).Unix()}),
		"signed in to in the future": issuer.Token(noon, "anna",
			identitytest.Claims{"auth_time": noon.Add(2 * time.Minute).Unix()}),
		"kid of nobody": identitytest.Sign(t, key, nil, claims(nil)),
		"kid as a path": identitytest.Sign(t, jose.SigningKey{
			Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: issuerKey(t), KeyID: "../../../../dev/null"},
		}, nil, claims(nil)),
		"kid as an address": identitytest.Sign(t, jose.SigningKey{
			Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: issuerKey(t), KeyID: away + "/kid"},
		}, nil, claims(nil)),
		"jku": identitytest.Sign(t, key, map[string]any{"jku": away + "/jku"}, claims(nil)),
		"x5u": identitytest.Sign(t, key, map[string]any{"x5u": away + "/x5u"}, claims(nil)),
		"jwk": identitytest.Sign(t, jose.SigningKey{Algorithm: jose.RS256, Key: issuerKey(t)},
			map[string]any{"jwk": jose.JSONWebKey{Key: issuerKey(t).Public()}}, claims(nil)),
		"a critical extension": identitytest.Sign(t, key, map[string]any{"crit": []string{"x"}, "x": 1},
			claims(nil)),
		"an access token":         identitytest.Sign(t, key, map[string]any{"typ": "at+jwt"}, claims(nil)),
		"a token for logging out": identitytest.Sign(t, key, map[string]any{"typ": "logout+jwt"}, claims(nil)),
		"the right kid of another's key": identitytest.Sign(t, jose.SigningKey{
			Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: issuerKey(t), KeyID: public.KeyID},
		}, nil, claims(nil)),
	} {
		if found, err := v.Verify(t.Context(), models.ProviderOAuth,
			token); models.CodeOf(err) != models.CodeInvalidCredentials {
			t.Errorf("%s: %+v, %v", name, found, err)
		} else if err.Error() != "the password, the passkey or the external token is wrong" {
			t.Errorf("%s is told apart: %v", name, err)
		}
	}

	if _, err := v.Verify(t.Context(), models.ProviderOAuth, good); err != nil {
		t.Errorf("the good token: %v", errors.Unwrap(err))
	}
	if _, err := v.Verify(t.Context(), models.ProviderGoogle,
		good); models.CodeOf(err) != models.CodeIdentityProviderUnavailable {
		t.Errorf("a provider that is not configured: %v", err)
	}
}
