//go:build guards

package guards

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// change describes how a guard is removed at the place that its marker names. Most kinds contain no text of the
// code, so that a renaming does not affect the lists.
type change struct {
	kind kind
	// operand is the operand of a condition that never and always apply to, counted from 1. 0 means the whole
	// condition.
	operand int
	// place distinguishes the markers of a guard that has several: "name", "name (2)".
	place int
	// behind is the number of following statements that late runs first.
	behind int
	// texts are pairs of old and new text. file is the file that contains them if it is not Go.
	texts []string
	file  string
}

type changes []change

type kind string

// Changes without a text. The condition of a statement is that of an if, a for or a case, or the first one that it
// returns, or the one that it assigns.
var (
	never  = change{kind: "never"}  // the condition is evaluated and then replaced by false
	always = change{kind: "always"} // the condition is evaluated and then replaced by true
	gone   = change{kind: "gone"}   // the statement does not run, or the element is removed from its list
	passes = change{kind: "passes"} // the returned error is nil
)

// late moves the statement after the given number of following statements.
func late(behind int) change { return change{kind: "late", behind: behind} }

// swap replaces texts in the marked line, or in the marked statement if they are not in its line.
func swap(oldAndNew ...string) change { return change{kind: "swap", texts: oldAndNew} }

// inFile replaces a text in a file that is not Go, and so has no markers.
func inFile(file, old, replacement string) change {
	return change{kind: "text", file: file, texts: []string{old, replacement}}
}

// of applies the change to one operand of a condition, counted from 1 in source order.
func (c change) of(operand int) change { c.operand = operand; return c }

// at applies the change to a place other than the first.
func (c change) at(place int) change { c.place = place; return c }

// marker returns the name in the marker of the change's place.
func (c change) marker(name string) string {
	if c.place < 2 {
		return name
	}
	return fmt.Sprintf("%s (%d)", name, c.place)
}

// edit replaces the text between two offsets of a file.
type edit struct {
	from, to int
	text     string
}

// edits returns the edits that make the change at a place.
func (c change) edits(p place) ([]edit, error) {
	switch c.kind {
	case "never", "always":
		return c.decide(p)
	case "gone":
		return p.remove()
	case "passes":
		return p.pass()
	case "late":
		return p.postpone(c.behind)
	case "swap":
		return p.swap(c.texts)
	}
	return nil, fmt.Errorf("nobody knows the change %q", c.kind)
}

// decide replaces the result of a condition, or of one of its operands, after evaluating it.
func (c change) decide(p place) ([]edit, error) {
	expression := condition(p.node)
	if expression == nil {
		return nil, errors.New("the marked statement has no condition")
	}

	if all := operands(expression); c.operand > len(all) {
		return nil, fmt.Errorf("the condition has %d operands", len(all))
	} else if c.operand > 0 {
		expression = all[c.operand-1]
	}

	end := " && false)"
	if c.kind == "always" {
		end = " || true)"
	}

	from, to := p.span(expression)

	return []edit{{from, from, "(("}, {to, to, ")" + end}}, nil
}

// condition returns the condition of a statement, or nil.
func condition(node ast.Node) ast.Expr {
	switch node := node.(type) {
	case *ast.IfStmt:
		return node.Cond
	case *ast.ForStmt:
		return node.Cond
	case *ast.CaseClause:
		return only(node.List)
	case *ast.AssignStmt:
		return only(node.Rhs)
	case *ast.ReturnStmt:
		if len(node.Results) > 0 {
			return node.Results[0]
		}
	case *ast.FuncDecl:
		if node.Body != nil && len(node.Body.List) == 1 {
			return condition(node.Body.List[0])
		}
	}
	return nil
}

func only(list []ast.Expr) ast.Expr {
	if len(list) != 1 {
		return nil
	}
	return list[0]
}

// operands returns the operands that a condition joins with && and ||, also inside parentheses or after a !.
func operands(expression ast.Expr) []ast.Expr {
	switch x := expression.(type) {
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			return slices.Concat(operands(x.X), operands(x.Y))
		}
	case *ast.ParenExpr:
		if inner := operands(x.X); len(inner) > 1 {
			return inner
		}
	case *ast.UnaryExpr:
		if inner := operands(x.X); x.Op == token.NOT && len(inner) > 1 {
			return inner
		}
	}
	return []ast.Expr{expression}
}

// remove makes a statement unreachable, so that the variables it uses stay used, or removes an element from its
// list.
func (p place) remove() ([]edit, error) {
	from, to := p.span(p.node)
	switch p.node.(type) {
	case *ast.CaseClause, *ast.CommClause, *ast.ReturnStmt, *ast.DeclStmt:
		return nil, errors.New("such a statement cannot be taken out")
	case ast.Stmt:
		return []edit{{from, from, "if false {\n"}, {to, to, "\n}"}}, nil
	case ast.Expr:
		if strings.HasPrefix(p.file.text[to:], ",") {
			return []edit{{from, to + 1, ""}}, nil
		}
	}

	return nil, errors.New("neither a statement nor an element is marked")
}

// pass replaces the last result of a return with nil.
func (p place) pass() ([]edit, error) {
	returned, ok := p.node.(*ast.ReturnStmt)
	if !ok || len(returned.Results) == 0 {
		return nil, errors.New("the marked statement returns nothing")
	}
	from, to := p.span(returned.Results[len(returned.Results)-1])

	return []edit{{from, from, "func() error { if false { return "}, {to, to, " }; return nil }()"}}, nil
}

// postpone moves a statement after others.
func (p place) postpone(behind int) ([]edit, error) {
	i := slices.IndexFunc(p.siblings, func(s ast.Stmt) bool { return s == p.node })
	if i < 0 || i+behind >= len(p.siblings) {
		return nil, fmt.Errorf("there are no %d statements after the marked one", behind)
	}

	from, to := p.span(p.node)
	_, last := p.span(p.siblings[i+behind])

	return []edit{{from, to, ""}, {last, last, "\n" + p.file.text[from:to]}}, nil
}

// swap replaces each of the texts, which must occur exactly once.
func (p place) swap(texts []string) ([]edit, error) {
	var all []edit
	for i := 0; i < len(texts); i += 2 {
		from, to := p.lineFrom, p.lineTo
		if p.node != nil && !strings.Contains(p.file.text[from:to], texts[i]) {
			from, to = p.header()
		}

		within := p.file.text[from:to]
		if n := strings.Count(within, texts[i]); n != 1 {
			return nil, fmt.Errorf("the marked line or statement holds %d times: %s", n, texts[i])
		}

		from += strings.Index(within, texts[i])
		all = append(all, edit{from, from + len(texts[i]), texts[i+1]})
	}

	return all, nil
}

// edited applies the edits to a text.
func edited(text string, edits []edit) (string, error) {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var result strings.Builder
	at := 0
	for _, e := range edits {
		if e.from < at {
			return "", errors.New("two changes of the same text")
		}
		result.WriteString(text[at:e.from] + e.text)
		at = e.to
	}

	return result.String() + text[at:], nil
}
