package postgrestest

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// PgBouncer starts PgBouncer in transaction mode in front of the cluster. It has so few connections to the server that
// clients take turns on each. The returned function converts the URL of a database in the cluster to its URL through
// PgBouncer.
func PgBouncer(t testing.TB) func(string) string {
	t.Helper()
	socket := Socket(t)
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
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil { //nolint:gosec // another user reads it
		t.Fatal(err)
	}
	if err := os.Chmod(directory, 0o777); err != nil { //nolint:gosec // another user reads it
		t.Fatal(err)
	}

	stop, output, err := Daemon("", program, config)
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(stop)

	// The file of the socket is there before anybody listens to it.
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(10 * time.Millisecond) {
		conn, err := new(net.Dialer).DialContext(t.Context(), "unix", filepath.Join(directory, ".s.PGSQL.6432"))
		if err == nil {
			_ = conn.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("pgbouncer did not start: %s", Tail(output))
		}
	}

	return func(address string) string {
		return strings.NewReplacer(
			url.QueryEscape(socket), url.QueryEscape(directory), "port=5432", "port=6432",
		).Replace(address)
	}
}
