package password

import (
	_ "unsafe" // for go:linkname

	"github.com/go-crypt/x/blake2b"
)

// These are the steps of the library's own derivation, which it does not export.
// Where one changes its name the build fails, and what it does TestArgon2id compares.

//go:linkname initHash github.com/go-crypt/x/argon2.initHash
func initHash(password, salt, secret, data []byte, passes, memory, lanes, bytes uint32, mode int) [blake2b.Size + 8]byte

//go:linkname blake2bHash github.com/go-crypt/x/argon2.blake2bHash
func blake2bHash(out, in []byte)

//go:linkname processBlocks github.com/go-crypt/x/argon2.processBlocks
func processBlocks(blocks []block, passes, memory, lanes uint32, mode int)

//go:linkname extractKey github.com/go-crypt/x/argon2.extractKey
func extractKey(blocks []block, memory, lanes, bytes uint32) []byte
