package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"golang.org/x/sync/singleflight"

	"github.com/accountql/accountql/internal/egress"
)

const (
	// fetchTimeout is for discovery and keys together; it leaves an operation's five seconds time for an answer.
	fetchTimeout = 4 * time.Second
	// coolDown is how long after a fetch in vain no other is made, so that strangers can't drive any.
	coolDown = 10 * time.Second
	// keysFresh is how long keys are used without asking again, and keysStale how long they are used when nobody answers.
	keysFresh = time.Hour
	keysStale = 24 * time.Hour
	// maxKeys bounds how many keys a token without a name of its key is tried with.
	maxKeys = 64
	// shortestRSA is in bits.
	shortestRSA = 2048
)

// errSignature refuses a token that no key of its issuer has signed.
var errSignature = errors.New("no key of the issuer has signed it")

// keys are an issuer's public keys. They are fetched when a token needs them:
// first; for a name that is not known; and after an hour, while the known ones
// serve on. What a token says of its key only picks among them: `kid` is a name,
// and `jku`, `x5u`, `jwk` and `x5c` are not looked at.
type keys struct {
	issuer, url string
	client      *egress.Client
	now         func() time.Time
	fetching    singleflight.Group

	mu        sync.Mutex
	known     []jose.JSONWebKey
	fetchedAt time.Time
	// quietUntil is until when nothing is fetched, and failure what that fetch failed with, if it did.
	quietUntil time.Time
	failure    error
}

// unavailableError is the failure to fetch keys.
type unavailableError struct{ cause error }

func (u *unavailableError) Error() string {
	return "the issuer's keys can't be fetched: " + u.cause.Error()
}
func (u *unavailableError) Unwrap() error { return u.cause }

// verify returns the payload of a token that one of the keys has signed. It fails with errSignature or *unavailableError.
func (k *keys) verify(ctx context.Context, raw string) ([]byte, error) {
	accepted := make([]jose.SignatureAlgorithm, len(algorithms))
	for i, algorithm := range algorithms {
		accepted[i] = jose.SignatureAlgorithm(algorithm)
	}
	token, err := jose.ParseSignedCompact(raw, accepted)
	if err != nil {
		return nil, errSignature
	}
	known, old := k.current()
	payload, named := try(token, known)
	if payload != nil {
		if old {
			go func() { _ = k.fetch(context.WithoutCancel(ctx)) }()
		}
		return payload, nil
	}
	if named {
		return nil, errSignature
	}
	if err := k.fetch(ctx); err != nil {
		return nil, &unavailableError{err}
	}
	known, _ = k.current()
	if payload, _ = try(token, known); payload == nil {
		k.backOff(nil)
		return nil, errSignature
	}
	return payload, nil
}

// try returns the payload if one of the keys has signed the token, and whether the token names one of them.
func try(token *jose.JSONWebSignature, known []jose.JSONWebKey) (payload []byte, named bool) {
	header := token.Signatures[0].Header
	for _, key := range known {
		if header.KeyID != "" && header.KeyID != key.KeyID || key.Algorithm != "" && key.Algorithm != header.Algorithm {
			continue
		}
		named = named || header.KeyID != ""
		if payload, err := token.Verify(key.Key); err == nil {
			return payload, named
		}
	}
	return nil, named
}

// current returns the keys that can be used, and whether it is time to ask again.
func (k *keys) current() ([]jose.JSONWebKey, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	age := k.now().Sub(k.fetchedAt)
	if age >= keysStale {
		return nil, true
	}
	return k.known, age >= keysFresh
}

// backOff keeps anything from being fetched for a while.
func (k *keys) backOff(failure error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.quietUntil, k.failure = k.now().Add(coolDown), failure
}

// backingOff says whether nothing is to be fetched now, and the failure that is the reason.
func (k *keys) backingOff() (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now().Before(k.quietUntil), k.failure
}

// fetch asks the issuer for its keys, once for all who wait. A caller who leaves stops nobody else's fetch.
func (k *keys) fetch(ctx context.Context) error {
	if resting, failure := k.backingOff(); resting {
		return failure
	}
	done := k.fetching.DoChan("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchTimeout)
		defer cancel()
		fetched, err := k.ask(ctx)
		if err != nil {
			k.backOff(err)
			return nil, err
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		k.known, k.fetchedAt, k.failure = fetched, k.now(), nil
		return nil, nil
	})
	select {
	case result := <-done:
		return result.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// discoveryPath is where an issuer describes itself.
const discoveryPath = "/.well-known/openid-configuration"

func (k *keys) ask(ctx context.Context) ([]jose.JSONWebKey, error) {
	address := k.url
	if address == "" {
		var described struct {
			Issuer  string `json:"issuer"`
			JWKSURL string `json:"jwks_uri"`
		}
		if err := k.get(ctx, strings.TrimSuffix(k.issuer, "/")+discoveryPath, &described); err != nil {
			return nil, err
		}
		if described.Issuer != k.issuer {
			return nil, errors.New("the discovery document is another issuer's")
		}
		address = described.JWKSURL
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := k.get(ctx, address, &set); err != nil {
		return nil, err
	}
	var usable []jose.JSONWebKey
	for _, raw := range set.Keys {
		var key jose.JSONWebKey
		if len(usable) < maxKeys && json.Unmarshal(raw, &key) == nil && isSigningKey(key) {
			usable = append(usable, key)
		}
	}
	if len(usable) == 0 {
		return nil, errors.New("the key set holds no public key for signatures")
	}
	return usable, nil
}

// isSigningKey says whether a key is a public key for signatures; one whose type is not known is none.
func isSigningKey(key jose.JSONWebKey) bool {
	if key.Use != "" && key.Use != "sig" {
		return false
	}
	switch public := key.Key.(type) {
	case *rsa.PublicKey:
		return public.N.BitLen() >= shortestRSA
	case *ecdsa.PublicKey, ed25519.PublicKey:
		return true
	}
	return false
}

func (k *keys) get(ctx context.Context, address string, target any) error {
	status, text, err := k.client.Get(ctx, address)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("the issuer answered with status %d", status)
	}
	if err := json.Unmarshal(text, target); err != nil {
		return errors.New("the issuer's answer is no JSON object")
	}
	return nil
}
