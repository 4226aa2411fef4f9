package graph_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestErrorsPage checks that docs/errors.md has a row for each code, with its status, and that its TypeScript has a
// case for each. The compiler checks in test/schema that the switch is exhaustive.
func TestErrorsPage(t *testing.T) {
	page := world.ReadFile(t, "../docs/errors.md")
	var rows []string
	for _, row := range regexp.MustCompile(
		"(?m)^\\| `([A-Z_]+)` \\| ([0-9]{3}) \\| [A-Z].{10,}\\. \\| [A-Z].{6,}\\. \\|$",
	).FindAllStringSubmatch(page, -1) {
		rows = append(rows, row[1])
		if want := fmt.Sprint(graph.Status(models.Code(row[1]))); row[2] != want {
			t.Errorf("%s has status %s, and not %s", row[1], want, row[2])
		}
		if strings.Count(page, "    case '"+row[1]+"':") != 1 {
			t.Errorf("%s has no case of its own in the TypeScript", row[1])
		}
	}

	slices.Sort(rows)
	if codes := slices.Sorted(slices.Values(texts(models.Codes()))); !slices.Equal(rows, codes) {
		t.Errorf("the page's rows are not the codes:\n%v\n%v", rows, codes)
	}
}

// TestReasonsOnErrorsPage checks that docs/errors.md has a row for each reason, with a limit if it has one, and
// that its TypeScript has a sentence for each. The compiler checks in test/schema that the record is complete.
func TestReasonsOnErrorsPage(t *testing.T) {
	_, page, _ := strings.Cut(world.ReadFile(t, "../docs/errors.md"), "| reason |")
	row := regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| ([a-z, ]*)\\| [A-Z].{10,}\\. \\| [A-Z].{6,}\\. \\|$")
	var rows []string
	for _, row := range row.FindAllStringSubmatch(page, -1) {
		rows = append(rows, row[1])
		if models.Reason(row[1]).HasLimit() != (row[2] != "") {
			t.Errorf("%s stands with the limit %q", row[1], row[2])
		}
		if strings.Count(page, "\n  "+row[1]+": (") != 1 {
			t.Errorf("%s has no sentence of its own in the TypeScript", row[1])
		}
	}

	slices.Sort(rows)
	if reasons := slices.Sorted(slices.Values(texts(models.Reasons()))); !slices.Equal(rows, reasons) {
		t.Errorf("the page's rows are not the reasons:\n%v\n%v", rows, reasons)
	}
}

// TestErrorsPagePromise checks that the page promises that a refusal has changed nothing, which the tests of R-ANS1
// check.
func TestErrorsPagePromise(t *testing.T) {
	if !strings.Contains(world.ReadFile(t, "../docs/errors.md"),
		"A mutation that was refused has changed nothing: `data` is null or missing. (`OUTCOME_UNKNOWN` is no refusal") {
		t.Error("docs/errors.md does not say what a refusal means")
	}
}
