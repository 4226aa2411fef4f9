package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bench is the state of one run.
type bench struct {
	options
	folder string
	binary string
	out    io.Writer

	server            *process
	own               requests
	fixed, bare, hash *process
	// jit and jitPair are graphql-jit with one process and with two; noJIT says why they are not there.
	jit, jitPair *process
	noJIT        string
	// figures are the measured values of the goals; reasons say why a goal was not measured.
	figures map[string][]float64
	reasons map[string]string
}

// part is a part of the run; each prints a table.
type part struct {
	name    string
	measure func(b *bench, ctx context.Context) error
}

// parts returns the parts in the order in which they run: memory is measured before there is any load.
func parts() []part {
	return []part{
		{"allocations", (*bench).allocations},
		{"start", (*bench).starts},
		{"memory", (*bench).memory},
		{"account", (*bench).accounts},
		{"update", (*bench).updatesTogether},
		{"signin", (*bench).signIns},
		{"mix", (*bench).mix},
		{"writers", (*bench).readsWhileWritersUpdate},
		{"storm", (*bench).readsDuringStorm},
		{"wal", (*bench).wal},
		{"sizes", (*bench).sizes},
		{"profile", (*bench).breakdowns},
	}
}

func partNames() []string {
	var names []string
	for _, part := range parts() {
		names = append(names, part.name)
	}
	return names
}

// all builds the binaries, starts the servers, and measures every part.
func (b *bench) all(ctx context.Context) (err error) {
	baseline := filepath.Join(b.folder, "baseline")
	err = errors.Join(goBuild(ctx, b.binary, append(releaseFlags(), ".")...),
		goBuild(ctx, baseline, "-trimpath", "-ldflags=-s -w", "./bench/baseline"))
	if err != nil {
		return err
	}

	_, _ = fmt.Fprintf(b.out, "%s\n\n", machine(b.options))
	defer func() { err = errors.Join(err, b.stopBaselines()) }()
	if err := b.startBaselines(ctx, baseline); err != nil {
		return err
	}

	defer func() {
		if b.server != nil {
			err = errors.Join(err, b.server.stop())
		}
	}()

	for _, part := range parts() {
		if b.only != "" && !slices.Contains(strings.Split(b.only, ","), part.name) {
			continue
		}
		if err := part.measure(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}

	return b.printGoals()
}

// releaseFlags returns the flags with which `make release` builds.
func releaseFlags() []string { return []string{"-trimpath", "-ldflags=-s -w", "-pgo=release.pgo"} }

// served starts the server, with signed-in customers, unless it is running.
func (b *bench) served(ctx context.Context) (err error) {
	if b.server == nil {
		b.server, b.own, err = b.serve(ctx, b.binary)
	}
	return err
}

// serve starts a binary in a folder of its own.
func (b *bench) serve(ctx context.Context, binary string) (*process, requests, error) {
	folder, err := os.MkdirTemp(b.folder, "server-")
	if err != nil {
		return nil, requests{}, err
	}

	address, err := freeAddress(ctx)
	if err != nil {
		return nil, requests{}, err
	}

	server, _, err := startServer(ctx, binary, folder, database, address)
	if err != nil {
		return nil, requests{}, err
	}

	own, err := enrol(ctx, address)
	if err != nil {
		err = errors.Join(err, server.stop())
	}

	return server, own, err
}

// turn is one measurement of one target.
type turn struct {
	rate, cpu, p50, p99 float64
}

// target is a server under a load that is compared with others.
type target struct {
	name    string
	process *process
	load    load
}

// round measures each target once; every round begins with a different target.
func (b *bench) round(ctx context.Context, number int, targets []target) (map[string]turn, error) {
	turns := map[string]turn{}
	for i := range targets {
		one := targets[(i+number)%len(targets)]
		measured, err := b.take(ctx, one)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.name, err)
		}
		turns[one.name] = measured
	}

	return turns, nil
}

// take measures one turn, after a warm-up of a tenth of its time.
func (b *bench) take(ctx context.Context, one target) (turn, error) {
	const warm = 10
	if _, err := one.load.drive(ctx, b.lasting/warm, 0); err != nil {
		return turn{}, err
	}

	before, err := one.process.cpu()
	if err != nil {
		return turn{}, err
	}

	got, err := one.load.drive(ctx, b.lasting, 0)
	if err != nil {
		return turn{}, err
	}

	after, err := one.process.cpu()
	if err != nil {
		return turn{}, err
	}
	if got.requests == 0 {
		return turn{}, errors.New("no request was answered")
	}

	micro := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / float64(time.Microsecond) }

	return turn{
		rate: got.perSecond(), cpu: micro(after-before) / float64(got.requests),
		p50: micro(got.percentile(.5)), p99: micro(got.percentile(.99)),
	}, nil
}

// allRounds measures the targets in all rounds.
func (b *bench) allRounds(ctx context.Context, targets []target) (series, error) {
	all := series{}
	for number := range b.rounds {
		turns, err := b.round(ctx, number, targets)
		if err != nil {
			return nil, err
		}
		for name, measured := range turns {
			all[name] = append(all[name], measured)
		}
	}

	return all, nil
}
