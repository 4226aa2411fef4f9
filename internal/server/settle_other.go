//go:build !linux

package server

import "runtime/debug"

// settle gives the memory back to the system that only the start needed.
func settle() { debug.FreeOSMemory() }
