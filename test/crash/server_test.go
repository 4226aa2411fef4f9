//go:build crash

package crash

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// survives puts load on a service, runs a fault below it that ends by itself, and verifies everything once the
// service is ready again, which must happen without a restart.
func (d *driver) survives(load time.Duration, fault func()) {
	d.t.Helper()
	stop := make(chan struct{})
	wait := d.load(stop)
	time.Sleep(load)
	fault()
	close(stop)
	wait()
	d.service.ready()
	d.verify()
	if d.t.Failed() {
		d.t.FailNow()
	}
}

// working fails unless the service works: every customer has an account, and changes are made.
func (d *driver) working() {
	d.t.Helper()
	before := d.acknowledged.Load()
	settled := func(c *customer) bool { return len(c.tokens) > 0 && c.journal["counter"] > 0 }
	for deadline := time.Now().Add(patience); d.acknowledged.Load() == before || !all(d.customers, settled); {
		d.survives(300*time.Millisecond, func() {})
		if time.Now().After(deadline) {
			d.t.Fatalf("nothing is done any more: %s", d.service.said())
		}
	}
}

func all(customers []*customer, is func(*customer) bool) bool {
	return !slices.ContainsFunc(customers, func(c *customer) bool { return !is(c) })
}

// TestServerRestarts restarts PostgreSQL under load.
func TestServerRestarts(t *testing.T) {
	t.Parallel()
	const times = 8
	cluster := postgrestest.NewCluster(t)
	database := cluster.URL("postgres")
	d := newDriver(t, database)
	d.open = true
	d.service = start(t, nil, development(database)...).ready()
	d.working()
	random := chance(t)
	for range times {
		d.survives(time.Duration(200+random.IntN(400))*time.Millisecond, func() {
			cluster.Stop()
			cluster.Start(t)
		})
	}

	d.working()
	events := verifyAudit(t, database)
	t.Logf("crash: server restarted: %d times, %v; %s audit events verified", times, d, thousands(int64(events)))
}

// TestCutConnections puts toxiproxy in front of PostgreSQL. It cuts connections, also after a number of bytes such
// that a COMMIT arrives and its answer doesn't, and makes them hang.
func TestCutConnections(t *testing.T) {
	t.Parallel()
	const times = 24
	cluster := postgrestest.NewCluster(t)
	proxy := toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()),
		zerolog.Nop()),
		"database", "127.0.0.1:0", fmt.Sprintf("127.0.0.1:%d", cluster.Port))
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	defer proxy.Stop()
	d := newDriver(t, cluster.URL("postgres"))
	d.open = true
	d.service = start(t, nil, development("postgres://postgres@"+proxy.Listen+"/postgres?sslmode=disable")...).ready()
	d.working()
	random := chance(t)

	toxic := func(text string, period time.Duration) {
		if _, err := proxy.Toxics.AddToxicJson(strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(period)
		proxy.Toxics.ResetToxics(t.Context())
	}

	for cycle := range times {
		d.survives(time.Duration(50+random.IntN(150))*time.Millisecond, func() {
			switch cycle % 4 {
			case 0:
				proxy.Stop()
				time.Sleep(100 * time.Millisecond)
				if err := proxy.Start(); err != nil {
					t.Fatal(err)
				}
			case 1, 2:
				cut := fmt.Sprintf(`{"name":"cut","type":"limit_data","stream":"downstream","attributes":{"bytes":%d}}`,
					random.IntN(3000))
				toxic(cut, 150*time.Millisecond)
			default:
				toxic(`{"name":"hang","type":"timeout","stream":"downstream","attributes":{"timeout":0}}`,
					300*time.Millisecond)
			}
		})
	}

	d.working()
	events := verifyAudit(t, cluster.URL("postgres"))
	t.Logf("crash: connections cut: %d times, %v; %s audit events verified", times, d, thousands(int64(events)))
}

// TestFailover kills the server and promotes its standby, three times. The service knows both from the start, and
// must find the one that accepts writes.
func TestFailover(t *testing.T) {
	t.Parallel()
	const times = 3
	var total driver
	total.wrong = map[string]int{}
	for range times {
		failover(t, &total)
	}

	t.Logf("crash: failover: %d times, %v", times, &total)
}

func failover(t *testing.T, total *driver) {
	primary := postgrestest.NewCluster(t, "synchronous_commit=on")
	standby := primary.Standby(t)

	// From here on, a commit is acknowledged only when it is on the standby's disk.
	for _, statement := range []string{"ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"} {
		if err := primary.Execute(t.Context(), "postgres", statement); err != nil {
			t.Fatal(err)
		}
	}

	await(t, "the standby is synchronous", func() bool {
		return primary.Execute(t.Context(), "postgres",
			"SELECT 1/count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == nil
	})
	d := newDriver(t, primary.URL("postgres"))
	d.open = true
	d.service = start(t, nil, development(fmt.Sprintf(
		"postgres://postgres@127.0.0.1:%d,127.0.0.1:%d/postgres?sslmode=disable&target_session_attrs=read-write", primary.Port, standby.Port,
	))...).ready()
	d.working()
	d.db = openPast(t, standby.URL("postgres"))
	d.survives(500*time.Millisecond, func() {
		primary.Kill(t, syscall.SIGKILL)
		standby.Promote(t)
		await(t, "the standby takes writes", func() bool {
			return standby.Execute(t.Context(), "postgres", "CREATE TEMPORARY TABLE x (x int)") == nil
		})
	})
	d.working()
	verifyAudit(t, standby.URL("postgres"))
	total.acknowledged.Add(d.acknowledged.Load())
	total.unavailable.Add(d.unavailable.Load())
	total.cut.Add(d.cut.Load())
	total.found.Add(d.found.Load())
	total.repeated.Add(d.repeated.Load())
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain: %s", what)
		}
	}
}
