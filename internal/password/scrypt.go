package password

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"

	"github.com/go-crypt/crypt/algorithm/scrypt"
	rawscrypt "github.com/go-crypt/x/scrypt"
	"golang.org/x/text/unicode/norm"
)

// affordableScrypt returns an error if the costs are invalid or above the ceiling.
func affordableScrypt(ln, r, p int) error {
	// Above it the product would overflow.
	const widest = 1 << 16

	switch {
	case ln < 1 || r < 1 || p < 1:
		return errUnknownForm
	case ln > 24 || r > widest || p > widest || 128<<ln*r*p > ceilingScrypt: // guard: scrypt has a ceiling
		return errTooCostly("bytes of scrypt's N · r · p · 128", ceilingScrypt)
	}

	return nil
}

func readScrypt(encoded string, group []string) (matcher, error) {
	if err := affordableScrypt(number(group[1]), number(group[2]), number(group[3])); err != nil {
		return nil, err
	}

	return known(scrypt.Decode(encoded))
}

// readFirebase parses Firebase's scrypt, which encrypts the project's key with the derived key. Import has removed
// the project's key: the stored form is the key stream that the derived key gives.
func readFirebase(_ string, group []string) (matcher, error) {
	ln, r := number(group[1]), number(group[2])
	if err := affordableScrypt(ln, r, 1); err != nil {
		return nil, err
	}

	salt, err := base64.RawStdEncoding.DecodeString(group[3])
	if err != nil {
		return nil, errUnknownForm
	}

	stream, err := base64.RawStdEncoding.DecodeString(group[4])
	if err != nil {
		return nil, errUnknownForm
	}

	return matchFunc(func(password string) bool {
		key, err := rawscrypt.Key([]byte(password), salt, 1<<ln, r, 1, sha256.Size)
		if err != nil {
			return false
		}

		block, err := aes.NewCipher(key)
		if err != nil {
			return false
		}

		derived := make([]byte, len(stream))
		cipher.NewCTR(block, make([]byte, aes.BlockSize)).XORKeyStream(derived, derived) //nolint:gosec // as Firebase has it: each key is used once

		return subtle.ConstantTimeCompare(derived, stream) == 1
	}), nil
}

// readBetterAuth parses the scrypt of Better Auth and Lucia, whose salt is the text of its hexadecimal digits, and
// whose passwords are normalized to NFKC.
func readBetterAuth(encoded string, group []string) (matcher, error) {
	const ln, r, p = 14, 16, 1
	salt := group[1][:len(group[1])-1]
	stored, err := hex.DecodeString(encoded[len(group[1]):])
	if err != nil {
		return nil, errUnknownForm
	}

	return matchFunc(func(password string) bool {
		key, err := rawscrypt.Key([]byte(norm.NFKC.String(password)), []byte(salt), 1<<ln, r, p, len(stored))
		return err == nil && subtle.ConstantTimeCompare(key, stored) == 1
	}), nil
}

// readMedusa parses the header of scrypt's encrypted files, in base64, which Medusa uses as a hash: "scrypt", a
// zero, log N, r and p, the salt, a checksum of all that, and an HMAC of all that with the second half of the
// derived key.
func readMedusa(encoded string, _ []string) (matcher, error) {
	const saltAt, checksumAt, sealAt, keyBytes = 16, 48, 64, 64
	header, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || header[6] != 0 {
		return nil, errUnknownForm
	}

	checksum := sha256.Sum256(header[:checksumAt])
	// guard: Medusa's header is whole
	if subtle.ConstantTimeCompare(checksum[:sealAt-checksumAt], header[checksumAt:sealAt]) != 1 {
		return nil, errUnknownForm
	}

	ln, r, p := int(header[7]), int(binary.BigEndian.Uint32(header[8:])), int(binary.BigEndian.Uint32(header[12:]))
	if err := affordableScrypt(ln, r, p); err != nil {
		return nil, err
	}

	return matchFunc(func(password string) bool {
		key, err := rawscrypt.Key([]byte(password), header[saltAt:checksumAt], 1<<ln, r, p, keyBytes)
		if err != nil {
			return false
		}

		seal := hmac.New(sha256.New, key[keyBytes/2:])
		seal.Write(header[:sealAt])

		return subtle.ConstantTimeCompare(seal.Sum(nil), header[sealAt:]) == 1
	}), nil
}
