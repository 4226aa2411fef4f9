package deploy_test

import (
	"bytes"
	"context"
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
	"time"

	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/config"
)

const (
	unit = "systemd/accountql.service"
	// exposure is the worst score that the unit may have; docs/operations.md names it.
	exposure = "1.1"
	// drain is how long a process may take from the signal to its end (R-OPS3).
	drain = 10 * time.Second
)

// directives returns the values of a directive of the unit, in their order.
func directives(t *testing.T, name string) []string {
	t.Helper()
	var values []string
	for _, match := range regexp.MustCompile(`(?m)^`+name+`=(.*)$`).FindAllStringSubmatch(read(t, unit), -1) {
		values = append(values, match[1])
	}
	return values
}

// analyze runs systemd-analyze and returns what it prints.
func analyze(t *testing.T, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("no systemd-analyze: it is in Debian's package systemd")
	}

	text, err := exec.CommandContext(t.Context(), "systemd-analyze", args...).CombinedOutput()
	if err != nil {
		t.Errorf("systemd-analyze %v: %v: %s", args, err, text)
	}

	return string(text)
}

// TestUnitIsUnderstood checks that systemd knows every directive and value of the unit: of those that it does not
// know it warns, and ignores them.
func TestUnitIsUnderstood(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}

	// A program must be at the path of ExecStart.
	text := strings.ReplaceAll(read(t, unit), "/usr/local/bin/accountql", program)
	file := filepath.Join(t.TempDir(), filepath.Base(unit))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}

	if warnings := analyze(t, "verify", "--man=no", file); warnings != "" {
		t.Error(warnings)
	}
}

// TestUnitExposure checks that the unit is no more open than docs/operations.md says.
func TestUnitExposure(t *testing.T) {
	if !strings.Contains(read(t, "../docs/operations.md"), " "+exposure+" ") {
		t.Errorf("docs/operations.md does not name the exposure, %s", exposure)
	}

	score := regexp.MustCompile(`Overall exposure level for .*: ([0-9.]+) `).FindStringSubmatch(
		analyze(t, "security", "--offline=true", "--no-pager", unit))
	if score == nil || score[1] > exposure { // of one digit before the dot, both
		t.Errorf("the exposure is %v, which is more than %s", score, exposure)
	}
}

// TestUnitLeavesTimeToDrain checks that systemd kills no process that still drains.
func TestUnitLeavesTimeToDrain(t *testing.T) {
	for _, value := range directives(t, "TimeoutStopSec") {
		if seconds, err := strconv.Atoi(value); err != nil || time.Duration(seconds)*time.Second <= drain {
			t.Errorf("TimeoutStopSec=%s", value)
		}
	}
}

// TestUnitSettings starts serve with the environment of the unit and of the file beside it.
func TestUnitSettings(t *testing.T) {
	credentials := t.TempDir()
	secrets := map[string]string{
		"database": "/var/lib/accountql/accountql.db", "smtp": "smtps://shop:secret@mail.shop.example:465",
	}
	for _, credential := range directives(t, "LoadCredential") {
		name, file, _ := strings.Cut(credential, ":")
		if file != "/etc/accountql/"+name || secrets[name] == "" {
			t.Errorf("LoadCredential=%s", credential)
		}
		if err := os.WriteFile(filepath.Join(credentials, name), []byte(secrets[name]+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	environ := regexp.MustCompile(`(?m)^[A-Z].*$`).FindAllString(read(t, "systemd/environment"), -1)
	for _, variable := range directives(t, "Environment") {
		environ = append(environ, strings.ReplaceAll(variable, "%d", credentials))
	}

	settings := serveSettings(t, environ)
	if !settings.Production() || settings.Database != secrets["database"] || settings.SMTP != secrets["smtp"] {
		t.Errorf("%+v", settings)
	}
}

// serveSettings returns the settings that serve gets from an environment.
func serveSettings(t *testing.T, environ []string) config.Settings {
	t.Helper()
	var settings config.Settings
	var stderr bytes.Buffer
	program := &cli.Program{
		Environ: environ, Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr,
		Serve: func(_ context.Context, given config.Settings) error { settings = given; return nil },
	}
	if code := program.Run(t.Context(), []string{"serve"}); code != 0 {
		t.Fatalf("serve is refused: %s", stderr.String())
	}

	return settings
}

// TestUnitSandbox traces the program while it starts, works and drains: it makes no system call, opens no socket,
// maps no memory and writes no file that the unit forbids.
func TestUnitSandbox(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace: it is in Debian's package of that name")
	}

	permitted := systemCalls(t)
	families := strings.Fields(strings.Join(directives(t, "RestrictAddressFamilies"), " "))
	called, wrote := map[string]bool{}, false
	socket := regexp.MustCompile(`^socket(?:pair)?\((\w+)`)
	opened := regexp.MustCompile(`^(?:open|openat|creat|mkdir|mkdirat|unlink|unlinkat|rename|renameat2?)\(.*"([^"]*)"`)
	state := t.TempDir()
	for _, line := range strings.Split(traceOf(t, strace, state), "\n") {
		_, call, _ := strings.Cut(line, " ")
		call = strings.TrimLeft(call, " ")
		name, _, _ := strings.Cut(call, "(")
		if !regexp.MustCompile(`^\w+$`).MatchString(name) {
			continue // a signal, or the end of a call that began in a line before
		}
		// Only as root does SQLite give its files to the owner of the database; the unit has a user of its own.
		asRoot := name == "fchown" && os.Geteuid() == 0
		if !permitted[name] && !called[name] && !asRoot {
			t.Errorf("SystemCallFilter forbids %s", call)
		}

		called[name] = true
		if family := socket.FindStringSubmatch(call); family != nil && !slices.Contains(families, family[1]) {
			t.Errorf("RestrictAddressFamilies forbids %s", call)
		}
		if file := opened.FindStringSubmatch(call); file != nil &&
			(!strings.HasPrefix(name, "open") || regexp.MustCompile("O_WRONLY|O_RDWR|O_CREAT").MatchString(call)) {
			wrote = true
			// SQLite sorts in a file of /var/tmp that never gets a name; PrivateTmp gives the unit one of its own.
			if !strings.HasPrefix(file[1], state+"/") && file[1] != "/dev/null" && file[1] != "/var/tmp" {
				t.Errorf("ProtectSystem forbids %s", call)
			}
		}
		if strings.HasPrefix(name, "mmap") && strings.Contains(call, "PROT_WRITE") && strings.Contains(call, "PROT_EXEC") ||
			strings.Contains(name, "mprotect") && strings.Contains(call, "PROT_EXEC") {
			t.Errorf("MemoryDenyWriteExecute forbids %s", call)
		}
	}

	if !wrote {
		t.Error("the trace has no file that is written: does it show the program?")
	}
	for _, name := range []string{"execve", "mmap", "socket", "accept4", "openat", "pwrite64"} {
		if !called[name] {
			t.Errorf("the trace has no %s: does it show the program?", name)
		}
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
	command.Env = append(os.Environ(), asProgram+"=yes")
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
