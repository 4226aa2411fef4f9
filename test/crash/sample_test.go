//go:build crash

package crash

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// figures are what a soak measures of a process after each phase. A figure may grow, over the whole run, by relative
// of its median and by absolute in its own unit.
var figures = []struct {
	name               string
	relative, absolute float64
}{
	{"memory that is not the binary's, MB", 0.3, 4},
	{"goroutines", 0.2, 10},
	{"file descriptors", 0.2, 10},
	{"write-ahead log, MB", 0.3, 4},
	{"bytes of the database for a change", 0.5, 200},
	{"processor time for a change, ms", 0.5, 0},
	{"a read in times of /livez", 1, 5},
	{"a change in times of /livez", 3, 20},
}

// sample holds a value for each of the figures.
type sample []float64

// reading is what is read before and after a phase.
type reading struct{ processor, changes, size float64 }

func (s *soak) measured() reading {
	s.t.Helper()
	return reading{
		processor: s.metric("process_cpu_seconds_total"), changes: float64(s.driver.acknowledged.Load()), size: s.size(),
	}
}

// sample takes a sample after a phase.
func (s *soak) sample(before reading) {
	s.t.Helper()
	now := s.measured()
	changes := now.changes - before.changes
	if changes == 0 {
		return
	}

	read, change, alive := s.times()
	const megabyte, milli = 1 << 20, 1000
	s.samples = append(s.samples, sample{
		s.anonymous() / megabyte, s.metric("go_goroutines"), s.metric("process_open_fds"), s.log() / megabyte,
		(now.size - before.size) / changes, (now.processor - before.processor) / changes * milli, read / alive,
		change / alive,
	})
}

// times returns the median times of a read, of a change and of /livez, which were taken in turn: what slows the
// machine down slows all three.
func (s *soak) times() (read, change, alive float64) {
	s.t.Helper()
	const rounds = 60
	var reads, changes, lives []float64
	c := s.driver.customers[0]
	for range rounds {
		if len(c.tokens) == 0 {
			break
		}

		began := time.Now()
		if _, code, err := s.driver.ask(c.token(), `{ account { id email attributes } }`, nil); err != nil || code != "" {
			s.t.Errorf("a read: %q, %v", code, err)
		}
		reads = append(reads, time.Since(began).Seconds())

		began = time.Now()
		c.step()
		changes = append(changes, time.Since(began).Seconds())

		began = time.Now()
		s.get(s.steady.address + "/livez")
		lives = append(lives, time.Since(began).Seconds())
	}

	return median(reads), median(changes), median(lives)
}

func (s *soak) get(address string) string {
	s.t.Helper()
	answer, err := s.steady.client.Get(address)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %d, %v", address, answer.StatusCode, err)
	}

	return string(text)
}

// metric returns the value of a metric without labels of the steady process.
func (s *soak) metric(name string) float64 {
	s.t.Helper()
	for line := range strings.Lines(s.get("http://" + s.metrics + "/metrics")) {
		if value, found := strings.CutPrefix(line, name+" "); found {
			number, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				s.t.Fatal(err)
			}
			return number
		}
	}

	s.t.Fatalf("no metric %s", name)

	return 0
}

// anonymous returns the memory of the steady process that no file holds, in bytes.
func (s *soak) anonymous() float64 {
	s.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.steady.command.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}

	fields := strings.Fields(string(text))
	kilobytes, err := strconv.ParseFloat(fields[slices.Index(fields, "RssAnon:")+1], 64)
	if err != nil {
		s.t.Fatal(err)
	}

	return kilobytes * 1024 //nolint:mnd // a kilobyte
}

// size returns the size of the database in bytes, without its log.
func (s *soak) size() (size float64) {
	s.t.Helper()
	query := "SELECT pg_database_size(current_database())"
	if !s.driver.postgres {
		query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
	}
	if err := s.driver.db.QueryRow(query).Scan(&size); err != nil {
		s.t.Fatal(err)
	}

	return size
}

// log returns the size of SQLite's write-ahead log in bytes, and 0 for PostgreSQL, which bounds its own.
func (s *soak) log() float64 {
	s.t.Helper()
	if s.driver.postgres {
		return 0
	}

	info, err := os.Stat(s.database + "-wal")
	if err != nil {
		s.t.Fatal(err)
	}

	return float64(info.Size())
}

// find returns what a pattern finds in the log.
func (s *service) find(pattern string) string {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	found := regexp.MustCompile(pattern).FindStringSubmatch(s.log.String())
	if found == nil {
		s.t.Fatalf("no %s in the log", pattern)
	}

	return found[1]
}
