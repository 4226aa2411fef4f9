package cli

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// The commands are tested on a real database in the root package, through main's run.

// runWith runs a command of a program whose database can't be opened.
func runWith(t *testing.T, failure error, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, messages bytes.Buffer
	program := &Program{
		Version: "v1.2.3", Stdin: strings.NewReader(""), Stdout: &out, Stderr: &messages,
		Serve: func(context.Context, config.Settings) error { return failure },
		Check: func(config.Settings) error { return nil },
		Open:  func(context.Context, config.Settings) (*Database, error) { return nil, failure },
	}
	code = program.Run(context.Background(), args)

	return code, out.String(), messages.String()
}

func TestHelpOfEachCommand(t *testing.T) {
	for _, command := range []string{
		"", "serve", "migrate", "apikey", "apikey create", "apikey list", "apikey revoke",
		"account", "account create", "account import", "account get", "account export", "account erase",
		"account find", "account block", "account unblock", "account revoke-sessions", "account verify", "account keep-second-factor", "account set",
		"outbox",
		"outbox list", "outbox retry", "webhook", "webhook list", "webhook replay", "keys", "keys rotate", "keys list", "config", "config check", "backup", "copy", "templates", "templates preview", "brand", "brand preview", "version", "healthcheck",
		"completion",
	} {
		code, stdout, stderr := runWith(t, errors.New("not to be called"), append(strings.Fields(command), "--help")...)
		if code != 0 || stderr != "" || !strings.HasPrefix(stdout, "Usage: accountql") {
			t.Errorf("%s --help: %d, %q, %q", command, code, stdout, stderr)
		}
	}

	_, help, _ := runWith(t, nil, "serve", "--help")
	for _, variable := range []string{"$ACCOUNTQL_PUBLIC_URL", "$ACCOUNTQL_SESSION_IDLE"} {
		if !strings.Contains(help, variable) {
			t.Errorf("the help of serve does not name %s", variable)
		}
	}
}

func TestWrongUsage(t *testing.T) {
	for _, line := range []string{
		"frobnicate", "--frobnicate", "serve now", "config", "config check now", "config check --try=perhaps", "apikey", "apikey create", "apikey create --name n", "apikey revoke",
		"account get", "account export",
		"account create", "migrate --status=maybe", "outbox retry", "backup", "copy", "copy --from a.db",
		"webhook replay", "webhook replay --since x", "webhook replay --since 1h --until 2h", "webhook replay --since 1h --until x",
		"copy --to b.db", "keys", "keys rotate outbox", "outbox retry --failed x", "outbox list --limit 0",
		"templates preview --listen 0.0.0.0:0", "brand preview x.json --listen 0.0.0.0:0", "apikey create --name n --permission P --expires 0s",
		"apikey create --name n --permission P --expires soon",
		"account create --email a@b.example --password-stdin",
		"account create --email a@b.example --password-min-length 4",
	} {
		code, stdout, stderr := runWith(t, errors.New("not to be called"), strings.Fields(line)...)
		if code != 2 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "accountql: ") {
			t.Errorf("%s: %d, %q, %q", line, code, stdout, stderr)
		}
	}
}

func TestFailures(t *testing.T) {
	for _, tc := range []struct {
		failure error
		code    int
		line    string
	}{
		{errors.New("disk\nfull\x1b[31m"), 1, "accountql: disk full [31m\n"},
		{models.Unavailable(errors.New("the file is locked")),
			1, "accountql: the service can't answer right now; nothing was changed: the file is locked\n"},
		{models.InvalidInput("origin", models.ReasonMalformed, 0, "must be a web origin"),
			2, "accountql: --origin must be a web origin\n"},
		{models.Errors{
			models.InvalidInput("name", models.ReasonMalformed, 0, "is bad"),
			models.InvalidInput("origin", models.ReasonMalformed, 0, "is worse"),
		}, 2, "accountql: --name is bad; --origin is worse\n"},
		{&config.Error{Setting: "--database", Problem: "is not for production"},
			2, "accountql: --database is not for production\n"},
	} {
		code, stdout, stderr := runWith(t, tc.failure, "apikey", "list")
		if code != tc.code || stdout != "" || stderr != tc.line {
			t.Errorf("%v: %d, %q, %q", tc.failure, code, stdout, stderr)
		}
	}
}

// TestAllMistakes checks that each mistake in the settings has a line of its own.
func TestAllMistakes(t *testing.T) {
	code, stdout, stderr := runWith(t, nil, "serve", "--log-level", "loud", "--registration=no")
	lines := strings.Split(strings.TrimSuffix(stderr, "\n"), "\n")
	if code != 2 || stdout != "" || len(lines) != 2 || !strings.HasPrefix(lines[0], "accountql: --registration must") ||
		!strings.HasPrefix(lines[1], "accountql: --log-level must") {
		t.Errorf("%d, %q, %q", code, stdout, stderr)
	}
}

func TestVersion(t *testing.T) {
	if code, stdout, _ := runWith(t, nil, "version"); code != 0 || stdout != `{"version":"v1.2.3"}`+"\n" {
		t.Errorf("%d, %q", code, stdout)
	}
}

func TestHealthcheck(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asks for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}

	for _, listen := range []string{"127.0.0.1:" + port, ":" + port, "0.0.0.0:" + port} {
		if code, _, stderr := runWith(t, nil, "healthcheck", "--listen", listen); code != 0 {
			t.Errorf("%s: %d, %s", listen, code, stderr)
		}
	}

	// A redirect does not mean ready either, and is not followed.
	for _, status = range []int{http.StatusServiceUnavailable, http.StatusFound} {
		if code, _, _ := runWith(t, nil, "healthcheck", "--listen", "127.0.0.1:"+port); code != 1 {
			t.Errorf("status %d: %d", status, code)
		}
	}

	server.Close()
	if code, _, _ := runWith(t, nil, "healthcheck", "--listen", "127.0.0.1:"+port); code != 1 {
		t.Errorf("no server: %d", code)
	}
	if address, err := reachable("[::]:80"); err != nil || address != "[::1]:80" {
		t.Errorf("[::]:80 is reached at %s, %v", address, err)
	}
}

func TestReadPassword(t *testing.T) {
	for stdin, want := range map[string]string{
		"pass word \n": "pass word ", "password": "password", "password\r\nmore": "password", "\n": "", "": "",
		"\r\n": "",
	} {
		got, err := readPassword(strings.NewReader(stdin))
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", stdin, got, err)
		}
	}
}
