//go:build failover

// Package failover runs two processes on three PostgreSQL servers under Patroni, takes the leader away under load, and
// checks that every acknowledged change exists once: `make failover`. docs/reliability.md has the results of a run.
package failover

import (
	"flag"
	"os"
	"testing"
	"time"

	"github.com/accountql/accountql/test/journal"
)

var rounds = flag.Int("rounds", 20, "how often each fault happens")

func TestMain(m *testing.M) {
	flag.Parse()
	code := journal.Main(m, "failover")
	printTable()
	os.Exit(code)
}

// TestFailover makes each fault happen to a cluster of its own. The faults run at the same time, because they mostly
// wait for Patroni.
func TestFailover(t *testing.T) {
	require(t)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			suffer(t, f)
		})
	}
}

// suffer makes a fault happen again and again, and verifies everything after each.
func suffer(t *testing.T, f fault) {
	c := newCluster(t, f.disk)
	d := journal.NewDriver(t, c.url(true))
	// After a failover, an idle connection leads to a server that is no leader any more.
	d.DB.SetMaxIdleConns(0)
	d.Open, d.Persistent = true, true
	// An operation takes five seconds at most, but for its COMMIT.
	const giveUp = 6 * time.Second
	d.Use(journal.Start(t, nil, journal.Development(c.url(false))...).Ready().GiveUp(giveUp),
		journal.Start(t, nil, journal.Development(c.url(false))...).Ready().GiveUp(giveUp))
	d.Working()

	r := &result{fault: f, driver: d}
	random := journal.Chance(t)
	for round := range *rounds {
		w := newWatch(d)
		stop := make(chan struct{})
		wait := d.Load(stop)
		time.Sleep(time.Duration(300+random.IntN(500)) * time.Millisecond)

		leader := c.leader()
		w.begin()
		end := f.strike(c, leader, round)
		if !f.inPlace {
			c.await("another node leads", func() bool {
				next := c.leading()
				return next != nil && next != leader
			})
		}

		w.turn()
		c.await("both processes write again", w.turned)
		time.Sleep(time.Duration(random.IntN(1000)) * time.Millisecond)
		end()
		time.Sleep(2 * time.Second)
		close(stop)
		wait()
		w.end()

		if c.healed(leader) {
			r.rebuilt++
		}
		d.Verify()
		d.Working()
		r.add(w)
		t.Logf("round %d: %s led, then %s: %v", round+1, leader.name, c.leader().name, w)
	}

	r.events = journal.VerifyAudit(t, c.url(true))
	record(r)
}
