// Package passkeytest is an authenticator and the browser before it, for tests: keys on P-256, no attestation. It obeys
// the options as they do, unless a test tells it otherwise.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Authenticator holds passkeys. The zero value verifies its user, does not count, and keeps its keys to itself.
type Authenticator struct {
	// Model is the AAGUID.
	Model [16]byte
	// Unverified and Absent make it answer without the user.
	Unverified, Absent bool
	// Syncable and Synced are the state of each key.
	Syncable, Synced bool
	// Count is what it says next, if it counts.
	Count  uint32
	Counts bool
	// Disobedient makes it use a passkey that is not allowed.
	Disobedient bool
	// Anonymous leaves the user handle out.
	Anonymous bool

	// RelyingParty, Type and Key replace what belongs to a response, as an attacker would.
	RelyingParty, Type string
	Key                *ecdsa.PrivateKey

	keys []Passkey
}

// Passkey is one key of an authenticator.
type Passkey struct {
	ID, Handle   []byte
	RelyingParty string
	key          *ecdsa.PrivateKey
}

// ErrExcluded is the refusal of an authenticator that holds a credential of excludeCredentials, ErrNone that of one that
// holds none of those that are asked for.
var (
	ErrExcluded = errors.New("InvalidStateError")
	ErrNone     = errors.New("NotAllowedError")
)

// The options of both ceremonies, as a page gets them.
type (
	creationOptions struct {
		Challenge string
		RP        struct{ ID string }
		User      struct{ ID string }

		ExcludeCredentials []struct{ ID string }
	}
	requestOptions struct {
		Challenge        string
		RPID             string
		AllowCredentials []struct{ ID string }
	}
)

// Passkeys returns the authenticator's passkeys, oldest first.
func (a *Authenticator) Passkeys() []Passkey { return slices.Clone(a.keys) }

// Create makes a passkey on a page of an origin, for options in JSON. It returns the toJSON() of the PublicKeyCredential.
func (a *Authenticator) Create(options []byte, origin string) ([]byte, error) {
	var asked creationOptions
	if err := json.Unmarshal(options, &asked); err != nil {
		return nil, fmt.Errorf("creation options: %w", err)
	}
	for _, excluded := range asked.ExcludeCredentials {
		if a.holds(excluded.ID) {
			return nil, ErrExcluded
		}
	}

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("passkey: %w", err)
	}
	id := make([]byte, idLength)
	_, _ = rand.Read(id)
	made := Passkey{ID: id, Handle: decode(asked.User.ID), RelyingParty: asked.RP.ID, key: key}
	a.keys = append(a.keys, made)

	attested := slices.Concat(a.Model[:], []byte{0, idLength}, id, publicKey(key))
	authenticatorData := append(a.data(made.RelyingParty, flagAttested), attested...)
	object := slices.Concat(
		[]byte{0xa3}, cborText("fmt"), cborText("none"), cborText("attStmt"), []byte{0xa0},
		cborText("authData"), cborBytes(authenticatorData))

	return credential(id, map[string]any{
		"clientDataJSON":    encode(a.clientData("webauthn.create", asked.Challenge, origin)),
		"attestationObject": encode(object), "transports": []string{"internal"},
	})
}

// Use signs in with the newest passkey that the options allow, on a page of an origin. It returns the toJSON() of the
// PublicKeyCredential.
func (a *Authenticator) Use(options []byte, origin string) ([]byte, error) {
	var asked requestOptions
	if err := json.Unmarshal(options, &asked); err != nil {
		return nil, fmt.Errorf("request options: %w", err)
	}

	for _, passkey := range slices.Backward(a.keys) {
		allowed := len(asked.AllowCredentials) == 0 || a.Disobedient
		for _, one := range asked.AllowCredentials {
			allowed = allowed || one.ID == encode(passkey.ID)
		}
		if allowed && passkey.RelyingParty == asked.RPID {
			return a.sign(passkey, asked.Challenge, origin)
		}
	}

	return nil, ErrNone
}

