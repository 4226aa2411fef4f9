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
	// fetchTimeout bounds discovery and keys together; it leaves time for an answer within an operation's five
	// seconds.
	fetchTimeout = 4 * time.Second
	// coolDown is how long no fetch follows one that was useless, so that strangers can't trigger fetches at will.
	coolDown = 10 * time.Second
	// keysFresh is how long keys are used without a new fetch, and keysStale how long they are used if fetches
	// fail.
	keysFresh = time.Hour
	keysStale = 24 * time.Hour
	// maxKeys bounds how many keys are tried for a token without a key ID.
	maxKeys = 64
	// shortestRSA is in bits.
	shortestRSA = 2048
)

// errSignature is the error of a token that no key of its issuer has signed.
var errSignature = errors.New("no key of the issuer has signed it")

// keys holds an issuer's public keys. They are fetched when a token needs them: at first use, for an unknown key
// ID, and after an hour, while the known keys stay in use. A token's header only selects among them: `kid` is a
// name, and `jku`, `x5u`, `jwk` and `x5c` are ignored.
type keys struct {
	issuer, url string
	client      *egress.Client
	now         func() time.Time
	// asked is called with the error of each request, or nil.
	asked    func(err error)
	fetching singleflight.Group

	mu        sync.Mutex
	known     []jose.JSONWebKey
	fetchedAt time.Time
	// quietUntil is the time until which nothing is fetched, and failure the error of the last fetch, or nil.
	quietUntil time.Time
	failure    error
}

// unavailableError is the error of a fetch of keys.
type unavailableError struct{ cause error }

func (u *unavailableError) Error() string {
	return "the issuer's keys can't be fetched: " + u.cause.Error()
}
func (u *unavailableError) Unwrap() error { return u.cause }

// verify returns the payload of a token that one of the keys has signed. It returns errSignature or
// *unavailableError.
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
		k.backOff(nil) // guard: strangers drive no fetches
		return nil, errSignature
	}

	return payload, nil
}

// try returns the payload if one of the keys has signed the token, and reports whether the token names one of them.
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

// current returns the keys that can be used, and reports whether it is time to fetch them again.
func (k *keys) current() ([]jose.JSONWebKey, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	age := k.now().Sub(k.fetchedAt)
	if age >= keysStale {
		return nil, true
	}
	return k.known, age >= keysFresh
}

// backOff prevents fetches for coolDown.
func (k *keys) backOff(failure error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.quietUntil, k.failure = k.now().Add(coolDown), failure
}

// backingOff reports whether fetches are prevented now, and returns the error that is the reason.
func (k *keys) backingOff() (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now().Before(k.quietUntil), k.failure
}

// fetch fetches the issuer's keys, once for all concurrent callers. A caller whose context ends does not cancel the
// fetch of the others.
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

// discoveryPath is the path of the discovery document, below the issuer.
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
		// guard: keys are public keys
		if len(usable) < maxKeys && json.Unmarshal(raw, &key) == nil && isSigningKey(key) {
			usable = append(usable, key)
		}
	}

	if len(usable) == 0 {
		return nil, errors.New("the key set holds no public key for signatures")
	}

	return usable, nil
}

// isSigningKey reports whether a key is a public key for signatures, of a known type.
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

func (k *keys) get(ctx context.Context, address string, target any) (err error) {
	defer func() { k.asked(err) }()
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
