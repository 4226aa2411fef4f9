// Package password hashes passwords with bounded concurrency and says which ones are acceptable.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/go-crypt/crypt/algorithm/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/accountql/accountql/models"
)

// Parameters are the costs of argon2id (R-HASH1).
type Parameters struct {
	MemoryKiB   int
	Iterations  int
	Parallelism int
}

// DefaultParameters are OWASP's: 19 MiB, two passes, one lane. One hash takes 30 to 40 ms.
var DefaultParameters = Parameters{MemoryKiB: 19 << 10, Iterations: 2, Parallelism: 1}

const (
	// SaltBytes is the length of a salt (RFC 9106, section 3.1).
	SaltBytes = 16
	keyBytes  = 32
	// maxBytes is refused before hashing, which takes time in proportion to it (R-PWD5).
	maxBytes = 1024
	// maxQueue and maxWait bound how many callers wait for a turn, and how long (R-HASH4).
	maxQueue = 64
	maxWait  = 2 * time.Second
)

// Hasher hashes and verifies passwords, a few at a time.
type Hasher struct {
	argon2id *argon2id
	// prefix is what each hash of this service begins with.
	prefix string
	// dummyHash is verified when there is no hash, so that both cases cost the same.
	dummyHash matcher
	// slots holds a token for each hash that runs; queue one for each caller that runs or waits.
	slots chan struct{}
	queue chan struct{}
}

// Concurrency is how many hashes may run at once on so many cores: with one fewer
// than there are, at least one, reads keep their speed during a storm of sign-ins.
func Concurrency(cores int) int { return max(1, cores-1) }

// NewHasher returns a Hasher that runs at most concurrency hashes at once.
func NewHasher(parameters Parameters, concurrency int) (*Hasher, error) {
	h := &Hasher{argon2id: newArgon2id(parameters, concurrency), slots: make(chan struct{}, concurrency), queue: make(chan struct{}, concurrency+maxQueue)}
	h.prefix = fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$", parameters.MemoryKiB, parameters.Iterations, parameters.Parallelism)
	// A random digest with no known preimage; hashing one at start-up would delay it by 30 ms.
	var random [SaltBytes + keyBytes]byte
	if _, err := rand.Read(random[:]); err != nil {
		return nil, err
	}
	var err error
	if h.dummyHash, err = h.read(h.encode(random[:SaltBytes], random[SaltBytes:])); err != nil {
		return nil, fmt.Errorf("argon2id parameters: a hash %w", err)
	}
	return h, nil
}

// Hash returns the PHC string of the password. It fails with OVERLOADED when too many hashes are under way.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, SaltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return h.HashSalted(ctx, salt, password)
}

// HashSalted returns the PHC string of the password with a salt of SaltBytes
// that nobody can guess. The same salt and password make the same string, so it
// must not be shared by accounts. It fails as Hash does.
func (h *Hasher) HashSalted(ctx context.Context, salt []byte, password string) (string, error) {
	release, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return h.encode(salt, h.argon2id.key([]byte(normalize(password)), salt, keyBytes)), nil
}

// Verify reports whether the password is that of the PHC string; stored may be
// nil, which costs the same time as a hash of this service and is never a match
// (R-HASH2). A hash that was imported costs what its own parameters say, and a
// wrong password one of this service beside it: as much as the right one, which
// is hashed anew, and never less than for nobody. It fails with OVERLOADED when
// too many hashes are under way, and with an INTERNAL cause for a stored string of
// an unknown form or above the ceiling.
func (h *Hasher) Verify(ctx context.Context, stored *string, password string) (bool, error) {
	digest, outdated := h.dummyHash, false
	if stored != nil {
		var err error
		if digest, err = h.read(*stored); err != nil {
			return false, fmt.Errorf("stored password hash %w", err)
		}
		outdated = h.Outdated(*stored)
	}
	if len(password) > maxBytes {
		return false, nil
	}
	release, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	normal := normalize(password)
	right := digest.Match(normal)
	if !right && normal != password && outdated {
		// Another system may have hashed what was typed as it was typed.
		right = digest.Match(password)
	}
	if !right && outdated {
		h.dummyHash.Match(normal)
	}
	return right && stored != nil, nil
}

// encode returns the PHC string of a key.
func (h *Hasher) encode(salt, key []byte) string {
	return h.prefix + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// read reads a stored hash; one of today's parameters is matched in memory that is kept.
func (h *Hasher) read(stored string) (matcher, error) {
	digest, err := read(stored)
	if own, ok := digest.(*argon2.Digest); ok && !h.Outdated(stored) {
		return ownHash{own, h.argon2id}, nil
	}
	return digest, err
}

// ownHash is a hash of this service.
type ownHash struct {
	*argon2.Digest
	argon2id *argon2id
}

// Match implements matcher.
func (o ownHash) Match(password string) bool {
	key := o.argon2id.key([]byte(password), o.Salt(), uint32(len(o.Key()))) //nolint:gosec // read takes some hundred bytes
	return subtle.ConstantTimeCompare(key, o.Key()) == 1
}

// Outdated says whether the stored string was made with other parameters than today's.
func (h *Hasher) Outdated(stored string) bool { return !strings.HasPrefix(stored, h.prefix) }

// turn waits for the right to hash. The right is held until the hash ends,
// not until the client leaves: the work goes on without the client, too.
func (h *Hasher) turn(ctx context.Context) (release func(), err error) {
	overloaded := models.NewError(models.CodeOverloaded, "too many passwords are being checked at once; try again in a moment")
	overloaded.RetryAfter = time.Second
	select {
	case h.queue <- struct{}{}:
	default:
		return nil, overloaded
	}
	timer := time.NewTimer(maxWait)
	defer timer.Stop()
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots; <-h.queue }, nil
	case <-timer.C:
		<-h.queue
		return nil, overloaded
	case <-ctx.Done():
		<-h.queue
		return nil, models.Unavailable(ctx.Err())
	}
}

// Same says whether two passwords are one, however they were typed.
func Same(a, b string) bool { return normalize(a) == normalize(b) }

// normalize makes one password of the ways in which keyboards compose the same characters (R-PWD3).
func normalize(password string) string { return norm.NFC.String(password) }
