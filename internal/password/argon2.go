package password

import (
	"encoding/binary"
	"weak"

	"github.com/go-crypt/x/blake2b"
)

// argon2id is the derivation of this service's own hashes (RFC 9106). It is the
// library's, in memory that goes from one hash to the next: the library takes
// its 19 MiB anew each time, and the garbage of a storm of sign-ins holds up
// every read and doubles the process (golang/go#36634, ADR 11).
type argon2id struct {
	cost Parameters
	// spare is memory of a hash that has ended, wiped, as long as the collector leaves it.
	spare chan weak.Pointer[[]block]
}

// block is the unit of the memory.
type block [blockBytes / 8]uint64

const (
	blockBytes = 1024
	// mode is the number of argon2id among the three argon2 (RFC 9106, section 3.2).
	mode = 2
	// syncPoints is in how many slices each pass is cut (RFC 9106, section 3.4).
	syncPoints = 4
)

func newArgon2id(cost Parameters, concurrency int) *argon2id {
	return &argon2id{cost: cost, spare: make(chan weak.Pointer[[]block], concurrency)}
}

// key derives a key of so many bytes (RFC 9106, section 3.2).
func (a *argon2id) key(password, salt []byte, bytes uint32) []byte {
	//nolint:gosec // the costs are below the ceiling
	memory, passes, lanes := uint32(a.cost.MemoryKiB), uint32(a.cost.Iterations), uint32(a.cost.Parallelism)
	first := initHash(password, salt, nil, nil, passes, memory, lanes, bytes, mode)
	memory = max(memory/(syncPoints*lanes), 2) * syncPoints * lanes
	taken := a.take(int(memory))
	defer a.give(taken)
	blocks := *taken
	// The first two blocks of each lane are hashes of the first hash, their column and their lane.
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
	processBlocks(blocks, passes, memory, lanes, mode)
	return extractKey(blocks, memory, lanes, bytes)
}

// take returns blocks of zeros.
func (a *argon2id) take(count int) *[]block {
	select {
	case kept := <-a.spare:
		if blocks := kept.Value(); blocks != nil {
			return blocks
		}
	default:
	}
	blocks := make([]block, count)
	return &blocks
}

// give wipes what a password has left behind, and keeps the memory for the next.
func (a *argon2id) give(blocks *[]block) {
	clear(*blocks)
	select {
	case a.spare <- weak.Make(blocks):
	default:
	}
}
