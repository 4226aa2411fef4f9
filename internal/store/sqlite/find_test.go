package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/sqlite"
	"github.com/accountql/accountql/internal/store/storetest"
)

// newTable returns a database with a table of every kind of column, and its writer.
func newTable(t *testing.T) (s *store.Store, write *sql.DB) {
	t.Helper()
	s = storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	write, _ = s.Engine().Pools()
	exec(t, write, `CREATE TABLE t (id TEXT UNIQUE, n INTEGER, b BOOLEAN, x BLOB, at DATETIME)`)

	return s, write
}

func exec(t *testing.T, db *sql.DB, statement string, values ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statement, values...); err != nil {
		t.Fatal(err)
	}
}

const findRow = "SELECT id, n, b, x, at FROM t WHERE id = ?"

// TestFindReadsWhatTheDriverReads compares Find with the driver, value by value. The long values fit no buffer that a
// connection begins with.
func TestFindReadsWhatTheDriverReads(t *testing.T) {
	s, write := newTable(t)
	e := of(s)
	long := strings.Repeat("ä\x00", 10_000)
	for _, values := range [][]any{
		{"", int64(0), false, []byte{}, start},
		{"null", nil, nil, nil, nil},
		{"largest", int64(math.MaxInt64), true, []byte{0, 255}, time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC)},
		{"smallest", int64(math.MinInt64), true, []byte("x"), time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)},
		{"another zone", int64(1), true, []byte("x"), start.In(time.FixedZone("", -3600))},
		{"no UTF-8 \xff\xfe, and \x00 inside", int64(1), true, []byte(long), start},
		{long, int64(1), true, []byte(long), start},
	} {
		exec(t, write, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", values...)
		direct, driver := engine.NewRow(len(values)), engine.NewRow(len(values))
		_, err := driver.Query(t.Context(), write, findRow, values[0])
		if err != nil {
			t.Fatal(err)
		}

		found, err := e.Find(t.Context(), direct, findRow, values[0])
		if !found || err != nil || !reflect.DeepEqual(direct.Values, driver.Values) {
			t.Errorf("%.30q: %v, %v\n got %.300v\nwant %.300v", values[0], found, err, direct.Values, driver.Values)
		}
	}

	for _, none := range []any{"nobody", nil, []byte("null"), start} {
		if found, err := e.Find(t.Context(), engine.NewRow(5), findRow, none); found || err != nil {
			t.Errorf("%v is found: %v, %v", none, found, err)
		}
	}
}

// TestFindSeesEveryCommit reads between commits, of another connection and of another schema.
func TestFindSeesEveryCommit(t *testing.T) {
	s, write := newTable(t)
	e := of(s)
	row := engine.NewRow(1)
	for _, change := range []string{
		"INSERT INTO t (id, n) VALUES ('a', 1)", "UPDATE t SET n = 2", "ALTER TABLE t ADD COLUMN more TEXT",
		"UPDATE t SET n = 3", "CREATE INDEX t_n ON t (n)", "UPDATE t SET n = 4",
		"DROP TABLE t", "CREATE TABLE t (n INTEGER, id TEXT)", "INSERT INTO t VALUES (5, 'a')",
	} {
		exec(t, write, change)
		var want int
		expected := write.QueryRowContext(t.Context(), "SELECT n FROM t WHERE id = 'a'").Scan(&want)
		found, err := e.Find(t.Context(), row, "SELECT n FROM t WHERE id = ?", "a")
		if found != (expected == nil) || found && int(row.Values[0].Integer) != want ||
			(err != nil) != (expected != nil && !errors.Is(expected, sql.ErrNoRows)) {
			t.Errorf("after %s: %v, %v, %v; want %d, %v", change, found, row.Values, err, want, expected)
		}
	}
}

// TestFindFails checks that errors are those of the driver, that a connection works after one, and that a column of
// another kind is an error.
func TestFindFails(t *testing.T) {
	s, write := newTable(t)
	e := of(s)
	exec(t, write, "INSERT INTO t VALUES ('float', 1.5, 1, 'x', '2026-01-31 12:00:00+00:00'), ('time', 1, 1, 'x', 'noon')")
	for statement, want := range map[string]string{
		"SELECT 1 FROM missing": "SQL logic error", "SELECT": "SQL logic error", "DELETE FROM t": "readonly",
		"SELECT n FROM t WHERE id = 'float'": "fraction", "SELECT at FROM t WHERE id = 'time'": "no time",
		"SELECT abs(-9223372036854775808)": "SQL logic error",
	} {
		found, err := e.Find(t.Context(), engine.NewRow(1), statement)
		if found && want != "fraction" && want != "no time" || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v", statement, found, err)
		}
	}

	if _, err := e.Find(t.Context(), engine.NewRow(1), "SELECT ?", 1.5); err == nil {
		t.Error("a fraction was a value")
	}
	if _, err := e.Find(t.Context(), engine.NewRow(1), "SELECT ?", strings.Repeat("x", 1<<20)); err == nil {
		t.Error("a value that fits no buffer was accepted")
	}
	if found, err := e.Find(t.Context(), engine.NewRow(1), "SELECT n FROM t WHERE id = ?", "time"); !found || err != nil {
		t.Errorf("after the errors: %v, %v", found, err)
	}

	var fault sqlite3.Error
	_, err := sqlite.FindOnce(e.Name()+".missing", engine.NewRow(1), "SELECT 1")
	if !errors.As(err, &fault) || fault.Code != sqlite3.ErrCantOpen || e.Classify(err) != engine.FailureTransient {
		t.Errorf("without a file: %v", err)
	}
}

