package models

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryRefusalHasAReason parses the whole source: INVALID_INPUT and PASSWORD_REJECTED are created only by their
// constructors, never with an empty reason, and with a limit exactly if the reason has one.
func TestEveryRefusalHasAReason(t *testing.T) {
	constructors := map[string]bool{"InvalidInput": true, "PasswordRejected": true}
	calls := 0
	eachFile(t, func(path string, files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				name := lastName(node.Fun)
				if constructors[name] && len(node.Args) == 4 {
					calls++
					checkReasonArgument(t, files.Position(node.Pos()).String(), node.Args[1], node.Args[2])
				}
				if name == "NewError" && len(node.Args) > 0 && reasoned(lastName(node.Args[0])) {
					t.Errorf("%s: NewError makes an error without a reason", files.Position(node.Pos()))
				}
			case *ast.KeyValueExpr:
				inConstructor := filepath.Base(path) == "error.go" && strings.Contains(path, "models")
				if lastName(node.Key) == "Code" && reasoned(lastName(node.Value)) && !inConstructor {
					t.Errorf("%s: an error is made without its constructor", files.Position(node.Pos()))
				}
			}
			return true
		})
	})
	if calls < 100 {
		t.Errorf("only %d calls were found", calls)
	}
}

// checkReasonArgument checks the reason and the limit of a call. If the reason is a variable or a result of
// BlankOr, the tests of the answers check it.
func checkReasonArgument(t *testing.T, at string, reason, limit ast.Expr) {
	t.Helper()
	name := lastName(reason)
	if literal, ok := reason.(*ast.BasicLit); ok {
		t.Errorf("%s: %s is no reason of models", at, literal.Value)
	}

	known := slices.IndexFunc(Reasons(), func(r Reason) bool {
		return "Reason"+strings.ReplaceAll(titled(string(r)), "_", "") == name
	})
	if strings.HasPrefix(name, "Reason") && known < 0 {
		t.Errorf("%s: %s is not among Reasons()", at, name)
	}

	none := false
	if literal, ok := limit.(*ast.BasicLit); ok {
		none = literal.Value == "0"
	}
	if known >= 0 && Reasons()[known].HasLimit() == none {
		t.Errorf("%s: %s stands with a limit only if it has one", at, name)
	}
}

// titled returns THE_NAME as The_Name.
func titled(constant string) string {
	words := strings.Split(constant, "_")
	for i, word := range words {
		words[i] = word[:1] + strings.ToLower(word[1:])
	}
	return strings.Join(words, "_")
}

func reasoned(constant string) bool {
	return constant == "CodeInvalidInput" || constant == "CodePasswordRejected"
}

// lastName returns the name of an expression without its package, or "" if it has none.
func lastName(expression ast.Expr) string {
	switch expression := expression.(type) {
	case *ast.Ident:
		return expression.Name
	case *ast.SelectorExpr:
		return expression.Sel.Name
	}
	return ""
}

// eachFile parses every non-test file of the program.
func eachFile(t *testing.T, each func(path string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "examples" || entry.Name() == ".git"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}

		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}

		each(path, files, file)

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
