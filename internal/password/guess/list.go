package guess

import (
	"crypto/sha256"
	_ "embed" // for the list
	"encoding/binary"
	"slices"
	"sort"
)

// list holds the hashes of the words, sorted: see Encode. SOURCES.md says where they are from.
//
//go:embed list.bin
var list string

const (
	// bucketBits is how many bits of a hash are its position in the list, so that the list need not store them.
	bucketBits = 14
	buckets    = 1 << bucketBits
	// entryBytes is how many bytes of a hash the list stores. With 38 bits in total, one unlisted word in a million
	// is taken for a listed one.
	entryBytes = 3
	hashBits   = bucketBits + 8*entryBytes
	indexBytes = 4
)

// hash returns the bucket of a word, and the stored part of its hash.
func hash(word string) (bucket, entry uint32) {
	sum := sha256.Sum256([]byte(word))
	bits := binary.BigEndian.Uint64(sum[:]) >> (64 - hashBits)
	return uint32(bits >> (8 * entryBytes)), uint32(bits & (1<<(8*entryBytes) - 1))
}

// Listed reports whether a skeleton is in the list.
func Listed(word string) bool {
	bucket, entry := hash(word)
	start, end := index(bucket), index(bucket+1)
	entries := list[(buckets+1)*indexBytes:]
	at := func(i int) uint32 {
		text := entries[(start+i)*entryBytes:]
		return uint32(text[0])<<16 | uint32(text[1])<<8 | uint32(text[2])
	}

	found := sort.Search(end-start, func(i int) bool { return at(i) >= entry })

	return found < end-start && at(found) == entry
}

// index returns the number of entries before a bucket.
func index(bucket uint32) int {
	text := list[bucket*indexBytes:]
	return int(text[0])<<24 | int(text[1])<<16 | int(text[2])<<8 | int(text[3])
}

// Encode encodes the list of the words: for each bucket the number of entries before it, and then the entries, all
// in order.
func Encode(words []string) []byte {
	hashes := make([]uint64, 0, len(words))
	for _, word := range words {
		bucket, entry := hash(word)
		hashes = append(hashes, uint64(bucket)<<(8*entryBytes)|uint64(entry))
	}

	slices.Sort(hashes)
	hashes = slices.Compact(hashes)

	var encoded []byte
	before := 0
	for bucket := range uint64(buckets + 1) {
		for before < len(hashes) && hashes[before]>>(8*entryBytes) < bucket {
			before++
		}
		encoded = binary.BigEndian.AppendUint32(encoded, uint32(before))
	}

	for _, hash := range hashes {
		encoded = append(encoded, byte(hash>>16), byte(hash>>8), byte(hash)) //nolint:gosec // the entry is its last three bytes
	}

	return encoded
}
