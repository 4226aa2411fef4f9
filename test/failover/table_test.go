//go:build failover

package failover

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/accountql/accountql/test/journal"
)

// result is what the rounds of one fault showed.
type result struct {
	fault  fault
	driver *journal.Driver
	away   [3][]time.Duration
	events int
	// rebuilt is how often a former leader had to be created anew.
	rebuilt int
}

func (r *result) add(w *watch) {
	for column, period := range w.away() {
		r.away[column] = append(r.away[column], period)
	}
}

var results struct {
	sync.Mutex
	all []*result
}

func record(r *result) {
	results.Lock()
	defer results.Unlock()
	results.all = append(results.all, r)
}

// printTable prints the table of docs/reliability.md.
func printTable() {
	if len(results.all) == 0 {
		return
	}

	fmt.Println("\n| fault | times | no write for | one process without a write for | not both ready for |")
	fmt.Println("|---|---|---|---|---|")
	for _, f := range faults {
		for _, r := range results.all {
			if r.fault.name == f.name {
				fmt.Printf("| %s | %d | %s | %s | %s |\n", f.what, len(r.away[0]), spread(r.away[0]), spread(r.away[1]),
					spread(r.away[2]))
			}
		}
	}

	fmt.Println()
	for _, r := range results.all {
		fmt.Printf("failover: %s: %d times, %v; %s audit events verified, %d former leaders created anew\n",
			r.fault.name, len(r.away[0]), r.driver, journal.Thousands(int64(r.events)), r.rebuilt)
	}
}

// spread returns the median and the maximum.
func spread(periods []time.Duration) string {
	slices.Sort(periods)
	return fmt.Sprintf("%.1f s, at most %.1f s", periods[len(periods)/2].Seconds(), periods[len(periods)-1].Seconds())
}
