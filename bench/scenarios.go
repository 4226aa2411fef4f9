package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// connections are the numbers of concurrent connections.
var connections = []int{1, 16, 64}

// accounts compares the account query with the baselines, and with another version if there is one.
func (b *bench) accounts(ctx context.Context) (err error) {
	if err := b.served(ctx); err != nil {
		return err
	}

	reading := []target{{name: thisVersion, process: b.server, load: load{next: b.own.reads}}}
	if b.against != "" {
		other, theirs, err := b.serve(ctx, b.against)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, other.stop()) }()
		reading = append(reading, target{name: otherVersion, process: other, load: load{next: theirs.reads}})
	}

	for _, one := range b.baselines() {
		one.load.next = baselineRequests(one.process.address).reads
		reading = append(reading, one)
	}

	// Node compiles its code while it runs, for some seconds.
	const warmers, turns = 16, 2
	for _, warm := range at(reading)(warmers) {
		if _, err := warm.load.drive(ctx, turns*b.lasting, 0); err != nil {
			return err
		}
	}

	all, err := b.compare(ctx, "`account`, 25 leaves", at(reading))
	if err != nil {
		return err
	}

	b.recordAccounts(all)

	return b.ratiosToFixedBytes(reading, all)
}

// The names of the compared servers that are AccountQL.
const (
	thisVersion  = "accountql"
	otherVersion = "the other version"
)

// recordAccounts records the goals of the account query.
func (b *bench) recordAccounts(all map[int]series) {
	const some, many = 16, 64
	at := all[some]
	b.figures[bareRate] = ratios(at[thisVersion].rates(), at["bare gqlgen"].rates())
	b.figures[bareCPU] = ratios(at[thisVersion].cpus(), at["bare gqlgen"].cpus())
	b.figures[fixedRate] = ratios(at[thisVersion].rates(), at["fixed bytes"].rates())
	b.figures[jitRate] = ratios(at[thisVersion].rates(), at[jitName].rates())
	b.figures[jitRate64] = ratios(all[many][thisVersion].rates(), all[many][jitName].rates())
	b.reasons[jitRate], b.reasons[jitRate64] = b.noJIT, b.noJIT
}

// ratiosToFixedBytes prints every server as a ratio to fixed bytes.
func (b *bench) ratiosToFixedBytes(servers []target, all map[int]series) error {
	columns := []string{"server"}
	for _, figure := range []string{"requests/s", "CPU a request"} {
		for _, count := range connections {
			columns = append(columns, fmt.Sprintf("%s, %d conn.", figure, count))
		}
	}

	t := b.table("`account`, fixed bytes are 1", columns...)
	for _, one := range servers {
		cells := []string{one.name}
		for _, figure := range []func(turns) []float64{turns.rates, turns.cpus} {
			for _, count := range connections {
				cells = append(cells, ratio(figure(all[count][one.name]), figure(all[count]["fixed bytes"])))
			}
		}
		t.row(cells...)
	}

	if b.noJIT != "" {
		t.row(jitName, "not measured: "+b.noJIT)
	}

	return t.print()
}

// updatesTogether compares durable updates with the same code built without group commit, and with another version
// if there is one.
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

	updating := []target{
		{thisVersion, b.server, load{next: b.own.updates}},
		{"a commit for each", apart, load{next: theirs.updates}},
	}
	b.reasons[updatesAgainst] = "needs -against"
	if b.against != "" {
		other, others, err := b.serve(ctx, b.against)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, other.stop()) }()
		updating = append(updating, target{otherVersion, other, load{next: others.updates}})
	}

	all, err := b.compare(ctx, "`updateAccount`, durable", at(updating))
	const count = 16
	b.figures[updatesAgainst] = ratios(all[count][thisVersion].rates(), all[count][otherVersion].rates())

	return err
}

// at returns the targets with a number of connections to each.
func at(all []target) func(count int) []target {
	return func(count int) (targets []target) {
		for _, one := range all {
			one.load.address, one.load.connections = one.process.address, count
			targets = append(targets, one)
		}
		return targets
	}
}

// mix measures a mix of 80 reads, 12 updates, 4 sign-ins and 4 requests for a password reset per 100 requests.
func (b *bench) mix(ctx context.Context) error {
	if err := b.served(ctx); err != nil {
		return err
	}

	_, err := b.compare(ctx, "80 `account`, 12 `updateAccount`, 4 `signIn`, 4 `requestPasswordReset`", at([]target{
		{thisVersion, b.server, load{next: b.own.mixed, shed: true}},
		{"bare gqlgen's `account`", b.bare, load{next: baselineRequests(b.bare.address).reads}},
	}))

	return err
}

// signIns compares sign-ins with password hashes alone.
func (b *bench) signIns(ctx context.Context) error {
	if err := b.served(ctx); err != nil {
		return err
	}

	hashBytes := baselineRequests(b.hash.address)

	_, err := b.compare(ctx, "`signIn`", at([]target{
		{thisVersion, b.server, load{next: b.own.signIns, shed: true}},
		{"a hash alone", b.hash, load{next: hashBytes.signIns, shed: true}},
	}))

	return err
}

// compare prints a comparison of the first target with each of the others, and returns the measurements by the number
// of connections.
func (b *bench) compare(
	ctx context.Context, title string, targets func(count int) []target,
) (map[int]series, error) {
	measured := map[int]series{}
	t := b.table(title, "connections", "against", "requests/s", "ratio", "CPU a request, µs", "ratio", "p50, ms",
		"ratio", "p99, ms", "ratio")
	for _, count := range connections {
		compared := targets(count)
		all, err := b.allRounds(ctx, compared)
		if err != nil {
			return nil, err
		}

		measured[count] = all
		for _, other := range compared[1:] {
			t.row(append([]string{fmt.Sprint(count), other.name}, all.compare(compared[0].name, other.name)...)...)
		}
	}

	return measured, t.print()
}

// The readers next to writers and sign-ins send at a pace that leaves the processors idle most of the time, as
// customers do: their waits then show the cost of the other requests, and not that of a higher number of requests.
const (
	readers    = 16
	readerPace = 16 * time.Millisecond
)

// readsWhileWritersUpdate compares reads alone with reads while 16 connections update.
func (b *bench) readsWhileWritersUpdate(ctx context.Context) error {
	return b.readsBeside(ctx, "reads while 16 connections update", writersP99, func() load {
		const writers = 16
		// The writers and the readers are different customers; the writers send 1,600 updates a second in total.
		return load{address: b.server.address, connections: writers,
			pace: 10 * time.Millisecond, next: func(c, s int) []byte { return b.own.updates(readers+c, s) }}
	})
}

// readsDuringStorm compares reads alone with reads while 64 connections sign in.
func (b *bench) readsDuringStorm(ctx context.Context) error {
	return b.readsBeside(ctx, "reads while 64 connections sign in", stormP99, func() load {
		const storm = 64
		return load{address: b.server.address, connections: storm, next: b.own.signIns, shed: true}
	})
}

func (b *bench) readsBeside(ctx context.Context, title, goal string, beside func() load) error {
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
	b.figures[goal] = ratios(loud.p99s(), quiet.p99s())
	t.row("none", spread(quiet.rates()), milli(quiet.p50s()), "", milli(quiet.p99s()), "", "", "")
	t.row("all", spread(loud.rates()), milli(loud.p50s()), ratio(loud.p50s(), quiet.p50s()), milli(loud.p99s()),
		ratio(loud.p99s(), quiet.p99s()), spread(others), spread(refused))

	return t.print()
}
