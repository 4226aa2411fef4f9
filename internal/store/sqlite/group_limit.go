//go:build !nogroup

package sqlite

// groupLimit is the maximum number of transactions that share a commit. The build tag nogroup gives each its own,
// so that the benchmark can measure the difference.
const groupLimit = 64
