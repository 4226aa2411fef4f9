package deploy_test

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // lets messages fail

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// stubs stand for programs that a test can't have. They do what the page wants of the program itself, and note the rest.
var stubs = map[string]string{
	"accountql": `DEPLOY_TEST_PROGRAM="$ROOT" exec "$PROGRAM" "$@"`,
	// What runs in a container runs here; psql notes its statements; whom the rest is about must be in compose.yaml.
	"docker": `
case "$*" in
*" psql "*)
	server=$3; shift 6
	while [ $# -gt 0 ]; do printf '%s\t%s\n' "$server" "$2" >>"$NOTES/sql"; shift 2; done ;;
*" accountql "*) shift 4; exec accountql "$@" ;;
"compose run --rm --no-deps migrate"*) shift 4; [ $# -gt 1 ] && shift; exec accountql "$@" ;;
"compose run --rm --no-deps one "*) shift 5; exec accountql "$@" ;;
"compose stop "*) printf '%s\tstop\n' "$3" >>"$NOTES/sql" ;;
esac
for word in "$@"; do case $word in one | two | primary | standby | migrate) grep -q "^  $word:" "$ROOT/compose.yaml" ;; esac; done`,
	// Files that are applied must be there.
	"kubectl": `
case "$*" in *" -- "*) while [ "$1" != -- ]; do shift; done; shift; exec "$@" ;; esac
while [ $# -gt 0 ]; do [ "$1" != -f ] || test -f "$2"; shift; done`,
	// What the unit's processes get: these variables, and not those of the shell.
	"systemd-run": `
unset ACCOUNTQL_DATABASE
while :; do
	case $1 in
	-p)
		case $2 in
		EnvironmentFile=*) while IFS= read -r line; do case $line in [A-Z]*=*) export "$line" ;; esac; done <"${2#*=}" ;;
		Environment=*) export "${2#Environment=}" ;;
		esac
		shift 2 ;;
	--*) shift ;;
	*) break ;;
	esac
done
exec "$@"`,
	// Targets that are made must be there.
	"make": `for target; do grep -q "^$target:" "$ROOT/Makefile"; done`,
	"sudo": `exec "$@"`, "editor": `printf '%s\n' accountql.db >"$1"`,
	"apt-get": ``, "systemctl": ``, "sleep": ``, "curl": ``, "journalctl": ``, "git": `mkdir -p "$(pwd)/accountql/dist"`,
	"diff": ``, "ln": ``,
}

// endless are the commands that run until they are stopped, with what they say once they work.
var endless = map[string]string{"accountql serve": "msg=serving", "accountql templates preview": "http://"}

// TestOperationsPage runs every command of docs/operations.md: the program's as they stand there, those of psql on a
// primary and its standby, and around them what needs Docker, Kubernetes or systemd by stubs.
func TestOperationsPage(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("no jq: a command of the page is piped into it")
	}

	page := newPage(t)
	blocks := regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllStringSubmatch(read(t, "../docs/operations.md"), -1)
	if len(blocks) < 20 {
		t.Fatalf("docs/operations.md has %d blocks of commands", len(blocks))
	}

	for _, block := range blocks {
		page.run(block[1])
	}

	t.Run("psql", page.replay)
}

// page is a folder in which the commands run, with what they need.
type page struct {
	t             *testing.T
	folder, notes string
	environ       []string
	account       string
	messages      []string
	substitutions *strings.Replacer
}

