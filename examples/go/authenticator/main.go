// Command authenticator answers options of WebAuthn like a browser with a security key, and shows codes like an
// authenticator app, for scripts without either. It keeps its passkeys in a file that everybody who reads it can sign in
// with, so it is for trying things out only.
//
//	authenticator create < creation-options.json > response.json
//	authenticator get    < request-options.json  > response.json
//	authenticator code   < secret                > code          (-ahead 1: the next one)
//
// Standard input is the JSON that PublicKeyCredential.parseCreationOptionsFromJSON and parseRequestOptionsFromJSON take,
// and standard output the toJSON() of the PublicKeyCredential (WebAuthn Level 3, section 5.1).
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// passkey is one passkey of the file; texts are in base64url.
type passkey struct {
	ID           string `json:"id"`
	RelyingParty string `json:"rpId"`
	UserHandle   string `json:"userHandle"`
	// Key is the private key in PKCS #8.
	Key []byte `json:"key"`
}

// options are what this program reads of both kinds of options.
type options struct {
	Challenge string `json:"challenge"`
	// RP and User come with creation options, RPID and AllowCredentials with request options.
	RP struct {
		ID string `json:"id"`
	} `json:"rp"`
	User struct {
		ID string `json:"id"`
	} `json:"user"`
	RPID             string `json:"rpId"`
	AllowCredentials []struct {
		ID string `json:"id"`
	} `json:"allowCredentials"`
}

// Flags of the authenticator data (WebAuthn Level 3, section 6.1): the user was present and verified, and a new
// credential is attested.
const (
	userPresent  = 0x01
	userVerified = 0x04
	attested     = 0x40
)

func main() {
	file := flag.String("file", "passkeys.json", "where the passkeys are kept")
	origin := flag.String("origin", "http://localhost:8080", "origin of the page that asks")
	ahead := flag.Int("ahead", 0, "how many periods of 30 seconds later the code is shown")
	flag.Parse()

	var response []byte
	var err error
	if flag.Arg(0) == "code" {
		response, err = code(os.Stdin, time.Now().Add(time.Duration(*ahead)*period))
	} else {
		response, err = answer(flag.Arg(0), *file, *origin, os.Stdin)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "authenticator:", err)
		os.Exit(1)
	}

	fmt.Println(string(response))
}

// answer creates a passkey in the file, or signs with one of it.
func answer(command, file, origin string, input io.Reader) ([]byte, error) {
	var asked options
	if err := json.NewDecoder(input).Decode(&asked); err != nil {
		return nil, fmt.Errorf("no options on standard input: %w", err)
	}

	passkeys, err := load(file)
	if err != nil {
		return nil, err
	}

	switch command {
	case "create":
		made, response, err := create(asked, origin)
		if err != nil {
			return nil, err
		}
		return response, save(file, append(passkeys, made))
	case "get":
		return get(asked, origin, passkeys)
	}

	return nil, errors.New(`the command is "create" or "get"`)
}

// create makes a passkey, without an attestation of its model.
func create(asked options, origin string) (passkey, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return passkey{}, nil, err
	}
	stored, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return passkey{}, nil, err
	}
	public, err := coseKey(&key.PublicKey)
	if err != nil {
		return passkey{}, nil, err
	}

	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails
	model := make([]byte, 16)
	data := slices.Concat(authenticatorData(asked.RP.ID, userPresent|userVerified|attested), model,
		binary.BigEndian.AppendUint16(nil, uint16(len(id))), id, public)
	object := slices.Concat([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"), cborBytes(data))

	made := passkey{ID: encode(id), RelyingParty: asked.RP.ID, UserHandle: asked.User.ID, Key: stored}
	response, err := credential(made.ID, map[string]any{
		"clientDataJSON":    encode(clientData("webauthn.create", asked.Challenge, origin)),
		"attestationObject": encode(object),
		"transports":        []string{"usb"},
	})

	return made, response, err
}

// get signs with the newest passkey of the relying party that the options allow.
func get(asked options, origin string, passkeys []passkey) ([]byte, error) {
	for _, one := range slices.Backward(passkeys) {
		allowed := len(asked.AllowCredentials) == 0
		for _, credential := range asked.AllowCredentials {
			allowed = allowed || credential.ID == one.ID
		}
		if allowed && one.RelyingParty == asked.RPID {
			return sign(asked, origin, one)
		}
	}

	return nil, errors.New("no passkey of this relying party is allowed")
}

func sign(asked options, origin string, one passkey) ([]byte, error) {
	key, err := x509.ParsePKCS8PrivateKey(one.Key)
	if err != nil {
		return nil, err
	}
	private, ok := key.(*ecdsa.PrivateKey)
	if !ok {
		return nil, errors.New("the file has a key of another kind")
	}

	data := authenticatorData(one.RelyingParty, userPresent|userVerified)
	client := clientData("webauthn.get", asked.Challenge, origin)
	clientHash := sha256.Sum256(client)
	digest := sha256.Sum256(slices.Concat(data, clientHash[:]))
	signature, err := ecdsa.SignASN1(rand.Reader, private, digest[:])
	if err != nil {
		return nil, err
	}

	return credential(one.ID, map[string]any{
		"clientDataJSON": encode(client), "authenticatorData": encode(data), "signature": encode(signature),
		"userHandle": one.UserHandle,
	})
}

// authenticatorData is the relying party's hash, the flags, and a count of 0: this authenticator does not count.
func authenticatorData(relyingParty string, flags byte) []byte {
	hash := sha256.Sum256([]byte(relyingParty))
	return append(append(hash[:], flags), 0, 0, 0, 0)
}

func clientData(kind, challenge, origin string) []byte {
	text, _ := json.Marshal(map[string]any{ // strings and a bool never fail
		"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false,
	})
	return text
}

func credential(id string, response map[string]any) ([]byte, error) {
	return json.Marshal(map[string]any{
		"id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "cross-platform",
		"clientExtensionResults": map[string]any{}, "response": response,
	})
}

// coseKey encodes a public key for ES256 (RFC 9053, section 7.1.1).
func coseKey(key *ecdsa.PublicKey) ([]byte, error) {
	point, err := key.Bytes()
	if err != nil {
		return nil, err
	}

	const coordinate = 32
	x, y := point[1:1+coordinate], point[1+coordinate:]

	return slices.Concat([]byte("\xa5\x01\x02\x03\x26\x20\x01\x21"), cborBytes(x), []byte("\x22"), cborBytes(y)), nil
}

// cborBytes encodes a byte string of less than 256 bytes in its shortest form (RFC 8949, section 3.1).
func cborBytes(content []byte) []byte {
	const byteString, length8, short = 0x40, 24, 24
	if len(content) < short {
		return append([]byte{byteString | byte(len(content))}, content...)
	}
	return append([]byte{byteString | length8, byte(len(content))}, content...)
}

func encode(content []byte) string { return base64.RawURLEncoding.EncodeToString(content) }

// load returns the passkeys of the file, which need not exist.
func load(file string) (passkeys []passkey, err error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}

	return passkeys, json.Unmarshal(text, &passkeys)
}

func save(file string, passkeys []passkey) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(passkeys); err != nil {
		return err
	}

	const ownerOnly = 0o600

	return os.WriteFile(file, text.Bytes(), ownerOnly)
}
