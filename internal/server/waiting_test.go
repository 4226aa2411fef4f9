package server

import (
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
)

// waiting is a server on an empty database with --migrate off, and its private address.
func waiting(t *testing.T, database string) (p *process, private string) {
	t.Helper()
	addresses := make([]string, 2)
	for i := range addresses {
		free, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		addresses[i] = free.Addr().String()
		_ = free.Close()
	}

	ctx, cancel := context.WithCancel(context.Background())
	p = &process{cancel: cancel, code: make(chan int, 1), address: "http://" + addresses[0]}
	go func() {
		p.code <- run(ctx, []string{"--listen", addresses[0], "--metrics-listen", addresses[1], "--database", database},
			[]string{"ACCOUNTQL_MIGRATE=off"}, strings.NewReader(""), &p.stdout, &p.stderr)
	}()

	p.logs(t, `msg="waiting, because`)

	return p, "http://" + addresses[1]
}

// logs waits until the log has a text.
func (p *process) logs(t *testing.T, text string) {
	t.Helper()
	for deadline := time.Now().Add(patience); !strings.Contains(p.stderr.String(), text); time.Sleep(time.Millisecond) {
		if strings.Contains(p.stderr.String(), "msg=serving ") || time.Now().After(deadline) {
			t.Fatalf("no %q in %q", text, p.stderr.String())
		}
	}
}

// probe returns the status and the text of an answer; 0 if nobody answers.
func probe(address string) (int, string) {
	answer, err := client.Get(address)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = answer.Body.Close() }()
	text, _ := io.ReadAll(answer.Body)

	return answer.StatusCode, string(text)
}

// TestWaitsForTheSchema starts a server with --migrate off on an empty database: it lives, is not ready and says why
// on the private listener, creates nothing, and serves once another process has migrated. Nobody is refused a
// connection meanwhile.
func TestWaitsForTheSchema(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	database := filepath.Join(t.TempDir(), "x.db")
	p, private := waiting(t, database)

	const cause = "unavailable: schema: the database lacks migration 1 (initial): run `accountql migrate`\n"
	for _, want := range []struct {
		address string
		status  int
		text    string
	}{
		{p.address + "/livez", http.StatusOK, "ok\n"},
		{p.address + "/readyz", http.StatusServiceUnavailable, "unavailable\n"},
		{p.address + "/graphql", http.StatusServiceUnavailable, "unavailable\n"},
		{private + "/readyz?verbose", http.StatusServiceUnavailable, cause},
	} {
		if status, text := probe(want.address); status != want.status || text != want.text {
			t.Errorf("%s: %d, %q", want.address, status, text)
		}
	}

	var status []struct{ AppliedAt *time.Time }
	command(t, database, "", "migrate --status", &status)
	if len(status) == 0 || status[0].AppliedAt != nil {
		t.Errorf("it migrated: %v", status)
	}

	stop := make(chan struct{})
	var probes sync.WaitGroup
	probes.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if status, text := probe(p.address + "/livez"); status != http.StatusOK {
				t.Errorf("a probe gets %d, %s", status, text)
				return
			}
		}
	})

	command(t, database, "", "migrate", &[]any{})
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if status, _ := probe(p.address + "/readyz"); status == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("not ready")
		}
	}
	close(stop)
	probes.Wait()

	// Ready means that requests are served.
	if status, text := probe(p.address + "/graphql"); status != http.StatusMethodNotAllowed {
		t.Errorf("the API: %d, %s", status, text)
	}
	if status, text := probe(private + "/metrics"); status != http.StatusOK || !strings.Contains(text, "accountql_ready 1") {
		t.Errorf("metrics: %d, %.200s", status, text)
	}
	p.stop(t)
}

// TestWaitingIsNotReady guards that the probes of a server that waits fail even if the database is ready: a request would
// not be served yet.
func TestWaitingIsNotReady(t *testing.T) {
	s := developing(t, config.Settings{}, "")
	if err := s.store.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	if failed := notReady(s.readyToServe(t.Context())); failed == nil || failed.Check != store.SchemaCheck {
		t.Errorf("not ready because of %v", failed)
	}
}

// TestStopWhileWaiting guards that a server that waits for the schema ends cleanly.
func TestStopWhileWaiting(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	p, _ := waiting(t, filepath.Join(t.TempDir(), "x.db"))
	p.stop(t)
	if !strings.Contains(p.stderr.String(), "stopped before it served") {
		t.Errorf("the log is %q", p.stderr.String())
	}
}
