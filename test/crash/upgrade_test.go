//go:build crash

package crash

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/journal"
)

// The migrations of the next release, and of the release after it.
const (
	additiveStep = `-- +accountql Additive
-- +goose Up

ALTER TABLE accounts ADD COLUMN level TEXT NOT NULL DEFAULT 'none';
ALTER TABLE sessions ADD COLUMN level TEXT NOT NULL DEFAULT 'none';
CREATE TABLE levels (account_id TEXT NOT NULL PRIMARY KEY, reached TEXT NOT NULL);
CREATE INDEX levels_reached ON levels (reached);
`
	breakingStep = `-- +goose Up

ALTER TABLE sessions DROP COLUMN level;
`
)

// release builds this tree with further migrations, which overlay it, and returns the program.
func release(t *testing.T, name string, steps ...string) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}

	directory := t.TempDir()
	replace := map[string]string{}
	for i, step := range steps {
		file := filepath.Join(directory, fmt.Sprintf("step-%d.sql", i))
		if err := os.WriteFile(file, []byte(step), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, engine := range []string{"sqlite", "postgres"} {
			place := fmt.Sprintf("internal/store/migrations/%s/%05d_of_%s.sql", engine, nextVersion(t, root)+i, name)
			replace[filepath.Join(root, place)] = file
		}
	}

	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(directory, "overlay.json"), overlay, 0o600); err != nil {
		t.Fatal(err)
	}

	built := filepath.Join(directory, name)
	build := exec.Command("go", "build", "-overlay", filepath.Join(directory, "overlay.json"), "-o", built,
		"github.com/accountql/accountql")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}

	return built
}

// nextVersion returns the number of the next migration.
func nextVersion(t *testing.T, root string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "internal/store/migrations/sqlite/*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations, %v", err)
	}

	var newest int
	if _, err := fmt.Sscanf(filepath.Base(slices.Max(files)), "%d_", &newest); err != nil {
		t.Fatal(err)
	}

	return newest + 1
}

// balancer passes each request to one of the services that are ready, in turn. It sends a request again only if a
// connection was refused, as proxies do for every method.
type balancer struct {
	t      *testing.T
	client *http.Client

	mu       sync.Mutex
	services []*journal.Service
	turn     int
}

// add adds a service.
func (b *balancer) add(s *journal.Service) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.services = append(b.services, s)
}

// probe asks each service whether it is ready until stop is closed, and keeps those that are.
func (b *balancer) probe(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(500 * time.Millisecond):
		}

		b.mu.Lock()
		services := slices.Clone(b.services)
		b.mu.Unlock()

		for _, s := range services {
			if s.Readiness() != http.StatusOK {
				b.mu.Lock()
				b.services = slices.DeleteFunc(b.services, func(other *journal.Service) bool { return other == s })
				b.mu.Unlock()
			}
		}
	}
}

// next returns the services in the order in which a request tries them.
func (b *balancer) next() []*journal.Service {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn++
	at := b.turn % len(b.services)

	return append(slices.Clone(b.services[at:]), b.services[:at]...)
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Error(err)
		return
	}

	for _, s := range b.next() {
		// A body of which the client does not know how to repeat it keeps the client from sending anything again.
		request, err := http.NewRequestWithContext(r.Context(), r.Method, s.Address+r.URL.Path,
			struct{ io.Reader }{bytes.NewReader(body)})
		if err != nil {
			b.t.Error(err)
			return
		}

		request.Header, request.ContentLength = r.Header.Clone(), int64(len(body))
		answer, err := b.client.Do(request)
		if errors.Is(err, syscall.ECONNREFUSED) {
			continue
		}
		if err != nil {
			b.t.Errorf("a request failed: %v", err)
			break
		}

		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode >= http.StatusInternalServerError {
			b.t.Errorf("a request got %d, %v: %s", answer.StatusCode, err, text)
		}
		w.WriteHeader(answer.StatusCode)
		_, _ = w.Write(text)

		return
	}

	w.WriteHeader(http.StatusBadGateway)
}

