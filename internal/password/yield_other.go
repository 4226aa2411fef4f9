//go:build !linux

package password

import "runtime"

// yield lets other goroutines have this one's place.
func yield() { runtime.Gosched() }
