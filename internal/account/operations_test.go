package account

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/accountql/accountql/models"
)

// TestEveryBudgetIsSomebodys: the table lists for each budget the operations that spend it.
func TestEveryBudgetIsSomebodys(t *testing.T) {
	names := budgetNames(t)
	counted := map[BudgetName]bool{}
	for _, operation := range Operations() {
		for _, name := range operation.Budgets {
			counted[name] = true
			if !slices.Contains(names, name) {
				t.Errorf("%s counts in %q, which is no budget", operation.Name, name)
			}
		}
	}

	for _, name := range names {
		if !counted[name] {
			t.Errorf("no operation counts in %q", name)
		}
	}
}

// budgetNames returns the constants of budget.go that name a budget.
func budgetNames(t *testing.T) []BudgetName {
	t.Helper()
	file, err := goparser.ParseFile(token.NewFileSet(), "budget.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}

	var names []BudgetName
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}

		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "BudgetName" {
			name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, BudgetName(name))
		}

		return true
	})
	if len(names) == 0 {
		t.Fatal("budget.go names no budget")
	}

	return names
}

// TestEveryEventIsSomebodys: the table lists for each webhook event the operations that send it. No operation lists
// an event both as unconditional and as conditional.
func TestEveryEventIsSomebodys(t *testing.T) {
	sent := map[models.EventType]bool{}
	for _, operation := range Operations() {
		sent[operation.Event] = true
		for _, event := range operation.ConditionalEvents {
			sent[event] = true
			if event == operation.Event {
				t.Errorf("%s sends %s always and sometimes", operation.Name, event)
			}
		}
	}

	for _, event := range models.EventTypes {
		if !sent[event] {
			t.Errorf("no operation sends %s", event)
		}
	}
}
