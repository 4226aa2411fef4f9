package graph_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestErrorsPage: docs/errors.md has a row for each code, with its status, and
// its TypeScript a case. That the switch is exhaustive, the compiler says in test/schema.
func TestErrorsPage(t *testing.T) {
	page := world.ReadFile(t, "../docs/errors.md")
	var rows []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| ([0-9]{3}) \\| [A-Z].{10,}\\. \\| [A-Z].{6,}\\. \\|$").FindAllStringSubmatch(page, -1) {
		rows = append(rows, row[1])
		if want := fmt.Sprint(models.Code(row[1]).Status()); row[2] != want {
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

// TestReasonsOnErrorsPage: docs/errors.md has a row for each reason, with a limit where it has one, and its
// TypeScript a sentence. That the record is complete, the compiler says in test/schema.
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

// TestErrorsPagePromise: the page says that a refusal has changed nothing, which the tests of R-ANS1 hold.
func TestErrorsPagePromise(t *testing.T) {
	if !strings.Contains(world.ReadFile(t, "../docs/errors.md"), "A mutation that was refused has changed nothing: `data` is null or missing. (`OUTCOME_UNKNOWN` is no refusal") {
		t.Error("docs/errors.md does not say what a refusal means")
	}
}
