//go:build !cgo || !linux

package sqlite

// configure does nothing without cgo, or if the linker does not support weak symbols.
func configure() {}
