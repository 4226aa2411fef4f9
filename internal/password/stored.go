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

// These bound the parameters of stored hashes, in the database as in a file that
// is imported (R-HASH3). Each form takes about a second at its ceiling
// (BenchmarkCeilings): a sign-in that compares a hash twice, because the password
// can be composed in two ways, and then hashes anew still ends within the
// operation's five seconds.
var ceiling = Parameters{MemoryKiB: 256 << 10, Iterations: 16, Parallelism: 16}

const (
	// ceilingArgon2 is what memory times iterations may come to, in KiB.
	ceilingArgon2 = 1 << 20
	ceilingBcrypt = 14
	// ceilingPBKDF2 counts the iterations of all blocks of the key.
	ceilingPBKDF2 = 2_500_000
	// ceilingScrypt is what 128 · N · r · p may come to, in bytes.
	ceilingScrypt = 256 << 20
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
	// What is not a hash as its algorithm has it.
	{shape(`^\$firebase-scrypt\$ln=(\d{1,2}),r=(\d{1,6}),p=1\$([A-Za-z0-9+/]{2,172})\$([A-Za-z0-9+/]{16,172})$`), readFirebase},
	{shape(`^\$(wp|django)(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$`), readPreparedBcrypt},
	{shape(`^(U?)\$([SPH])\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22}|[./0-9A-Za-z]{43})$`), readPhpass},
	{shape(`^wordpress:\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$`), ofWordPress(readBcrypt)},
	{shape(`^wordpress:\$argon2(?:id|i|d)\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[A-Za-z0-9+/]{2,172}\$[A-Za-z0-9+/]{16,172}$`), ofWordPress(readArgon2)},
	{shape(`^wordpress:([0-9a-f]{32})$`), readWordPressMD5},
	{shape(`^([0-9a-f]{32}:)[0-9a-f]{128}$`), readBetterAuth},
	{shape(`^c2NyeXB0[A-Za-z0-9+/]{120}$`), readMedusa},
	{shape(`^([0-9a-f]{32,128}):([!-9;-~]{1,64})((?::[0-9_]{1,40}){0,4})$`), readMagento},
	{shape(`^\{sha256\}([0-9a-f]{80})$`), readSpringSHA256},
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
	if err := affordableArgon2(cost); err != nil {
		return nil, err
	}

	return known(argon2.Decode(encoded))
}

// affordableArgon2 refuses costs that are none, or above the ceiling. Each may be
// below its own and their product above it: what takes time is memory times iterations.
func affordableArgon2(cost Parameters) error {
	switch {
	case cost.MemoryKiB == 0 || cost.Iterations == 0 || cost.Parallelism == 0:
		return errUnknownForm
	case cost.MemoryKiB > ceiling.MemoryKiB:
		return errTooCostly("KiB of memory", ceiling.MemoryKiB)
	case cost.Iterations > ceiling.Iterations:
		return errTooCostly("iterations", ceiling.Iterations)
	case cost.Parallelism > ceiling.Parallelism:
		return errTooCostly("lanes", ceiling.Parallelism)
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
