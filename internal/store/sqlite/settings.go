package sqlite

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	// busyTimeout is how long a connection waits for another process (R-DB1).
	busyTimeout = 5 * time.Second
	// busyPause is the time between two attempts if SQLite doesn't wait itself.
	busyPause = 10 * time.Millisecond
	// cachedStatements is how many prepared statements a connection keeps.
	cachedStatements = 128
	// finderCache is the size of the page cache of a connection that only reads one row at a time, in KiB, which
	// SQLite writes as a negative number. With five million accounts the usual 2 MB hold less than the inner pages of
	// sessions and accounts; more than 8 MB gained nothing (docs/adr/0021-row-numbers.md).
	finderCache = -8000
)

// dsn returns a URI, in which a path may contain any character.
func dsn(path string, options url.Values) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	if !options.Has("_busy_timeout") {
		options.Set("_busy_timeout", strconv.FormatInt(busyTimeout.Milliseconds(), 10))
	}

	options.Set("_synchronous", "FULL")
	options.Set("_secure_delete", "true") // guard: what is deleted is overwritten
	options.Set("_stmt_cache_size", strconv.Itoa(cachedStatements))

	return (&url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}).String()
}

// pragmas returns what every connection must report. The driver's defaults are weaker: with synchronous=NORMAL, a
// power failure can lose a commit that was acknowledged.
func pragmas(more ...pragma) []pragma {
	return append([]pragma{
		{"journal_mode", "wal"},
		{"synchronous", int64(2)},
		{"busy_timeout", busyTimeout.Milliseconds()},
		{"secure_delete", int64(1)}, // guard: what is deleted is overwritten (2)
		{"mmap_size", int64(0)},
	}, more...)
}

// setup returns the statements for settings that the driver's DSN does not support.
func setup() []string {
	return []string{
		"PRAGMA mmap_size = 0", fmt.Sprintf("PRAGMA journal_size_limit = %d", keptWAL), "PRAGMA trusted_schema = OFF",
	}
}

// newWriter returns a connector whose connections don't checkpoint: the commit that fills the log would wait for
// it.
func newWriter(path string) *connector {
	return &connector{
		dsn:   dsn(path, url.Values{"mode": {"rwc"}, "_journal_mode": {"WAL"}, "_foreign_keys": {"true"}}),
		setup: append(setup(), "PRAGMA wal_autocheckpoint = 0"),
		pragmas: pragmas(
			pragma{"foreign_keys", int64(1)}, pragma{"query_only", int64(0)}, pragma{"wal_autocheckpoint", int64(0)},
		),
	}
}

func newReader(path string) *connector {
	return &connector{
		dsn:     dsn(path, url.Values{"mode": {"ro"}, "_query_only": {"true"}, "_foreign_keys": {"true"}}),
		setup:   setup(),
		pragmas: pragmas(pragma{"foreign_keys", int64(1)}, pragma{"query_only", int64(1)}),
	}
}

// finderSettings are those that matter to a connection that only reads one row at a time.
func finderSettings() []pragma {
	return []pragma{
		{"query_only", 1}, {"busy_timeout", busyTimeout.Milliseconds()}, {"cache_size", finderCache}, {"mmap_size", 0},
		{"trusted_schema", 0},
	}
}

// newMigrator turns foreign keys off: otherwise replacing a table would delete the rows that refer to it.
func newMigrator(path string) *connector {
	return &connector{
		dsn:     dsn(path, url.Values{"mode": {"rw"}, "_foreign_keys": {"false"}}),
		setup:   setup(),
		pragmas: pragmas(pragma{"foreign_keys", int64(0)}),
		nested:  true,
	}
}
