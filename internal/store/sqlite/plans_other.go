//go:build !cgo || !linux

package sqlite

// enableQPSG does nothing if there is no C, or the linker has no weak symbols.
func enableQPSG() {}
