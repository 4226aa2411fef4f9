//go:build crash

package crash

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/journal"
)

// stops is how often each engine's service is stopped.
const stops = 10

// production returns settings without limits on the load, and with mails that are discarded.
func production(database string) []string {
	return []string{
		"serve", "--mode", "production", "--listen", "127.0.0.1:0", "--log-format", "text", "--database", database,
		"--public-url", "https://shop.example", "--password-reset-url", "https://shop.example/{token}",
		"--email-change-url", "https://shop.example/{token}",
		"--activation-url", "https://shop.example/{token}", "--email-undo-url", "https://shop.example/{token}",
		"--smtp", "smtp://127.0.0.1:1", "--mail-from", "shop@shop.example", "--limit-network-requests", "1000000/1m",
	}
}

// newKey creates an API key with every permission.
func newKey(t *testing.T, database string) string {
	t.Helper()
	if stdout, stderr, code := journal.Command(t, "", "migrate", "--database", database); code != 0 {
		t.Fatalf("migrate: %d, %s%s", code, stdout, stderr)
	}

	args := []string{"apikey", "create", "--name", "crash", "--database", database}
	for _, permission := range models.Permissions {
		args = append(args, "--permission", string(permission))
	}

	stdout, stderr, code := journal.Command(t, "", args...)
	var created struct{ Key string }
	if err := json.Unmarshal([]byte(stdout), &created); err != nil || code != 0 {
		t.Fatalf("apikey create: %d, %s%s", code, stdout, stderr)
	}

	return created.Key
}

// TestStop stops the service with SIGTERM while every customer works. Every request that was begun must be
// answered: an unanswered change must not have been made.
func TestStop(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		stopCycles(t, filepath.Join(t.TempDir(), "accountql.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		stopCycles(t, postgrestest.NewCluster(t).URL("postgres"))
	})
}

func stopCycles(t *testing.T, database string) {
	random := journal.Chance(t)
	key := newKey(t, database)
	d := journal.NewDriver(t, database)
	d.Key, d.Inbox = key, false

	for range stops {
		s := journal.Start(t, nil, production(database)...).Ready()
		d.Use(s)
		d.Verify()
		wait := d.Load(make(chan struct{}))
		time.Sleep(200*time.Millisecond + time.Duration(random.IntN(200))*time.Millisecond)
		states := make(chan []int)
		go func() { states <- readinessOf(s) }()
		s.Stop()
		wait()
		seen := <-states
		turned, refused := slices.Index(seen, http.StatusServiceUnavailable), slices.Index(seen, 0)
		if turned < 0 || refused < turned {
			t.Errorf("/readyz answered %v", seen)
		}
		if t.Failed() {
			t.FailNow()
		}
	}

	d.Use(journal.Start(t, nil, production(database)...).Ready())
	d.Verify()
	if found := d.Found.Load(); found > 0 {
		t.Errorf("%d changes were made and not answered", found)
	}

	d.Services[0].Stop()
	events := journal.VerifyAudit(t, database)
	t.Logf("crash: %s: %d stops, each announced by /readyz, %v; %s audit events verified", filepath.Base(t.Name()),
		stops, d, journal.Thousands(int64(events)))
}

// readinessOf requests /readyz repeatedly until nothing is listening any more, and returns the answers.
func readinessOf(s *journal.Service) []int {
	var seen []int
	for {
		state := s.Readiness()
		if len(seen) == 0 || seen[len(seen)-1] != state {
			seen = append(seen, state)
		}
		if state == 0 {
			return seen
		}

		time.Sleep(10 * time.Millisecond)
	}
}
