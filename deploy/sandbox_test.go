package deploy_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestUnitSandbox traces the program while it starts, works and drains: it makes no system call, opens no socket,
// maps no memory and writes no file that the unit forbids.
func TestUnitSandbox(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace: it is in Debian's package of that name")
	}

	state := t.TempDir()
	forbids := []struct {
		directive string
		forbidden func(name, call string) bool
	}{
		{"SystemCallFilter", callFilter(systemCalls(t))},
		{"RestrictAddressFamilies", socketFilter(directives(t, "RestrictAddressFamilies"))},
		{"MemoryDenyWriteExecute", executableMemory},
		{"ProtectSystem", fileFilter(state)},
	}

	called, refused := map[string]bool{}, map[string]bool{}
	for _, line := range strings.Split(traceOf(t, strace, state), "\n") {
		_, call, _ := strings.Cut(line, " ")
		call = strings.TrimLeft(call, " ")
		name, _, begins := strings.Cut(call, "(")
		if !begins || strings.Contains(name, " ") {
			continue // a signal, or the end of a call that began in a line before
		}

		called[name] = true
		for _, one := range forbids {
			if one.forbidden(name, call) && !refused[one.directive+name] {
				refused[one.directive+name] = true
				t.Errorf("%s forbids %s", one.directive, call)
			}
		}
	}

	for _, name := range []string{"execve", "mmap", "mprotect", "socket", "accept4", "openat", "pwrite64", "unlink"} {
		if !called[name] {
			t.Errorf("the trace has no %s: does it show the program?", name)
		}
	}
}

func callFilter(permitted map[string]bool) func(name, call string) bool {
	return func(name, _ string) bool {
		// Only as root does SQLite give its files to the owner of the database; the unit has a user of its own.
		asRoot := name == "fchown" && os.Geteuid() == 0
		return !permitted[name] && !asRoot
	}
}

func socketFilter(families []string) func(name, call string) bool {
	socket := regexp.MustCompile(`^socket(?:pair)?\((\w+)`)
	permitted := strings.Fields(strings.Join(families, " "))
	return func(_, call string) bool {
		family := socket.FindStringSubmatch(call)
		return family != nil && !slices.Contains(permitted, family[1])
	}
}

func executableMemory(name, call string) bool {
	executable := strings.Contains(call, "PROT_EXEC")
	return executable && (strings.Contains(name, "mprotect") || name == "mmap" && strings.Contains(call, "PROT_WRITE"))
}

func fileFilter(state string) func(name, call string) bool {
	writes := regexp.MustCompile(`^(?:open\w*\(.*O_(?:WRONLY|RDWR|CREAT)|creat\(|mkdir|unlink|rename)`)
	path := regexp.MustCompile(`"([^"]*)"`)
	return func(_, call string) bool {
		file := path.FindStringSubmatch(call)
		if file == nil || !writes.MatchString(call) {
			return false
		}
		// SQLite sorts in a file of /var/tmp that never gets a name; PrivateTmp gives the unit one of its own.
		return !strings.HasPrefix(file[1], state+"/") && file[1] != "/dev/null" && file[1] != "/var/tmp"
	}
}

// systemCalls returns the names of the calls that SystemCallFilter permits.
func systemCalls(t *testing.T) map[string]bool {
	t.Helper()
	permitted := map[string]bool{}
	var set func(name string, permit bool)
	set = func(name string, permit bool) {
		if !strings.HasPrefix(name, "@") {
			permitted[name] = permit
			return
		}
		for _, line := range strings.Split(analyze(t, "syscall-filter", "--no-pager", name), "\n") {
			if member := strings.TrimSpace(line); strings.HasPrefix(line, " ") && !strings.HasPrefix(member, "#") {
				set(member, permit)
			}
		}
	}

	for _, filter := range directives(t, "SystemCallFilter") {
		names, forbid := strings.CutPrefix(filter, "~")
		for _, name := range strings.Fields(names) {
			set(name, !forbid)
		}
	}

	return permitted
}

// traceOf returns the trace of a server that registers an account, tries to send its mail, and gets a SIGTERM. Its
// database is in the directory state.
func traceOf(t *testing.T, strace, state string) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}

	trace := filepath.Join(t.TempDir(), "trace")
	command := exec.CommandContext(t.Context(), strace, "-f", "-qq", "-o", trace, program, "serve",
		"--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--smtp", "smtp://127.0.0.1:1",
		"--database", filepath.Join(state, "accountql.db"), "--log-format", "json")
	command.Env = append(os.Environ(), asProgram+"=..")
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = command.Process.Kill() }()

	log := json.NewDecoder(stderr)
	waitFor := func(message string) (address string) {
		for {
			var line struct{ Msg, Address string }
			if err := log.Decode(&line); err != nil {
				t.Fatalf("%q is not in the log: %v", message, err)
			}
			if line.Msg == message {
				return line.Address
			}
		}
	}

	metrics := waitFor("serving metrics")
	address := waitFor("serving")
	for _, url := range []string{"http://" + metrics + "/metrics", "http://" + address + "/readyz"} {
		answer, err := http.Get(url)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatal(url, answer, err)
		}
		answer.Body.Close()
	}

	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/graphql",
		strings.NewReader(`{"query":"mutation { registerAccount(input: `+
			`{email: \"ada@example.com\", password: \"a walk along the river\"}) { accepted } }"}`))
	if err != nil {
		t.Fatal(err)
	}

	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-API-Key", "ak_development_do-not-use-this-key-outside-your-own-machine")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, _ := io.ReadAll(answer.Body); !strings.Contains(string(text), `"accepted":true`) {
		t.Fatalf("%s", text)
	}

	waitFor("a message can't be sent now")

	children, err := os.ReadFile("/proc/" + strconv.Itoa(command.Process.Pid) + "/task/" +
		strconv.Itoa(command.Process.Pid) + "/children")
	if err != nil {
		t.Fatal(err)
	}

	child, err := strconv.Atoi(strings.TrimSpace(string(children)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(child, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}

	waitFor("stopped")
	if err := command.Wait(); err != nil {
		t.Fatal(err)
	}

	return read(t, trace)
}
