package password

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"sync"

	"github.com/go-crypt/crypt/algorithm/argon2"
	"github.com/go-crypt/crypt/algorithm/bcrypt"
	"github.com/go-crypt/crypt/algorithm/pbkdf2"
)

// These bound the parameters of stored hashes, in the database and in an imported file (R-HASH3). Each form takes
// about a second at its ceiling (BenchmarkCeilings): a sign-in that compares a hash twice, because the password can
// be composed in two ways, and then rehashes still ends within the operation's five seconds.
var ceiling = Parameters{MemoryKiB: 256 << 10, Iterations: 16, Parallelism: 16}

const (
	// ceilingArgon2 bounds memory times iterations, in KiB.
	ceilingArgon2 = 1 << 20
	ceilingBcrypt = 14
	// ceilingPBKDF2 bounds the iterations of all blocks of the key.
	ceilingPBKDF2 = 2_500_000
	// ceilingScrypt bounds 128 · N · r · p, in bytes.
	ceilingScrypt = 256 << 20
	// ceilingPhpass bounds the logarithm of the iterations.
	ceilingPhpass = 20
	// maxStored is in bytes; no known form is longer.
	maxStored = 512
)

// matcher is a parsed stored hash.
type matcher interface{ Match(password string) bool }

// matchFunc is a function that implements matcher.
type matchFunc func(password string) bool

// Match reports whether the password is the right one.
func (f matchFunc) Match(password string) bool { return f(password) }

var errUnknownForm = errors.New("is of no form that is known")

func errTooCostly(cost string, limit int) error {
	return fmt.Errorf("costs more than the ceiling: %s above %d", cost, limit)
}

// shape returns a regular expression that is compiled when it is first needed: few processes ever need more than
// one form, and all of them together take a third of a megabyte.
func shape(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// form is one form of a stored hash.
type form struct {
	shape func() *regexp.Regexp
	// read gets the whole text and the groups of the shape. It returns an error if the costs are above the ceiling,
	// and does not compute the hash.
	read func(encoded string, group []string) (matcher, error)
}

// forms are all forms of a hash in the database. The first is this service's own; the others are imported, and each
// is replaced at the next successful sign-in. No salt is shorter than two characters, and no key than 96 bits.
var forms = []form{
	{shape(
		`^\$argon2(?:id|i|d)\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[A-Za-z0-9+/]{2,172}\$[A-Za-z0-9+/]{16,172}$`,
	), readArgon2},
	// guard: bcrypt is slashed only where it is WordPress's
	{shape(`^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$`), readBcrypt},
	{shape(`^\$scrypt\$ln=(\d{1,2}),r=(\d{1,6}),p=(\d{1,6})\$[A-Za-z0-9+/]{2,172}\$[A-Za-z0-9+/]{16,172}$`),
		readScrypt},
	{shape(`^\$pbkdf2(-sha256|-sha512)?\$(\d{1,9})\$[A-Za-z0-9./]{2,172}\$([A-Za-z0-9./]{16,172})$`), readPBKDF2},
	// Hashes that are more than one standard algorithm.
	{shape(`^\$firebase-scrypt\$ln=(\d{1,2}),r=(\d{1,6}),p=1\$([A-Za-z0-9+/]{2,172})\$([A-Za-z0-9+/]{16,172})$`),
		readFirebase},
	{shape(`^\$(wp|django)(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$`), readPreparedBcrypt},
	{shape(`^(U?)\$([SPH])\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22}|[./0-9A-Za-z]{43})$`), readPhpass},
	{shape(`^wordpress:\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$`), ofWordPress(readBcrypt)},
	{shape(
		`^wordpress:\$argon2(?:id|i|d)\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[A-Za-z0-9+/]{2,172}\$[A-Za-z0-9+/]{16,172}$`,
	), ofWordPress(readArgon2)},
	{shape(`^wordpress:([0-9a-f]{32})$`), readWordPressMD5},
	{shape(`^([0-9a-f]{32}:)[0-9a-f]{128}$`), readBetterAuth},
	{shape(`^c2NyeXB0[A-Za-z0-9+/]{120}$`), readMedusa},
	{shape(`^([0-9a-f]{32,128}):([!-9;-~]{1,64})((?::[0-9_]{1,40}){0,4})$`), readMagento},
	{shape(`^\{sha256\}([0-9a-f]{80})$`), readSpringSHA256},
}

// read parses a stored hash. Its error continues the name of a field ("is of no form that is known") and never
// contains the hash.
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

// number parses digits; the forms limit their number, so that they always fit.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// known returns what a library parsed, with an error of our own, because the library's may contain a part of the
// hash.
func known[T matcher](digest T, err error) (matcher, error) {
	if err != nil {
		return nil, errUnknownForm
	}
	return digest, nil
}

func readArgon2(encoded string, group []string) (matcher, error) {
	cost := Parameters{MemoryKiB: number(group[1]), Iterations: number(group[2]), Parallelism: number(group[3])}
	if err := affordableArgon2(cost); err != nil {
		return nil, err
	}

	return known(argon2.Decode(encoded))
}

// affordableArgon2 returns an error if the costs are invalid or above the ceiling. Each can be below its own
// ceiling and their product above it: the time depends on memory times iterations.
func affordableArgon2(cost Parameters) error {
	switch {
	case cost.MemoryKiB == 0 || cost.Iterations == 0 || cost.Parallelism == 0:
		return errUnknownForm
	case cost.MemoryKiB > ceiling.MemoryKiB: // guard: argon2 has a ceiling
		return errTooCostly("KiB of memory", ceiling.MemoryKiB)
	case cost.Iterations > ceiling.Iterations:
		return errTooCostly("iterations", ceiling.Iterations)
	case cost.Parallelism > ceiling.Parallelism:
		return errTooCostly("lanes", ceiling.Parallelism)
	// guard: argon2 has a ceiling of memory times iterations
	case cost.MemoryKiB*cost.Iterations > ceilingArgon2:
		return errTooCostly("KiB of memory times iterations", ceilingArgon2)
	}

	return nil
}

func readBcrypt(encoded string, group []string) (matcher, error) {
	const least = 4
	switch cost := number(group[1]); {
	case cost < least:
		return nil, errUnknownForm
	case cost > ceilingBcrypt: // guard: bcrypt has a ceiling
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
	case iterations*blocks > ceilingPBKDF2: // guard: PBKDF2 has a ceiling
		return nil, errTooCostly("iterations", ceilingPBKDF2)
	}

	return known(pbkdf2.Decode(encoded))
}
