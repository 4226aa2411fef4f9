package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/notify/smtptest"
	"github.com/accountql/accountql/internal/store"
)

// report is what `config check` prints.
type report struct {
	Settings []config.Value
	Trials   []cli.Trial
}

// checkConfig runs `config check` in an empty folder, and fails the test if it leaves a file or prints a password.
func checkConfig(t *testing.T, environ []string, args ...string) (code int, found report, stderr string) {
	t.Helper()
	t.Chdir(t.TempDir())
	var out, messages bytes.Buffer
	code = run(context.Background(), append([]string{"config", "check"}, args...), environ, strings.NewReader(""), &out,
		&messages)
	if out.Len() > 0 {
		if err := json.Unmarshal(out.Bytes(), &found); err != nil {
			t.Fatalf("%v in %q", err, out.String())
		}
	}

	if files, err := os.ReadDir("."); err != nil || len(files) > 0 {
		t.Errorf("the check leaves %v, %v", files, err)
	}
	if text := out.String() + messages.String(); strings.Contains(text, "marker") {
		t.Errorf("a password is shown: %s", text)
	}

	return code, found, messages.String()
}

func TestConfigCheckShowsTheSettings(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "webhook")
	if err := os.WriteFile(secret, []byte("https://:whsec_0123456789abcdef0123456789marker@hooks.shop.example/in\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	code, found, stderr := checkConfig(t, []string{
		"ACCOUNTQL_SMTP=smtps://shop:marker@mail.shop.example", "ACCOUNTQL_WEBHOOK_FILE=" + secret,
	}, production("--database", "postgres://shop:marker@db.shop.example/accounts")...)
	if code != 0 || stderr != "" || len(found.Trials) > 0 {
		t.Fatalf("%d, %q, %+v", code, stderr, found.Trials)
	}

	for _, want := range []config.Value{
		{Name: "--mode", Value: "production", Source: config.SourceFlag},
		{Name: "--database", Value: "postgres://shop:xxxxx@db.shop.example/accounts", Source: config.SourceFlag},
		{Name: "--smtp", Value: "smtps://shop:xxxxx@mail.shop.example", Source: config.SourceEnvironment,
			Variable: "ACCOUNTQL_SMTP"},
		{Name: "--webhook", Value: "https://:xxxxx@hooks.shop.example/in", Source: config.SourceFile,
			Variable: "ACCOUNTQL_WEBHOOK_FILE"},
		{Name: "--introspection", Value: "off", Source: config.SourceDefault},
	} {
		if !slices.Contains(found.Settings, want) {
			t.Errorf("%+v is not in %+v", want, found.Settings)
		}
	}
}

// TestConfigCheckFindsAllMistakes guards that it refuses what serve refuses, all at once, with the same lines and the
// same exit code.
func TestConfigCheckFindsAllMistakes(t *testing.T) {
	environ := []string{"ACCOUNTQL_STEP_UP=soon", "ACCOUNTQL_LISTENER=x", "ACCOUNTQL_PASSWORD_BLOCKLIST=no/such/list"}
	args := []string{
		"--database", "postgres://shop:mark#er@db.shop.example/x", "--webhook", "https://10.0.0.1/",
		"--identity-providers", "no/such/file", "--trusted-documents", "no/such/manifest",
		"--support-contact", "our support",
	}
	settings := []string{
		"--step-up", "ACCOUNTQL_LISTENER", "--password-blocklist", "--database", "--webhook", "--identity-providers",
		"--trusted-documents", "--support-contact",
	}

	code, _, stderr := checkConfig(t, environ, args...)
	for _, setting := range settings {
		if strings.Count(stderr, "accountql: "+setting+" ") != 1 {
			t.Errorf("%s is not named once in %q", setting, stderr)
		}
	}

	var out, messages bytes.Buffer
	serveCode := run(t.Context(), append([]string{"serve"}, args...), environ, strings.NewReader(""), &out, &messages)
	if code != 2 || serveCode != code || strings.Count(stderr, "\n") != len(settings) || messages.String() != stderr {
		t.Errorf("%d, %q; serve ends with %d, %q", code, stderr, serveCode, messages.String())
	}

	// The files alone. No server would have these settings, so none are shown.
	code, found, stderr := checkConfig(t, environ[2:], append(args[4:8], "--try")...)
	if code != 2 || strings.Count(stderr, "\n") != 3 || len(found.Settings) > 0 {
		t.Errorf("%d, %q, %+v", code, stderr, found)
	}
}

