package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// closedLabels returns the values that each label of AccountQL's metrics may have.
func closedLabels() map[string][]string {
	labels := map[string][]string{
		"result": {"breached", "clean", "unavailable"},
		"code":   {okLabel},
	}
	for _, code := range models.Codes() {
		labels["code"] = append(labels["code"], string(code))
	}
	for _, kind := range account.BudgetKinds() {
		labels["budget"] = append(labels["budget"], string(kind))
	}
	for _, kind := range account.SuppressingKinds() {
		labels["reason"] = append(labels["reason"], string(kind))
	}
	labels["peer"] = peerKinds()
	labels["pool"] = []string{"write", "read"}
	labels["webhook"] = []string{"webhook-1", "webhook-2"}
	labels["version"] = []string{version()}
	for _, result := range notify.Results() {
		labels["result"] = append(labels["result"], string(result))
	}
	for _, result := range append(identity.TokenResults(), identity.RequestResults()...) {
		labels["result"] = append(labels["result"], string(result))
	}
	labels["provider"] = []string{"GOOGLE", "APPLE", "FACEBOOK", "OAUTH"}
	for _, channel := range messageChannels() {
		labels["channel"] = append(labels["channel"], string(channel))
	}
	for _, operation := range account.Operations() {
		labels["operation"] = append(labels["operation"], string(operation.Name))
	}
	for _, outcome := range models.Outcomes() {
		labels["outcome"] = append(labels["outcome"], string(outcome))
	}

	return labels
}

// TestMetricLabels guards that every label of a metric has a closed set of values after requests of all kinds, and
// that docs/operations.md lists every metric (R-OBS1, R-GQL17).
func TestMetricLabels(t *testing.T) {
	page, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}

	directory, issuer := t.TempDir(), identitytest.New(t)
	providers := issuersFile(t, directory, "providers.json",
		fmt.Sprintf(`[{"provider":"OAUTH","issuer":%q,"audiences":["shop"]}]`, issuer.URL))
	p := boot(t, directory, "--metrics-listen", "127.0.0.1:0", "--breached-passwords", leakedFile(t),
		"--identity-providers", providers, "--webhooks", webhooksFile(t, "http://127.0.0.1:1/", "http://127.0.0.1:1/"))
	defer p.stop(t)
	signIn := `{"query":"mutation{signInWithIdentityProvider(input:{identityProvider:OAUTH,externalToken:\"%s\"}){session{id}}}"}`
	for _, body := range []string{
		`marker`, `{"query":"{marker"}`, `{"query":"{marker}"}`, `{"query":"query marker {marker:__typename}"}`,
		`{"query":"{marker:account{id}}"}`,
		`{"query":"mutation{marker:signIn(input:{email:\"marker@example.com\",password:\"marker\"}){session{id}}}"}`,
		`{"query":"mutation{marker:requestPasswordReset(input:{email:\"marker@example.com\"}){accepted}}"}`,
		fmt.Sprintf(signIn, "marker"), fmt.Sprintf(signIn, issuer.Token(time.Now(), "marker", nil)),
	} {
		p.post(t, body, nil)
	}

	text, labels := scrape(t, p), closedLabels()
	for _, code := range models.Codes() {
		if !strings.Contains(text, fmt.Sprintf("accountql_requests_total{code=%q} ", code)) {
			t.Errorf("%s is not counted from the start", code)
		}
	}

	for _, want := range []string{
		`accountql_identity_tokens_total{provider="OAUTH",result="accepted"} 1`,
		`accountql_identity_tokens_total{provider="OAUTH",result="refused"} 1`,
		`accountql_identity_tokens_total{provider="OAUTH",result="unavailable"} 0`,
		`accountql_identity_requests_total{provider="OAUTH",result="answered"} 2`,
		`accountql_identity_requests_total{provider="OAUTH",result="failed"} 0`,
		`accountql_identity_keys_age_seconds{provider="OAUTH"} `,
		`accountql_outbox_channel_pending{channel="SMS"} 0`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}

	names := regexp.MustCompile(`(?m)^# TYPE (accountql_\S+) `).FindAllStringSubmatch(text, -1)
	for _, name := range names {
		if !strings.Contains(string(page), "`"+name[1]+"`") {
			t.Errorf("docs/operations.md does not list %s", name[1])
		}
	}

	lines := regexp.MustCompile(`(?m)^accountql_\w+\{(.*)\} `).FindAllStringSubmatch(text, -1)
	pair := regexp.MustCompile(`(\w+)="([^"]*)"`)
	for _, line := range lines {
		for _, label := range pair.FindAllStringSubmatch(line[1], -1) {
			if label[1] != "le" && !slices.Contains(labels[label[1]], label[2]) {
				t.Errorf("the label %s has the value %q", label[1], label[2])
			}
		}
	}

	if len(names) < 20 || len(lines) < len(models.Codes()) || strings.Contains(text, "marker") {
		t.Errorf("%d metrics with %d lines: %s", len(names), len(lines), text)
	}
}

