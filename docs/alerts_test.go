package docs_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

const rules = "../deploy/prometheus/rules.yml"

// TestAlertsHaveRunbooks checks that each alert has a section of docs/operations.md, which its annotation links, and
// that every metric in a rule is listed there.
func TestAlertsHaveRunbooks(t *testing.T) {
	text, err := os.ReadFile(rules)
	if err != nil {
		t.Fatal(err)
	}

	page := read(t, "operations.md")
	alerts := regexp.MustCompile(`- alert: (\w+)`).FindAllStringSubmatch(string(text), -1)
	for _, alert := range alerts {
		if !strings.Contains(page, "\n### Alert: "+alert[1]+"\n") {
			t.Errorf("docs/operations.md has no section for %s", alert[1])
		}
		if !strings.Contains(string(text), "runbook: docs/operations.md#alert-"+strings.ToLower(alert[1])+"\n") {
			t.Errorf("%s does not link its section", alert[1])
		}
	}
	for _, metric := range regexp.MustCompile(`accountql_\w+`).FindAllString(string(text), -1) {
		if !strings.Contains(page, "`"+metric+"`") {
			t.Errorf("docs/operations.md does not list %s", metric)
		}
	}

	if sections := strings.Count(page, "\n### Alert: "); len(alerts) == 0 || sections != len(alerts) {
		t.Errorf("%d alerts, %d sections", len(alerts), sections)
	}
}

// TestAlertsFire runs the rules on series of numbers: each fires, and only where it should.
func TestAlertsFire(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool: it is in Debian's package prometheus")
	}

	for _, args := range [][]string{
		{"check", "rules", rules}, {"test", "rules", "../deploy/prometheus/rules_test.yml"},
	} {
		if text, err := exec.CommandContext(t.Context(), promtool, args...).CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v: %s", args, err, text)
		}
	}
}
