//go:build crash

// Package crash kills the real program, and takes its disk and its connections away, while a driver changes
// accounts through it, and then checks that all acknowledged changes exist: `make crash`. docs/reliability.md has
// the counts of a run.
package crash

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the binary under test, which TestMain builds.
var program string

// seed is the source of all randomness: CRASH_SEED repeats a run, as far as timing can be repeated.
var seed = uint64(time.Now().UnixNano())

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	directory, err := os.MkdirTemp("", "crash-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(directory) }()
	program = filepath.Join(directory, "accountql")
	build := exec.Command("go", "build", "-o", program, "github.com/accountql/accountql")
	if text, err := build.CombinedOutput(); err != nil {
		panic(string(text))
	}

	// One of the tests runs the program as another user.
	if err := os.Chmod(directory, 0o755); err != nil {
		panic(err)
	}

	if given := os.Getenv("CRASH_SEED"); given != "" {
		if seed, err = strconv.ParseUint(given, 10, 64); err != nil {
			panic(err)
		}
	}

	fmt.Printf("crash: CRASH_SEED=%d\n", seed)

	return m.Run()
}

// chance returns a random source for one test, so that parallel tests don't affect each other.
func chance(t testing.TB) *rand.Rand {
	var sum uint64
	for _, letter := range t.Name() {
		sum = sum*31 + uint64(letter)
	}
	return rand.New(rand.NewPCG(seed, sum))
}

// patience limits every wait. No test passes because of a timeout.
const patience = 2 * time.Minute

// service is a running `accountql serve`.
type service struct {
	t       testing.TB
	command *exec.Cmd
	address string
	mu      sync.Mutex
	log     strings.Builder
	// served is closed when the log says that the service is serving, and ended when the process has ended.
	served, ended chan struct{}
	client        *http.Client
}

// development returns the settings of most tests: budgets would stop the load.
func development(database string) []string {
	return []string{
		"serve", "--listen", "127.0.0.1:0", "--log-format", "text", "--rate-limits", "off", "--database", database,
	}
}

// start starts the program, through others such as strace if prefix names them.
func start(t testing.TB, prefix []string, args ...string) *service {
	t.Helper()
	return startLine(t, append(append(prefix[:len(prefix):len(prefix)], program), args...))
}

// startLine starts a command line that serves.
func startLine(t testing.TB, line []string) *service {
	t.Helper()
	s := &service{
		t: t, command: exec.Command(line[0], line[1:]...), served: make(chan struct{}), ended: make(chan struct{}),
		client: &http.Client{Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: 32}},
	}
	// All its child processes are in its group and are killed with it.
	s.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stderr, err := s.command.StderrPipe()
	if err == nil {
		err = s.command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}

	go s.read(stderr)
	t.Cleanup(func() { s.kill() })

	return s
}

var serving = regexp.MustCompile(`msg=serving address=(\S+)`)

// read collects the log and finds the address in it.
func (s *service) read(stderr io.Reader) {
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		s.mu.Lock()
		_, _ = s.log.WriteString(lines.Text() + "\n")
		if found := serving.FindStringSubmatch(lines.Text()); found != nil && s.address == "" {
			s.address = "http://" + found[1]
			close(s.served)
		}
		s.mu.Unlock()
	}

	_ = s.command.Wait() // exit codes are checked by the tests that need them
	close(s.ended)
}

// said returns the end of the log.
func (s *service) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.log.String()
	return text[max(0, len(text)-2000):]
}

// ready waits until the service accepts writes.
func (s *service) ready() *service {
	s.t.Helper()
	select {
	case <-s.served:
	case <-s.ended:
		s.t.Fatalf("it does not start: %s", s.said())
	case <-time.After(patience):
		s.t.Fatalf("it does not serve: %s", s.said())
	}

	for deadline := time.Now().Add(patience); s.readiness() != http.StatusOK; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("it does not get ready: %s", s.said())
		}
	}

	return s
}

// readiness returns the status of /readyz on a new connection, or 0 if nothing is listening.
func (s *service) readiness() int {
	request, _ := http.NewRequest(http.MethodGet, s.address+"/readyz", nil)
	request.Close = true
	answer, err := s.client.Do(request)
	if err != nil {
		return 0
	}

	_ = answer.Body.Close()

	return answer.StatusCode
}

// kill sends SIGKILL.
func (s *service) kill() {
	_ = syscall.Kill(-s.command.Process.Pid, syscall.SIGKILL)
	<-s.ended
	s.client.CloseIdleConnections()
}

// stop sends SIGTERM, and requires a clean exit within ten seconds.
func (s *service) stop() {
	s.t.Helper()
	began := time.Now()
	_ = s.command.Process.Signal(syscall.SIGTERM)

	select {
	case <-s.ended:
	case <-time.After(patience):
		s.t.Fatalf("it does not stop: %s", s.said())
	}

	if code := s.command.ProcessState.ExitCode(); code != 0 {
		s.t.Errorf("it stopped with %d: %s", code, s.said())
	}
	if took := time.Since(began); took > 10*time.Second {
		s.t.Errorf("it stopped after %v: %s", took, s.said())
	}
}

// command runs the program until it exits.
func command(t testing.TB, input string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, program, args...)
	var out, log strings.Builder
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(input), &out, &log
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}

	return out.String(), log.String(), c.ProcessState.ExitCode()
}

// verifyAudit runs `accountql audit verify` and returns the number of events that it verified.
func verifyAudit(t testing.TB, database string) int {
	t.Helper()
	stdout, stderr, code := command(t, "", "audit", "verify", "--database", database)
	var verified struct {
		Verified bool
		Events   int
	}
	if err := json.Unmarshal([]byte(stdout), &verified); err != nil || code != 0 || !verified.Verified {
		t.Errorf("audit verify: %d, %s%s", code, stdout, stderr)
	}

	return verified.Events
}
