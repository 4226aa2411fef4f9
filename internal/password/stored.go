package password

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // what WordPress hashed with it is verified once, and hashed anew
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/go-crypt/crypt/algorithm/argon2"
	"github.com/go-crypt/crypt/algorithm/bcrypt"
	"github.com/go-crypt/crypt/algorithm/pbkdf2"
	"github.com/go-crypt/crypt/algorithm/scrypt"
	rawscrypt "github.com/go-crypt/x/scrypt"
)

// These bound the parameters of stored hashes: a hash planted in the database,
// or in a file that is imported, must not cost a hundred times a common one (R-HASH3).
var ceiling = Parameters{MemoryKiB: 256 << 10, Iterations: 16, Parallelism: 16}

const (
	ceilingBcrypt = 15
	// ceilingPBKDF2 counts the iterations of all blocks of the key.
	ceilingPBKDF2 = 5_000_000
	// ceilingScrypt is what 128 · N · r · p may come to, in bytes, and ceilingScryptMemory what 128 · N · r may.
	ceilingScrypt       = 1 << 30
	ceilingScryptMemory = 256 << 20
	// ceilingPhpass is the logarithm of the iterations.
	ceilingPhpass = 20
	// maxStored is in bytes; no form that is known here is longer.
	maxStored = 512
)

// matcher is a stored hash that was read.
type matcher interface{ Match(password string) bool }

// matchFunc is a matcher of one function.
type matchFunc func(password string) bool

// Match reports whether the password is the right one.
func (f matchFunc) Match(password string) bool { return f(password) }

var errUnknownForm = errors.New("is of no form that is known")

func errTooCostly(cost string, limit int) error {
	return fmt.Errorf("costs more than the ceiling: %s above %d", cost, limit)
}

