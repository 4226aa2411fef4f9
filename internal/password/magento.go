package password

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	rawargon2 "github.com/go-crypt/x/argon2"
)

// magentoStep hashes a text as one version of Magento does, into hexadecimal digits.
type magentoStep struct {
	digits int
	hash   func(text, salt string) string
}

// readMagento parses Magento 2's hash:salt:version, in which several versions mean that the hash was later hashed
// again; and hash:salt without a version, of OpenMage and Magento 1, whose algorithm follows from the length.
func readMagento(_ string, group []string) (matcher, error) {
	stored, salt, versions := group[1], group[2], strings.Split(group[3], ":")[1:]
	steps, err := magentoSteps(versions)
	if len(versions) == 0 {
		steps, err = openMageSteps(len(stored))
	}
	if err != nil {
		return nil, err
	}
	if steps[len(steps)-1].digits != len(stored) {
		return nil, errUnknownForm
	}

	return matchFunc(func(password string) bool {
		text := password
		for _, step := range steps {
			text = step.hash(text, salt)
		}
		return subtle.ConstantTimeCompare([]byte(text), []byte(stored)) == 1
	}), nil
}

// These hash once: they protect a password only as well as its own strength does, until the first sign-in.
var (
	magentoMD5    = magentoStep{32, func(text, salt string) string { return hexMD5(salt + text) }}
	magentoSHA256 = magentoStep{64, func(text, salt string) string {
		sum := sha256.Sum256([]byte(salt + text))
		return hex.EncodeToString(sum[:])
	}}
	magentoSHA512 = magentoStep{128, func(text, salt string) string {
		sum := sha512.Sum512([]byte(salt + text))
		return hex.EncodeToString(sum[:])
	}}
)

// openMageSteps returns the algorithm by the number of digits.
func openMageSteps(digits int) ([]magentoStep, error) {
	for _, step := range []magentoStep{magentoMD5, magentoSHA256, magentoSHA512} {
		if step.digits == digits {
			return []magentoStep{step}, nil
		}
	}

	return nil, errUnknownForm
}

// magentoArgon2 matches version 3: the bytes of the key, iterations, and bytes of memory.
var magentoArgon2 = shape(`^3_(\d{1,2})_(\d{1,9})_(\d{1,12})$`)

// magentoSteps returns an error if a version is unknown, or if the versions together cost too much.
func magentoSteps(versions []string) (steps []magentoStep, err error) {
	const interactiveKey, interactiveIterations, interactiveMemory = 32, 2, 64 << 10
	spent := 0
	argon2 := func(key int, cost Parameters) error {
		// Magento 2 upgrades a hash of its version 2 to a hash of both versions.
		// guard: Magento's argon2 has a ceiling in all
		if spent += cost.MemoryKiB * cost.Iterations; spent > ceilingArgon2 {
			return errTooCostly("KiB of memory times iterations", ceilingArgon2)
		}
		steps = append(steps, argon2Step(key, cost))
		return affordableArgon2(cost)
	}

	for _, version := range versions {
		switch group := magentoArgon2().FindStringSubmatch(version); {
		case version == "0":
			steps = append(steps, magentoMD5)
		case version == "1":
			steps = append(steps, magentoSHA256)
		case version == "2":
			err = argon2(interactiveKey, Parameters{interactiveMemory, interactiveIterations, 1})
		case group != nil && number(group[1]) >= 16:
			err = argon2(number(group[1]), Parameters{number(group[3]) >> 10, number(group[2]), 1})
		default:
			err = errUnknownForm
		}

		if err != nil {
			return nil, err
		}
	}

	return steps, nil
}

// argon2Step is libsodium's argon2id as Magento calls it, with the salt repeated or cut to 16 bytes.
func argon2Step(key int, cost Parameters) magentoStep {
	const saltBytes = 16
	return magentoStep{2 * key, func(text, salt string) string {
		salt = strings.Repeat(salt, saltBytes)[:saltBytes]
		//nolint:gosec // the costs are below the ceiling, and key has two digits
		iterations, memory, bytes := uint32(cost.Iterations), uint32(cost.MemoryKiB), uint32(key)
		return hex.EncodeToString(rawargon2.IDKey([]byte(text), []byte(salt), iterations, memory, 1, bytes))
	}}
}
