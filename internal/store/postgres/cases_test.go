package postgres_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgres"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// TestPostgreSQL runs all cases, and runs them again on a PostgreSQL that scans a table only if it lacks an index,
// because scans and the joins that scan one side are made expensive: the planner does not know that the tables are
// empty.
func TestPostgreSQL(t *testing.T) {
	postgrestest.Socket(t)
	var statements storetest.Statements
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return storetest.MigratedWith(t, postgres.Capturing{See: statements.See}, postgrestest.URL(t))
	})

	address := postgrestest.URL(t)
	storetest.Migrated(t, address)
	db := postgrestest.Open(t, address+"&enable_seqscan=off&enable_hashjoin=off&enable_mergejoin=off")
	statements.Explain(t, db, "EXPLAIN ", func(rows *sql.Rows) (line string, err error) {
		return line, rows.Scan(&line)
	}, func(line string, after []string) bool {
		if strings.Contains(line, "Seq Scan on") {
			return storetest.Grows.MatchString(line)
		}
		// An index without a condition is scanned completely.
		return strings.Contains(line, "Index") && strings.Contains(line, "Scan using") &&
			storetest.Grows.MatchString(line) &&
			(len(after) == 0 || !strings.Contains(after[0], "Index Cond:"))
	})
}

func TestPostgreSQLTogether(t *testing.T) {
	postgrestest.Socket(t)
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		address := postgrestest.URL(t)
		return storetest.Migrated(t, address), storetest.Migrated(t, address)
	})
}

// TestPgBouncer connects through PgBouncer in transaction mode. It has so few connections to the server that
// clients take turns on each.
func TestPgBouncer(t *testing.T) {
	bouncer := startPgBouncer(t)
	storetest.Migrated(t, bouncer(postgrestest.EmptyURL(t)))
	storetest.Exercise(t, func(t *testing.T) *store.Store {
		return storetest.Migrated(t, bouncer(postgrestest.URL(t)))
	})
	storetest.Together(t, func(t *testing.T) (one, other *store.Store) {
		address := bouncer(postgrestest.URL(t))
		return storetest.Migrated(t, address), storetest.Migrated(t, address)
	})
}

// startPgBouncer starts PgBouncer in front of the cluster. The returned function converts the URL of a database in
// the cluster to its URL through PgBouncer.
func startPgBouncer(t *testing.T) func(string) string {
	t.Helper()
	socket := postgrestest.Socket(t)
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/pgbouncer"); err != nil {
			t.Skip("pgbouncer is not on PATH")
		}
	}

	// Not t.TempDir, whose path may be too long for a socket.
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
		return strings.NewReplacer(
			url.QueryEscape(socket), url.QueryEscape(directory), "port=5432", "port=6432",
		).Replace(address)
	}
}
