// Command bench measures AccountQL against the baselines of this repository, in one run on one machine, and prints
// tables for docs/performance.md. The ratios matter: a machine's speed changes from minute to minute, so the
// compared servers are measured alternately in each round.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// options are the values of the flags.
type options struct {
	rounds  int
	lasting time.Duration
	updates int
	only    string
	pgo     string
	// databases are files that `make scale` has created.
	databases string
	// against is a binary of another version, to compare reads and updates with.
	against string
	// gate makes a missed goal of those that gate an error.
	gate bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&o.rounds, "rounds", 9, "how many rounds; in each one, all that is compared takes its turn")
	flags.DurationVar(&o.lasting, "lasting", 1200*time.Millisecond, "how long one turn lasts")
	flags.IntVar(&o.updates, "updates", 100_000, "how many updates the write-ahead log is looked at after")
	flags.StringVar(&o.only, "only", "", "only the parts with these names, by commas: "+strings.Join(partNames(), ", "))
	flags.StringVar(&o.pgo, "pgo", "", "measure nothing, but write the profile of the mixed load to this file")
	flags.StringVar(&o.databases, "databases", "",
		"compare these databases of `make scale`, by commas, the first with each of the others")
	flags.StringVar(&o.against, "against", "", "also compare reads and updates with this binary of another version")
	flags.BoolVar(&o.gate, "gate", false, "fail if allocations or CPU per request miss their goals")
	short := flags.Bool("short", false, "a short run: is everything there?")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.against != "" {
		if o.against, err = filepath.Abs(o.against); err != nil {
			return err
		}
	}
	if *short {
		o.rounds, o.lasting, o.updates = 1, 300*time.Millisecond, 2_000
	}

	folder, err := os.MkdirTemp("", "accountql-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if o.pgo != "" {
		return profile(ctx, folder, o)
	}

	b := &bench{options: o, folder: folder, binary: filepath.Join(folder, "accountql"), out: out,
		figures: map[string][]float64{}, reasons: map[string]string{}}

	return b.all(ctx)
}

// freeAddress returns a loopback address with a free port.
func freeAddress(ctx context.Context) (string, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
