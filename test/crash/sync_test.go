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
	start(t, nil, development(database)...).ready().kill()
	d := newDriver(t, database)
	// Retries would use up the syncs that are supposed to fail under load.
	d.open, d.silent = true, true
	random := chance(t)
	const times = 10
	ended := 0
	for try := range times {
		when := fmt.Sprint(10 + random.IntN(30))
		if try%2 == 0 {
			when += "+"
		}

		prefix := []string{"strace", "-f",
			"-o", os.DevNull, "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=" + when}
		s := start(t, prefix, development(database)...)
		d.service = s.ready()
		d.verify()
		stop := make(chan struct{})
		wait := d.load(stop)

		select {
		case <-s.ended:
			ended++
			if code := s.command.ProcessState.ExitCode(); code != 1 ||
				!strings.Contains(s.said(), "the database failed while it wrote") {
				t.Errorf("it ended with %d: %s", code, s.said())
			}
		case <-time.After(patience):
			t.Errorf("a sync failed and it goes on: %s", s.said())
			s.kill()
		}

		close(stop)
		wait()
		if t.Failed() {
			t.FailNow()
		}
	}

	d.service = start(t, nil, development(database)...).ready()
	d.verify()
	events := verifyAudit(t, database)
	t.Logf("crash: failed sync: %d times, the process ended %d times, %v; %d audit events verified", times, ended, d,
		events)
}
