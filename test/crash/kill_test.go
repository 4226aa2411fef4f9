//go:build crash

package crash

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/journal"
)

// kills is how often each engine's service is killed.
const kills = 60

// TestKill kills the service at random moments, a sixth of them during its start. In every fifth cycle it also
// kills PostgreSQL, or kills it instead.
func TestKill(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killCycles(t, filepath.Join(t.TempDir(), "accountql.db"), nil)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		cluster := postgrestest.NewCluster(t)
		killCycles(t, cluster.URL("postgres"), cluster)
	})
}

// killCycles lets deletions erase at once in the first half of the cycles, and have a grace period in the second. Other
// systems are told of each change.
func killCycles(t *testing.T, database string, cluster *postgrestest.Cluster) {
	random := journal.Chance(t)
	receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(receiver.Close)
	settings := append(journal.Development(database),
		"--webhook", strings.Replace(receiver.URL, "http://", "http://:whsec_0123456789abcdef0123456789abcdef@", 1))
	first := journal.Start(t, nil, settings...).Ready()
	d := journal.NewDriver(t, database)
	d.Open = cluster != nil
	d.Use(first)
	d.Working()
	first.Kill()
	servers := 0
	for cycle := 1; cycle <= kills; cycle++ {
		s := journal.Start(t, nil, settings...)
		if random.IntN(6) == 0 {
			time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
			s.Kill()
			continue
		}

		d.Use(s.Ready())
		d.Verify()
		if cycle > kills/2 && !d.Grace {
			s.Kill()
			d.Grace, settings = true, append(settings, "--deletion-grace", "24h")
			s = journal.Start(t, nil, settings...)
			d.Use(s.Ready())
		}

		stop := make(chan struct{})
		wait := d.Load(stop)
		time.Sleep(100*time.Millisecond + time.Duration(random.IntN(500))*time.Millisecond)

		if cluster != nil && cycle%5 == 0 {
			servers++
			cluster.Kill(t, syscall.SIGQUIT)
			if cycle%10 == 0 {
				time.Sleep(time.Duration(random.IntN(50)) * time.Millisecond)
				s.Kill()
			}

			// In half of the cycles the service survives, and must find the server again by itself.
			wait()
			cluster.Stop()
			cluster.Start(t)

			if cycle%10 != 0 {
				s.Ready()
				d.Verify()
				wait = d.Load(stop)
				time.Sleep(100 * time.Millisecond)
			}
		}

		s.Kill()
		wait()
		if cycle%20 == 0 {
			journal.VerifyAudit(t, database)
		}
		if t.Failed() {
			t.Fatalf("in cycle %d", cycle)
		}
	}

	d.Use(journal.Start(t, nil, settings...).Ready())
	d.Verify()
	used := d.Used()
	events := journal.VerifyAudit(t, database)
	name := filepath.Base(t.Name())
	t.Logf("crash: %s: %d kills, %d of the server, %v; %s audit events verified; %s", name, kills, servers, d,
		journal.Thousands(int64(events)), used)
}

// TestKillFirstStart kills the service while it creates its database. The next start must complete it.
func TestKillFirstStart(t *testing.T) {
	t.Parallel()
	const times = 15
	random := journal.Chance(t)
	early := 0
	for range times {
		database := filepath.Join(t.TempDir(), "accountql.db")
		s := journal.Start(t, nil, journal.Development(database)...)
		for fileless := true; fileless; {
			_, err := os.Stat(database)
			fileless = err != nil
		}

		time.Sleep(time.Duration(random.IntN(80)) * time.Millisecond)
		s.Kill()

		select {
		case <-s.Served:
		default:
			early++
		}

		d := journal.NewDriver(t, database)
		d.Use(journal.Start(t, nil, journal.Development(database)...).Ready())
		d.During(50 * time.Millisecond)
		d.Verify()
		d.Services[0].Kill()
	}

	t.Logf("crash: first start: %d kills after the file was made, %d of them before it served; every next start finished it",
		times, early)
}
