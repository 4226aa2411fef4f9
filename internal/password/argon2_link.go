package password

import (
	_ "unsafe" // for go:linkname

	"github.com/go-crypt/x/blake2b"
)

// These are the parts of the library's own derivation, which it does not export. If one is renamed the build fails;
// TestLinkedFunctions compares the signatures, which the linker does not, and TestArgon2id and FuzzArgon2id compare
// the results.

//go:linkname initHash github.com/go-crypt/x/argon2.initHash
func initHash(password, salt, secret, data []byte, passes, memory, lanes, bytes uint32, mode int) [blake2b.Size + 8]byte

//go:linkname blake2bHash github.com/go-crypt/x/argon2.blake2bHash
func blake2bHash(out, in []byte)

//go:linkname processBlock github.com/go-crypt/x/argon2.processBlock
func processBlock(out, in1, in2 *block)

//go:linkname processBlockXOR github.com/go-crypt/x/argon2.processBlockXOR
func processBlockXOR(out, in1, in2 *block)

// guard: a linked function has the library's parameters
//
//go:linkname extractKey github.com/go-crypt/x/argon2.extractKey
func extractKey(blocks []block, memory, lanes, bytes uint32) []byte
