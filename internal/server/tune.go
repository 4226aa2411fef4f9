package server

import (
	"runtime"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
	"slices"
	"strings"

	"github.com/accountql/accountql/internal/password"
)

// cores is the number of cores that Go found: the machine's, or the control group's.
var cores = runtime.GOMAXPROCS(0)

// tuneProcessors sets GOMAXPROCS to twice the number of cores, unless the environment sets it. A thread inside
// SQLite keeps its P for some microseconds, so with one P for each core a core idles although there is work; that
// costs a fifth of the reads.
func tuneProcessors(environ []string) {
	if !set(environ, "GOMAXPROCS") {
		runtime.GOMAXPROCS(2 * cores)
	}
}

// set reports whether the environment has a variable.
func set(environ []string, name string) bool {
	return slices.ContainsFunc(environ, func(entry string) bool { return strings.HasPrefix(entry, name+"=") })
}

// The settings of Go's garbage collector. Requests leave much garbage and little live memory, so a heap that grows
// to six times the live memory costs a fifth less than Go's default, twice. The process should stay small, so the
// percentage shrinks when the heap would pass roomyHeap: hashing a password adds 19 MiB. Above roomyHeap Go's
// default applies, unless it is a hash that makes the difference: the default would double the heap for it.
const (
	goPercent     = 100
	roomyPercent  = 500
	roomyHeap     = 28 << 20
	narrowPercent = 15
)

// tuneMemory sets the collector's percentage and memory limit, unless the environment sets GOGC or GOMEMLIMIT: then
// the operator's settings apply. The limit is far above the need, because close to it the collector never rests. It
// bounds the moment after a hash has allocated its memory and before the percentage is recomputed.
func tuneMemory(environ []string) {
	if set(environ, "GOGC") || set(environ, "GOMEMLIMIT") {
		return
	}
	follow := &gcSentinel{percent: roomyPercent, limit: limit(0, 0)}
	debug.SetGCPercent(follow.percent)
	debug.SetMemoryLimit(follow.limit)
	retuneAfterGC(follow)
}

// gcSentinel is garbage from the start, so its finalizer runs once per collection. Its pointer keeps it out of the
// blocks that Go shares among tiny objects, which live as long as any of them.
type gcSentinel struct {
	percent int
	limit   int64
	_       *gcSentinel
}

// retuneAfterGC recomputes the percentage and the limit after each collection.
func retuneAfterGC(c *gcSentinel) {
	runtime.SetFinalizer(c, func(c *gcSentinel) {
		live, hashes := liveBytes(), password.Held()
		next := &gcSentinel{percent: gcPercent(live, hashes), limit: limit(live, hashes)}
		if next.percent != c.percent {
			debug.SetGCPercent(next.percent)
		}
		if next.limit != c.limit {
			debug.SetMemoryLimit(next.limit)
		}

		retuneAfterGC(next)
	})
}

// limit returns twice the heap that gcPercent allows, in bytes.
func limit(live, hashes uint64) int64 {
	return 2 * int64(max(roomyHeap, live+live*uint64(gcPercent(live, hashes))/100)) //nolint:gosec,mnd // no heap is that large; percent
}

// gcPercent returns the percentage that lets the heap grow to about roomyHeap as long as less is live. Of the live
// bytes, hashes are those of password hashes.
func gcPercent(live, hashes uint64) int {
	const whole = 100
	if live >= roomyHeap+hashes {
		return goPercent
	}
	return int(min(max((roomyHeap-min(live, roomyHeap))*whole/max(live, 1), narrowPercent), roomyPercent))
}

// liveBytes returns the live memory that the last collection found.
func liveBytes() uint64 {
	sample := []runtimemetrics.Sample{{Name: "/gc/heap/live:bytes"}}
	runtimemetrics.Read(sample)
	return sample[0].Value.Uint64()
}
