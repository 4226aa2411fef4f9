package main

import (
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
)

// percent is the collector's pace, which Go tells only to who sets it.
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

// TestMemoryIsTuned guards that the operator's settings of the collector hold,
// and that the pace follows what is live.
func TestMemoryIsTuned(t *testing.T) {
	const own = 123
	before := debug.SetGCPercent(own)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	for _, set := range []string{"GOGC=50", "GOMEMLIMIT=1GiB"} {
		tuneMemory([]string{"PATH=/bin", set})
		if got := percent(); got != own {
			t.Errorf("%s: the pace is %d", set, got)
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
	runtime.KeepAlive(live)
}

func TestPace(t *testing.T) {
	for live, want := range map[uint64]int{0: 500, 1 << 20: 500, 4 << 20: 500, 5 << 20: 460, 14 << 20: 100, 21 << 20: 33, 27 << 20: 15, 28 << 20: 100, 1 << 40: 100} {
		if got := pace(live); got != want {
			t.Errorf("with %d bytes live the pace is %d, want %d", live, got, want)
		}
	}
}