// TestConfigCheckTries reaches a database, a mail server, a webhook, an issuer and a range API that are there, and
// then each that isn't.
func TestConfigCheckTries(t *testing.T) {
	database, directory := migrated(t, "tried.db"), t.TempDir()
	mailServer := smtptest.Start(t, smtptest.Plain)
	mailServer.Require("shop", "p@ss marker")
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the webhook got a request")
	}))
	defer hook.Close()
	issuer, ranges := identitytest.New(t), httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, "%035X:3\r\n", 1)
	}))
	defer ranges.Close()
	providers := issuersFile(t, directory, "providers.json",
		fmt.Sprintf(`[{"provider":"OAUTH","issuer":%q,"audiences":["shop"]}]`, issuer.URL))

	host := strings.TrimPrefix(hook.URL, "http://")
	right := map[string]string{
		"--database": database, "--smtp": fmt.Sprintf("smtp://shop:p%%40ss%%20marker@127.0.0.1:%d", mailServer.Port),
		"--sms": "http://:whsec_0123456789abcdef0123456789marker@" + host + "/sms", "--webhook": "http://:whsec_0123456789abcdef0123456789marker@" + host + "/in",
		"--identity-providers": providers, "--breached-passwords": ranges.URL + "/range",
		"--trace": "otlp://" + host, "--webhooks": webhooksFile(t, "http://"+host+"/in"),
	}
	wrong := map[string]string{
		"--database": filepath.Join(directory, "missing.db"),
		"--smtp":     fmt.Sprintf("smtp://shop:another%%20marker@127.0.0.1:%d", mailServer.Port),
		"--sms":      "http://:whsec_0123456789abcdef0123456789marker@127.0.0.1:1/sms", "--webhook": "http://:whsec_0123456789abcdef0123456789marker@127.0.0.1:1/in",
		"--identity-providers": issuersFile(t, directory, "gone.json",
			`[{"provider":"OAUTH","issuer":"http://127.0.0.1:1","audiences":["shop"]}]`),
		"--breached-passwords": "http://127.0.0.1:1/range", "--trace": "otlp://127.0.0.1:1",
		"--webhooks": webhooksFile(t, "http://127.0.0.1:1/in"),
	}

	flags := func(from map[string]string) []string {
		args := []string{"--try"}
		for setting, value := range from {
			args = append(args, setting, value)
		}
		return args
	}

	code, found, stderr := checkConfig(t, nil, flags(right)...)
	if code != 0 || stderr != "" || len(found.Trials) != len(right) {
		t.Errorf("%d, %q, %+v", code, stderr, found.Trials)
	}
	for _, trial := range found.Trials {
		if !trial.OK || trial.Target == "" || trial.Error != "" {
			t.Errorf("%+v", trial)
		}
	}
	if details := found.Trials[0].Details; !strings.HasPrefix(fmt.Sprint(details["server"]), "SQLite 3.") ||
		details["pending"] != 0.0 || details["readOnly"] != false || details["clockAhead"] != "0s" {
		t.Errorf("the database: %v", details)
	}
	if details := found.Trials[1].Details; details["signedIn"] != true || details["tls"] != false {
		t.Errorf("the mail server: %v", details)
	}

	code, found, stderr = checkConfig(t, nil, flags(wrong)...)
	if code != 1 || len(found.Trials) != len(wrong) || strings.Count(stderr, "\n") != len(wrong)+1 {
		t.Errorf("%d, %q, %+v", code, stderr, found.Trials)
	}
	for _, trial := range found.Trials {
		if trial.OK || trial.Error == "" || !strings.Contains(stderr, "accountql: "+trial.Setting+" ") &&
			!strings.Contains(stderr, "accountql: "+trial.Setting+":") {
			t.Errorf("%+v in %q", trial, stderr)
		}
	}

	if len(mailServer.Mails()) > 0 {
		t.Error("a mail was sent")
	}
}

func TestUnfitDatabases(t *testing.T) {
	for name, tc := range map[string]struct {
		found store.Inspection
		want  bool
	}{
		"a primary":        {store.Inspection{ClockOffset: -maxClockOffset}, false},
		"a standby":        {store.Inspection{Standby: true}, true},
		"a clock behind":   {store.Inspection{ClockOffset: -maxClockOffset - time.Second}, true},
		"a clock in front": {store.Inspection{ClockOffset: maxClockOffset + time.Second}, true},
	} {
		if err := unfit(&tc.found); (err != nil) != tc.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConfigCheckTriesTLS checks a mail server of production: its certificate is that of an authority that the
// operator trusts, and another one refuses TLS.
func TestConfigCheckTriesTLS(t *testing.T) {
	directory, database := t.TempDir(), migrated(t, "production.db")
	good, plain := smtptest.Start(t, smtptest.StartTLS), smtptest.Start(t, smtptest.Plain)
	authority := filepath.Join(directory, "ca.pem")
	if err := os.WriteFile(authority, good.CA, 0o600); err != nil {
		t.Fatal(err)
	}

	for server, want := range map[*smtptest.Server]bool{good: true, plain: false} {
		command := exec.Command(os.Args[0], production("config", "check", "--try", "--database", database,
			"--smtp", fmt.Sprintf("smtp://127.0.0.1:%d", server.Port))...)
		command.Env = []string{asProgram + "=" + root, "SSL_CERT_FILE=" + authority, "SSL_CERT_DIR=" + directory}
		text, err := command.Output()
		var found report
		if jsonErr := json.Unmarshal(text, &found); jsonErr != nil {
			t.Fatalf("%v, %v in %q", err, jsonErr, text)
		}

		trial := found.Trials[1]
		if (err == nil) != want || trial.OK != want || want && trial.Details["tls"] != true ||
			!want && !strings.Contains(trial.Error, "STARTTLS") {
			t.Errorf("%v: %+v", err, trial)
		}
	}
}
