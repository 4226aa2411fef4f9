//go:build !cgo || !linux

package sqlite

// enableQPSG does nothing without cgo, or if the linker does not support weak symbols.
func enableQPSG() {}
