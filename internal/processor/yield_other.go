//go:build !linux

// Package processor gives way to others on the machine's processors (ADR 11).
package processor

import "runtime"

// Yield lets other goroutines have this one's place.
func Yield() { runtime.Gosched() }
