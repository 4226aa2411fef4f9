package password

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/accountql/accountql/models"
)

// Import returns the form in which another system's hash is stored. given is JSON: a string, or an object of a
// vendor that keeps the parts of a hash separately. docs/import.md lists the forms. It fails with INVALID_INPUT if
// the form is unknown or its cost is above the ceiling (R-HASH3). It does not compute the hash.
func Import(field string, given json.RawMessage) (string, error) {
	stored, err := convert(given)
	if err == nil {
		_, err = read(stored)
	}
	if err != nil {
		return "", models.InvalidInput(field, models.ReasonMalformed, 0, err.Error())
	}

	return stored, nil
}

func convert(given json.RawMessage) (string, error) {
	var text string
	if err := json.Unmarshal(given, &text); err == nil {
		return convertText(text)
	}

	var object map[string]json.RawMessage
	if err := json.Unmarshal(given, &object); err != nil {
		return "", errors.New("must be a text or an object")
	}
	if object["secretData"] != nil || object["credentialData"] != nil {
		return convertKeycloak(given)
	}

	return readFirebaseObject(given)
}

// foreign holds the forms of other systems that are stored in another form. The groups of a shape are the arguments
// of its function.
var foreign = []struct {
	shape   func() *regexp.Regexp
	convert func(group []string) (string, error)
}{
	// Django: its hasher's name is in front of a form that others share, or of the parts.
	{shape(`^argon2(\$argon2.*)$`), func(g []string) (string, error) { return g[1], nil }},
	{shape(`^bcrypt\$(\$2.*)$`), func(g []string) (string, error) { return g[1], nil }},
	{shape(`^bcrypt_sha256\$(\$2.*)$`), func(g []string) (string, error) { return "$django" + g[1], nil }},
	{shape(`^pbkdf2_(sha1|sha256)\$(\d{1,9})\$([^$]+)\$([A-Za-z0-9+/=]+)$`), func(g []string) (string, error) {
		return pbkdf2Of(g[1], number(g[2]), []byte(g[3]), base64Of(g[4]))
	}},
	{shape(`^scrypt\$(\d{1,9})\$([^$]+)\$(\d{1,6})\$(\d{1,6})\$([A-Za-z0-9+/=]+)$`), func(g []string) (string, error) {
		return scryptOf("scrypt", number(g[1]), number(g[3]), number(g[4]), []byte(g[2]), base64Of(g[5]))
	}},
	// Werkzeug, which Flask uses.
	{shape(`^pbkdf2:(sha1|sha256|sha512):(\d{1,9})\$([^$]+)\$([0-9a-f]+)$`), func(g []string) (string, error) {
		return pbkdf2Of(g[1], number(g[2]), []byte(g[3]), hexOf(g[4]))
	}},
	{shape(`^scrypt:(\d{1,9}):(\d{1,6}):(\d{1,6})\$([^$]+)\$([0-9a-f]+)$`), func(g []string) (string, error) {
		return scryptOf("scrypt", number(g[1]), number(g[2]), number(g[3]), []byte(g[4]), hexOf(g[5]))
	}},
	// PBKDF2 in the PHC string format; passlib's form, in which it is stored, is older.
	{shape(`^\$pbkdf2-(sha1|sha256|sha512)\$i=(\d{1,9})(?:,l=\d+)?\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$`),
		func(g []string) (string, error) {
			return pbkdf2Of(g[1], number(g[2]), base64Of(g[3]), base64Of(g[4]))
		}},
	{shape(`^\$pbkdf2-sha1(\$.*)$`), func(g []string) (string, error) { return "$pbkdf2" + g[1], nil }},
	// scrypt as in crypt(3) and libsodium: the salt is the text itself.
	{shape(`^\$7\$([./0-9A-Za-z])([./0-9A-Za-z]{5})([./0-9A-Za-z]{5})([./0-9A-Za-z]+)\$([./0-9A-Za-z]{43})$`),
		convertScrypt7},
	// WordPress, marked by the line; only WordPress has the first two, and the rest is stored with that mark.
	{shape(`^wordpress:(\$wp\$.*|\$P\$.*)$`), func(g []string) (string, error) { return g[1], nil }},
	// Spring Security: its encoder's name is in front of the hash.
	{shape(`^\{([A-Za-z0-9@_-]{1,40})\}(.*)$`), convertSpring},
	// Supabase's form of a hash from Firebase.
	{shape(`^\$fbscrypt\$v=1,n=(\d{1,2}),r=(\d{1,6}),p=1(?:,ss=([^,$]+))?,sk=([^$]+)\$([^$]+)\$(.+)$`), func(
		g []string,
	) (string, error) {
		return convertFirebase(firebaseHash{
			Hash: g[6], Salt: g[5], SignerKey: g[4], SaltSeparator: g[3], Rounds: number(g[2]), MemCost: number(g[1]),
		})
	}},
	// Medusa: the header of scrypt's encrypted files, which looks like ASP.NET's form.
	{shape(`^(c2NyeXB0[A-Za-z0-9+/]{120})$`), func(g []string) (string, error) { return g[1], nil }},
	// ASP.NET Identity: version, parameters, salt and key, in base64.
	{shape(`^([A-Za-z0-9+/]{60,}={0,2})$`), convertASPNET},
}

