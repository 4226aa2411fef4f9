//go:build nogroup

package sqlite

const groupLimit = 1
