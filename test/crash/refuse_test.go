//go:build crash

package crash

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/journal"
)

// newer is a row that a later version of the program leaves in the database.
const newer = "INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (4711, true, CURRENT_TIMESTAMP)"

// TestRefusedStarts starts the program on databases that it must not touch: it must report why in one line, exit,
// create nothing, and change nothing.
func TestRefusedStarts(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	path := func(name string) string { return filepath.Join(directory, name) }
	healthy := path("healthy.db")
	journal.Start(t, nil, journal.Development(healthy)...).Ready().Stop()
	content, err := os.ReadFile(healthy)
	if err != nil {
		t.Fatal(err)
	}

	write := func(name string, content []byte) {
		if err := os.WriteFile(path(name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}

	write("newer.db", content)
	change(t, path("newer.db"), newer)
	change(t, path("other.db"), "CREATE TABLE theirs (id)")
	write("cut.db", content[:len(content)/2])
	write("torn.db",
		append(append(bytes.Clone(content[:4096]), bytes.Repeat([]byte{0xa5}, 8192)...), content[12288:]...))
	write("text.db", []byte("this is no database"))
	write("lost.db-wal", content)
	cluster := postgrestest.NewCluster(t)
	journal.Start(t, nil, journal.Development(cluster.URL("postgres"))...).Ready().Stop()
	if err := cluster.Execute(t.Context(), "postgres", newer); err != nil {
		t.Fatal(err)
	}

	cases := map[string]string{
		path("newer.db"):          "install a newer one",
		path("other.db"):          "another program",
		path("cut.db"):            "malformed",
		path("torn.db"):           "malformed",
		path("text.db"):           "not a database",
		path("lost.db"):           "its log",
		path("no/such/place.db"):  "directory does not exist",
		directory:                 "is a directory",
		cluster.URL("postgres"):   "install a newer one",
		cluster.URL("nowhere"):    "does not exist",
		"postgres://127.0.0.1:1/": "127.0.0.1:1",
	}
	for database, want := range cases {
		before := digests(t, directory)
		stdout, stderr, code := journal.Command(t, "", journal.Development(database)...)
		if code != 1 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, want) {
			t.Errorf("%s: %d, %q, %q; want one line with %q", database, code, stdout, stderr, want)
		}
		if after := digests(t, directory); after != before {
			t.Errorf("%s: the files were\n%sand are\n%s", database, before, after)
		}
	}

	t.Logf("crash: refused: %d starts, each in one line, nothing made and nothing changed", len(cases))
}

// TestRefusedReadOnlyStart starts the program as a user that may only read the file.
func TestRefusedReadOnlyStart(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can run the program as somebody else")
	}

	directory, err := os.MkdirTemp("/tmp", "crash-readonly-")
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	database := filepath.Join(directory, "accountql.db")
	journal.Start(t, nil, journal.Development(database)...).Ready().Stop()
	if err := os.Chmod(database, 0o444); err != nil {
		t.Fatal(err)
	}

	for _, mode := range []fs.FileMode{0o755, 0o777} {
		if err := os.Chmod(directory, mode); err != nil {
			t.Fatal(err)
		}

		before, err := os.ReadFile(database)
		if err != nil {
			t.Fatal(err)
		}

		ctx, cancel := context.WithTimeout(t.Context(), journal.Patience)
		defer cancel()
		c := exec.CommandContext(ctx, journal.Program, journal.Development(database)...)
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		text, err := c.CombinedOutput()
		if err == nil || strings.Count(string(text), "\n") != 1 || !strings.Contains(string(text), database) {
			t.Errorf("in a directory of mode %v: %v, %q", mode, err, text)
		}
		if after, err := os.ReadFile(database); err != nil || !bytes.Equal(before, after) {
			t.Errorf("the file was changed: %v", err)
		}
	}
}

// change runs a statement on a file and closes it.
func change(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// digests lists every file below a directory with a digest of its content.
func digests(t *testing.T, directory string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(directory, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		_, _ = fmt.Fprintf(&all, "%s %x\n", name, sha256.Sum256(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	return all.String()
}
