package password

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-crypt/x/argon2"

	"github.com/accountql/accountql/models"
)

// This file guards how passwords are hashed: never more at once than allowed, rejected rather than queued without
// limit (R-HASH4), the same work for a missing hash (R-HASH2), no excessive costs from the database (R-HASH3), and
// rehashing (R-HASH1).

var cheap = Parameters{MemoryKiB: 64, Iterations: 1, Parallelism: 1}

func newHasher(t *testing.T, parameters Parameters, concurrency int) *Hasher {
	t.Helper()
	h, err := NewHasher(parameters, concurrency)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHashAndVerify(t *testing.T) {
	ctx := context.Background()
	h := newHasher(t, cheap, 2)
	one, err := h.Hash(ctx, "Café au lait")
	if err != nil {
		t.Fatal(err)
	}

	two, err := h.Hash(ctx, "Café au lait")
	if err != nil || one == two || !strings.HasPrefix(one, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("%s and %s, %v", one, two, err)
	}

	for password, want := range map[string]bool{
		"Café au lait": true, "Cafe\u0301 au lait": true, "café au lait": false, "Café au lait ": false,
		"Cafe au lait": false, "": false,
		"Café au lait" + strings.Repeat("\x00", 1): false, strings.Repeat("x", 5000): false,
	} {
		if right, err := h.Verify(ctx, &one, password); right != want || err != nil {
			t.Errorf("%.20q: %v, %v", password, right, err)
		}
	}

	if !Same("Caf\u00e9", "Cafe\u0301") || Same("café", "Café") {
		t.Error("Same takes other passwords for one, or one for two")
	}

	// Every byte of a long password counts.
	long := strings.Repeat("a", 255)
	hash, err := h.Hash(ctx, long+"b")
	if err != nil {
		t.Fatal(err)
	}
	if right, err := h.Verify(ctx, &hash, long+"c"); right || err != nil {
		t.Errorf("the last character does not count: %v", err)
	}
}

// TestArgon2id guards our derivation: its result is the library's, whatever the memory held before, and it leaves
// nothing in the memory.
func TestArgon2id(t *testing.T) {
	for _, cost := range []Parameters{
		cheap, {32, 3, 4}, {8, 1, 1}, {9, 2, 1}, {127, 2, 3}, {64, 1, 16}, {4096, 2, 2}, DefaultParameters,
	} {
		own := newArgon2id(cost, 1)
		for length, password := range []string{"", "Café au lait", strings.Repeat("x", maxBytes), "\x00"} {
			salt, bytes := []byte(strings.Repeat("salt", 1+length)), uint32(16<<length)
			want := argon2.IDKey([]byte(password), salt, uint32(cost.Iterations), uint32(cost.MemoryKiB),
				uint32(cost.Parallelism), bytes)
			soiled := dirty(t, own)
			if got := own.key([]byte(password), salt, bytes); !slices.Equal(got, want) {
				t.Errorf("%+v: the key of %.12q is %x, not %x", cost, password, got, want)
			}

			runtime.KeepAlive(soiled)
		}
	}
}

// dirty checks that the memory for the next hash was wiped, and fills it with other data.
func dirty(t *testing.T, own *argon2id) *[]block {
	t.Helper()
	if len(own.spare) == 0 {
		return nil
	}

	kept := <-own.spare
	blocks := kept.Value()
	if blocks == nil {
		return nil
	}

	for i := range *blocks {
		if (*blocks)[i] != (block{}) {
			t.Fatalf("%+v: something of a password stays in block %d", own.cost, i)
		}
		(*blocks)[i][i%len(block{})] = uint64(i)
	}

	own.spare <- kept

	return blocks
}

// TestMemoryOfHashes guards that a hash does not leave garbage of its size.
func TestMemoryOfHashes(t *testing.T) {
	const hashes = 16
	h := newHasher(t, DefaultParameters, 1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)

	for range hashes {
		if _, err := h.Verify(context.Background(), nil, "a password"); err != nil {
			t.Fatal(err)
		}
	}

	runtime.ReadMemStats(&after)

	// The race detector drops some of the kept memory.
	if took, apart := after.TotalAlloc-before.TotalAlloc, uint64(
		hashes*DefaultParameters.MemoryKiB<<10,
	); took > apart/2 {
		t.Errorf("%d hashes took %d MiB", hashes, took>>20)
	}
}

func TestNobodysPassword(t *testing.T) {
	h := newHasher(t, cheap, 1)
	for _, password := range []string{"", "the password of no account", "x"} {
		if right, err := h.Verify(context.Background(), nil, password); right || err != nil {
			t.Errorf("%q is nobody's password: %v, %v", password, right, err)
		}
	}

	if digest, ok := h.dummyHash.(interface{ Encode() string }); !ok ||
		!strings.HasPrefix(digest.Encode(), "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("nobody's password costs something else: %v", h.dummyHash)
	}
}

func TestStoredHashesThatAreRefused(t *testing.T) {
	h := newHasher(t, cheap, 1)
	good, err := h.Hash(context.Background(), "a password")
	if err != nil {
		t.Fatal(err)
	}

	release := holdSlot(t, h)
	defer release()

	for name, stored := range map[string]string{
		"empty": "", "text": "a password", "SHA-crypt": "$5$rounds=5000$salt$key",
		"too large":         strings.Replace(good, "m=64", "m=262145", 1),
		"too long":          strings.Replace(good, "t=1", "t=17", 1),
		"too wide":          strings.Replace(good, "p=1", "p=17", 1),
		"overflowing":       strings.Replace(good, "m=64", "m=99999999999999999999", 1),
		"negative":          strings.Replace(good, "m=64", "m=-64", 1),
		"of an old version": strings.Replace(good, "v=19", "v=16", 1),
		"no key":            good[:strings.LastIndexByte(good, '$')+1],
		"cut":               good[:30],
	} {
		right, err := h.Verify(context.Background(), &stored, "a password")
		if right || err == nil {
			t.Errorf("%s: %v, %v", name, right, err)
		}
		if code := models.CodeOf(err); code != models.CodeInternal {
			t.Errorf("%s fails with %s", name, code)
		}
		if err != nil && strings.Contains(err.Error(), good[len(good)-20:]) {
			t.Errorf("%s: the error repeats the hash: %v", name, err)
		}
	}
}

// holdSlot takes the only slot to hash in until release is called: meanwhile a hash that is computed, rather than
// refused for what it is, fails with OVERLOADED.
func holdSlot(t *testing.T, h *Hasher) (release func()) {
	t.Helper()
	release, err := h.acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(h.slots) != cap(h.slots) {
		t.Fatal("there is another slot")
	}

	return release
}

func TestOutdated(t *testing.T) {
	h := newHasher(t, cheap, 1)
	for parameters, outdated := range map[Parameters]bool{
		cheap: false, {MemoryKiB: 128, Iterations: 1, Parallelism: 1}: true,
		{MemoryKiB: 64, Iterations: 2, Parallelism: 1}: true, {MemoryKiB: 64, Iterations: 10, Parallelism: 1}: true,
	} {
		other := newHasher(t, parameters, 1)
		stored, err := other.Hash(context.Background(), "a password")
		if err != nil {
			t.Fatal(err)
		}
		if h.Outdated(stored) != outdated {
			t.Errorf("%s: outdated is %v", stored, !outdated)
		}
		if right, err := h.Verify(context.Background(), &stored, "a password"); !right || err != nil {
			t.Errorf("%s no longer verifies: %v", stored, err)
		}
	}

	if _, err := NewHasher(Parameters{MemoryKiB: 1, Iterations: 0, Parallelism: 0}, 1); err == nil {
		t.Error("senseless parameters are taken")
	}
	if DefaultParameters.MemoryKiB < 19456 || DefaultParameters.Iterations < 2 || DefaultParameters.Parallelism < 1 {
		t.Errorf("the defaults are weaker than R-HASH1: %+v", DefaultParameters)
	}
}

// TestTurns guards R-HASH4 without hashing: the test holds the slots.
func TestTurns(t *testing.T) { synctest.Test(t, checkTurns) }

// checkTurns runs on a clock of its own, on which a slow machine is no slower.
func checkTurns(t *testing.T) {
	const concurrency = 3
	h := newHasher(t, cheap, concurrency)
	var releases []func()
	for range concurrency {
		release, err := h.acquire(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		releases = append(releases, release)
	}

	// The next callers wait …
	ctx, cancel := context.WithCancel(context.Background())
	var waiting sync.WaitGroup
	left := make(chan error, maxQueue)
	for range maxQueue {
		waiting.Go(func() {
			_, err := h.acquire(ctx)
			left <- err
		})
	}

	synctest.Wait()
	if len(h.queue) != concurrency+maxQueue {
		t.Fatalf("%d are in the queue", len(h.queue))
	}

	// … and one more is rejected at once, not after the wait.
	started := time.Now()
	_, err := h.Verify(context.Background(), nil, "x")
	var overloaded *models.Error
	if !errors.As(err, &overloaded) || overloaded.Code != models.CodeOverloaded || overloaded.RetryAfter <= 0 ||
		time.Since(started) > maxWait/2 {
		t.Errorf("beyond the queue: %v after %s", err, time.Since(started))
	}
	if _, err := h.Hash(context.Background(), "x"); models.CodeOf(err) != models.CodeOverloaded {
		t.Errorf("Hash beyond the queue: %v", err)
	}

	// A caller that leaves frees its place in the queue, and takes no slot.
	cancel()
	waiting.Wait()

	for range maxQueue {
		if err := <-left; models.CodeOf(err) != models.CodeUnavailable {
			t.Errorf("a client that left: %v", err)
		}
	}

	if len(h.queue) != concurrency || len(h.slots) != concurrency {
		t.Errorf("%d in the queue and %d turns taken, want %d of each", len(h.queue), len(h.slots), concurrency)
	}

	for _, release := range releases {
		release()
	}

	if len(h.queue) != 0 || len(h.slots) != 0 {
		t.Errorf("%d in the queue and %d turns taken, want none", len(h.queue), len(h.slots))
	}
}

// TestWaitEnds uses a clock of its own.
func TestWaitEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHasher(t, cheap, 1)
		release, err := h.acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer release()
		started := time.Now()
		if _, err := h.Verify(t.Context(), nil, "x"); models.CodeOf(err) != models.CodeOverloaded {
			t.Errorf("after the wait: %v", err)
		}
		if waited := time.Since(started); waited != maxWait {
			t.Errorf("waited %s", waited)
		}
		if len(h.queue) != 1 {
			t.Errorf("%d in the queue, want the one that runs", len(h.queue))
		}
	})
}

func TestConcurrency(t *testing.T) {
	for cores, want := range map[int]int{1: 1, 2: 1, 3: 2, 64: 63} {
		if got := Concurrency(cores); got != want {
			t.Errorf("%d hashes at once on %d cores, want %d", got, cores, want)
		}
	}
}