// sign answers a challenge, in base64url, with a passkey, whatever the options are.
func (a *Authenticator) sign(passkey Passkey, challenge, origin string) ([]byte, error) {
	data := a.data(passkey.RelyingParty, 0)
	client := a.clientData("webauthn.get", challenge, origin)
	key := passkey.key
	if a.Key != nil {
		key = a.Key
	}

	clientHash := sha256.Sum256(client)
	digest := sha256.Sum256(slices.Concat(data, clientHash[:]))
	signature, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
	if err != nil {
		return nil, fmt.Errorf("signature: %w", err)
	}

	response := map[string]any{
		"clientDataJSON": encode(client), "authenticatorData": encode(data), "signature": encode(signature),
	}
	if !a.Anonymous {
		response["userHandle"] = encode(passkey.Handle)
	}

	return credential(passkey.ID, response)
}

func (a *Authenticator) holds(id string) bool {
	return slices.ContainsFunc(a.keys, func(one Passkey) bool { return encode(one.ID) == id })
}

// idLength is the length of the credentials that it makes.
const idLength = 16

// The flags of authenticator data.
const (
	flagPresent  = 1 << 0
	flagVerified = 1 << 2
	flagSyncable = 1 << 3
	flagSynced   = 1 << 4
	flagAttested = 1 << 6
)

// data returns authenticator data without attested credential data, and counts.
func (a *Authenticator) data(relyingParty string, flags byte) []byte {
	for flag, set := range map[byte]bool{
		flagPresent: !a.Absent, flagVerified: !a.Unverified, flagSyncable: a.Syncable, flagSynced: a.Synced,
	} {
		if set {
			flags |= flag
		}
	}
	if a.RelyingParty != "" {
		relyingParty = a.RelyingParty
	}

	hash := sha256.Sum256([]byte(relyingParty))
	count := a.Count
	if a.Counts {
		a.Count++
	}

	return binary.BigEndian.AppendUint32(append(hash[:], flags), count)
}

func (a *Authenticator) clientData(ceremony, challenge, origin string) []byte {
	if a.Type != "" {
		ceremony = a.Type
	}
	text, _ := json.Marshal(map[string]any{
		"type": ceremony, "challenge": challenge, "origin": origin, "crossOrigin": false,
	})
	return text
}

// credential returns the JSON of a PublicKeyCredential.
func credential(id []byte, response map[string]any) ([]byte, error) {
	text, err := json.Marshal(map[string]any{
		"id": encode(id), "rawId": encode(id), "type": "public-key", "authenticatorAttachment": "platform",
		"clientExtensionResults": map[string]any{}, "response": response,
	})
	if err != nil {
		return nil, fmt.Errorf("credential: %w", err)
	}
	return text, nil
}

// publicKey returns a key in the form of COSE (RFC 9053, section 7.1).
func publicKey(key *ecdsa.PrivateKey) []byte {
	point, err := key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		panic(err) // the key was made here
	}
	return slices.Concat([]byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21}, cborBytes(point[1:33]),
		[]byte{0x22}, cborBytes(point[33:]))
}

// cborText and cborBytes encode values of fewer than 65,536 bytes (RFC 8949).
func cborText(text string) []byte  { return append(cborHead(0x60, len(text)), text...) }
func cborBytes(data []byte) []byte { return append(cborHead(0x40, len(data)), data...) }

func cborHead(kind byte, length int) []byte {
	switch {
	case length < 24:
		return []byte{kind | byte(length)} //nolint:gosec // it is less than 24
	case length < 256:
		return []byte{kind | 24, byte(length)}
	}
	return []byte{kind | 25, byte(length >> 8), byte(length)} //nolint:gosec // it is less than 65,536
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func decode(text string) []byte {
	data, _ := base64.RawURLEncoding.DecodeString(text)
	return data
}
