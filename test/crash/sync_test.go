//go:build crash

package crash

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/test/journal"
)

// TestFailedSync makes the syncs of the database fail, either from a random one on or only once. No change whose
// sync failed may be acknowledged. The process must log the reason and exit, and the next start must find only
// complete changes (R-OPS5).
func TestFailedSync(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("no strace")
	}
	if text, err := exec.Command("strace", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace can't trace: %s", text)
	}

	database := filepath.Join(t.TempDir(), "accountql.db")
	journal.Start(t, nil, journal.Development(database)...).Ready().Kill()
	d := journal.NewDriver(t, database)
	// Retries would use up the syncs that are supposed to fail under load.
	d.Open, d.Silent = true, true
	random := journal.Chance(t)
	const times = 10
	ended := 0
	for try := range times {
		when := fmt.Sprint(10 + random.IntN(30))
		if try%2 == 0 {
			when += "+"
		}

		prefix := []string{"strace", "-f",
			"-o", os.DevNull, "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=" + when}
		s := journal.Start(t, prefix, journal.Development(database)...)
		d.Use(s.Ready())
		d.Verify()
		stop := make(chan struct{})
		wait := d.Load(stop)

		select {
		case <-s.Ended:
			ended++
			if code := s.Command.ProcessState.ExitCode(); code != 1 ||
				!strings.Contains(s.Said(), "the database failed while it wrote") {
				t.Errorf("it ended with %d: %s", code, s.Said())
			}
		case <-time.After(journal.Patience):
			t.Errorf("a sync failed and it goes on: %s", s.Said())
			s.Kill()
		}

		close(stop)
		wait()
		if t.Failed() {
			t.FailNow()
		}
	}

	d.Use(journal.Start(t, nil, journal.Development(database)...).Ready())
	d.Verify()
	events := journal.VerifyAudit(t, database)
	t.Logf("crash: failed sync: %d times, the process ended %d times, %v; %d audit events verified", times, ended, d,
		events)
}
