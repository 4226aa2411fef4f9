package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// starts measures the time from the start until /readyz succeeds, in an empty folder and with an existing database.
func (b *bench) starts(ctx context.Context) error {
	var first, warm, idle, idleOwn []float64
	for range b.rounds {
		folder, err := os.MkdirTemp(b.folder, "start-")
		if err != nil {
			return err
		}

		for _, into := range []*[]float64{&first, &warm, &warm} {
			address, err := freeAddress(ctx)
			if err != nil {
				return err
			}

			p, took, err := startServer(ctx, b.binary, folder, database, address)
			if err != nil {
				return err
			}

			*into = append(*into, float64(took.Microseconds())/1000)
			time.Sleep(b.lasting / 2)
			now, own, err := p.memory()
			if err != nil {
				return err
			}

			idle, idleOwn = append(idle, now), append(idleOwn, own)
			if err := p.stop(); err != nil {
				return err
			}
		}
	}

	b.figures[idleMemory], b.figures[startTime] = idle, warm
	t := b.table("size", "", "median (least to most)")
	t.row("start to ready, empty folder, ms", spread(first))
	t.row("start to ready, database there, ms", spread(warm))
	t.row("resident memory, idle, MB", spread(idle))
	t.row("of that not the binary's pages, MB", spread(idleOwn))
	t.row("binary, stripped, MB", fmt.Sprintf("%.1f", megabytes(b.binary)))

	return t.print()
}

// memory measures the resident memory under load.
func (b *bench) memory(ctx context.Context) error {
	if err := b.served(ctx); err != nil {
		return err
	}

	t := b.table("resident memory under load", "load, 64 connections", "median, MB", "most, MB",
		"of that not the binary's pages, median, MB")
	for _, one := range []struct {
		name string
		next func(connection, sent int) []byte
	}{{"`account`", b.own.reads},
		{"`updateAccount`", b.own.updates}, {"the mix", b.own.mixed}, {"`signIn`", b.own.signIns}} {
		ended := make(chan error, 1)
		during, stop := context.WithCancel(ctx)
		go func() {
			const most = 64
			_, err := load{address: b.server.address, connections: most, next: one.next, shed: true}.drive(during,
				time.Hour, 0)
			ended <- err
		}()

		var seen, own []float64
		const every = 20 * time.Millisecond
		for began := time.Now(); time.Since(began) < 3*b.lasting; time.Sleep(every) {
			now, private, err := b.server.memory()
			if err != nil {
				stop()
				return err
			}
			seen, own = append(seen, now), append(own, private)
		}

		stop()
		if err := <-ended; err != nil {
			return err
		}

		if median(seen) > median(b.figures[loadMemory]) {
			b.figures[loadMemory] = seen
		}
		t.row(one.name, fmt.Sprintf("%.0f", median(seen)), fmt.Sprintf("%.0f", slices.Max(seen)),
			fmt.Sprintf("%.0f", median(own)))
	}

	return t.print()
}

// wal measures the size of the write-ahead log during and after many updates.
func (b *bench) wal(ctx context.Context) error {
	if err := b.served(ctx); err != nil {
		return err
	}

	file := filepath.Join(b.server.command.Dir, database+"-wal")
	const writers = 64
	ended := make(chan error, 1)
	var got outcome
	go func() {
		var err error
		got, err = load{address: b.server.address, connections: writers, next: b.own.updates}.drive(ctx, 0,
			max(1, b.updates/writers))
		ended <- err
	}()

	var most float64
	const every = 50 * time.Millisecond
	for {
		select {
		case err := <-ended:
			if err != nil {
				return err
			}
			t := b.table("write-ahead log", "updates, 64 connections", "updates/s", "most, MB", "after, MB")
			t.row(fmt.Sprint(got.requests), fmt.Sprintf("%.0f", got.perSecond()),
				fmt.Sprintf("%.1f", max(most, megabytes(file))), fmt.Sprintf("%.1f", megabytes(file)))
			return t.print()
		case <-time.After(every):
			most = max(most, megabytes(file))
		}
	}
}
