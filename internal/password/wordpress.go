package password

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // what others hashed with it is verified once, and hashed anew
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"
)

// wordPress matches passwords as WordPress hashes them.
type wordPress struct{ matcher }

// slash escapes what PHP once escaped in every form (its magic quotes). WordPress still does so, and hashes the
// escaped password.
var slash = strings.NewReplacer(`\`, `\\`, `'`, `\'`, `"`, `\"`, "\x00", `\0`)

// trimmed returns the password without the surrounding space, which WordPress removes.
func trimmed(password string) string { return strings.Trim(password, " \t\n\r\x00\v") }

// Match reports whether the password is the right one. A password that got into WordPress without a form, through a
// command or a plugin, was hashed as it was typed.
func (w wordPress) Match(password string) bool {
	// guard: WordPress's passwords are slashed
	slashed, typed := trimmed(slash.Replace(password)), trimmed(password)
	if w.matcher.Match(slashed) {
		return true
	}

	return typed != slashed && w.matcher.Match(typed)
}

// ofWordPress reads a form that plugins and filters of WordPress choose. The line must mark it as WordPress's,
// because other systems' hashes look the same.
func ofWordPress(read func(encoded string, group []string) (matcher, error)) func(string, []string) (matcher, error) {
	return func(encoded string, group []string) (matcher, error) {
		inner, err := read(strings.TrimPrefix(encoded, "wordpress:"), group)
		return wordPress{inner}, err
	}
}

// readWordPressMD5 parses WordPress's first form, which it still accepts and replaces at a sign-in.
func readWordPressMD5(_ string, group []string) (matcher, error) {
	return wordPress{matchFunc(func(password string) bool {
		return subtle.ConstantTimeCompare([]byte(hexMD5(password)), []byte(group[1])) == 1
	})}, nil
}

func hexMD5(text string) string {
	sum := md5.Sum([]byte(text)) //nolint:gosec // see the import
	return hex.EncodeToString(sum[:])
}

// readPreparedBcrypt parses bcrypt of a digest of the password, which has no limit of 72 bytes: WordPress's since
// 6.8, and Django's bcrypt_sha256.
func readPreparedBcrypt(_ string, group []string) (matcher, error) {
	inner, err := readBcrypt(group[2], []string{group[2], group[3]})
	if err != nil {
		return nil, err
	}

	if group[1] == "wp" {
		return wordPress{matchFunc(func(password string) bool {
			mac := hmac.New(sha512.New384, []byte("wp-sha384"))
			mac.Write([]byte(password))
			return inner.Match(base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		})}, nil
	}

	return matchFunc(func(password string) bool {
		sum := sha256.Sum256([]byte(password))
		return inner.Match(hex.EncodeToString(sum[:]))
	}), nil
}

// readPhpass parses the portable hash of phpass: of MD5 ($P$, and phpBB's $H$), WordPress's before 6.8, or of
// SHA-512 ($S$), Drupal's before 10.1. A leading U means that Drupal hashed its older MD5 hash.
func readPhpass(_ string, group []string) (matcher, error) {
	upgraded, kind, salt, stored := group[1] == "U", group[2], group[4], group[5]
	logarithm := strings.Index(cryptAlphabet, group[3])
	if logarithm > ceilingPhpass { // guard: phpass has a ceiling
		return nil, errTooCostly("the logarithm of the iterations", ceilingPhpass)
	}

	newHash, digits := md5.New, 22
	if kind == "S" {
		newHash, digits = sha512.New, 43
	}
	if len(stored) != digits {
		return nil, errUnknownForm
	}

	match := matchFunc(func(password string) bool {
		digest := phpass(newHash, salt, password, logarithm)
		return subtle.ConstantTimeCompare([]byte(digest[:digits]), []byte(stored)) == 1
	})
	switch {
	case upgraded:
		return matchFunc(func(password string) bool { return match(hexMD5(password)) }), nil
	case kind == "S":
		return match, nil
	}

	return wordPress{match}, nil
}

// phpass returns the digest that phpass iterates, in the alphabet of crypt(3).
func phpass(newHash func() hash.Hash, salt, password string, logarithm int) string {
	digest := newHash()
	digest.Write([]byte(salt + password))
	sum := digest.Sum(nil)

	for range 1 << logarithm {
		digest.Reset()
		digest.Write(sum)
		digest.Write([]byte(password))
		sum = digest.Sum(sum[:0])
	}

	return cryptEncode(sum)
}

// cryptAlphabet holds the base-64 digits of crypt(3), the least first.
const cryptAlphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// cryptEncode encodes bytes in the alphabet of crypt(3), in which each group of three bytes begins with its least
// significant bits.
func cryptEncode(decoded []byte) string {
	const digitBits, byteBits = 6, 8
	var text []byte
	bits, have := 0, 0
	for _, b := range decoded {
		bits |= int(b) << have
		for have += byteBits; have >= digitBits; have -= digitBits {
			text = append(text, cryptAlphabet[bits&63])
			bits >>= digitBits
		}
	}

	if have > 0 {
		text = append(text, cryptAlphabet[bits&63])
	}

	return string(text)
}

// cryptDecode decodes the result of cryptEncode.
func cryptDecode(text string) (decoded []byte, ok bool) {
	bits, have := 0, 0
	for i := range len(text) {
		digit := strings.IndexByte(cryptAlphabet, text[i])
		if digit < 0 {
			return nil, false
		}

		bits |= digit << have
		have += 6
		for have >= 8 {
			decoded = append(decoded, byte(bits&0xff))
			bits >>= 8
			have -= 8
		}
	}

	// The remaining bits are padding.
	return decoded, bits == 0
}
