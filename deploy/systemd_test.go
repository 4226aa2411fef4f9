package deploy_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
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