// shape is a regular expression, compiled when it is first needed: few processes
// ever see more than one form, and all of them together take a third of a megabyte.
func shape(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// form is one way in which a hash is stored.
type form struct {
	shape func() *regexp.Regexp
	// read takes the whole text and the groups of the shape. It refuses costs
	// above the ceiling, and does no work.
	read func(encoded string, group []string) (matcher, error)
}

// forms are all that a hash can look like in the database. The first is what
// this service makes; the others came with an import, and go with the next right
// sign-in. No salt is shorter than two characters, nor any key than 96 bits.
var forms = []form{
	{shape(`^\$argon2(?:id|i|d)\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[A-Za-z0-9+/]{2,172}\$[A-Za-z0-9+/]{16,172}$`), readArgon2},
	{shape(`^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$`), readBcrypt},
	{shape(`^\$scrypt\$ln=(\d{1,2}),r=(\d{1,6}),p=(\d{1,6})\$[A-Za-z0-9+/]{2,172}\$[A-Za-z0-9+/]{16,172}$`), readScrypt},
	{shape(`^\$pbkdf2(-sha256|-sha512)?\$(\d{1,9})\$[A-Za-z0-9./]{2,172}\$([A-Za-z0-9./]{16,172})$`), readPBKDF2},
	{shape(`^\$firebase-scrypt\$ln=(\d{1,2}),r=(\d{1,6}),p=1\$([A-Za-z0-9+/]{2,172})\$([A-Za-z0-9+/]{16,172})$`), readFirebase},
	{shape(`^\$(wp|django)(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$`), readPreparedBcrypt},
	{shape(`^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$`), readPhpass},
}

// read reads a stored hash. Its error continues the name of a field ("is of no
// form that is known") and never repeats the hash.
func read(encoded string) (matcher, error) {
	if len(encoded) > maxStored {
		return nil, errUnknownForm
	}
	for _, form := range forms {
		if group := form.shape().FindStringSubmatch(encoded); group != nil {
			return form.read(encoded, group)
		}
	}
	return nil, errUnknownForm
}

// number reads digits; a form has so few of them that they always fit.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// known passes what a library read; its errors may repeat a part of the hash.
func known[T matcher](digest T, err error) (matcher, error) {
	if err != nil {
		return nil, errUnknownForm
	}
	return digest, nil
}

func readArgon2(encoded string, group []string) (matcher, error) {
	cost := Parameters{MemoryKiB: number(group[1]), Iterations: number(group[2]), Parallelism: number(group[3])}
	switch {
	case cost.MemoryKiB == 0 || cost.Iterations == 0 || cost.Parallelism == 0:
		return nil, errUnknownForm
	case cost.MemoryKiB > ceiling.MemoryKiB:
		return nil, errTooCostly("KiB of memory", ceiling.MemoryKiB)
	case cost.Iterations > ceiling.Iterations:
		return nil, errTooCostly("iterations", ceiling.Iterations)
	case cost.Parallelism > ceiling.Parallelism:
		return nil, errTooCostly("lanes", ceiling.Parallelism)
	}
	return known(argon2.Decode(encoded))
}

func readBcrypt(encoded string, group []string) (matcher, error) {
	const least = 4
	switch cost := number(group[1]); {
	case cost < least:
		return nil, errUnknownForm
	case cost > ceilingBcrypt:
		return nil, errTooCostly("bcrypt's cost", ceilingBcrypt)
	}
	return known(bcrypt.Decode(encoded))
}

func readPBKDF2(encoded string, group []string) (matcher, error) {
	block := map[string]int{"": 20, "-sha256": sha256.Size, "-sha512": sha512.Size}[group[1]]
	blocks := (base64.RawStdEncoding.DecodedLen(len(group[3])) + block - 1) / block
	switch iterations := number(group[2]); {
	case iterations == 0:
		return nil, errUnknownForm
	case iterations*blocks > ceilingPBKDF2:
		return nil, errTooCostly("iterations", ceilingPBKDF2)
	}
	return known(pbkdf2.Decode(encoded))
}

// affordableScrypt refuses costs that are none, or above the ceiling.
func affordableScrypt(ln, r, p int) error {
	// Beyond it the products would not fit.
	const widest = 1 << 24
	switch {
	case ln < 1 || r < 1 || p < 1:
		return errUnknownForm
	case ln > 24 || r > widest || p > widest || 128<<ln*r > ceilingScryptMemory:
		return errTooCostly("bytes of memory", ceilingScryptMemory)
	case 128<<ln*r*p > ceilingScrypt:
		return errTooCostly("bytes to work on", ceilingScrypt)
	}
	return nil
}

func readScrypt(encoded string, group []string) (matcher, error) {
	if err := affordableScrypt(number(group[1]), number(group[2]), number(group[3])); err != nil {
		return nil, err
	}
	return known(scrypt.Decode(encoded))
}

// readFirebase reads Firebase's scrypt, which encrypts a key of the project with
// the derived key. Import has taken the project's key out of it: what is stored
// is the stream that the derived key gives.
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

// readPreparedBcrypt reads bcrypt of a digest of the password, which has no
// limit of 72 bytes: WordPress's since 6.8, and Django's bcrypt_sha256.
func readPreparedBcrypt(_ string, group []string) (matcher, error) {
	inner, err := readBcrypt(group[2], []string{group[2], group[3]})
	if err != nil {
		return nil, err
	}
	prepare := func(password string) string {
		sum := sha256.Sum256([]byte(password))
		return hex.EncodeToString(sum[:])
	}
	if group[1] == "wp" {
		prepare = func(password string) string {
			mac := hmac.New(sha512.New384, []byte("wp-sha384"))
			mac.Write([]byte(trimmed(password)))
			return base64.StdEncoding.EncodeToString(mac.Sum(nil))
		}
	}
	return matchFunc(func(password string) bool { return inner.Match(prepare(password)) }), nil
}

// trimmed is the password as WordPress hashes it.
func trimmed(password string) string { return strings.Trim(password, " \t\n\r\x00\v") }

// cryptAlphabet are the digits to the base of 64 of crypt(3), the least first.
const cryptAlphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// readPhpass reads the portable hash of phpass, WordPress's before 6.8: MD5, many times.
func readPhpass(_ string, group []string) (matcher, error) {
	logarithm := strings.Index(cryptAlphabet, group[1])
	if logarithm > ceilingPhpass {
		return nil, errTooCostly("the logarithm of the iterations", ceilingPhpass)
	}
	stored, ok := cryptDecode(group[3])
	if !ok || len(stored) != md5.Size {
		return nil, errUnknownForm
	}
	return matchFunc(func(password string) bool {
		password = trimmed(password)
		sum := md5.Sum([]byte(group[2] + password)) //nolint:gosec // see the import
		for range 1 << logarithm {
			sum = md5.Sum(append(sum[:], password...)) //nolint:gosec // see the import
		}
		return subtle.ConstantTimeCompare(sum[:], stored) == 1
	}), nil
}

// cryptDecode reads bytes in the alphabet of crypt(3), in which each group of
// three bytes stands with its least significant bits first.
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
	// What is left over is padding.
	return decoded, bits == 0
}
