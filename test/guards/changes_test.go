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

// change is what is done to take a guard out, at the place that its marker names.
// Most kinds know no text of the code, so that renaming something edits no list.
type change struct {
	kind kind
	// operand is the one of a condition's operands that never and always are about, from 1; 0 is the whole condition.
	operand int
	// place tells the markers of a guard apart that has several: "name", "name (2)".
	place int
	// behind is how many statements late lets run first.
	behind int
	// texts are pairs of old and new, and file is where they stand, if that is not Go.
	texts []string
	file  string
}

type changes []change

type kind string

// Changes without a text. The condition of a statement is that of an if, a for or a
// case, or the first that it returns, or what it assigns.
var (
	never  = change{kind: "never"}  // the condition is evaluated, and then false
	always = change{kind: "always"} // the condition is evaluated, and then true
	gone   = change{kind: "gone"}   // the statement does not run, or the element of a list is not there
	passes = change{kind: "passes"} // the error that is returned is nil
)

// late lets the statement run after so many of those that follow it.
func late(behind int) change { return change{kind: "late", behind: behind} }

// swap replaces texts of the marked line, or of the marked statement if they are not in its line.
func swap(oldAndNew ...string) change { return change{kind: "swap", texts: oldAndNew} }

// inFile replaces a text of a file that is not Go, and has no markers.
func inFile(file, old, replacement string) change {
	return change{kind: "text", file: file, texts: []string{old, replacement}}
}

// of is about one operand of a condition, counted from 1 as it is written.
func (c change) of(operand int) change { c.operand = operand; return c }

// at is about another place than the first.
func (c change) at(place int) change { c.place = place; return c }

// marker is the name that the place of the change is marked with.
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

// edits returns how the change is made at a place.
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

// decide lets a condition, or one of its operands, be evaluated in vain.
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

// condition returns what is true or false about a statement, or nil.
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

// operands are what a condition joins by && and ||, in parentheses or behind a ! as well.
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

// remove lets a statement not run, so that what it uses stays used; and takes an element out of its list.
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

// pass returns nil as the last result of a return.
func (p place) pass() ([]edit, error) {
	returned, ok := p.node.(*ast.ReturnStmt)
	if !ok || len(returned.Results) == 0 {
		return nil, errors.New("the marked statement returns nothing")
	}
	from, to := p.span(returned.Results[len(returned.Results)-1])

	return []edit{{from, from, "func() error { if false { return "}, {to, to, " }; return nil }()"}}, nil
}

// postpone moves a statement behind others.
func (p place) postpone(behind int) ([]edit, error) {
	i := slices.IndexFunc(p.siblings, func(s ast.Stmt) bool { return s == p.node })
	if i < 0 || i+behind >= len(p.siblings) {
		return nil, fmt.Errorf("there are no %d statements after the marked one", behind)
	}

	from, to := p.span(p.node)
	_, last := p.span(p.siblings[i+behind])

	return []edit{{from, to, ""}, {last, last, "\n" + p.file.text[from:to]}}, nil
}

// swap replaces each of the texts, which must be there once.
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

// edited returns a text with its edits.
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
