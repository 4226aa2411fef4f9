package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// sized is a server on a database that `make scale` has created, with the requests of its active customers.
type sized struct {
	name            string
	server          *process
	account, update [][]byte
}

// sizes compares servers on databases of several sizes, the first with each of the others. 10,000 customers, spread
// over the whole table, are active.
func (b *bench) sizes(ctx context.Context) (err error) {
	if b.databases == "" {
		b.reasons[readsBySize] = "needs -databases: they take minutes to create" // docs/scale.md
		b.reasons[updatesBySize] = b.reasons[readsBySize]
		return nil
	}

	var all []sized
	for _, file := range strings.Split(b.databases, ",") {
		one, failed := b.serveSized(ctx, file)
		if failed != nil {
			return fmt.Errorf("%s: %w", file, failed)
		}
		defer func() { err = errors.Join(err, one.server.stop()) }()
		all = append(all, one)
	}

	// Reads and updates before the measurement load the customers' rows into the system's cache.
	const warmers = 16
	targets := func(count int, next func(s sized) func(connection, sent int) []byte) (targets []target) {
		for _, one := range all {
			targets = append(targets,
				target{one.name, one.server, load{address: one.server.address, connections: count, next: next(one)}})
		}
		return targets
	}

	reads := func(count int) []target {
		return targets(count, func(s sized) func(connection, sent int) []byte {
			return func(connection, sent int) []byte { return s.account[(connection+sent*count)%len(s.account)] }
		})
	}

	updates := func(count int) []target {
		return targets(count, func(s sized) func(connection, sent int) []byte {
			return func(connection, sent int) []byte {
				at := connection + sent*count
				// Each pass over the customers changes their city, so that each update writes.
				return s.update[2*(at%len(s.account))+at/len(s.account)%2]
			}
		})
	}

	for _, warm := range append(reads(warmers), updates(warmers)...) {
		if _, err := warm.load.drive(ctx, 0, active/warmers); err != nil {
			return err
		}
	}

	const count, many, few = 16, "5000000 accounts", "1000 accounts"
	for _, one := range []struct {
		title, goal string
		targets     func(count int) []target
	}{
		{"`account` by the number of accounts", readsBySize, reads},
		{"durable `updateAccount` by the number of accounts", updatesBySize, updates},
	} {
		measured, err := b.compare(ctx, one.title, one.targets)
		if err != nil {
			return err
		}
		b.figures[one.goal] = ratios(measured[count][many].rates(), measured[count][few].rates())
	}

	return nil
}

// active is the number of active customers.
const active = 10_000

// accountsIn finds the number of accounts in the name of a database of `make scale`.
var accountsIn = regexp.MustCompile(`accounts-(\d+)\.db$`)

// serveSized starts the server on a database and prepares the requests of its active customers.
func (b *bench) serveSized(ctx context.Context, file string) (sized, error) {
	name := accountsIn.FindStringSubmatch(file)
	if name == nil {
		return sized{}, errors.New("no database of `make scale`, which are called accounts-<number>.db")
	}

	accounts, err := strconv.Atoi(name[1])
	if err != nil {
		return sized{}, err
	}

	path, err := filepath.Abs(file)
	if err != nil {
		return sized{}, err
	}

	address, err := freeAddress(ctx)
	if err != nil {
		return sized{}, err
	}

	folder, err := os.MkdirTemp(b.folder, "server-")
	if err != nil {
		return sized{}, err
	}

	one := sized{name: name[1] + " accounts"}
	if one.server, _, err = startServer(ctx, b.binary, folder, path, address); err != nil {
		return sized{}, err
	}

	random := rand.New(rand.NewPCG(1, uint64(accounts))) //nolint:gosec // the same ones in each run
	for range min(accounts, active) {
		token := tokenOf(1 + random.IntN(accounts))
		one.account = append(one.account, prepared(address, token, accountDocument, nil))
		for _, city := range []string{"Warsaw", "Gdansk"} {
			one.update = append(one.update, prepared(address, token, updateDocument, map[string]any{"city": city}))
		}
	}

	return one, nil
}

// tokenOf returns the session token of the account with a number, as `make scale` creates it
// (internal/store/scale_test.go).
func tokenOf(n int) string {
	const multiplier, modulus = 2654435761, 1 << 32
	return fmt.Sprintf("as_%08x%024x", n*multiplier%modulus, n)
}
