// Package postgrestest provides tests with PostgreSQL: a temporary cluster for each test binary, started by the
// first test that needs it, and in it a database for each test. If PostgreSQL's programs are not installed, such
// tests are skipped.
package postgrestest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/accountql/accountql/internal/store"
)

// cluster is the cluster of this test binary, once a test has requested it.
var cluster struct {
	once sync.Once
	// socket is its directory. If it is empty, err is the reason.
	socket string
	err    error
	stop   func()
	// strategy is how a database is copied. Copying its files must be requested explicitly from newer versions.
	strategy string
}

const (
	// port names the socket; nothing listens on the network.
	port = "5432"
	// template is the migrated database that others are copied from.
	template = "accountql_template"
	// user is the user that runs PostgreSQL's programs if the tests run as root.
	user = "postgres"
	// patience is how long a server may take to start on a slow machine.
	patience = 2 * time.Minute
)

// Main runs the tests of a binary, stops the cluster if a test has started it, and returns the exit code.
func Main(m *testing.M) int {
	defer func() {
		if cluster.stop != nil {
			cluster.stop()
		}
	}()
	return m.Run()
}

// URL creates a database at the current schema, which is dropped with the test, and returns its URL.
func URL(t testing.TB) string {
	t.Helper()
	Socket(t)
	return create(t, "TEMPLATE "+template+cluster.strategy)
}

// EmptyURL creates a database without tables.
func EmptyURL(t testing.TB) string {
	t.Helper()
	return create(t, "")
}

// Socket returns the directory of the cluster's socket. It skips the test if there is no cluster.
func Socket(t testing.TB) string {
	t.Helper()
	cluster.once.Do(func() {
		// Fuzzing starts many processes of the binary.
		if fuzz := flag.Lookup("test.fuzz"); fuzz != nil && fuzz.Value.String() != "" {
			cluster.err = errors.New("no cluster is started for fuzzing")
			return
		}
		cluster.socket, cluster.stop, cluster.err = start()
	})
	if cluster.err != nil {
		t.Skip("no PostgreSQL: " + cluster.err.Error())
	}

	return cluster.socket
}

// Command returns a command for one of PostgreSQL's programs or one that accompanies them. It never runs as root.
func Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	if os.Geteuid() == 0 {
		program, args = "runuser", append([]string{"-u", user, "--", program}, args...)
	}
	return exec.CommandContext(ctx, program, args...) //nolint:gosec // only tests call it, with programs that they name
}

// Daemon starts a program that ends when stop is called, or with this process, however that ends: a shell waits for
// the end of a pipe that only this process holds open. Afterwards the directory is removed, if one is given.
func Daemon(directory string, program string, args ...string) (stop func(), output *os.File, err error) {
	const script = `directory="$1"; shift; "$@" & daemon=$!; cat >/dev/null; kill -INT $daemon; wait $daemon; [ -z "$directory" ] || rm -rf "$directory"`
	output, err = os.CreateTemp("", "daemon-*.log")
	if err != nil {
		return nil, nil, err
	}

	daemon := Command(context.Background(), "sh", append([]string{"-c", script, "sh", directory, program}, args...)...)
	daemon.Stdout, daemon.Stderr = output, output
	pipe, err := daemon.StdinPipe()
	if err == nil {
		err = daemon.Start()
	}
	if err != nil {
		return nil, nil, errors.Join(err, output.Close(), os.Remove(output.Name()))
	}

	return func() {
		_ = pipe.Close()
		_ = daemon.Wait() // only says which signal ended it
		_ = output.Close()
		_ = os.Remove(output.Name())
	}, output, nil
}

// start creates a cluster and starts its server. The returned function stops it; it is nil if no server runs.
func start() (socket string, stop func(), err error) {
	ctx := context.Background()
	bin, err := programs()
	if err != nil {
		return "", nil, err
	}

	root, data, err := initialise(ctx, bin, folder())
	if err != nil {
		return "", nil, err
	}

	// Nothing in the cluster must survive the tests, so it doesn't sync, and logs and vacuums as little as
	// possible: otherwise it would mostly work on the copies of the template.
	stop, _, err = Daemon(root, filepath.Join(bin, "postgres"), "-D", data, "-k", root, "-p", port,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0",
		"-c", "max_wal_size=128MB", "-c", "min_wal_size=32MB", "-c", "autovacuum=off", "-c", "max_connections=400", "-c", "shared_buffers=32MB", "-c", "deadlock_timeout=100ms",
		"-c", "log_min_messages=panic")
	if err != nil {
		return "", nil, err
	}

	return root, stop, prepare(root)
}

