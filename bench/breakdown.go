package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// group is a part of the program whose CPU time is shown together. A sample belongs to the innermost function that
// a group claims by the start of its name; the runtime and what is not listed belong to their callers.
type group struct {
	name   string
	starts []string
}

const ours = "github.com/accountql/accountql/"

var groups = []group{
	{"net/http and its sockets", []string{"net/http", "net.", "net/textproto.", "bufio.", "internal/poll.", "syscall."}},
	{"database, Go side", []string{
		ours + "internal/store", "github.com/mattn/go-sqlite3.", "database/sql", "gorm.io/", "github.com/jackc/",
	}},
	{"gqlgen and the generated code", []string{
		"github.com/99designs/gqlgen/", "github.com/vektah/gqlparser/", ours + "graph/internal/",
	}},
	{"request handling: limits, headers, metrics, logs", []string{
		ours + "graph.", ours + "internal/server.", "github.com/prometheus/", "github.com/jub0bs/cors",
		"github.com/rs/zerolog", "log/slog",
	}},
	{"authentication and rules", []string{
		ours + "internal/auth.", ours + "internal/account.", ours + "internal/password.", ours + "internal/contact.",
	}},
	{"JSON of requests", []string{
		"encoding/json", "github.com/go-json-experiment/json", ours + "internal/strictjson.",
	}},
}

// The groups that need more than the innermost function.
const (
	sqliteC   = "SQLite's C, with its system calls"
	collector = "garbage collector"
	scheduler = "scheduler"
	rest      = "everything else"
	// allocating is inside the others.
	allocating = "allocation, inside all of these"
)

// collectorStarts are the functions of the garbage collector, which also runs inside of those that allocate.
var collectorStarts = []string{
	"runtime.gcBgMarkWorker", "runtime.gcAssist", "runtime.gcDrain", "runtime.gcStart", "runtime.gcMark",
	"runtime.bgsweep", "runtime.bgscavenge", "runtime.sweepone", "runtime.markroot",
}

// sample is one stack of a CPU profile, innermost function first.
type sample struct {
	time  time.Duration
	stack []string
}

// group returns the part of the program that a sample belongs to.
func (s sample) group() string {
	isRuntime := func(function string) bool { return startsWith(function, "runtime.", "internal/runtime/") }
	switch {
	case slices.ContainsFunc(s.stack, func(function string) bool { return startsWith(function, collectorStarts...) }):
		return collector
	case len(s.stack) > 0 && s.stack[0] == "runtime.cgocall":
		return sqliteC // the profiler sees nothing of C but the call
	}

	for _, function := range s.stack {
		for _, one := range groups {
			if startsWith(function, one.starts...) {
				return one.name
			}
		}
	}

	if !slices.ContainsFunc(s.stack, func(function string) bool { return !isRuntime(function) }) {
		return scheduler
	}

	return rest
}

func startsWith(function string, starts ...string) bool {
	return slices.ContainsFunc(starts, func(start string) bool { return strings.HasPrefix(function, start) })
}

// shares returns the share of each group in the time of the samples.
func shares(samples []sample) map[string]float64 {
	var total time.Duration
	times := map[string]time.Duration{}
	for _, one := range samples {
		total += one.time
		times[one.group()] += one.time

		allocates := func(function string) bool { return startsWith(function, "runtime.mallocgc") }
		if slices.ContainsFunc(one.stack, allocates) {
			times[allocating] += one.time
		}
	}

	all := map[string]float64{}
	for name, one := range times {
		all[name] = one.Seconds() / total.Seconds()
	}

	return all
}

// timed matches the first line of a sample: its time and its innermost function.
var timed = regexp.MustCompile(`^\s*([0-9.]+(?:ns|us|ms|s))\s+(\S.*)$`)

// parseTraces reads the output of `go tool pprof -traces`: blocks between lines of dashes, each with the time before
// the innermost function, and the callers below it.
func parseTraces(text string) (samples []sample, err error) {
	_, text, _ = strings.Cut(text, "-----------+") // above it, the profile's title
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), "(inline)"))
		if line == "" || strings.HasPrefix(line, "---") {
			continue
		}

		if found := timed.FindStringSubmatch(line); found != nil {
			took, err := time.ParseDuration(found[1])
			if err != nil {
				return nil, err
			}
			samples = append(samples, sample{took, []string{found[2]}})
			continue
		}

		if len(samples) > 0 {
			last := &samples[len(samples)-1]
			last.stack = append(last.stack, line)
		}
	}

	if len(samples) == 0 {
		return nil, errors.New("the profile has no samples")
	}

	return samples, nil
}

// breakdowns prints where the CPU time of reads and of updates goes: the shares are those of a CPU profile of the
// release's code, and the microseconds are their part of the CPU time that the process used for each request.
func (b *bench) breakdowns(ctx context.Context) (err error) {
	binary := filepath.Join(b.folder, "profiled")
	if err := goBuild(ctx, binary, append(releaseFlags(), "-tags", "profile", ".")...); err != nil {
		return err
	}

	server, requests, err := b.serve(ctx, binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()

	read, reads, err := b.breakdown(ctx, server, requests.reads)
	if err != nil {
		return err
	}
	update, updates, err := b.breakdown(ctx, server, requests.updates)
	if err != nil {
		return err
	}

	t := b.table("where the CPU time of a request goes, 16 connections", "part", "`account`, µs", "share",
		"`updateAccount`, µs", "share")
	row := func(name string, ofRead, ofUpdate float64) {
		const percent = 100
		t.row(name, fmt.Sprintf("%.1f", read*ofRead), fmt.Sprintf("%.0f %%", percent*ofRead),
			fmt.Sprintf("%.1f", update*ofUpdate), fmt.Sprintf("%.0f %%", percent*ofUpdate))
	}

	names := []string{sqliteC, collector, scheduler, rest}
	for _, one := range groups {
		names = append(names, one.name)
	}
	slices.SortFunc(names, func(one, other string) int { return cmp.Compare(reads[other], reads[one]) })

	for _, name := range names {
		row(name, reads[name], updates[name])
	}

	row("all", 1, 1)
	row(allocating, reads[allocating], updates[allocating])

	return t.print()
}

// breakdown returns the CPU time of a request in microseconds, and the share of each group.
func (b *bench) breakdown(
	ctx context.Context, server *process, next func(connection, sent int) []byte,
) (float64, map[string]float64, error) {
	const turns = 8
	seconds := max(1, int((turns * b.lasting).Seconds()))
	file := filepath.Join(b.folder, "cpu.pprof")
	ended := make(chan error, 1)
	go func() { ended <- fetchProfile(ctx, server, file, seconds) }()

	const count = 16
	one := *b
	one.lasting = time.Duration(seconds) * time.Second
	measured, err := one.take(ctx, target{"profile", server,
		load{address: server.address, connections: count, next: next}})
	if err := errors.Join(err, <-ended); err != nil {
		return 0, nil, err
	}

	text, err := exec.CommandContext(ctx, "go", "tool", "pprof", "-traces", file).Output() //nolint:gosec // our own file
	if err != nil {
		return 0, nil, err
	}

	samples, err := parseTraces(string(text))
	if err != nil {
		return 0, nil, err
	}

	return measured.cpu, shares(samples), nil
}