func convertText(text string) (string, error) {
	if len(text) > 2*maxStored {
		return "", errUnknownForm
	}

	for _, form := range foreign {
		if group := form.shape().FindStringSubmatch(text); group != nil {
			return form.convert(group)
		}
	}

	return text, nil
}

// base64Of decodes base64 with either alphabet, with or without padding; it returns nil if the text is not base64.
func base64Of(text string) []byte {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	decoded, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return decoded
}

func hexOf(text string) []byte {
	decoded, err := hex.DecodeString(text)
	if err != nil {
		return nil
	}
	return decoded
}

// pbkdf2Of returns the stored form of PBKDF2. read rejects the result of missing parts.
func pbkdf2Of(digest string, iterations int, salt, key []byte) (string, error) {
	name := map[string]string{"sha1": "pbkdf2", "sha256": "pbkdf2-sha256", "sha512": "pbkdf2-sha512"}[digest]
	adapted := func(b []byte) string { return strings.ReplaceAll(base64.RawStdEncoding.EncodeToString(b), "+", ".") }
	return fmt.Sprintf("$%s$%d$%s$%s", name, iterations, adapted(salt), adapted(key)), nil
}

// scryptOf returns the stored form of scrypt; n must be a power of two.
func scryptOf(name string, n, r, p int, salt, key []byte) (string, error) {
	ln := 0
	for 1<<ln < n {
		ln++
	}

	if 1<<ln != n {
		return "", errors.New("must have a power of two as scrypt's N")
	}

	return fmt.Sprintf("$%s$ln=%d,r=%d,p=%d$%s$%s", name, ln, r, p,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

func convertScrypt7(group []string) (string, error) {
	little := func(text string) (n int) {
		for i := range len(text) {
			n |= strings.IndexByte(cryptAlphabet, text[i]) << (6 * i)
		}
		return n
	}

	key, ok := cryptDecode(group[5])
	if !ok {
		return "", errUnknownForm
	}

	ln, r, p := little(group[1]), little(group[2]), little(group[3])
	if err := affordableScrypt(ln, r, p); err != nil {
		return "", err
	}

	return scryptOf("scrypt", 1<<ln, r, p, []byte(group[4]), key)
}

// convertASPNET decodes version 2 (0x00, salt of 16 bytes, key of 32) and version 3 (0x01, digest, iterations,
// length of the salt, salt, key).
func convertASPNET(group []string) (string, error) {
	const saltV2, keyV2, iterationsV2, headV3 = 16, 32, 1000, 13
	blob := base64Of(group[1])
	switch {
	case len(blob) == 1+saltV2+keyV2 && blob[0] == 0:
		return pbkdf2Of("sha1", iterationsV2, blob[1:1+saltV2], blob[1+saltV2:])
	case len(blob) > headV3 && blob[0] == 1:
		digest := binary.BigEndian.Uint32(blob[1:])
		iterations, salt := binary.BigEndian.Uint32(blob[5:]), binary.BigEndian.Uint32(blob[9:])
		if digest > 2 || int(salt) >= len(blob)-headV3 {
			return "", errUnknownForm
		}

		return pbkdf2Of([]string{"sha1", "sha256", "sha512"}[digest], int(iterations), blob[headV3:headV3+salt],
			blob[headV3+salt:])
	}

	return "", errUnknownForm
}

// convertKeycloak decodes a credential as Keycloak exports it: two JSON objects, each in a string.
func convertKeycloak(given json.RawMessage) (string, error) {
	var credential struct {
		Type                       string
		SecretData, CredentialData string
	}
	var secret struct {
		Value, Salt []byte
	}
	var data struct {
		HashIterations       int
		Algorithm            string
		AdditionalParameters map[string][]string
	}
	unknown := errors.New("must be a credential as Keycloak exports it")
	if json.Unmarshal(given, &credential) != nil || json.Unmarshal([]byte(credential.SecretData), &secret) != nil ||
		json.Unmarshal([]byte(credential.CredentialData), &data) != nil ||
		credential.Type != "" && credential.Type != "password" {
		return "", unknown
	}

	switch data.Algorithm {
	case "pbkdf2":
		return pbkdf2Of("sha1", data.HashIterations, secret.Salt, secret.Value)
	case "pbkdf2-sha256", "pbkdf2-sha512":
		return pbkdf2Of(strings.TrimPrefix(data.Algorithm, "pbkdf2-"), data.HashIterations, secret.Salt, secret.Value)
	case "argon2":
		parameter := func(name string) string { return strings.Join(data.AdditionalParameters[name], ",") }
		if parameter("version") != "1.3" {
			return "", errUnknownForm
		}
		return fmt.Sprintf("$argon2%s$v=19$m=%s,t=%d,p=%s$%s$%s", parameter("type"), parameter("memory"),
			data.HashIterations, parameter("parallelism"),
			base64.RawStdEncoding.EncodeToString(secret.Salt), base64.RawStdEncoding.EncodeToString(secret.Value)), nil
	}

	return "", errUnknownForm
}

// firebaseHash is a hash of `firebase auth:export`, with the parameters of its project.
type firebaseHash struct {
	Algorithm     string `json:"algorithm"`
	Hash          string `json:"hash"`
	Salt          string `json:"salt"`
	SignerKey     string `json:"signerKey"`
	SaltSeparator string `json:"saltSeparator"`
	Rounds        int    `json:"rounds"`
	MemCost       int    `json:"memCost"`
}

// readFirebaseObject decodes the object of a line.
func readFirebaseObject(given json.RawMessage) (string, error) {
	var h firebaseHash
	decoder := json.NewDecoder(bytes.NewReader(given))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&h); err != nil || h.Algorithm != "firebase-scrypt" {
		return "", errors.New("must be a text, a credential as Keycloak exports it, or an object with the algorithm " +
			"firebase-scrypt, hash, salt, signerKey, saltSeparator, rounds and memCost")
	}

	return convertFirebase(h)
}

// convertFirebase removes the project's key from the hash: Firebase's hash is that key, encrypted with a key
// stream, and a verification needs only the stream.
func convertFirebase(h firebaseHash) (string, error) {
	stream, signer := base64Of(h.Hash), base64Of(h.SignerKey)
	if len(signer) < sha256.Size || len(stream) != len(signer) {
		return "", errors.New("must have a hash and a signerKey of the same length")
	}

	for i := range stream {
		stream[i] ^= signer[i]
	}

	if err := affordableScrypt(h.MemCost, h.Rounds, 1); err != nil {
		return "", err
	}

	salt := append(base64Of(h.Salt), base64Of(h.SaltSeparator)...)

	return scryptOf("firebase-scrypt", 1<<h.MemCost, h.Rounds, 1, salt, stream)
}

// Unusable reports whether no password matches the hash: an empty string, or one that begins with "!" or "*", as
// Django, WordPress and crypt(3) write for an account without a password.
func Unusable(given json.RawMessage) bool {
	var text string
	if json.Unmarshal(given, &text) != nil {
		return false
	}

	text = strings.TrimPrefix(text, "wordpress:")
	return text == "" || text[0] == '!' || text[0] == '*'
}