// disk is a directory that can always hold the files of a cluster.
const disk = "/tmp"

// folder returns the directory for the files of the tests' shared cluster, which mostly copies and deletes files.
// It is in memory if the system has a file system there with a free gigabyte.
func folder() string {
	const memory = "/dev/shm"
	var free syscall.Statfs_t
	if err := syscall.Statfs(memory, &free); err != nil || uint64(free.Bavail)*uint64(free.Bsize) < 1<<30 { //nolint:gosec,unconvert // their types differ by system
		return disk
	}
	return memory
}

// initialise creates the files of a cluster in the directory data below root, which it creates in folder.
func initialise(ctx context.Context, bin, folder string) (root, data string, err error) {
	if root, err = os.MkdirTemp(folder, "pgtest-"); err != nil {
		return "", "", err
	}
	if err := give(ctx, root); err != nil {
		return "", "", errors.Join(err, os.RemoveAll(root))
	}

	data = filepath.Join(root, "data")
	initdb := Command(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", user, "-A", "trust", "-E", "UTF8",
		"--locale=C.UTF-8", "--no-sync")
	initdb.Dir = root
	if text, err := initdb.CombinedOutput(); err != nil {
		return "", "", errors.Join(fmt.Errorf("initdb: %w: %s", err, text), os.RemoveAll(root))
	}

	return root, data, nil
}

// give changes the owner of a directory to the user that runs PostgreSQL's programs.
func give(ctx context.Context, directory string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	if text, err := exec.CommandContext(ctx, "chown", user, directory).CombinedOutput(); err != nil { //nolint:gosec // only tests call it, with directories that they made
		return fmt.Errorf("chown: %s", text)
	}
	return nil
}

// programs returns the directory of PostgreSQL's programs, of the newest version.
func programs() (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		// Only a link may be there, without the other programs.
		initdb, err = filepath.EvalSymlinks(initdb)
		return filepath.Dir(initdb), err
	}

	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("initdb is neither on PATH nor in /usr/lib/postgresql")
	}

	return filepath.Dir(found[len(found)-1]), nil
}

// prepare waits for the server and creates the template.
func prepare(socket string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()

	for {
		err := execute(ctx, socket, "CREATE DATABASE "+template)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return fmt.Errorf("the server did not start: %w", err)
		}

		time.Sleep(20 * time.Millisecond)
	}

	made, err := store.Open(ctx, address(socket, template))
	if err != nil {
		return err
	}
	if err := errors.Join(made.Migrate(ctx), made.Close()); err != nil {
		return err
	}

	if execute(ctx, socket, "CREATE DATABASE trial STRATEGY file_copy") == nil {
		cluster.strategy = " STRATEGY file_copy"
	}

	return nil
}

// create creates a database.
func create(t testing.TB, options string) string {
	t.Helper()
	socket := Socket(t)
	name := "test_" + strings.ToLower(rand.Text())
	// The test's own context has ended by the time its cleanup runs.
	ctx := context.Background()
	if err := execute(ctx, socket, "CREATE DATABASE "+name+" "+options); err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() {
		if err := execute(ctx, socket, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})

	return address(socket, name)
}

// address returns the URL of a database on a socket.
func address(socket, name string) string {
	return "postgres://" + user + "@/" + name + "?host=" + url.QueryEscape(socket) + "&port=" + port
}

// execute runs a statement directly, without the store, as the cluster's owner.
func execute(ctx context.Context, socket, statement string) error {
	db, err := Pool(address(socket, "postgres"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}

// Pool opens a database directly, without the store.
func Pool(address string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	return stdlib.OpenDB(*config), nil
}

// Open opens a database directly, without the store, and closes it with the test.
func Open(t testing.TB, address string) *sql.DB {
	t.Helper()
	db, err := Pool(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Tail returns the output of a daemon.
func Tail(output *os.File) string {
	text, err := io.ReadAll(io.NewSectionReader(output, 0, 1<<20))
	if err != nil {
		return err.Error()
	}
	return string(text)
}
