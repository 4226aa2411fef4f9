package postgrestest

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Cluster is a PostgreSQL server for one test, which may kill it. Its settings are those of a server that must not
// lose data. It listens on loopback and is removed with the test.
type Cluster struct {
	// Port is the port it listens on.
	Port     int
	bin      string
	root     string
	data     string
	settings []string
	stop     func()
}

// NewCluster creates a cluster and starts its server with settings such as "synchronous_commit=on". It skips the
// test if PostgreSQL is not installed.
func NewCluster(t testing.TB, settings ...string) *Cluster {
	t.Helper()
	bin, err := programs()
	if err != nil {
		t.Skip("no PostgreSQL: " + err.Error())
	}

	root, data, err := initialise(t.Context(), bin, disk)
	if err != nil {
		t.Fatal(err)
	}

	c := &Cluster{bin: bin, root: root, data: data, settings: settings}
	c.begin(t)

	return c
}

// Standby creates a cluster that replicates this one, and starts its server.
func (c *Cluster) Standby(t testing.TB) *Cluster {
	t.Helper()
	root, err := os.MkdirTemp(disk, "pgtest-")
	if err == nil {
		err = give(t.Context(), root)
	}
	if err != nil {
		t.Fatal(err)
	}

	follower := &Cluster{bin: c.bin, root: root, data: filepath.Join(root, "data")}
	follower.run(t, "pg_basebackup", "-D", follower.data, "-R", "-d", c.URL("postgres"), "--checkpoint=fast",
		"--no-sync")
	follower.begin(t)

	return follower
}

// begin starts a server for the first time.
func (c *Cluster) begin(t testing.TB) {
	t.Helper()
	t.Cleanup(func() {
		c.Stop()
		if err := os.RemoveAll(c.root); err != nil {
			t.Error(err)
		}
	})
	free, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}

	c.Port = free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}

	c.Start(t)
}

// Start starts the server and returns when it accepts connections.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	args := []string{
		"-D", c.data, "-k", c.root, "-p", strconv.Itoa(c.Port), "-c", "listen_addresses=127.0.0.1",
		"-c", "max_connections=100", "-c", "shared_buffers=32MB", "-c", "wal_keep_size=256MB", "-c",
		"log_min_messages=fatal",
	}
	for _, setting := range c.settings {
		args = append(args, "-c", setting)
	}

	stop, output, err := Daemon("", filepath.Join(c.bin, "postgres"), args...)
	if err != nil {
		t.Fatal(err)
	}

	c.stop = stop
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()

	for {
		if err = c.Execute(ctx, "postgres", "SELECT 1"); err == nil {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("the server does not start: %v: %s", err, Tail(output))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Stop stops the server if it is running, and returns when it has ended.
func (c *Cluster) Stop() {
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
}

// Kill sends a signal to the server's main process. With SIGQUIT, PostgreSQL does an immediate shutdown: all its
// processes end at once, as in a crash.
func (c *Cluster) Kill(t testing.TB, signal syscall.Signal) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.data, "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}

	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}

	// The server runs as another user, and only root may signal its processes directly.
	kill := Command(context.Background(), "kill", "-"+strconv.Itoa(int(signal)), strconv.Itoa(pid))
	if err := kill.Run(); err != nil {
		t.Fatal(err)
	}
}

// Promote makes a standby accept writes.
func (c *Cluster) Promote(t testing.TB) {
	t.Helper()
	c.run(t, "pg_ctl", "promote", "-D", c.data)
}

func (c *Cluster) run(t testing.TB, program string, args ...string) {
	t.Helper()
	command := Command(t.Context(), filepath.Join(c.bin, program), args...)
	command.Dir = c.root
	if text, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", program, err, text)
	}
}

// URL returns the address of a database.
func (c *Cluster) URL(name string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s?sslmode=disable", user, c.Port, name)
}

// Execute runs a statement directly, without the store, as the cluster's owner.
func (c *Cluster) Execute(ctx context.Context, name, statement string) error {
	db, err := Pool(c.URL(name))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}
