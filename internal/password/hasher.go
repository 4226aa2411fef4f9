// Package password hashes passwords with bounded concurrency and decides which new passwords are acceptable.
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

	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// Parameters are the costs of argon2id (R-HASH1).
type Parameters struct {
	MemoryKiB   int
	Iterations  int
	Parallelism int
}

// DefaultParameters are OWASP's: 19 MiB, two passes, one lane. A hash takes 30 to 40 ms.
var DefaultParameters = Parameters{MemoryKiB: 19 << 10, Iterations: 2, Parallelism: 1}

const (
	// SaltBytes is the length of a salt (RFC 9106, section 3.1).
	SaltBytes = 16
	keyBytes  = 32
	// maxBytes is the longest password that is hashed, because hashing takes time in proportion to the length
	// (R-PWD5).
	maxBytes = 1024
	// maxQueue and maxWait bound how many callers wait for a slot, and how long (R-HASH4).
	maxQueue = 64
	maxWait  = 2 * time.Second
)

// Hasher hashes and verifies passwords, with a bounded number at the same time.
type Hasher struct {
	argon2id *argon2id
	// prefix is the beginning of every hash of this service.
	prefix string
	// dummyHash is verified when there is no hash, so that both cases cost the same.
	dummyHash matcher
	// slots holds a token for each running hash; queue holds one for each caller that hashes or waits.
	slots chan struct{}
	queue chan struct{}
}

// Concurrency returns how many hashes may run at once on that many cores: one less than the cores, but at least
// one, so that reads keep their speed during a surge of sign-ins.
func Concurrency(cores int) int { return max(1, cores-1) }

// NewHasher returns a Hasher that runs at most concurrency hashes at once.
func NewHasher(parameters Parameters, concurrency int) (*Hasher, error) {
	h := &Hasher{argon2id: newArgon2id(parameters,
		concurrency), slots: make(chan struct{}, concurrency), queue: make(chan struct{}, concurrency+maxQueue)}
	h.prefix = fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$", parameters.MemoryKiB, parameters.Iterations,
		parameters.Parallelism)
	// A random digest without a known preimage; computing a hash would delay the start by 30 ms.
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

// Hash returns the PHC string of the password. It fails with OVERLOADED if too many hashes are running or waiting.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, SaltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return h.HashSalted(ctx, salt, password)
}

// HashSalted returns the PHC string of the password with a secret salt of SaltBytes. The same salt and password
// give the same string, so accounts must not share a salt. It fails like Hash.
func (h *Hasher) HashSalted(ctx context.Context, salt []byte, password string) (string, error) {
	release, err := h.acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()

	_, span := trace.Start(ctx, trace.Internal, "password hash")
	defer span.End()

	return h.encode(salt, h.argon2id.key([]byte(normalize(password)), salt, keyBytes)), nil
}

// Verify reports whether the password matches the PHC string; stored may be nil, which costs the same time as a
// hash of this service and never matches (R-HASH2). An imported hash costs what its own parameters demand, and a
// wrong password also costs one hash of this service: as much as the right password, which is hashed again, and
// never less than a missing hash. It fails with OVERLOADED if too many hashes are running or waiting, and with an
// INTERNAL cause if the stored string has an unknown form or is above the ceiling.
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

	release, err := h.acquire(ctx)
	if err != nil {
		return false, err
	}
	defer release()

	_, span := trace.Start(ctx, trace.Internal, "password hash")
	defer span.End()

	normal := normalize(password)
	right := digest.Match(normal)
	if !right && normal != password && outdated {
		// Another system may have hashed the password without normalizing it.
		right = digest.Match(password)
	}
	if !right && outdated {
		h.dummyHash.Match(normal) // guard: a wrong password for a cheap hash costs ours
	}

	return right && stored != nil, nil // guard: nobody's password is hashed, too
}

// encode returns the PHC string of a key.
func (h *Hasher) encode(salt, key []byte) string {
	return h.prefix + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// read parses a stored hash; a hash with today's parameters is verified in reused memory.
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

// Match reports whether the password is the right one.
func (o ownHash) Match(password string) bool {
	key := o.argon2id.key([]byte(password), o.Salt(), uint32(len(o.Key()))) //nolint:gosec // read takes some hundred bytes
	return subtle.ConstantTimeCompare(key, o.Key()) == 1
}

// Outdated reports whether the stored string was made with other parameters than today's.
func (h *Hasher) Outdated(stored string) bool { return !strings.HasPrefix(stored, h.prefix) }

// acquire waits for a slot to hash in. The caller holds the slot until the hash ends, even if the client has gone,
// because the work continues without the client.
func (h *Hasher) acquire(ctx context.Context) (release func(), err error) {
	_, span := trace.Start(ctx, trace.Internal, "password wait")
	defer func() { span.Fail(err); span.End() }()

	overloaded := models.NewError(models.CodeOverloaded,
		"too many passwords are being checked at once; try again in a moment")
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

// Load returns how many hashes are running, how many callers wait for one, and how many may run at once.
func (h *Hasher) Load() (running, waiting, capacity int) {
	running = len(h.slots)
	return running, max(0, len(h.queue)-running), cap(h.slots)
}

// Same reports whether two passwords are the same after normalization.
func Same(a, b string) bool { return normalize(a) == normalize(b) }

// normalize returns the password in NFC, because keyboards compose the same characters in different ways (R-PWD3).
func normalize(password string) string { return norm.NFC.String(password) }
