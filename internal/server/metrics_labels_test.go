package server

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
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

	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--breached-passwords", leakedFile(t))
	defer p.stop(t)
	for _, body := range []string{
		`marker`, `{"query":"{marker"}`, `{"query":"{marker}"}`, `{"query":"query marker {marker:__typename}"}`,
		`{"query":"{marker:account{id}}"}`,
		`{"query":"mutation{marker:signIn(input:{email:\"marker@example.com\",password:\"marker\"}){session{id}}}"}`,
		`{"query":"mutation{marker:requestPasswordReset(input:{email:\"marker@example.com\"}){accepted}}"}`,
	} {
		p.post(t, body, nil)
	}

	text, labels := scrape(t, p), closedLabels()
	for _, code := range models.Codes() {
		if !strings.Contains(text, fmt.Sprintf("accountql_requests_total{code=%q} ", code)) {
			t.Errorf("%s is not counted from the start", code)
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

	if len(names) < 5 || len(lines) < len(models.Codes()) || strings.Contains(text, "marker") {
		t.Errorf("%d metrics with %d lines: %s", len(names), len(lines), text)
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
	if log := p.stderr.String(); strings.Count(log, "code=UNAVAILABLE cause=") < 3 {
		t.Errorf("the log does not tell the cause: %s", log)
	}
}
