//go:build !cgo || !linux

package store

// enableQPSG does nothing where the linker has no weak symbols, or there is no C.
func enableQPSG() {}
