package server

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// newMariaDB returns a function that creates a database for a test, on a server that starts with the first of them
// and ends with t. It skips tests on a machine without MariaDB.
func newMariaDB(t *testing.T) func(t *testing.T) (environ []string, sql func(string)) {
	var once sync.Once
	var server *mariaDB
	databases := 0

	return func(sub *testing.T) ([]string, func(string)) {
		sub.Helper()
		for _, program := range []string{"mariadbd", "mariadb-install-db", "mariadb"} {
			if _, err := exec.LookPath(program); err != nil {
				sub.Skip("no " + program + ": install mariadb-server to run this recipe")
			}
		}

		once.Do(func() { server = startMariaDB(t) })
		databases++
		name := fmt.Sprintf("shop%d", databases)
		server.run(sub, "CREATE DATABASE "+name)
		environ := []string{
			"PATH=" + server.root + string(os.PathListSeparator) + os.Getenv("PATH"), "SHOP_DATABASE=" + name,
		}

		return environ, func(statements string) { sub.Helper(); server.run(sub, statements, name) }
	}
}

// mariaDB is a server on a Unix socket, with its data in a directory of its own.
type mariaDB struct{ root, socket string }

func startMariaDB(t *testing.T) *mariaDB {
	t.Helper()
	// The path of a Unix socket is limited to about a hundred bytes.
	root, err := os.MkdirTemp("/tmp", "mariadb-")
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = os.RemoveAll(root) })
	m := &mariaDB{root: root, socket: filepath.Join(root, "s")}
	data := filepath.Join(root, "data")
	user := []string{}
	if os.Geteuid() == 0 {
		user = []string{"--user=root"}
	}

	install := exec.Command("mariadb-install-db", append([]string{
		"--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal", "--skip-test-db",
	}, user...)...)
	if text, err := install.CombinedOutput(); err != nil {
		t.Fatalf("mariadb-install-db: %v: %s", err, text)
	}

	// The shell ends the server when this process ends, however it ends.
	const script = `"$@" & server=$!; cat >/dev/null; kill $server; wait $server`
	log := filepath.Join(root, "log")
	daemon := exec.Command("sh", append([]string{"-c", script, "sh", "mariadbd", "--no-defaults", "--datadir=" + data,
		"--socket=" + m.socket,
		"--skip-networking", "--pid-file=" + filepath.Join(root, "pid"), "--log-error=" + log,
		"--innodb-buffer-pool-size=16M"}, user...)...)
	pipe, err := daemon.StdinPipe()
	if err == nil {
		err = daemon.Start()
	}
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() {
		_ = pipe.Close()
		_ = daemon.Wait()
	})
	// Recipes call the client by MySQL's name for it.
	client := fmt.Sprintf("#!/bin/sh\nexec mariadb --no-defaults --socket=%s --user=root \"$@\"\n", m.socket)
	if err := os.WriteFile(filepath.Join(root, "mysql"), []byte(client), 0o700); err != nil {
		t.Fatal(err)
	}

	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		text, err := m.command("SELECT 1").CombinedOutput()
		if err == nil {
			return m
		}
		if time.Now().After(deadline) {
			said, _ := os.ReadFile(log)
			t.Fatalf("the server does not start: %v: %s: %s", err, text, said)
		}
	}
}

func (m *mariaDB) command(statements string, args ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(m.root, "mysql"),
		append([]string{"--default-character-set=utf8mb4"}, args...)...)
	command.Stdin = strings.NewReader(statements)
	return command
}

func (m *mariaDB) run(t *testing.T, statements string, args ...string) {
	t.Helper()
	if text, err := m.command(statements, args...).CombinedOutput(); err != nil {
		t.Fatalf("mariadb: %v: %s", err, text)
	}
}
