package models

import (
	"fmt"
	"time"
)

// KeyPurpose is what a rotating key of the service protects.
type KeyPurpose string

// The purposes of keys.
const (
	// KeyOfCodes makes the hashes of phone codes, and of the requests that came with an Idempotency-Key.
	KeyOfCodes KeyPurpose = "codes"
	// KeyOfOutbox seals the secrets of messages, waiting registrations, and the answers of an Idempotency-Key.
	KeyOfOutbox KeyPurpose = "outbox"
	// KeyOfSignatures is the seed of an Ed25519 key. Its retired keys stay, so that what they have signed can be checked.
	KeyOfSignatures KeyPurpose = "signatures"
	// KeyOfLinks seals the tokens of links that withdraw a consent.
	KeyOfLinks KeyPurpose = "links"
)

// KeyPurposes returns all purposes.
func KeyPurposes() []KeyPurpose {
	return []KeyPurpose{KeyOfCodes, KeyOfOutbox, KeyOfLinks, KeyOfSignatures}
}

// ServerKey describes a key that all processes on a database share, without its secret.
type ServerKey struct {
	Purpose KeyPurpose
	// Number counts the keys of the purpose from 1. The newest key makes all new values.
	Number    int
	CreatedAt time.Time
	// RetiredAt is when the next key was made; nil for the newest.
	RetiredAt *time.Time
}

// ID returns the name of the key.
func (k ServerKey) ID() string { return fmt.Sprintf("%s/%d", k.Purpose, k.Number) }
