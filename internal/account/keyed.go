package account

import (
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/accountql/accountql/models"
)

// CodeKeys holds the keys of the hashes of what can be guessed. Several keys are alive after a rotation.
type CodeKeys interface {
	// CodeKey returns the key with that number, or models.ErrNotFound. 0 is the newest key, with which every process
	// makes new hashes at most a minute after it was made.
	CodeKey(ctx context.Context, number int) (CodeKey, error)
}

// RecordKeys holds the keys of what an account leaves outside of it.
type RecordKeys interface {
	// LinkKey is CodeKeys.CodeKey for the keys of links that withdraw a consent.
	LinkKey(ctx context.Context, number int) (CodeKey, error)
	// LookupKey returns the key that never changes: a pseudonym must be the same years later.
	LookupKey(ctx context.Context) ([]byte, error)
	// SigningKey returns the newest key that signs, which is created if there is none.
	SigningKey(ctx context.Context) (SigningKey, error)
}

// SigningKey is a key that signs for the service.
type SigningKey struct {
	ID      string
	Private ed25519.PrivateKey
}

// Signature is an Ed25519 signature of the service.
type Signature struct {
	// Key is the ID of the key.
	Key       string
	PublicKey []byte
	Value     []byte
}

// Sign signs a text.
func (k SigningKey) Sign(text []byte) Signature {
	return Signature{Key: k.ID, PublicKey: PublicHalf(k.Private), Value: ed25519.Sign(k.Private, text)}
}

// PublicHalf returns the public key of a private one.
func PublicHalf(private ed25519.PrivateKey) []byte { return private[ed25519.SeedSize:] }

// CodeKey is a key with its number, which counts from 1.
type CodeKey struct {
	Number int
	Secret []byte
}

// keyNumberBytes is the length of the number in front of a hash. Hashes of the first key have none, so that they are
// those of versions that know no other key.
const keyNumberBytes = 4

// hashGuessable returns the hash, under the newest key, of a value that somebody who reads the database could guess
// otherwise. The purpose separates hashes of different uses.
func (s *Service) hashGuessable(ctx context.Context, purpose string, parts ...string) ([]byte, error) {
	key, err := s.CodeKeys.CodeKey(ctx, 0)
	if err != nil {
		return nil, err
	}
	return hashWith(key, purpose, parts...), nil
}

// matchesGuessable reports whether a stored hash is that of the parts, under the key that made it (R-ROT1). A hash whose
// key is gone matches nothing.
func (s *Service) matchesGuessable(ctx context.Context, stored []byte, purpose string, parts ...string) (bool, error) {
	number := 1
	if len(stored) == keyNumberBytes+sha256.Size { // guard: a hash names its key
		number = int(binary.BigEndian.Uint32(stored))
	}

	key, err := s.CodeKeys.CodeKey(ctx, number)
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}

	return hmac.Equal(stored, hashWith(key, purpose, parts...)), nil
}

func hashWith(key CodeKey, purpose string, parts ...string) []byte {
	var number []byte
	if key.Number > 1 {
		number = binary.BigEndian.AppendUint32(number, uint32(key.Number)) //nolint:gosec // keys are counted from 1
	}
	return append(number, keyed(key.Secret, purpose, parts...)...)
}

// keyed returns a keyed hash of several parts. The purpose separates hashes of different uses.
func keyed(key []byte, purpose string, parts ...string) []byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range append([]string{purpose}, parts...) {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return mac.Sum(nil)
}