func newPage(t *testing.T) *page {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}

	p := &page{t: t, folder: t.TempDir(), notes: t.TempDir()}
	for name, script := range stubs {
		p.write("bin/"+name, "#!/bin/sh\nset -e\n"+script+"\n")
	}
	for _, name := range []string{"systemd/accountql.service", "systemd/environment"} {
		p.write(name, read(t, name))
	}
	for _, name := range []string{"namespace", "settings", "network", "migrate", "accountql"} {
		name = "kubernetes/" + name + ".yaml"
		p.write("deploy/"+name, read(t, name))
		p.write(filepath.Base(name), read(t, name))
	}
	p.write("erasures/erasures.jsonl", "")
	for _, folder := range []string{"elsewhere", "words", "backups", "system/bin", "system/units", "dist"} {
		p.write(folder+"/.keep", "")
	}
	p.write("accountql", "#!/bin/sh\nexec accountql \"$@\"\n")

	p.environ = []string{
		"PATH=" + p.folder + "/bin:" + os.Getenv("PATH"), "HOME=" + p.folder, "PROGRAM=" + program, "ROOT=" + root,
		"NOTES=" + p.notes, "ACCOUNTQL_DATABASE=" + filepath.Join(p.folder, "accountql.db"),
	}
	p.fill()
	p.must(`mkdir accountql_1_linux_amd64 && cp accountql accountql_1_linux_amd64 && tar czf accountql_1_linux_amd64.tar.gz accountql_1_linux_amd64
rm -r accountql_1_linux_amd64 && sha256sum accountql_1_linux_amd64.tar.gz >SHA256SUMS`)
	p.substitutions = strings.NewReplacer(
		"export ACCOUNTQL_DATABASE_FILE=/etc/accountql/database", "true", "retry ID ID …", "retry "+strings.Join(p.messages, " "), "--account ID", "--account "+p.account,
		"--request ID", "--request 01HZY", "--permission SAUTH_LOGIN_CLIENT_CREATE,…", "--permission SAUTH_LOGIN_CLIENT_CREATE",
		"--permission …", "--permission SAUTH_LOGIN_CLIENT_CREATE", "/backups/", "backups/", "/var/lib/accountql-erasures/", "erasures/", "/mnt/elsewhere/", "elsewhere/", "'postgres://…'", "moved.db",
		"'postgres://accountql@db.internal/accountql?sslmode=verify-full'", "moved.db", "/opt/accountql/new/accountql", "accountql",
		"/usr/local/bin/", "system/bin/", "/etc/systemd/system/", "system/units/", "/etc/accountql", "system/settings",
		"env ACCOUNTQL_DATABASE_FILE", "env -u ACCOUNTQL_DATABASE ACCOUNTQL_DATABASE_FILE",
	)

	return p
}

