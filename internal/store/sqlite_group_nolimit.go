//go:build nogroup

package store

const groupLimit = 1
