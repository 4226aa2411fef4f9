package server

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/identity/identitytest"
)

// The files of deploy.
const (
	dashboardFile = "deploy/grafana/accountql.json"
	rulesFile     = "deploy/prometheus/rules.yml"
)

// panel is a panel of the dashboard.
type panel struct {
	ID      int
	Type    string
	Title   string
	GridPos struct{ X, Y, W, H int }
	Targets []struct {
		Expr       string
		Datasource struct{ Type, UID string }
	}
}

// readDashboard returns the panels with their queries as Grafana sends them.
func readDashboard(t *testing.T) []panel {
	t.Helper()
	text, err := os.ReadFile(dashboardFile)
	if err != nil {
		t.Fatal(err)
	}

	var dashboard struct {
		UID, Title    string
		SchemaVersion int
		Panels        []panel
		Templating    struct{ List []struct{ Name, Type string } }
	}
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	if dashboard.UID == "" || dashboard.Title == "" || dashboard.SchemaVersion < 36 ||
		fmt.Sprint(dashboard.Templating.List) != "[{datasource datasource} {instance query}]" {
		t.Errorf("the dashboard is %+v", dashboard)
	}

	variables := strings.NewReplacer("$__rate_interval", "5m", "$instance", ".*")
	for _, one := range dashboard.Panels {
		for i := range one.Targets {
			one.Targets[i].Expr = variables.Replace(one.Targets[i].Expr)
		}
	}

	return dashboard.Panels
}

// metricName matches a name of ours and of the process, wherever it stands in a query.
var metricName = regexp.MustCompile(`\b(?:accountql|go|process)_\w+`)

// TestDashboard guards that each panel has its own place, and that each query of the dashboard and each alert is about
// metrics that a server shows.
func TestDashboard(t *testing.T) {
	dashboard, err := os.ReadFile(dashboardFile)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}

	panels := readDashboard(t)
	shown := shownMetrics(t)
	check := func(where, query string) {
		t.Helper()
		names := metricName.FindAllString(query, -1)
		if len(names) == 0 {
			t.Errorf("%s: %q names no metric", where, query)
		}
		for _, name := range names {
			if !slices.Contains(shown, name) {
				t.Errorf("%s: there is no metric %s", where, name)
			}
		}
	}

	ids, places, queries := map[int]bool{}, map[[2]int]string{}, 0
	for _, one := range panels {
		if ids[one.ID] {
			t.Errorf("two panels have the id %d", one.ID)
		}
		ids[one.ID] = true
		for x := range one.GridPos.W {
			for y := range one.GridPos.H {
				place := [2]int{one.GridPos.X + x, one.GridPos.Y + y}
				if places[place] != "" || place[0] >= 24 {
					t.Errorf("%s lies on %s, or outside", one.Title, places[place])
				}
				places[place] = one.Title
			}
		}

		if one.Type != "row" && len(one.Targets) == 0 {
			t.Errorf("%s shows nothing", one.Title)
		}
		for _, target := range one.Targets {
			queries++
			check(one.Title, target.Expr)
			if target.Datasource.UID != "${datasource}" || target.Datasource.Type != "prometheus" {
				t.Errorf("%s asks %+v", one.Title, target.Datasource)
			}
		}
	}

	if queries < 30 {
		t.Errorf("only %d queries", queries)
	}

	expressions := regexp.MustCompile(`(?m)^ +expr: (.*)$`).FindAllStringSubmatch(string(rules), -1)
	if len(expressions) < 10 {
		t.Errorf("only %d alerts", len(expressions))
	}
	for _, expression := range expressions {
		check("an alert", expression[1])
	}

	for _, name := range shown {
		if strings.HasPrefix(name, "accountql_") && !strings.Contains(string(dashboard), name) &&
			!slices.Contains(notDrawn, name) {
			t.Errorf("the dashboard does not show %s", name)
		}
	}
}

// notDrawn are the metrics that others on the dashboard imply.
var notDrawn = []string{
	"accountql_operation_duration_seconds", "accountql_operation_duration_seconds_sum", "accountql_outbox_failed",
	"accountql_database_connections", "accountql_database_checkpoints_total",
	"accountql_database_checkpoint_failures_total",
}

// shownMetrics returns the names of the metrics of a server that has all of them.
func shownMetrics(t *testing.T) []string {
	t.Helper()
	directory, issuer := t.TempDir(), identitytest.New(t)
	providers := issuersFile(t, directory, "providers.json",
		fmt.Sprintf(`[{"provider":"OAUTH","issuer":%q,"audiences":["shop"]}]`, issuer.URL))
	database := filepath.Join(directory, "accountql.db")
	command(t, database, "", "migrate", &[]any{})
	command(t, database, "", "apikey create --name shop --permission SAUTH_LOGIN_CLIENT_CREATE --expires 90d", &struct{}{})
	p := boot(t, directory, "--metrics-listen", "127.0.0.1:0", "--breached-passwords", leakedFile(t),
		"--identity-providers", providers, "--webhooks", webhooksFile(t, "http://127.0.0.1:1/"))
	defer p.stop(t)
	useEverything(t, p, issuer)

	var names []string
	for _, match := range regexp.MustCompile(`(?m)^# TYPE (\S+) (\S+)$`).FindAllStringSubmatch(scrape(t, p), -1) {
		names = append(names, match[1])
		if match[2] == "histogram" {
			names = append(names, match[1]+"_bucket", match[1]+"_count", match[1]+"_sum")
		}
	}

	return names
}

// useEverything sends requests after which each metric has a value.
func useEverything(t *testing.T, p *process, issuer *identitytest.Issuer) {
	t.Helper()
	p.post(t, p.curl[4], nil)
	p.post(t, fmt.Sprintf(
		`{"query":"mutation{signInWithIdentityProvider(input:{identityProvider:OAUTH,externalToken:\"%s\"}){session{id}}}"}`,
		issuer.Token(time.Now(), "anna", nil)), nil)
}

// TestDashboardQueriesParse lets Prometheus's own parser read each query.
func TestDashboardQueriesParse(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool: it is in Debian's package prometheus")
	}

	text := "groups:\n- name: dashboard\n  rules:\n"
	for i, one := range readDashboard(t) {
		for j, target := range one.Targets {
			text += fmt.Sprintf("  - record: panel_%d_%d\n    expr: %q\n", i, j, target.Expr)
		}
	}

	file := filepath.Join(t.TempDir(), "queries.yml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.CommandContext(t.Context(), promtool, "check", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, text)
	}
}
