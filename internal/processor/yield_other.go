//go:build !linux

// Package processor yields the processor to other work (ADR 11).
package processor

import "runtime"

// Yield lets other goroutines run.
func Yield() { runtime.Gosched() }
