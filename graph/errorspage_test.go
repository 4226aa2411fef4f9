package graph_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// TestErrorsPage: docs/errors.md has a row for each code, with its status, and
// its TypeScript a case. That the switch is exhaustive, the compiler says in .ci/schema.
func TestErrorsPage(t *testing.T) {
	page := readFile(t, "../docs/errors.md")
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

// TestReasonsOnErrorsPage: docs/errors.md has a row for each reason.
func TestReasonsOnErrorsPage(t *testing.T) {
	_, page, _ := strings.Cut(readFile(t, "../docs/errors.md"), "| reason |")
	var rows []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| [a-z0-9, ]*\\| [A-Z].{10,}\\. \\| [A-Z].{6,}\\. \\|$").FindAllStringSubmatch(page, -1) {
		rows = append(rows, row[1])
	}
	slices.Sort(rows)
	if reasons := slices.Sorted(slices.Values(texts(models.Reasons()))); !slices.Equal(rows, reasons) {
		t.Errorf("the page's rows are not the reasons:\n%v\n%v", rows, reasons)
	}
}
