package server

import (
	"runtime"
	"runtime/debug"
	numbers "runtime/metrics"
	"slices"
	"strings"
)

// cores is how many cores Go found: those of the machine, or of its control group.
var cores = runtime.GOMAXPROCS(0)

// tuneProcessors lets twice as many threads run Go as there are cores, unless the
// environment sets GOMAXPROCS. A thread inside SQLite keeps its place for some
// microseconds while the kernel may let others run, and with as many places as
// cores a core then idles although there is work: a fifth of the reads.
func tuneProcessors(environ []string) {
	if !set(environ, "GOMAXPROCS") {
		runtime.GOMAXPROCS(2 * cores)
	}
}

// set says whether the environment has a variable.
func set(environ []string, name string) bool {
	return slices.ContainsFunc(environ, func(entry string) bool { return strings.HasPrefix(entry, name+"=") })
}

// The pace of Go's collector. Requests leave much garbage and little that stays,
// so a heap that grows to six times what is live costs a fifth less than Go's
// own pace, the double. But it is to stay small while little is live, so the pace
// narrows where it would pass roomyHeap: while a password is hashed, 19 MiB more
// are live. A process that keeps more has Go's pace.
const (
	goPercent     = 100
	roomyPercent  = 500
	roomyHeap     = 31 << 20
	narrowPercent = 15
)

// tuneMemory sets the collector's pace, unless the environment does with GOGC or
// GOMEMLIMIT: then the operator knows better. The limit is far from what is
// needed, for near one the collector works without end. It is there for the
// moment in which the memory of a hash counts as live, and the pace does not know yet.
func tuneMemory(environ []string) {
	if set(environ, "GOGC") || set(environ, "GOMEMLIMIT") {
		return
	}
	follow := &cycle{percent: roomyPercent, limit: limit(0)}
	debug.SetGCPercent(follow.percent)
	debug.SetMemoryLimit(follow.limit)
	followLive(follow)
}

// cycle is unreachable from its making on, so the collector finds it in each of
// its cycles. The pointer keeps it out of the blocks that Go shares among tiny objects, which live as long as any of them.
type cycle struct {
	percent int
	limit   int64
	_       *cycle
}

// followLive sets pace and limit anew after each cycle of the collector, where that changes them.
func followLive(c *cycle) {
	runtime.SetFinalizer(c, func(c *cycle) {
		live := liveBytes()
		next := &cycle{percent: pace(live), limit: limit(live)}
		if next.percent != c.percent {
			debug.SetGCPercent(next.percent)
		}
		if next.limit != c.limit {
			debug.SetMemoryLimit(next.limit)
		}
		followLive(next)
	})
}

// limit is twice what the heap may grow to by its pace, in bytes.
func limit(live uint64) int64 {
	return 2 * int64(max(roomyHeap, live+live*uint64(pace(live))/100)) //nolint:gosec,mnd // no heap is that large; percent
}

// pace lets the heap grow to about roomyHeap, where less than that is live.
func pace(live uint64) int {
	const whole = 100
	if live >= roomyHeap {
		return goPercent
	}
	return int(min(max((roomyHeap-live)*whole/max(live, 1), narrowPercent), roomyPercent))
}

// liveBytes is what the last cycle found in use.
func liveBytes() uint64 {
	sample := []numbers.Sample{{Name: "/gc/heap/live:bytes"}}
	numbers.Read(sample)
	return sample[0].Value.Uint64()
}
