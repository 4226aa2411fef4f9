package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// fastexec is the package that the code written by object.go calls.
const fastexec = "github.com/accountql/accountql/graph/internal/fastexec"

// file is a generated file and the changes to it. The changes replace text at positions of its syntax tree, so that
// comments and everything else stay.
type file struct {
	name   string
	source []byte
	places *token.FileSet
	syntax *ast.File
	edits  []edit
}

// readable is the mode of generated files.
const readable = 0o644

// edit replaces the text between two positions of a file.
type edit struct {
	from, to int
	text     string
}

// read reads a file and parses it.
func read(name string) (*file, error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return parse(name, source)
}

func parse(name string, source []byte) (*file, error) {
	places := token.NewFileSet()
	syntax, err := parser.ParseFile(places, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}

	return &file{name: name, source: source, places: places, syntax: syntax}, nil
}

// write writes the file with its changes.
func (f *file) write() error {
	text, err := f.changed()
	if err != nil {
		return err
	}

	return os.WriteFile(f.name, text, readable)
}

// changed returns the file's text with its changes, formatted.
func (f *file) changed() ([]byte, error) {
	slices.SortStableFunc(f.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })

	var text bytes.Buffer
	at := 0
	for _, one := range f.edits {
		if one.from < at {
			return nil, fmt.Errorf("%s: two changes of the same place, at byte %d", f.name, one.from)
		}
		text.Write(f.source[at:one.from])
		text.WriteString(one.text)
		at = one.to
	}

	text.Write(f.source[at:])

	formatted, err := format.Source(text.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}

	return formatted, nil
}

func (f *file) offset(at token.Pos) int { return f.places.Position(at).Offset }

func (f *file) textBetween(from, to token.Pos) string {
	return string(f.source[f.offset(from):f.offset(to)])
}

// text returns the source of a node.
func (f *file) text(node ast.Node) string { return f.textBetween(node.Pos(), node.End()) }

// called returns the name of the function that a statement calls, or "".
func (f *file) called(statement ast.Stmt) string {
	expression, ok := statement.(*ast.ExprStmt)
	if !ok {
		return ""
	}

	call, ok := expression.X.(*ast.CallExpr)
	if !ok {
		return ""
	}

	return f.text(call.Fun)
}

func (f *file) edit(from, to token.Pos, text string) {
	f.edits = append(f.edits, edit{f.offset(from), f.offset(to), text})
}

func (f *file) replace(node ast.Node, text string) { f.edit(node.Pos(), node.End(), text) }

func (f *file) replaceAll(list []ast.Stmt, text string) {
	f.edit(list[0].Pos(), list[len(list)-1].End(), text)
}

// insert inserts text before a node, and insertAfter inserts it after a node.
func (f *file) insert(node ast.Node, text string)      { f.edit(node.Pos(), node.Pos(), text) }
func (f *file) insertAfter(node ast.Node, text string) { f.edit(node.End(), node.End(), text) }

// removeLines removes a statement together with its lines.
func (f *file) removeLines(statement ast.Stmt) {
	from := bytes.LastIndexByte(f.source[:f.offset(statement.Pos())], '\n') + 1
	end := f.offset(statement.End())
	f.edits = append(f.edits, edit{from, end + bytes.IndexByte(f.source[end:], '\n') + 1, ""})
}

// imports adds an import to the file. gofmt sorts it.
func (f *file) imports(path string) {
	quoted := strconv.Quote(path)
	last := f.syntax.Imports[len(f.syntax.Imports)-1]
	added := edit{f.offset(last.End()), f.offset(last.End()), "\n" + quoted}
	if !slices.Contains(f.edits, added) {
		f.edits = append(f.edits, added)
	}
}

// method is a method of the generated code and its file.
type method struct {
	*file
	*ast.FuncDecl
}

// errorf returns an error about the method.
func (m method) errorf(text string, values ...any) error {
	return fmt.Errorf("%s: %s %s", filepath.Base(m.name), m.Name.Name, fmt.Sprintf(text, values...))
}

// methods holds the methods of the generated code by name.
type methods map[string][]method

func methodsOf(files []*file) methods {
	all := methods{}
	for _, one := range files {
		for _, declared := range one.syntax.Decls {
			if function, ok := declared.(*ast.FuncDecl); ok && function.Recv != nil {
				name := function.Name.Name
				all[name] = append(all[name], method{one, function})
			}
		}
	}

	return all
}

// find returns a method. Unless the method exists exactly once, it returns an error that says what it is needed
// for.
func (m methods) find(name, purpose string) (method, error) {
	if found := m[name]; len(found) != 1 {
		return method{}, fmt.Errorf("there are %d methods %s, %s, not one", len(found), name, purpose)
	}
	return m[name][0], nil
}
