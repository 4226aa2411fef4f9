// Package journal runs the real program, changes accounts through it, and keeps a journal of what was acknowledged. After
// a fault it compares the database with the journal. The tests of crash and failover make the faults.
package journal

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
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Program is the binary under test, which Main builds.
var Program string

// seed is the source of all randomness.
var seed = uint64(time.Now().UnixNano())

// Main builds the program, runs the tests of a binary, and returns the exit code. It prints the seed of all randomness
// as NAME_SEED. That variable repeats a run, as far as timing can be repeated.
func Main(m *testing.M, name string) int {
	directory, err := os.MkdirTemp("", name+"-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(directory) }()
	Program = filepath.Join(directory, "accountql")
	build := exec.Command("go", "build", "-o", Program, "github.com/accountql/accountql")
	if text, err := build.CombinedOutput(); err != nil {
		panic(string(text))
	}

	// Some tests run the program as another user.
	if err := os.Chmod(directory, 0o755); err != nil {
		panic(err)
	}

	variable := strings.ToUpper(name) + "_SEED"
	if given := os.Getenv(variable); given != "" {
		if seed, err = strconv.ParseUint(given, 10, 64); err != nil {
			panic(err)
		}
	}

	fmt.Printf("%s: %s=%d\n", name, variable, seed)

	return m.Run()
}

// Chance returns a random source for one test, so that parallel tests don't affect each other.
func Chance(t testing.TB) *rand.Rand {
	var sum uint64
	for _, letter := range t.Name() {
		sum = sum*31 + uint64(letter)
	}
	return rand.New(rand.NewPCG(seed, sum))
}

// Patience limits every wait. No test passes because of a timeout.
const Patience = 2 * time.Minute

// Service is a running `accountql serve`.
type Service struct {
	// Address is the URL of its listener, once it serves.
	Address string
	// Command is the process.
	Command *exec.Cmd
	// Served is closed when the log says that the service is serving, and Ended when the process has ended.
	Served, Ended chan struct{}

	t      testing.TB
	name   string
	mu     sync.Mutex
	log    strings.Builder
	client *http.Client
}

// started counts the services, to name them, and gone holds the names of those that have ended.
var (
	started atomic.Int64
	gone    sync.Map
)

// Development returns the settings of most tests: budgets would stop the load.
func Development(database string) []string {
	return []string{
		"serve", "--listen", "127.0.0.1:0", "--public-url", page, "--log-format", "text", "--rate-limits", "off",
		"--sign-in-code", "on", "--database", database,
	}
}

// Start starts the program, through others such as strace if prefix names them.
func Start(t testing.TB, prefix []string, args ...string) *Service {
	t.Helper()
	return StartLine(t, append(append(prefix[:len(prefix):len(prefix)], Program), args...))
}

// At returns a service that something else has started, such as a proxy before several.
func At(t testing.TB, address string, client *http.Client) *Service {
	return &Service{t: t, Address: address, client: client}
}

// StartLine starts a command line that serves.
func StartLine(t testing.TB, line []string) *Service {
	t.Helper()
	s := &Service{
		t: t, Command: exec.Command(line[0], line[1:]...), Served: make(chan struct{}), Ended: make(chan struct{}),
		client: &http.Client{Timeout: Patience, Transport: &http.Transport{MaxIdleConnsPerHost: 32}},
	}
	// PostgreSQL shows by this name whose connection it is.
	s.name = fmt.Sprintf("accountql-%d", started.Add(1))
	s.Command.Env = append(os.Environ(), "PGAPPNAME="+s.name)
	// All its child processes are in its group and are killed with it.
	s.Command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stderr, err := s.Command.StderrPipe()
	if err == nil {
		err = s.Command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}

	go s.read(stderr)
	t.Cleanup(func() { s.Kill() })

	return s
}

// GiveUp limits how long a customer waits for an answer, which is Patience otherwise.
func (s *Service) GiveUp(after time.Duration) *Service {
	s.client.Timeout = after
	return s
}

var serving = regexp.MustCompile(`msg=serving address=(\S+)`)

// read collects the log and finds the address in it.
func (s *Service) read(stderr io.Reader) {
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		s.mu.Lock()
		_, _ = s.log.WriteString(lines.Text() + "\n")
		if found := serving.FindStringSubmatch(lines.Text()); found != nil && s.Address == "" {
			s.Address = "http://" + found[1]
			close(s.Served)
		}
		s.mu.Unlock()
	}

	_ = s.Command.Wait() // exit codes are checked by the tests that need them
	gone.Store(s.name, nil)
	close(s.Ended)
}

// Said returns the end of the log.
func (s *Service) Said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.log.String()
	return text[max(0, len(text)-2000):]
}

// Ready waits until the service accepts writes.
func (s *Service) Ready() *Service {
	s.t.Helper()
	select {
	case <-s.Served:
	case <-s.Ended:
		s.t.Fatalf("it does not start: %s", s.Said())
	case <-time.After(Patience):
		s.t.Fatalf("it does not serve: %s", s.Said())
	}

	for deadline := time.Now().Add(Patience); s.Readiness() != http.StatusOK; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("it does not get ready: %s", s.Said())
		}
	}

	return s
}

// Readiness returns the status of /readyz on a new connection, or 0 if nothing is listening.
func (s *Service) Readiness() int {
	request, _ := http.NewRequest(http.MethodGet, s.Address+"/readyz", nil)
	request.Close = true
	answer, err := s.client.Do(request)
	if err != nil {
		return 0
	}

	_ = answer.Body.Close()

	return answer.StatusCode
}

// Kill sends SIGKILL.
func (s *Service) Kill() {
	_ = syscall.Kill(-s.Command.Process.Pid, syscall.SIGKILL)
	<-s.Ended
	s.client.CloseIdleConnections()
}

// Stop sends SIGTERM, and requires a clean exit within ten seconds.
func (s *Service) Stop() {
	s.t.Helper()
	began := time.Now()
	_ = s.Command.Process.Signal(syscall.SIGTERM)

	select {
	case <-s.Ended:
	case <-time.After(Patience):
		s.t.Fatalf("it does not stop: %s", s.Said())
	}

	if code := s.Command.ProcessState.ExitCode(); code != 0 {
		s.t.Errorf("it stopped with %d: %s", code, s.Said())
	}
	if took := time.Since(began); took > 10*time.Second {
		s.t.Errorf("it stopped after %v: %s", took, s.Said())
	}
}

// Command runs the program until it exits.
func Command(t testing.TB, input string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	c := exec.CommandContext(ctx, Program, args...)
	var out, log strings.Builder
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(input), &out, &log
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}

	return out.String(), log.String(), c.ProcessState.ExitCode()
}

// VerifyAudit runs `accountql audit verify` and returns the number of events that it verified.
func VerifyAudit(t testing.TB, database string) int {
	t.Helper()
	stdout, stderr, code := Command(t, "", "audit", "verify", "--database", database)
	var verified struct {
		Verified bool
		Events   int
	}
	if err := json.Unmarshal([]byte(stdout), &verified); err != nil || code != 0 || !verified.Verified {
		t.Errorf("audit verify: %d, %s%s", code, stdout, stderr)
	}

	return verified.Events
}