// TestUpgrade replaces two processes by two of the next release, whose migration is additive, under load: no request
// fails, no session is lost, and the older processes stay ready until they are stopped. The migration of the release
// after it is breaking, and turns older processes not ready (R-DB5).
func TestUpgrade(t *testing.T) {
	t.Parallel()
	next := release(t, "next", additiveStep)
	after := release(t, "after", additiveStep, breakingStep)
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		upgrade(t, next, after, filepath.Join(t.TempDir(), "accountql.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		upgrade(t, next, after, postgrestest.NewCluster(t).URL("postgres"))
	})
}

// unlimited returns the settings of a production without limits on the load.
func unlimited(database string) []string {
	return append(production(database), "--limit-network-accounts", "1000000/1h", "--limit-network-mails", "1000000/1h",
		"--limit-messages", "1000000/1h")
}

func upgrade(t *testing.T, next, after, database string) {
	d := journal.NewDriver(t, database)
	d.Key, d.Inbox = newKey(t, database), false
	old := []*journal.Service{journal.Start(t, nil, unlimited(database)...).Ready(), journal.Start(t, nil, unlimited(database)...).Ready()}

	b := &balancer{t: t, services: slices.Clone(old),
		client: &http.Client{Timeout: journal.Patience, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}
	front := httptest.NewServer(b)
	t.Cleanup(front.Close)
	d.Use(journal.At(t, front.URL, front.Client()))
	d.Reads.Store(true)

	stop := make(chan struct{})
	var probes sync.WaitGroup
	probes.Go(func() { b.probe(stop) })
	wait := d.Load(stop)
	time.Sleep(time.Second)

	for _, leaving := range old {
		arriving := journal.StartLine(t, append([]string{next}, unlimited(database)...)).Ready()
		for _, s := range old {
			if state := s.Readiness(); s.Address != "" && !gone(s) && state != http.StatusOK {
				t.Errorf("beside the next release, an older process answers %d: %s", state, s.Said())
			}
		}

		b.add(arriving)
		time.Sleep(time.Second)
		leaving.Stop()
		time.Sleep(time.Second)
	}

	close(stop)
	wait()
	probes.Wait()
	d.Verify()
	if d.Cut.Load() > 0 || d.Unavailable.Load() > 0 || d.Unread.Load() > 0 || d.Read.Load() == 0 {
		t.Errorf("%v; %d of %d reads were not answered; %s%s", d, d.Unread.Load(), d.Read.Load(), old[0].Said(), old[1].Said())
	}

	events := journal.VerifyAudit(t, database) // by the older program
	olderBeside(t, next, after, database)
	t.Logf("crash: %s: upgrade under load: %v, %s reads; %s audit events verified", filepath.Base(t.Name()), d,
		journal.Thousands(d.Read.Load()), journal.Thousands(int64(events)))
}

// gone reports whether the process has ended.
func gone(s *journal.Service) bool {
	select {
	case <-s.Ended:
		return true
	default:
		return false
	}
}

// olderBeside starts the older program on the newer schema, where it works, and then migrates by the breaking step.
func olderBeside(t *testing.T, next, after, database string) {
	older := journal.Start(t, nil, unlimited(database)...).Ready()
	stdout, stderr, code := journal.Command(t, "", "migrate", "--database", database)
	if code != 0 || !strings.Contains(stdout, `"name":""`) || !strings.Contains(stderr, "nothing was changed") {
		t.Errorf("the older program migrates: %d, %s%s", code, stdout, stderr)
	}

	announced, err := exec.Command(after, "migrate", "--status", "--database", database).CombinedOutput()
	if err != nil || !strings.Contains(string(announced), "breaking: stop all running processes first") {
		t.Errorf("the status before a breaking step: %v, %s", err, announced)
	}
	if text, err := exec.Command(after, "migrate", "--database", database).CombinedOutput(); err != nil {
		t.Fatalf("the breaking step: %v, %s", err, text)
	}

	await(t, "an older process is not ready beside a breaking step", func() bool {
		return older.Readiness() == http.StatusServiceUnavailable
	})
	await(t, "it says why", func() bool { return strings.Contains(older.Said(), "check=schema cause=\"the database has migration") })

	for _, program := range []string{journal.Program, next} {
		text, err := exec.Command(program, unlimited(database)...).CombinedOutput()
		if err == nil || !strings.Contains(string(text), "install a newer one") || strings.Count(string(text), "\n") != 1 {
			t.Errorf("an older program starts: %v, %s", err, text)
		}
	}
	journal.StartLine(t, append([]string{after}, unlimited(database)...)).Ready().Stop()
}
