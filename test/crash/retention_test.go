//go:build crash

package crash

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/journal"
)

// retaining is the variable that makes a process of this test do what a server does once an hour, on the database that it
// names.
const retaining = "CRASH_RETAINING"

// retain blanks the clients of all events and then ends half of the events, as retention does, and returns the exit code.
func retain(database string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, database)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer s.Close()

	fmt.Println("begun")
	retention := s.AuditRetention()
	_, err = retention.BlankClients(ctx, long.Add(time.Hour))
	if err == nil {
		_, err = retention.EndEvents(ctx, half)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}

	return 0
}

// trailed is how many events there are, a millisecond from one to the next. long is when the first one happened, and half
// when half of them had.
const trailed = 3000

var (
	long = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	half = long.Add(trailed / 2 * time.Millisecond)
)

// TestKillRetention kills a process while it blanks the audit trail and ends its events. The trail verifies after each
// kill, no event is blanked by half, and the next process goes on.
func TestKillRetention(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killRetention(t, filepath.Join(t.TempDir(), "accountql.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killRetention(t, postgrestest.NewCluster(t).URL("postgres"))
	})
}

func killRetention(t *testing.T, database string) {
	s := storetest.Migrated(t, database)
	for first := 0; first < trailed; first += 500 {
		if err := s.InTx(t.Context(), func(tx account.Tx) error { return trail(t.Context(), tx, first, first+500) }); err != nil {
			t.Fatal(err)
		}
	}

	random := journal.Chance(t)
	killed := 0
	for ended := false; !ended; {
		if ended = retainUntil(t, database, time.Duration(random.IntN(60+20*killed))*time.Millisecond); !ended {
			killed++
		}
		if _, err := s.CheckAudit(t.Context(), models.AuditCheck{Cutoff: half}, func(models.AuditHead) error { return nil }); err != nil {
			t.Fatalf("after %d kills: %v", killed, err)
		}
		if halves := counted(t, s, "(ip = '') <> (client_salt IS NULL) OR (user_agent = '') <> (ip = '')"); halves > 0 {
			t.Fatalf("after %d kills, %d events are blanked by half", killed, halves)
		}
	}

	if left, clear := counted(t, s, "TRUE"), counted(t, s, "ip <> ''"); left != trailed/2 || clear != 0 {
		t.Errorf("%d events are left, %d with the client", left, clear)
	}
	t.Logf("crash: retention: %s: %d kills; the trail verified after each", filepath.Base(t.Name()), killed)
}

// trail records events of thirty accounts.
func trail(ctx context.Context, tx account.Tx, first, next int) error {
	for n := first; n < next; n++ {
		if err := tx.RecordEvent(ctx, &models.AuditEvent{
			ID: fmt.Sprintf("%08d", n), AccountID: fmt.Sprint("customer ", n%30), Operation: "signIn",
			Outcome: models.OutcomeSuccess, IP: "192.0.2.1", UserAgent: "tester",
			At: long.Add(time.Duration(n) * time.Millisecond),
		}); err != nil {
			return err
		}
	}
	return nil
}

// retainUntil starts a process, kills it some time after it began, and reports whether it was done before.
func retainUntil(t *testing.T, database string, after time.Duration) bool {
	t.Helper()
	process := exec.Command(os.Args[0])
	process.Env, process.Stderr = append(os.Environ(), retaining+"="+database), os.Stderr
	begun, err := process.StdoutPipe()
	if err == nil {
		err = process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}

	if line, err := bufio.NewReader(begun).ReadString('\n'); err != nil {
		t.Fatalf("it does not begin: %q, %v", line, err)
	}
	time.Sleep(after)
	_ = process.Process.Kill()
	_ = process.Wait() // how it ended is read below

	if code := process.ProcessState.ExitCode(); code > 0 {
		t.Fatalf("it failed with %d", code)
	}

	return process.ProcessState.Success()
}

// counted counts events.
func counted(t *testing.T, s *store.Store, condition string) (count int) {
	t.Helper()
	db, _ := s.Engine().Pools()
	if err := db.QueryRow("SELECT count(*) FROM audit_events WHERE " + condition).Scan(&count); err != nil {
		t.Fatal(err)
	}
	return count
}
