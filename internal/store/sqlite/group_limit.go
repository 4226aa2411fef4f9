//go:build !nogroup

package sqlite

// groupLimit is how many transactions share a commit at most. The build tag
// nogroup gives each its own, so that the benchmark can tell what sharing brings.
const groupLimit = 64
