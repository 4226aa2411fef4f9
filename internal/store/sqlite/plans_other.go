//go:build !cgo || !linux

package sqlite

// enableQPSG does nothing where the linker has no weak symbols, or there is no C.
func enableQPSG() {}
