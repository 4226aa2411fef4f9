package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// connections are the numbers of concurrent connections.
var connections = []int{1, 16, 64}

// accounts compares the account query with the baselines.
func (b *bench) accounts(ctx context.Context) error {
	if err := b.served(ctx); err != nil {
		return err
	}
	return b.compare(ctx, "`account`, 25 leaves", func(count int) []target {
		return []target{
			{"accountql", b.server, load{address: b.server.address, connections: count, next: b.own.reads}},
			{"bare gqlgen", b.bare, load{address: b.bare.address, connections: count, next: b.bareBytes.reads}},
			{"fixed bytes", b.fixed, load{address: b.fixed.address, connections: count, next: b.fixedBytes.reads}},
		}
	})
}

// updatesTogether compares durable updates with the same code built without group commit.
func (b *bench) updatesTogether(ctx context.Context) (err error) {
	if err := b.served(ctx); err != nil {
		return err
	}

	binary := filepath.Join(b.folder, "nogroup")
	if err := goBuild(ctx, binary, append(releaseFlags(), "-tags", "nogroup", ".")...); err != nil {
		return err
	}

	apart, theirs, err := b.serve(ctx, binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, apart.stop()) }()

	return b.compare(ctx, "`updateAccount`, durable", func(count int) []target {
		return []target{
			{"accountql", b.server, load{address: b.server.address, connections: count, next: b.own.updates}},
			{"a commit for each", apart, load{address: apart.address, connections: count, next: theirs.updates}},
		}
	})
}

// mix measures a mix of 80 reads, 12 updates, 4 sign-ins and 4 requests for a password reset per 100 requests.
func (b *bench) mix(ctx context.Context) error {
	if err := b.served(ctx); err != nil {
		return err
	}
	return b.compare(ctx, "80 `account`, 12 `updateAccount`, 4 `signIn`, 4 `requestPasswordReset`", func(
		count int,
	) []target {
		return []target{
			{"accountql", b.server, load{address: b.server.address, connections: count, next: b.own.mixed}},
			{"bare gqlgen's `account`",
				b.bare, load{address: b.bare.address, connections: count, next: b.bareBytes.reads}},
		}
	})
}

// signIns compares sign-ins with password hashes alone.
func (b *bench) signIns(ctx context.Context) error {
	if err := b.served(ctx); err != nil {
		return err
	}

	hashBytes := baselineRequests(b.hash.address)

	return b.compare(ctx, "`signIn`", func(count int) []target {
		return []target{
			{"accountql",
				b.server, load{address: b.server.address, connections: count, next: b.own.signIns, shed: true}},
			{"a hash alone",
				b.hash, load{address: b.hash.address, connections: count, next: hashBytes.signIns, shed: true}},
		}
	})
}

// compare prints a comparison of the first target with each of the others.
func (b *bench) compare(ctx context.Context, title string, targets func(count int) []target) error {
	t := b.table(title, "connections", "against", "requests/s", "ratio", "CPU a request, µs", "ratio", "p50, ms",
		"ratio", "p99, ms", "ratio")
	for _, count := range connections {
		compared := targets(count)
		all, err := b.allRounds(ctx, compared)
		if err != nil {
			return err
		}

		for _, other := range compared[1:] {
			t.row(append([]string{fmt.Sprint(count), other.name}, all.compare(compared[0].name, other.name)...)...)
		}
	}

	return t.print()
}

// The readers next to writers and sign-ins send at a pace that leaves the processors idle most of the time, as
// customers do: their waits then show the cost of the other requests, and not that of a higher number of requests.
const (
	readers    = 16
	readerPace = 16 * time.Millisecond
)

// readsWhileWritersUpdate compares reads alone with reads while 16 connections update.
func (b *bench) readsWhileWritersUpdate(ctx context.Context) error {
	return b.readsBeside(ctx, "reads while 16 connections update", func() load {
		const writers = 16
		// The writers and the readers are different customers; the writers send 1,600 updates a second in total.
		return load{address: b.server.address, connections: writers,
			pace: 10 * time.Millisecond, next: func(c, s int) []byte { return b.own.updates(readers+c, s) }}
	})
}

// readsDuringStorm compares reads alone with reads while 64 connections sign in.
func (b *bench) readsDuringStorm(ctx context.Context) error {
	return b.readsBeside(ctx, "reads while 64 connections sign in", func() load {
		const storm = 64
		return load{address: b.server.address, connections: storm, next: b.own.signIns, shed: true}
	})
}

func (b *bench) readsBeside(ctx context.Context, title string, beside func() load) error {
	if err := b.served(ctx); err != nil {
		return err
	}

	reading := load{address: b.server.address, connections: readers, pace: readerPace, next: b.own.reads}
	t := b.table(title, "beside", "reads/s", "p50, ms", "ratio", "p99, ms", "ratio", "others/s", "refused/s")
	all, others, refused := series{}, []float64{}, []float64{}
	for number := range b.rounds {
		for turnOf := range 2 {
			if (turnOf+number)%2 == 0 {
				quiet, err := b.take(ctx, target{"quiet", b.server, reading})
				if err != nil {
					return err
				}
				all["quiet"] = append(all["quiet"], quiet)
				continue
			}

			ended := make(chan error, 1)
			var got outcome
			during, stop := context.WithCancel(ctx)
			go func() {
				var err error
				got, err = beside().drive(during, time.Hour, 0)
				ended <- err
			}()

			time.Sleep(b.lasting / 10)
			loud, err := b.take(ctx, target{"loud", b.server, reading})
			stop()
			if failed := <-ended; err == nil {
				err = failed
			}
			if err != nil {
				return err
			}

			all["loud"] = append(all["loud"], loud)
			others = append(others, got.perSecond())
			refused = append(refused, float64(got.refused)/got.took.Seconds())
		}
	}

	quiet, loud := all["quiet"], all["loud"]
	t.row("none", spread(quiet.rates()), milli(quiet.p50s()), "", milli(quiet.p99s()), "", "", "")
	t.row("all", spread(loud.rates()), milli(loud.p50s()), ratio(loud.p50s(), quiet.p50s()), milli(loud.p99s()),
		ratio(loud.p99s(), quiet.p99s()), spread(others), spread(refused))

	return t.print()
}

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