func (p *page) write(name, text string) {
	p.t.Helper()
	file := filepath.Join(p.folder, name)
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o755) //nolint:gosec // some are programs
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// fill makes a customer, and two events about customers that nobody took.
func (p *page) fill() {
	p.t.Helper()
	p.must("accountql migrate")
	db, err := sql.Open("sqlite3", filepath.Join(p.folder, "accountql.db"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	// A server with a webhook would write this row when it starts.
	const target = "INSERT INTO webhook_targets (name, events, recorded_at) VALUES ('webhook', NULL, ?)"
	if _, err := db.Exec(target, time.Now().UTC().Truncate(time.Microsecond)); err != nil {
		p.t.Fatal(err)
	}

	var made struct{ ID string }
	p.decode(p.must("accountql account create --email ada@example.com"), &made)
	p.must("accountql account create --email bob@example.com")
	p.account = made.ID

	if _, err := db.Exec("UPDATE outbox SET failed_at = created_at"); err != nil {
		p.t.Fatal(err)
	}

	var list struct{ Messages []struct{ ID string } }
	p.decode(p.must("accountql outbox list --failed"), &list)
	for _, message := range list.Messages {
		p.messages = append(p.messages, message.ID)
	}
	if len(p.messages) != 2 {
		p.t.Fatalf("messages %v", p.messages)
	}
}

func (p *page) decode(text string, data any) {
	p.t.Helper()
	if err := json.Unmarshal([]byte(text), data); err != nil {
		p.t.Fatalf("%v: %s", err, text)
	}
}

// run runs a block line by line in one shell, each line of which must succeed. Commands without an end are stopped once
// they work.
func (p *page) run(block string) {
	p.t.Helper()
	block = p.substitutions.Replace(block)
	var lines []string
	for line := range strings.Lines(block) {
		command, _, _ := strings.Cut(line, "  #")
		if said := p.said(command); said != "" {
			p.untilItSays(strings.Join(lines, "")+"exec env "+command, said)
			lines = nil
			continue
		}
		lines = append(lines, line)
	}

	if strings.Contains(block, "healthcheck") {
		defer p.serve()()
	}
	p.must(strings.Join(lines, ""))
}

// said returns what a command without an end says once it works, or "" for other commands.
func (p *page) said(command string) string {
	for name, said := range endless {
		if strings.Contains(command, name) {
			return said
		}
	}
	return ""
}

// must runs lines of the shell and returns what they print.
func (p *page) must(lines string) string {
	p.t.Helper()
	command := p.shell(lines)
	var output, messages bytes.Buffer
	command.Stdout, command.Stderr = &output, &messages
	if err := command.Run(); err != nil {
		p.t.Errorf("%v: %s%s\n%s", err, output.String(), messages.String(), lines)
	}

	return output.String()
}

func (p *page) shell(lines string) *exec.Cmd {
	command := exec.CommandContext(p.t.Context(), "sh", "-e", "-c", lines) //nolint:gosec // the page's commands
	command.Dir, command.Env = p.folder, p.environ

	return command
}

// untilItSays runs lines until they print a text, and then stops them, which must end well.
func (p *page) untilItSays(lines, text string) {
	p.t.Helper()
	command := p.shell(lines)
	command.Env = append(command.Env, "ACCOUNTQL_LISTEN=127.0.0.1:0")
	reading, writing, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	command.Stdout, command.Stderr = writing, writing
	if err := command.Start(); err != nil {
		p.t.Fatal(err)
	}
	_ = writing.Close()

	all, found := "", false
	for scanner := bufio.NewScanner(reading); scanner.Scan(); {
		all += scanner.Text() + "\n"
		if !found && strings.Contains(scanner.Text(), text) {
			found = true
			_ = command.Process.Signal(syscall.SIGTERM)
		}
	}
	if err := command.Wait(); err != nil || !found {
		p.t.Errorf("%v: %s\n%s", err, all, lines)
	}
}

// serve starts a server for healthcheck, and returns how to stop it.
func (p *page) serve() (stop func()) {
	p.t.Helper()
	server := p.shell("exec accountql serve --listen 127.0.0.1:0 --database served.db")
	messages, err := server.StderrPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}

	serving := regexp.MustCompile(`msg=serving address=(\S+)`)
	for scanner := bufio.NewScanner(messages); scanner.Scan(); {
		if found := serving.FindStringSubmatch(scanner.Text()); found != nil {
			p.environ = append(p.environ, "ACCOUNTQL_LISTEN="+found[1])
			break
		}
	}

	return func() {
		p.environ = p.environ[:len(p.environ)-1]
		_ = server.Process.Signal(syscall.SIGTERM)
		_ = server.Wait()
	}
}

// replay runs the noted statements, in their order, on two servers.
func (p *page) replay(t *testing.T) {
	noted, err := os.ReadFile(filepath.Join(p.notes, "sql"))
	if err != nil {
		t.Fatal(err)
	}

	primary := postgrestest.NewCluster(t)
	servers := map[string]*postgrestest.Cluster{"primary": primary, "standby": primary.Standby(t)}
	statements := 0
	for line := range strings.Lines(string(noted)) {
		name, statement, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if statement == "stop" {
			servers[name].Stop()
			continue
		}
		if err := servers[name].Execute(t.Context(), "postgres", statement); err != nil {
			t.Errorf("%s: %s: %v", name, statement, err)
		}
		statements++
	}

	if statements < 10 {
		t.Errorf("only %d statements: %s", statements, noted)
	}
}
