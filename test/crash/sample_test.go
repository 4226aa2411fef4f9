//go:build crash

package crash

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/test/journal"
)

// figures are what a soak measures of a process after each phase. A figure may grow, over the whole run, by relative
// of its median and by absolute in its own unit.
var figures = []struct {
	name               string
	relative, absolute float64
}{
	{"least memory that is not the binary's, MB", 0.3, 4},
	{"goroutines", 0.2, 10},
	{"file descriptors", 0.2, 10},
	{"write-ahead log, MB", 0.3, 4},
	// Accounts are erased meanwhile, so a phase can even give space back: from one to the next this varies by its own size.
	{"bytes of the database for a change", 1, 400},
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
		processor: s.metric("process_cpu_seconds_total"), changes: float64(s.driver.Acknowledged.Load()), size: s.size(),
	}
}

// sample takes a sample after a phase, whose least memory is given in bytes.
func (s *soak) sample(before reading, memory float64) {
	s.t.Helper()
	now := s.measured()
	changes := now.changes - before.changes
	if changes == 0 {
		return
	}

	read, change, alive := s.times()
	const megabyte, milli = 1 << 20, 1000
	s.samples = append(s.samples, sample{
		memory / megabyte, s.metric("go_goroutines"), s.metric("process_open_fds"), s.log() / megabyte,
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
	timed := func(query string) float64 {
		began := time.Now()
		if code := s.ask(s.token, query, nil, nil); code != "" {
			s.t.Errorf("%s: %s", query, code)
		}
		return time.Since(began).Seconds()
	}
	for n := range rounds {
		reads = append(reads, timed(`{ account { id email attributes } }`))
		changes = append(changes, timed(fmt.Sprintf(
			`mutation { updateAccount(input: {firstName: "Demo %d"}) { account { version } } }`, n)))

		began := time.Now()
		s.get(s.steady.Address + "/livez")
		lives = append(lives, time.Since(began).Seconds())
	}

	return median(reads), median(changes), median(lives)
}

func (s *soak) get(address string) string {
	s.t.Helper()
	answer, err := http.Get(address) //nolint:noctx // a page of the process that is measured
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

// load runs the load for the time, and returns the least memory, in bytes, that the steady process had meanwhile. A hash
// of a password takes 19 MB for a moment, and the collector gives them back later: such peaks tell nothing, while a
// leak raises the least.
func (s *soak) load(duration time.Duration) float64 {
	const looks = 10
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.driver.During(duration)
	}()

	for least := s.anonymous(); ; least = min(least, s.anonymous()) {
		select {
		case <-time.After(duration / looks):
		case <-done:
			return least
		}
	}
}

// anonymous returns the memory of the steady process that no file holds, in bytes.
func (s *soak) anonymous() float64 {
	s.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.steady.Command.Process.Pid))
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

// size returns how much of the database is in use, in bytes, without its log.
func (s *soak) size() (size float64) {
	s.t.Helper()
	query := "SELECT pg_database_size(current_database())"
	if !s.postgres() {
		// Pages that are free are used again before the file grows, so its size alone stands still and jumps.
		query = "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
	}
	if err := s.driver.DB.QueryRow(query).Scan(&size); err != nil {
		s.t.Fatal(err)
	}

	return size
}

// log returns the size of SQLite's write-ahead log in bytes, and 0 for PostgreSQL, which bounds its own.
func (s *soak) log() float64 {
	s.t.Helper()
	if s.postgres() {
		return 0
	}

	info, err := os.Stat(s.database + "-wal")
	if err != nil {
		s.t.Fatal(err)
	}

	return float64(info.Size())
}

func (s *soak) postgres() bool { return strings.HasPrefix(s.database, "postgres:") }

// ask sends a document to the steady process, fills data with what it answers, and returns the code of its error.
func (s *soak) ask(token, query string, variables map[string]any, data any) (code string) {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		s.t.Fatal(err)
	}

	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.steady.Address+"/graphql",
		bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}

	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Api-Key", account.DevelopmentKey)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}

	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()

	whole := struct {
		Data   any
		Errors []struct{ Extensions struct{ Code string } }
	}{Data: data}
	if err := json.NewDecoder(answer.Body).Decode(&whole); err != nil {
		s.t.Fatal(err)
	}
	if len(whole.Errors) > 0 {
		return whole.Errors[0].Extensions.Code
	}

	return ""
}

// find returns what a pattern finds in the end of a service's log.
func find(t *testing.T, service *journal.Service, pattern string) string {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(service.Said())
	if found == nil {
		t.Fatalf("no %s in the log: %s", pattern, service.Said())
	}

	return found[1]
}
