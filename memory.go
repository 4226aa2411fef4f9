package main

import (
	"math"
	"runtime"
	"runtime/debug"
	numbers "runtime/metrics"
	"slices"
	"strings"
)

// The collector's defaults. Requests leave much garbage and little that stays,
// so a heap of five times what is live costs a fifth fewer cycles, but not
// beyond a size: half of the memory that the process takes is its own code.
const (
	gcPercent = 400
	// leastLimit is the memory of Go's that is used without asking; passwords of 19 MiB each are hashed in it.
	leastLimit = 44 << 20
	// Beyond that it may have as much again as is live, and a half of it is garbage's at most.
	limitPerLive = 2
)

// tuneMemory sets the collector's pace, unless the environment does with GOGC or
// GOMEMLIMIT: then the operator knows better. The limit grows with what is
// live, for a fixed one would make the collector run without end in a process that needs more.
func tuneMemory(environ []string) {
	set := func(name string) bool {
		return slices.ContainsFunc(environ, func(entry string) bool { return strings.HasPrefix(entry, name+"=") })
	}
	if set("GOGC") || set("GOMEMLIMIT") {
		return
	}
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(leastLimit)
	followLive(&cycle{leastLimit})
}

// cycle is unreachable from its making on, so the collector finds it in each of its cycles.
type cycle struct{ limit int64 }

// followLive sets the limit anew after each cycle of the collector, where that changes it.
func followLive(c *cycle) {
	runtime.SetFinalizer(c, func(c *cycle) {
		next := &cycle{max(leastLimit, limitPerLive*liveBytes())}
		if next.limit != c.limit {
			debug.SetMemoryLimit(next.limit)
		}
		followLive(next)
	})
}

// liveBytes is what the last cycle found in use.
func liveBytes() int64 {
	sample := []numbers.Sample{{Name: "/gc/heap/live:bytes"}}
	numbers.Read(sample)
	return int64(min(sample[0].Value.Uint64(), math.MaxInt64/limitPerLive))
}
