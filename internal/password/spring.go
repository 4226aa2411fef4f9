package password

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// convertSpring removes the prefix that Spring Security's delegating encoder writes in front of a hash:
// {bcrypt}$2a$10$…
func convertSpring(group []string) (string, error) {
	mark, hash := group[1], group[2]
	encoder, version, _ := strings.Cut(mark, "@")
	if version != "" && version != "SpringSecurity_v5_8" {
		encoder = "" // of a future version
	}

	switch encoder {
	case "bcrypt", "argon2":
		return hash, nil
	case "pbkdf2":
		return convertSpringPBKDF2(hash, version != "")
	case "scrypt":
		return convertSpringScrypt(hash)
	case "sha256":
		return group[0], nil
	case "noop":
		// guard: a password that is no hash is not taken
		return "", errors.New("holds the password itself, marked {noop}: what is imported is its hash")
	}

	return "", fmt.Errorf("is marked {%s}, a form that is not taken", mark)
}

// convertSpringPBKDF2 decodes the salt and the key after it, in hexadecimal digits. The other parameters are the
// encoder's first defaults, or those since 5.8.
func convertSpringPBKDF2(text string, since58 bool) (string, error) {
	digest, saltBytes, iterations := "sha1", 8, 185_000
	if since58 {
		digest, saltBytes, iterations = "sha256", 16, 310_000
	}

	both := hexOf(text)
	if len(both) <= saltBytes {
		return "", errUnknownForm
	}

	return pbkdf2Of(digest, iterations, both[:saltBytes], both[saltBytes:])
}

// springScrypt matches log N, r and p in one number, the salt and the key.
var springScrypt = shape(`^\$([0-9a-f]{1,8})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$`)

func convertSpringScrypt(text string) (string, error) {
	group := springScrypt().FindStringSubmatch(text)
	if group == nil {
		return "", errUnknownForm
	}

	var cost int
	if _, err := fmt.Sscanf(group[1], "%x", &cost); err != nil {
		return "", errUnknownForm
	}

	ln, r, p := cost>>16, cost>>8&0xff, cost&0xff
	if err := affordableScrypt(ln, r, p); err != nil {
		return "", err
	}

	return scryptOf("scrypt", 1<<ln, r, p, base64Of(group[2]), base64Of(group[3]))
}

// readSpringSHA256 parses the hash of Spring's StandardPasswordEncoder: a salt of eight bytes, and SHA-256 of it
// and the password, 1024 times.
func readSpringSHA256(_ string, group []string) (matcher, error) {
	const saltBytes, iterations = 8, 1024
	both, err := hex.DecodeString(group[1])
	if err != nil {
		return nil, errUnknownForm
	}

	return matchFunc(func(password string) bool {
		sum := sha256.Sum256(append(both[:saltBytes:saltBytes], password...))
		for range iterations - 1 {
			sum = sha256.Sum256(sum[:])
		}
		return subtle.ConstantTimeCompare(sum[:], both[saltBytes:]) == 1
	}), nil
}
