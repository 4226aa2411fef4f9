package store_test

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// openMigrated opens the database, brings it to the schema, and closes it with the test.
func openMigrated(t testing.TB, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSQLite(t *testing.T) {
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return openMigrated(t, filepath.Join(t.TempDir(), "test.db"))
	})
}

func TestSQLiteTogether(t *testing.T) {
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		path := filepath.Join(t.TempDir(), "test.db")
		return openMigrated(t, path), openMigrated(t, path)
	})
}

func TestPostgreSQLTogether(t *testing.T) {
	postgrestest.Socket(t)
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		address := postgrestest.URL(t)
		return openMigrated(t, address), openMigrated(t, address)
	})
}

// TestPgBouncer goes through PgBouncer in transaction mode, with few enough
// connections to the server that each is used by one client after another.
func TestPgBouncer(t *testing.T) {
	bouncer := startPgBouncer(t)
	openMigrated(t, bouncer(postgrestest.EmptyURL(t)))
	storetest.Exercise(t, func(t *testing.T) *store.Store { return openMigrated(t, bouncer(postgrestest.URL(t))) })
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		address := bouncer(postgrestest.URL(t))
		return openMigrated(t, address), openMigrated(t, address)
	})
}

// startPgBouncer starts it in front of the cluster. The returned function turns
// the URL of a database there into the one through PgBouncer.
func startPgBouncer(t *testing.T) func(string) string {
	t.Helper()
	socket := postgrestest.Socket(t)
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/pgbouncer"); err != nil {
			t.Skip("pgbouncer is not on PATH")
		}
	}
	// Not t.TempDir, whose path may be too long for a socket's.
	directory, err := os.MkdirTemp("/tmp", "pgbouncer-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	config := filepath.Join(directory, "pgbouncer.ini")
	text := fmt.Sprintf("[databases]\n* = host=%s port=5432\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\nunix_socket_dir = %s\n"+
		"auth_type = any\npool_mode = transaction\ndefault_pool_size = 4\nmax_client_conn = 200\n", socket, directory)
	// With the authentication "any", every client is the same user of the server.
	text = strings.Replace(text, "port=5432\n", "port=5432 user=postgres\n", 1)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(directory, 0o777); err != nil {
		t.Fatal(err)
	}
	stop, output, err := postgrestest.Daemon("", program, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(directory, ".s.PGSQL.6432")); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("pgbouncer did not start: %s", postgrestest.Tail(output))
		}
	}
	return func(address string) string {
		return strings.NewReplacer(url.QueryEscape(socket), url.QueryEscape(directory), "port=5432", "port=6432").Replace(address)
	}
}
