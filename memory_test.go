package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

// TestMemoryIsTuned guards that the operator's settings of the collector hold,
// and that the limit of the defaults follows what is live: one that doesn't
// would make the collector run without end.
func TestMemoryIsTuned(t *testing.T) {
	limit, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetMemoryLimit(limit); debug.SetGCPercent(percent) })
	debug.SetMemoryLimit(math.MaxInt64)
	for _, set := range []string{"GOGC=50", "GOMEMLIMIT=1GiB"} {
		tuneMemory([]string{"PATH=/bin", set})
		if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 || debug.SetGCPercent(100) != 100 {
			t.Errorf("%s: the collector was changed", set)
		}
	}
	tuneMemory([]string{"PATH=/bin"})
	if got := debug.SetMemoryLimit(-1); got != leastLimit {
		t.Errorf("the limit is %d, want %d", got, leastLimit)
	}
	live := make([]byte, 2*leastLimit)
	for range 100 {
		runtime.GC()
		runtime.Gosched()
		if debug.SetMemoryLimit(-1) >= limitPerLive*int64(len(live)) {
			break
		}
	}
	if got := debug.SetMemoryLimit(-1); got < limitPerLive*int64(len(live)) {
		t.Errorf("with %d bytes live the limit is %d", len(live), got)
	}
	runtime.KeepAlive(live)
}
