package identity_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// This file guards when keys are fetched, and what happens to tokens when they can't be fetched.

// issuerKey returns a key that belongs to no issuer; it is generated once.
var issuerKey = func() func(t *testing.T) *rsa.PrivateKey {
	made := sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })
	return func(t *testing.T) *rsa.PrivateKey {
		t.Helper()
		key, err := made()
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
}()

func TestKeysAreFetchedWhenTheyAreNeeded(t *testing.T) {
	issuer := identitytest.New(t)
	v, at := newVerifier(t, []identity.Entry{entry(issuer)}, nil)

	asked := func(want int, when string) {
		t.Helper()
		if got := issuer.Asked(identitytest.KeysPath); got != want {
			t.Fatalf("%s: the keys were asked for %d times, want %d", when, got, want)
		}
	}

	right := func(when string) {
		t.Helper()
		if _, err := v.Verify(t.Context(), models.ProviderOAuth, issuer.Token(at.Now(), "anna", nil)); err != nil {
			t.Fatalf("%s: %v (%v)", when, err, errors.Unwrap(err))
		}
	}

	strange := identitytest.Sign(t,
		jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: issuerKey(t), KeyID: "strange"}}, nil,
		identitytest.Claims{
			"iss": issuer.URL, "aud": "shop", "sub": "anna", "iat": noon.Unix(), "exp": noon.Add(48 * time.Hour).Unix(),
		})

	wrong := func(token string, code models.Code, when string) {
		t.Helper()
		if _, err := v.Verify(t.Context(), models.ProviderOAuth, token); models.CodeOf(err) != code {
			t.Fatalf("%s: %v (%v)", when, err, errors.Unwrap(err))
		}
	}

	// A token that can't be valid causes no fetch.
	wrong("hunter2", models.CodeInvalidCredentials, "no token")
	wrong(issuer.Token(noon.Add(-time.Hour), "anna", nil), models.CodeInvalidCredentials, "expired")
	wrong(issuer.Token(noon, "anna", identitytest.Claims{"aud": "other"}), models.CodeInvalidCredentials,
		"another audience")
	asked(0, "before the first token that may be right")
	for range 3 {
		right("the first tokens")
	}

	asked(1, "after the first tokens")
	issuer.Rotate(jose.ES256)
	right("after a rotation")
	asked(2, "after a rotation")
	for range 5 {
		wrong(strange, models.CodeInvalidCredentials, "an unknown key")
	}

	asked(3, "strangers drive one fetch")
	issuer.Break(identitytest.Fails)
	at.advance(10 * time.Second)
	for range 5 {
		wrong(strange, models.CodeIdentityProviderUnavailable, "an unknown key, and no keys to be had")
	}

	asked(4, "a failure is remembered for a while")
	right("the known key, while the issuer is down")
	at.advance(23 * time.Hour)
	right("the known key, on the same day")
	at.advance(time.Hour)
	wrong(issuer.Token(at.Now(), "anna", nil), models.CodeIdentityProviderUnavailable, "keys of yesterday")
	issuer.Break(nil)
	at.advance(10 * time.Second)
	right("when the issuer is back")
}

func TestOldKeysAreAskedForAgainInTheBackground(t *testing.T) {
	issuer := identitytest.New(t)
	v, at := newVerifier(t, []identity.Entry{entry(issuer)}, nil)
	verify := func() {
		t.Helper()
		if _, err := v.Verify(t.Context(), models.ProviderOAuth, issuer.Token(at.Now(), "anna", nil)); err != nil {
			t.Fatal(err)
		}
	}

	verify()
	// A caller that comes when the keys are old does not wait for new ones: the issuer hangs.
	seen := make(chan struct{}, 1)
	issuer.Break(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case seen <- struct{}{}:
		default:
		}
		<-r.Context().Done()
	})
	at.advance(time.Hour)
	verify()
	<-seen
}

func TestIssuersThatDoNotAnswer(t *testing.T) {
	away := sink(t)
	key := jose.JSONWebKey{Key: []byte("a secret that everybody knows now"), KeyID: "k", Algorithm: "HS256"}
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}

	answers := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
	}

	set := func(keys ...jose.JSONWebKey) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			text := `{"keys":[`
			for n, key := range keys {
				if n > 0 {
					text += ","
				}

				one, err := key.MarshalJSON()
				if err != nil {
					t.Error(err)
				}

				text += string(one)
			}

			_, _ = w.Write([]byte(text + "]}"))
		}
	}

	for name, broken := range map[string]http.HandlerFunc{
		"fails": identitytest.Fails, "redirects": identitytest.Redirects(away + "/keys"),
		"is huge": identitytest.IsHuge,
		"no JSON": answers("keys"), "no keys": answers(`{"keys":[]}`), "another shape": answers(`[]`),
		"nothing":         answers(``),
		"a shared secret": set(key), "a small key": set(jose.JSONWebKey{Key: &small.PublicKey, KeyID: "k"}),
		"a key for encryption": set(jose.JSONWebKey{Key: issuerKey(t).Public(), KeyID: "k", Use: "enc"}),
	} {
		issuer := identitytest.New(t)
		issuer.Break(broken)
		v, at := newVerifier(t, []identity.Entry{entry(issuer)}, nil)
		token := issuer.Token(noon, "anna", nil)
		if _, err := v.Verify(t.Context(), models.ProviderOAuth,
			token); models.CodeOf(err) != models.CodeIdentityProviderUnavailable {
			t.Errorf("%s: %v", name, err)
		}

		issuer.Break(nil)
		at.advance(10 * time.Second)
		if _, err := v.Verify(t.Context(), models.ProviderOAuth, token); err != nil {
			t.Errorf("%s, mended: %v", name, err)
		}
	}
}

func TestAnIssuerThatHangs(t *testing.T) {
	issuer := identitytest.New(t)
	issuer.Break(identitytest.Hangs)
	v, _ := newVerifier(t, []identity.Entry{entry(issuer)}, nil)
	// Many callers wait for one fetch, and one of them leaves: the fetch continues for the others.
	leaving, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			ctx := t.Context()
			if n == 0 {
				ctx = leaving
			}
			if _, err := v.Verify(ctx, models.ProviderOAuth,
				issuer.Token(noon, "anna", nil)); models.CodeOf(err) != models.CodeIdentityProviderUnavailable {
				t.Errorf("%v", err)
			}
		})
	}

	leave()
	all.Wait()
	if asked := issuer.Asked(identitytest.KeysPath); asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestTheDiscoveryDocumentIsTheIssuersOwn(t *testing.T) {
	issuer := identitytest.New(t)
	// The same server under another name has a discovery document of the first name.
	other := entry(issuer)
	other.Issuer = issuer.URL + "/other"
	v, _ := newVerifier(t, []identity.Entry{other}, nil)
	token := issuer.Token(noon, "anna", identitytest.Claims{"iss": other.Issuer})
	if _, err := v.Verify(t.Context(), models.ProviderOAuth,
		token); models.CodeOf(err) != models.CodeIdentityProviderUnavailable {
		t.Errorf("%v", err)
	}

	// With a configured address of the keys there is no discovery.
	other.JWKSURL = issuer.URL + identitytest.KeysPath
	v, _ = newVerifier(t, []identity.Entry{other}, nil)
	if _, err := v.Verify(t.Context(), models.ProviderOAuth,
		token); err != nil || issuer.Asked("/other"+identitytest.DiscoveryPath) != 1 {
		t.Errorf("%v, discovered %d times", err, issuer.Asked("/other"+identitytest.DiscoveryPath))
	}
}
