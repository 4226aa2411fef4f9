package password

import (
	"encoding/binary"
	"weak"

	"github.com/go-crypt/x/blake2b"

	"github.com/accountql/accountql/internal/processor"
)

// argon2id is the derivation of this service's own hashes (RFC 9106), with what
// computes the blocks taken from the library (argon2_link.go). The library's own
// way through the memory suits a program that hashes one password and ends. Here,
// reads wait meanwhile, so that the memory goes from one hash to the next instead
// of leaving 19 MiB of garbage each time (golang/go#36634), no goroutines are begun,
// and the processor is offered to others every half millisecond (ADR 11).
type argon2id struct {
	cost Parameters
	// spare is the memory of hashes that have ended, wiped, as long as the collector leaves it.
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
	// yieldBlocks is how many blocks half a millisecond fills.
	yieldBlocks = 512
)

func newArgon2id(cost Parameters, concurrency int) *argon2id {
	return &argon2id{cost: cost, spare: make(chan weak.Pointer[[]block], concurrency)}
}

// key derives a key of so many bytes (RFC 9106, section 3.2).
func (a *argon2id) key(password, salt []byte, bytes uint32) []byte {
	//nolint:gosec // the costs are below the ceiling
	memory, passes, lanes := uint32(a.cost.MemoryKiB), uint32(a.cost.Iterations), uint32(a.cost.Parallelism)
	return a.derive(initHash(password, salt, nil, nil, passes, memory, lanes, bytes, mode), bytes)
}

// derive derives the key from the first hash, which everything that is secret has gone into.
func (a *argon2id) derive(first [blake2b.Size + 8]byte, bytes uint32) []byte {
	//nolint:gosec // the costs are below the ceiling
	memory, passes, lanes := uint32(a.cost.MemoryKiB), uint32(a.cost.Iterations), uint32(a.cost.Parallelism)
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
	for pass := range passes {
		for slice := range uint32(syncPoints) {
			for lane := range lanes {
				segment{blocks, passes, lanes, pass, slice, lane}.fill()
			}
		}
	}
	return extractKey(blocks, memory, lanes, bytes)
}

// segment is a lane's part of a slice, in one pass.
type segment struct {
	blocks              []block
	passes, lanes       uint32
	pass, slice, number uint32
}

// fill computes the segment's blocks, each from the one before it and one that a
// random number names (RFC 9106, section 3.4).
func (s segment) fill() {
	columns := uint32(len(s.blocks)) / s.lanes //nolint:gosec // key made it of an uint32
	length := columns / syncPoints
	lane := s.blocks[s.number*columns:][:columns]
	// In the first half of the first pass the random numbers don't depend on the password, but on where they are used.
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
			continue // key has made the first two
		}
		column := s.slice*length + index
		previous := &lane[(column+columns-1)%columns]
		random := previous[0]
		if independent {
			random = numbers[at]
		}
		if reference := s.reference(random, index, length); s.pass == 0 {
			processBlock(&lane[column], previous, reference)
		} else {
			processBlockXOR(&lane[column], previous, reference)
		}
	}
}

// reference is the block that a random number names for the block at an index of
// the segment (RFC 9106, sections 3.4.1.3 and 3.4.2).
func (s segment) reference(random uint64, index, length uint32) *block {
	number := uint32(random>>32) % s.lanes
	if s.pass == 0 && s.slice == 0 {
		number = s.number
	}
	// The segments that are finished, from the oldest on; in its own lane also what this one has so far.
	start, area := (s.slice+1)%syncPoints*length, (syncPoints-1)*length
	if s.pass == 0 {
		start, area = 0, s.slice*length
	}
	if number == s.number {
		area += index
	}
	if number == s.number || index == 0 {
		area-- // not the block before, which is there anyway
	}
	// Late blocks are likelier than early ones.
	x := random & 0xffffffff
	x = x * x >> 32
	back := uint32(x * uint64(area) >> 32)
	columns := length * syncPoints
	return &s.blocks[number*columns+(start+area-1-back)%columns]
}

// take returns memory, with anything in it.
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
