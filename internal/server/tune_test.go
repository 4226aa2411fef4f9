package server

import (
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
)

// percent returns the collector's percentage, which Go only returns when it is set.
func percent() int {
	now := debug.SetGCPercent(goPercent)
	debug.SetGCPercent(now)
	return now
}

func TestProcessorsAreTuned(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
	tuneProcessors([]string{"GOMAXPROCS=" + strconv.Itoa(before)})
	if got := runtime.GOMAXPROCS(0); got != before {
		t.Errorf("%d threads run Go, although the environment says %d", got, before)
	}

	tuneProcessors([]string{"PATH=/bin"})
	if got := runtime.GOMAXPROCS(0); got != 2*cores {
		t.Errorf("%d threads run Go, want two for each of %d cores", got, cores)
	}
}

// TestMemoryIsTuned guards that the operator's settings of the collector apply, and that the percentage follows the
// live memory.
func TestMemoryIsTuned(t *testing.T) {
	const own = 123
	before, limitBefore := debug.SetGCPercent(own), debug.SetMemoryLimit(own<<30)
	t.Cleanup(func() { debug.SetGCPercent(before); debug.SetMemoryLimit(limitBefore) })

	for _, set := range []string{"GOGC=50", "GOMEMLIMIT=1GiB"} {
		tuneMemory([]string{"PATH=/bin", set})
		if got, limited := percent(), debug.SetMemoryLimit(-1); got != own || limited != own<<30 {
			t.Errorf("%s: the pace is %d, the limit %d", set, got, limited)
		}
	}

	tuneMemory([]string{"PATH=/bin"})
	if got := percent(); got != roomyPercent {
		t.Errorf("the pace is %d, want %d", got, roomyPercent)
	}

	live := make([]byte, 2*roomyHeap)

	for range 100 {
		runtime.GC()
		runtime.Gosched()
		if percent() == goPercent {
			break
		}
	}

	if got := percent(); got != goPercent {
		t.Errorf("with %d bytes live the pace is %d", len(live), got)
	}
	if got := debug.SetMemoryLimit(-1); got < 3*int64(len(live)) {
		t.Errorf("with %d bytes live the limit is %d", len(live), got)
	}

	runtime.KeepAlive(live)
}

func TestPace(t *testing.T) {
	const mega = 1 << 20
	for live, want := range map[uint64]int{0: 500, 1 << 20: 500,
		5 << 20: 460, 8 << 20: 250, 14 << 20: 100, 21 << 20: 33, 27 << 20: 15, 28 << 20: 100, 1 << 40: 100} {
		if got := gcPercent(live, 0); got != want {
			t.Errorf("with %d bytes live the pace is %d, want %d", live, got, want)
		}
	}

	// A hash alone doesn't bring Go's own pace.
	for live, want := range map[uint64]int{
		24 * mega: 16, 28 * mega: 15, 40 * mega: 15, 46 * mega: 15, 47 * mega: 100, 80 * mega: 100,
	} {
		if got := gcPercent(live, 19*mega); got != want {
			t.Errorf("with %d bytes live and a hash among them the pace is %d, want %d", live, got, want)
		}
	}

	for live, want := range map[uint64]int64{
		0: 56 * mega, 5 * mega: 56 * mega, 20 * mega: 56 * mega, 40 * mega: 160 * mega,
	} {
		if got := limit(live, 0); got != want {
			t.Errorf("with %d bytes live the limit is %d, want %d", live, got, want)
		}
	}
}
