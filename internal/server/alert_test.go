package server

import (
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// watcher is a running Prometheus that scrapes one process.
type watcher struct {
	address string
	log     output
}

// startPrometheus starts Prometheus with the alerts of deploy. So that the test takes seconds, alerts fire as soon as
// their condition holds, and the conditions look at the last 20 seconds.
func startPrometheus(t *testing.T, program, rules, target string) *watcher {
	t.Helper()
	folder := t.TempDir()
	rules = regexp.MustCompile(`(?m)^ +for: .*\n`).ReplaceAllString(rules, "")
	rules = regexp.MustCompile(`\[\d+m\]`).ReplaceAllString(rules, "[20s]")
	settings := fmt.Sprintf("global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: [rules.yml]\n"+
		"scrape_configs: [{job_name: accountql, static_configs: [{targets: [%q]}]}]\n", target)
	for name, text := range map[string]string{"rules.yml": rules, "prometheus.yml": settings} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	free, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{address: free.Addr().String()}
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}

	running := exec.CommandContext(t.Context(), program, "--config.file", filepath.Join(folder, "prometheus.yml"), //nolint:gosec // the test found it
		"--storage.tsdb.path", filepath.Join(folder, "data"), "--web.listen-address", w.address)
	running.Stdout, running.Stderr = &w.log, &w.log
	if err := running.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = running.Process.Kill()
		_ = running.Wait() // only says that it was killed
	})

	return w
}

// ask sends a question to Prometheus's API, and reports whether it answered it.
func (w *watcher) ask(t *testing.T, path string, data any) bool {
	t.Helper()
	answer, err := client.Get("http://" + w.address + path)
	if err != nil {
		return false // it starts
	}
	defer func() { _ = answer.Body.Close() }()
	var body struct {
		Status string
		Data   json.RawMessage
	}
	if err := json.NewDecoder(answer.Body).Decode(&body); err != nil || body.Status != "success" {
		return false
	}
	if err := json.Unmarshal(body.Data, data); err != nil {
		t.Fatal(err)
	}

	return true
}

// firing returns the names of the alerts that fire, and false if Prometheus does not answer.
func (w *watcher) firing(t *testing.T) ([]string, bool) {
	t.Helper()
	var data struct {
		Alerts []struct {
			State  string
			Labels map[string]string
		}
	}
	answered := w.ask(t, "/api/v1/alerts", &data)
	var names []string
	for _, alert := range data.Alerts {
		if alert.State == "firing" {
			names = append(names, alert.Labels["alertname"])
		}
	}

	return names, answered
}

// TestAnAlertFires stops PostgreSQL behind a server that Prometheus scrapes: the alerts of an outage fire, and they
// end once it is back. Then Prometheus answers every query of the dashboard (R-OBS1).
func TestAnAlertFires(t *testing.T) {
	program, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("no prometheus: it is Debian's package prometheus")
	}
	rules, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}

	panels, cluster := readDashboard(t), postgrestest.NewCluster(t)
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--database", cluster.URL("postgres"))
	defer p.stop(t)
	w := startPrometheus(t, program, string(rules), metricsAddress(t, p))

	// wait sends requests until the alerts are as wanted.
	wait := func(when string, wanted func(names []string) bool) {
		t.Helper()
		for deadline := time.Now().Add(2 * patience); ; {
			p.post(t, `{"query":"{apiKey{name}}"}`, nil)
			names, answered := w.firing(t)
			if answered && wanted(names) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: %v fire, answered %t\n%s\n%s", when, names, answered, w.log.String(), p.stderr.String())
			}
			time.Sleep(50 * time.Millisecond)
		}
	}

	outage := []string{"AccountQLNotReady", "AccountQLUnavailable"}
	scraped := func() bool {
		var data struct{ Result []any }
		return w.ask(t, "/api/v1/query?query=accountql_ready", &data) && len(data.Result) == 1
	}
	wait("before the outage", func(names []string) bool { return len(names) == 0 && scraped() })

	cluster.Stop()
	wait("during the outage", func(names []string) bool {
		return !slices.ContainsFunc(outage, func(name string) bool { return !slices.Contains(names, name) })
	})

	cluster.Start(t)
	wait("after the outage", func(names []string) bool { return len(names) == 0 })

	for _, one := range panels {
		for _, target := range one.Targets {
			var data struct{ Result []any }
			if !w.ask(t, "/api/v1/query?query="+url.QueryEscape(target.Expr), &data) {
				t.Errorf("%s: Prometheus refuses %s", one.Title, target.Expr)
			}
			if one.Type == "stat" && len(data.Result) == 0 {
				t.Errorf("%s shows nothing", one.Title)
			}
		}
	}
}

// metricsAddress returns the host and port of --metrics-listen, which the log names.
func metricsAddress(t *testing.T, p *process) string {
	t.Helper()
	found := regexp.MustCompile(`msg="serving metrics" address=(\S+)`).FindStringSubmatch(p.stderr.String())
	if found == nil {
		t.Fatalf("the log does not name the address: %s", p.stderr.String())
	}
	return strings.TrimSpace(found[1])
}