// TestFindAfterClose guards that nothing reads a closed database, and that Close closes the connections of Find: the
// last connection deletes the log.
func TestFindAfterClose(t *testing.T) {
	s, _ := newTable(t)
	e := of(s)
	if found, err := e.Find(t.Context(), engine.NewRow(1), "SELECT 1"); !found || err != nil {
		t.Fatal(found, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	if _, err := e.Find(t.Context(), engine.NewRow(1), "SELECT 1"); !errors.Is(err, sql.ErrConnDone) {
		t.Errorf("after Close: %v", err)
	}
	if logs, err := filepath.Glob(e.Name() + "-*"); err != nil || len(logs) > 0 {
		t.Errorf("Close left %v, %v", logs, err)
	}
}

// TestFindTogether reads on more goroutines than there are connections, while others write.
func TestFindTogether(t *testing.T) {
	s, write := newTable(t)
	e := of(s)
	exec(t, write, "INSERT INTO t (id, n) VALUES ('a', 0)")
	const readers, reads = 20, 200
	failed := make(chan error, readers)
	for range readers {
		go func() {
			last := int64(-1)
			row := engine.NewRow(1)
			for range reads {
				found, err := e.Find(context.Background(), row, "SELECT n FROM t WHERE id = ?", "a")
				if !found || err != nil || row.Values[0].Integer < last {
					failed <- errors.Join(errors.New("a read went back or failed"), err)
					return
				}
				last = row.Values[0].Integer
			}
			failed <- nil
		}()
	}

	for range reads {
		exec(t, write, "UPDATE t SET n = n + 1")
	}
	for range readers {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

// FuzzParseUTC compares the reader of times with time.Parse: it may give up, but must never return another time.
func FuzzParseUTC(f *testing.F) {
	for _, text := range []string{
		"2026-01-31 12:00:00+00:00", "2026-01-31 12:00:00.5+00:00", "0000-01-01 00:00:00.123456789+00:00",
		"9999-12-31 23:59:59.999999+00:00", "2026-02-29 12:00:00+00:00", "2024-02-29 12:00:00+00:00",
		"2026-00-10 12:00:00+00:00", "2026-13-01 12:00:00+00:00", "2026-01-00 12:00:00+00:00",
		"2026-01-31 24:00:00+00:00", "2026-01-31 12:60:00+00:00", "2026-01-31 12:00:60+00:00",
		"2026-01-31 12:00:00.+00:00", "2026-01-31 12:00:00,5+00:00", "2026-01-31 12:00:00.1234567890+00:00",
		"2026-01-31 12:00:0x+00:00", "2026-01-31 12:00:00.5x+00:00", "2026-01-31T12:00:00+00:00", "+00:00", "",
		"2026-01-31 12:00:00+01:00", "2026-01-31 12:00:00x5+00:00", "2026/01/31 12:00:00+00:00",
	} {
		f.Add(text)
	}

	f.Fuzz(func(t *testing.T, text string) {
		at, ok := sqlite.ParseUTC(text)
		if !ok {
			return
		}

		want, err := time.ParseInLocation(sqlite3.SQLiteTimestampFormats[0], text, time.UTC)
		if err != nil || at != want {
			t.Errorf("%q is read as %v, want %v, %v", text, at, want, err)
		}
	})
}

// TestStoredTimesAreReadFast guards that parseUTC reads what is stored.
func TestStoredTimesAreReadFast(t *testing.T) {
	for _, at := range []time.Time{start, start.Add(time.Microsecond), start.Add(120 * time.Millisecond)} {
		if read, ok := sqlite.ParseUTC(at.UTC().Format(sqlite3.SQLiteTimestampFormats[0])); !ok || !read.Equal(at) {
			t.Errorf("%v is read as %v, %v", at, read, ok)
		}
	}
}