// TestMetricsOfTheProcess guards the numbers of the pools, the log, the queue of hashes, the outbox and the process.
func TestMetricsOfTheProcess(t *testing.T) {
	directory := t.TempDir()
	if code := run(t.Context(), []string{"migrate", "--database", directory + "/accountql.db"}, nil,
		strings.NewReader(""), &output{}, &output{}); code != 0 {
		t.Fatalf("migrate ends with %d", code)
	}
	var key struct{ Key string }
	command(t, directory+"/accountql.db", "", "apikey create --name shop --permission SAUTH_LOGIN_CLIENT_CREATE --expires 90d", &key)
	p := boot(t, directory, "--metrics-listen", "127.0.0.1:0")
	defer p.stop(t)
	p.post(t, `{"query":"mutation{requestPasswordReset(input:{email:\"demo@example.com\"}){accepted}}"}`, nil)
	p.get(t, "/inbox.json") // sends what is due

	text := scrape(t, p)
	number := func(name string) float64 {
		t.Helper()
		line := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(text)
		if line == nil {
			t.Errorf("the metrics lack %s", name)
			return -1
		}
		value, err := strconv.ParseFloat(line[1], 64)
		if err != nil {
			t.Error(err)
		}
		return value
	}
	for name, within := range map[string][2]float64{
		`accountql_ready`:    {1, 1},
		`accountql_writable`: {1, 1},
		`accountql_build_info{version="` + version() + `"}`:                  {1, 1},
		`accountql_database_connections_max{pool="write"}`:                   {1, 1},
		`accountql_database_connections_in_use{pool="read"}`:                 {0, 4},
		`accountql_database_connection_waits_total{pool="write"}`:            {0, 1e6},
		`accountql_database_retries_total`:                                   {0, 0},
		`accountql_database_commits_total`:                                   {1, 100},
		`accountql_database_committed_transactions_total`:                    {1, 100},
		`accountql_database_wal_bytes`:                                       {1, 8 << 20},
		`accountql_database_checkpoints_total`:                               {0, 100},
		`accountql_database_checkpoint_failures_total`:                       {0, 0},
		`accountql_password_hash_running`:                                    {0, 0},
		`accountql_password_hash_waiting`:                                    {0, 0},
		`accountql_password_hash_max`:                                        {1, 1e3},
		`accountql_outbox_attempts_total{channel="EMAIL",result="sent"}`:     {1, 1},
		`accountql_outbox_attempts_total{channel="SMS",result="given_up"}`:   {0, 0},
		`accountql_outbox_attempts_total{channel="EMAIL",result="given_up"}`: {0, 0},
		`accountql_apikey_expires_seconds{name="shop"}`:                      {89 * 86400, 90 * 86400},
	} {
		if got := number(name); got < within[0] || got > within[1] {
			t.Errorf("%s is %v, not within %v", name, got, within)
		}
	}
	if strings.Contains(text, "name=\"development\"") {
		t.Error("a key without an expiry has one")
	}
}

// TestPromtool runs Prometheus's own linter.
func TestPromtool(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool: it is in Debian's package prometheus")
	}

	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--breached-passwords", leakedFile(t))
	defer p.stop(t)
	p.post(t, `{"query":"{apiKey{name}}"}`, nil)

	lint := exec.CommandContext(t.Context(), promtool, "check", "metrics")
	lint.Stdin = strings.NewReader(scrape(t, p))
	if text, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, text)
	}
}

// TestWritableIsTold guards that a database that refuses commits is told once, and again when it takes them.
func TestWritableIsTold(t *testing.T) {
	var log bytes.Buffer
	var failure error
	w := &writableWatch{
		probe: func(context.Context) error { return failure }, log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	for _, step := range []struct {
		failure error
		logged  string
	}{
		{nil, ""}, {models.Unavailable(errors.New("disk full")), `cause="disk full"`}, {errors.New("disk full"), ""},
		{nil, "takes changes again"}, {nil, ""},
	} {
		failure = step.failure
		log.Reset()
		w.check(t.Context())
		if w.refused.Load() != (step.failure != nil) || (step.logged == "") != (log.Len() == 0) ||
			!strings.Contains(log.String(), step.logged) {
			t.Errorf("%v: refused %v, logged %q", step.failure, w.refused.Load(), log.String())
		}
	}
}

// TestMetricsShowAnOutage guards that a stopped PostgreSQL shows in the metrics and in the log (R-OBS1).
func TestMetricsShowAnOutage(t *testing.T) {
	cluster := postgrestest.NewCluster(t)
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--database", cluster.URL("postgres"))
	defer p.stop(t)
	const unavailable = `accountql_requests_total{code="UNAVAILABLE"} `
	if text := scrape(t, p); !strings.Contains(text, unavailable+"0\n") {
		t.Errorf("before the outage: %s", text)
	}

	cluster.Stop()
	for range 3 {
		p.post(t, `{"query":"{apiKey{name}}"}`, nil)
	}

	if text := scrape(t, p); !strings.Contains(text, unavailable+"3\n") {
		t.Errorf("the outage does not show: %s", text)
	}
	time.Sleep(readyEvery)
	if text := scrape(t, p); !strings.Contains(text, "accountql_ready 0\n") {
		t.Errorf("the outage does not show in accountql_ready: %s", text)
	}
	if log := p.stderr.String(); strings.Count(log, "code=UNAVAILABLE cause=") < 3 {
		t.Errorf("the log does not tell the cause: %s", log)
	}
}
