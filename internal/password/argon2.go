package password

import (
	"encoding/binary"
	"runtime"
	"sync/atomic"
	"weak"

	"github.com/go-crypt/x/blake2b"

	"github.com/accountql/accountql/internal/processor"
)

// argon2id is the key derivation of this service's own hashes (RFC 9106); the library computes the blocks
// (argon2_link.go). The library's own loop over the memory suits a program that hashes one password and exits.
// Here, reads wait during a hash, so this type reuses the memory instead of leaving 19 MiB of garbage per hash
// (golang/go#36634), starts no goroutines, and yields the processor every half millisecond (ADR 11).
type argon2id struct {
	cost Parameters
	// spare holds the wiped memory of finished hashes, until the garbage collector takes it.
	spare chan weak.Pointer[[]block]
}

// block is the unit of the memory.
type block [blockBytes / 8]uint64

const (
	blockBytes = 1024
	// mode is the number of argon2id among the three variants of argon2 (RFC 9106, section 3.2).
	mode = 2
	// syncPoints is the number of slices of each pass (RFC 9106, section 3.4).
	syncPoints = 4
	// yieldBlocks is how many blocks are filled in half a millisecond.
	yieldBlocks = 512
)

func newArgon2id(cost Parameters, concurrency int) *argon2id {
	return &argon2id{cost: cost, spare: make(chan weak.Pointer[[]block], concurrency)}
}

// key derives a key of that many bytes (RFC 9106, section 3.2).
func (a *argon2id) key(password, salt []byte, bytes uint32) []byte {
	//nolint:gosec // the costs are below the ceiling
	memory, passes, lanes := uint32(a.cost.MemoryKiB), uint32(a.cost.Iterations), uint32(a.cost.Parallelism)
	return a.derive(initHash(password, salt, nil, nil, passes, memory, lanes, bytes, mode), bytes)
}

// derive derives the key from the initial hash, which includes every secret input.
func (a *argon2id) derive(first [blake2b.Size + 8]byte, bytes uint32) []byte {
	//nolint:gosec // the costs are below the ceiling
	memory, passes, lanes := uint32(a.cost.MemoryKiB), uint32(a.cost.Iterations), uint32(a.cost.Parallelism)
	memory = max(memory/(syncPoints*lanes), 2) * syncPoints * lanes
	taken := a.take(int(memory))
	defer a.give(taken)
	blocks := *taken
	// The first two blocks of each lane are hashes of the initial hash, their column and their lane.
	var text [blockBytes]byte
	for lane := range lanes {
		for column := range uint32(2) {
			binary.LittleEndian.PutUint32(first[blake2b.Size:], column)
			binary.LittleEndian.PutUint32(first[blake2b.Size+4:], lane)
			blake2bHash(text[:], first[:])
			block := &blocks[lane*(memory/lanes)+column]
			for i := range block {
				block[i] = binary.LittleEndian.Uint64(text[i*8:])
			}
		}
	}

	for pass := range passes {
		for slice := range uint32(syncPoints) {
			for lane := range lanes {
				segment{blocks, passes, lanes, pass, slice, lane}.fill()
			}
		}
	}

	return extractKey(blocks, memory, lanes, bytes) // guard: a linked function has the library's parameters (2)
}

// segment is one lane's part of a slice, in one pass.
type segment struct {
	blocks              []block
	passes, lanes       uint32
	pass, slice, number uint32
}

// fill computes the segment's blocks, each from the previous block and a block that a pseudo-random number selects
// (RFC 9106, section 3.4).
func (s segment) fill() {
	columns := uint32(len(s.blocks)) / s.lanes //nolint:gosec // key made it of an uint32
	length := columns / syncPoints
	lane := s.blocks[s.number*columns:][:columns]
	// In the first half of the first pass the pseudo-random numbers depend only on their position, not on the
	// password.
	independent := s.pass == 0 && s.slice < syncPoints/2
	var numbers, zero block
	place := block{uint64(s.pass), uint64(s.number), uint64(s.slice), uint64(len(s.blocks)), uint64(s.passes), mode}
	const counter = 6
	for index := range length {
		if index%yieldBlocks == yieldBlocks-1 {
			processor.Yield()
		}

		at := index % uint32(len(numbers))
		if independent && at == 0 {
			place[counter]++
			processBlock(&numbers, &place, &zero)
			processBlock(&numbers, &numbers, &zero)
		}

		if s.pass == 0 && s.slice == 0 && index < 2 {
			continue // derive has computed the first two
		}

		column := s.slice*length + index
		previous := &lane[(column+columns-1)%columns]
		random := previous[0]
		if independent {
			random = numbers[at]
		}

		// guard: a hash depends on nothing that stood in its memory
		if reference := s.reference(random, index, length); s.pass == 0 {
			processBlock(&lane[column], previous, reference)
		} else {
			processBlockXOR(&lane[column], previous, reference)
		}
	}
}

// reference returns the block that a pseudo-random number selects for the block at an index of the segment (RFC
// 9106, sections 3.4.1.3 and 3.4.2).
func (s segment) reference(random uint64, index, length uint32) *block {
	number := uint32(random>>32) % s.lanes
	if s.pass == 0 && s.slice == 0 {
		number = s.number
	}

	// The finished segments, the oldest first; in its own lane also the finished blocks of this segment.
	start, area := (s.slice+1)%syncPoints*length, (syncPoints-1)*length
	if s.pass == 0 {
		start, area = 0, s.slice*length
	}
	if number == s.number {
		area += index
	}
	if number == s.number || index == 0 {
		// guard: the derivation is the RFC's
		area-- // not the block before, which is always used
	}

	// Late blocks are more likely than early ones.
	x := random & 0xffffffff
	x = x * x >> 32
	back := uint32(x * uint64(area) >> 32)
	columns := length * syncPoints

	return &s.blocks[number*columns+(start+area-1-back)%columns]
}

// take returns memory, with any content.
func (a *argon2id) take(count int) *[]block {
	select {
	case kept := <-a.spare:
		if blocks := kept.Value(); blocks != nil {
			return blocks
		}
	default:
	}

	blocks := make([]block, count)
	bytes := int64(count) * blockBytes
	held.Add(bytes)
	runtime.AddCleanup(&blocks, func(bytes int64) { held.Add(-bytes) }, bytes)

	return &blocks
}

// held counts the bytes of all blocks until the garbage collector has taken them, or a moment longer. It is one for the
// process, as the collector is.
var held atomic.Int64

// Held returns how many bytes the hashes of this process have in memory, those of now and the last ones.
func Held() uint64 { return uint64(max(0, held.Load())) }

// give wipes what a password has left in the memory, and keeps the memory for the next hash.
func (a *argon2id) give(blocks *[]block) {
	clear(*blocks) // guard: the memory of a hash is wiped
	select {
	case a.spare <- weak.Make(blocks):
	default:
	}
}
