//go:build crash

package crash

import (
	"database/sql"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/journal"
)

// smallDisk mounts a separate file system, or skips the test if that is not permitted.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	// PostgreSQL's user must have access as well.
	directory, err := os.MkdirTemp("/tmp", "crash-disk-")
	if err == nil {
		err = os.Chmod(directory, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = os.Remove(directory) })
	mount := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size+",mode=0777", "tmpfs", directory)
	if text, err := mount.CombinedOutput(); err != nil {
		t.Skipf("no tmpfs can be mounted: %v: %s", err, text)
	}

	t.Cleanup(func() {
		if text, err := exec.Command("umount", "-l", directory).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, text)
		}
	})

	return directory
}

// fill uses up the free space of a file system. The returned function frees it again.
func fill(t *testing.T, directory string) (free func()) {
	t.Helper()
	name := filepath.Join(directory, "filler")
	file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}

	for size := 64 << 10; size > 0; {
		n, err := file.Write(make([]byte, size))
		if errors.Is(err, syscall.ENOSPC) && n == 0 {
			size /= 2
		} else if err != nil && !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}

	if err := file.Close(); err != nil {
		t.Fatal(err)
	}

	return func() {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

// refused puts load on the service during a fault, which must take effect and then end: changes return UNAVAILABLE,
// every read is correct, and no restart is needed.
func refused(t *testing.T, d *journal.Driver, fault, period time.Duration, begin func() (end func())) {
	t.Helper()
	d.During(period)
	end := begin()
	before := d.Unavailable.Load()
	d.Reads.Store(true)

	for deadline := time.Now().Add(journal.Patience); d.Unavailable.Load() == before; {
		d.During(fault)
		if time.Now().After(deadline) {
			t.Fatalf("nothing is refused: %s", d.Services[0].Said())
		}
	}

	d.Reads.Store(false)
	end()
	d.Services[0].Ready()
	d.Working()
}

// TestFullDisk fills the file system of the database three times.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	directory := smallDisk(t, "16m")
	database := filepath.Join(directory, "accountql.db")
	s := journal.Start(t, nil, journal.Development(database)...).Ready()
	d := journal.NewDriver(t, database)
	d.Use(s)
	for range 3 {
		refused(t, d, 700*time.Millisecond, 300*time.Millisecond, func() func() { return fill(t, directory) })
	}

	s.Kill()
	d.Use(journal.Start(t, nil, journal.Development(database)...).Ready())
	d.Verify()
	events := journal.VerifyAudit(t, database)
	t.Logf("crash: full disk: sqlite: 3 times, %v; %d reads answered, none refused; %d audit events verified", d,
		d.Read.Load(), events)
}

// TestFullDiskOfPostgreSQL fills the file system of the tables, while that of the log has space.
func TestFullDiskOfPostgreSQL(t *testing.T) {
	t.Parallel()
	directory := smallDisk(t, "24m")
	cluster := postgrestest.NewCluster(t)
	for _, statement := range []string{
		"CREATE TABLESPACE small LOCATION '" + directory + "/tables'",
		"CREATE DATABASE small TABLESPACE small",
	} {
		_ = os.Mkdir(directory+"/tables", 0o777)
		if os.Geteuid() == 0 {
			_ = exec.Command("chown", "postgres", directory+"/tables").Run()
		}
		if err := cluster.Execute(t.Context(), "postgres", statement); err != nil {
			t.Fatal(err)
		}
	}

	database := cluster.URL("small")
	d := journal.NewDriver(t, database)
	d.Use(journal.Start(t, nil, journal.Development(database)...).Ready())
	for range 3 {
		refused(t, d, 700*time.Millisecond, 300*time.Millisecond, func() func() { return fill(t, directory) })
	}

	events := journal.VerifyAudit(t, database)
	t.Logf("crash: full disk: postgres: 3 times, %v; %d reads answered, none refused; %d audit events verified", d,
		d.Read.Load(), events)
}

// TestLockedDatabase has another process hold the lock for longer than the service waits.
func TestLockedDatabase(t *testing.T) {
	t.Parallel()
	database := filepath.Join(t.TempDir(), "accountql.db")
	d := journal.NewDriver(t, database)
	d.Use(journal.Start(t, nil, journal.Development(database)...).Ready())
	other, err := sql.Open("sqlite3", "file:"+database+"?_busy_timeout=10000&_txlock=exclusive")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	refused(t, d, 6*time.Second, 300*time.Millisecond, func() func() {
		tx, err := other.Begin()
		if err != nil {
			t.Fatal(err)
		}

		return func() {
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Logf("crash: locked: %v; %d reads answered, none refused", d, d.Read.Load())
}

// strace makes system calls of a running process fail until the returned function is called.
func strace(t *testing.T, s *journal.Service, args ...string) (detach func()) {
	t.Helper()
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("no strace")
	}

	tracer := exec.Command("strace",
		append([]string{"-f", "-o", os.DevNull, "-p", strconv.Itoa(s.Command.Process.Pid)}, args...)...)
	stderr, err := tracer.StderrPipe()
	if err == nil {
		err = tracer.Start()
	}
	if err != nil {
		t.Fatal(err)
	}

	// It prints when it has attached, or why it can't.
	said := make([]byte, 400)
	n, _ := stderr.Read(said)
	go func() { _, _ = io.Copy(io.Discard, stderr) }()
	if text := string(said[:n]); !strings.Contains(text, "attached") {
		_ = tracer.Wait()
		t.Skipf("strace can't attach: %s", text)
	}

	return func() {
		_ = tracer.Process.Signal(syscall.SIGTERM)
		_ = tracer.Wait()
	}
}

// TestReadOnlyFile makes every write to the database's files fail as on a file system that the kernel has made
// read-only while files were open.
func TestReadOnlyFile(t *testing.T) {
	t.Parallel()
	database := filepath.Join(t.TempDir(), "accountql.db")
	d := journal.NewDriver(t, database)
	d.Use(journal.Start(t, nil, journal.Development(database)...).Ready())

	for range 2 {
		refused(t, d, 700*time.Millisecond, 300*time.Millisecond, func() func() {
			return strace(t, d.Services[0], "-e", "trace=pwrite64,ftruncate,fallocate", "-e",
				"inject=pwrite64,ftruncate,fallocate:error=EROFS")
		})
	}

	events := journal.VerifyAudit(t, database)
	t.Logf("crash: read-only: 2 times, %v; %d reads answered, none refused; %d audit events verified", d, d.Read.Load(),
		events)
}
