//go:build crash

package crash

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/journal"
)

// TestServerRestarts restarts PostgreSQL under load.
func TestServerRestarts(t *testing.T) {
	t.Parallel()
	const times = 8
	cluster := postgrestest.NewCluster(t)
	database := cluster.URL("postgres")
	d := journal.NewDriver(t, database)
	d.Open = true
	d.Use(journal.Start(t, nil, journal.Development(database)...).Ready())
	d.Working()
	random := journal.Chance(t)
	for range times {
		d.Survives(time.Duration(200+random.IntN(400))*time.Millisecond, func() {
			cluster.Stop()
			cluster.Start(t)
		})
	}

	d.Working()
	events := journal.VerifyAudit(t, database)
	t.Logf("crash: server restarted: %d times, %v; %s audit events verified", times, d, journal.Thousands(int64(events)))
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
	d := journal.NewDriver(t, cluster.URL("postgres"))
	d.Open = true
	d.Use(journal.Start(t, nil, journal.Development("postgres://postgres@"+proxy.Listen+"/postgres?sslmode=disable")...).Ready())
	d.Working()
	random := journal.Chance(t)

	toxic := func(text string, period time.Duration) {
		if _, err := proxy.Toxics.AddToxicJson(strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(period)
		proxy.Toxics.ResetToxics(t.Context())
	}

	for cycle := range times {
		d.Survives(time.Duration(50+random.IntN(150))*time.Millisecond, func() {
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

	d.Working()
	events := journal.VerifyAudit(t, cluster.URL("postgres"))
	t.Logf("crash: connections cut: %d times, %v; %s audit events verified", times, d, journal.Thousands(int64(events)))
}

// TestFailover kills the server and promotes its standby, three times. The service knows both from the start, and
// must find the one that accepts writes.
func TestFailover(t *testing.T) {
	t.Parallel()
	const times = 3
	var total journal.Driver
	for range times {
		failover(t, &total)
	}

	t.Logf("crash: failover: %d times, %v", times, &total)
}

func failover(t *testing.T, total *journal.Driver) {
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
	d := journal.NewDriver(t, primary.URL("postgres"))
	d.Open = true
	d.Use(journal.Start(t, nil, journal.Development(fmt.Sprintf(
		"postgres://postgres@127.0.0.1:%d,127.0.0.1:%d/postgres?sslmode=disable&target_session_attrs=read-write", primary.Port, standby.Port,
	))...).Ready())
	d.Working()
	d.DB = journal.OpenPast(t, standby.URL("postgres"))
	d.Survives(500*time.Millisecond, func() {
		primary.Kill(t, syscall.SIGKILL)
		standby.Promote(t)
		await(t, "the standby takes writes", func() bool {
			return standby.Execute(t.Context(), "postgres", "CREATE TEMPORARY TABLE x (x int)") == nil
		})
	})
	d.Working()
	journal.VerifyAudit(t, standby.URL("postgres"))
	total.Add(d)
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(journal.Patience); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain: %s", what)
		}
	}
}
