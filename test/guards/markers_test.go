//go:build guards

package guards

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A marker is a comment that begins with this text and names the guard: after the guarded line, or alone in the
// line above it. The names of several guards of one place are separated by "; ".
const (
	markerPrefix    = "// guard: "
	markerSeparator = "; "
)

// source is a Go file of the module.
type source struct {
	name   string
	text   string
	places *token.FileSet
	syntax *ast.File
}

// place is a marked line, with the outermost statement or element that begins in it.
type place struct {
	file             *source
	lineFrom, lineTo int
	// node is nil if nothing begins in the line. siblings are the statements of its block.
	node     ast.Node
	siblings []ast.Stmt
}

// findPlaces returns the marked places of the module by guard.
func findPlaces(root string) (map[string][]place, error) {
	found := map[string][]place{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}

		name := entry.Name()
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
				return fs.SkipDir
			}
			return nil
		}

		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}

		return findPlacesOf(root, path, found)
	})

	return found, err
}

func findPlacesOf(root, path string, found map[string][]place) error {
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), markerPrefix) {
		return err
	}

	relative, err := filepath.Rel(root, path)
	if err != nil {
		return err
	}

	file, err := parse(filepath.ToSlash(relative), string(text))
	if err != nil {
		return err
	}

	for _, group := range file.syntax.Comments {
		for _, comment := range group.List {
			names, ok := strings.CutPrefix(comment.Text, markerPrefix)
			if !ok {
				continue
			}

			line := file.line(comment.Pos())
			if file.alone(comment) {
				line = file.line(group.End()) + 1
			}

			for name := range strings.SplitSeq(names, markerSeparator) {
				found[name] = append(found[name], file.placeAt(line))
			}
		}
	}

	return nil
}

func parse(name, text string) (*source, error) {
	places := token.NewFileSet()
	syntax, err := parser.ParseFile(places, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return &source{name, text, places, syntax}, err
}

func (s *source) offset(at token.Pos) int { return s.places.Position(at).Offset }
func (s *source) line(at token.Pos) int   { return s.places.Position(at).Line }

// alone reports whether a comment is alone in its line.
func (s *source) alone(comment *ast.Comment) bool {
	before := s.text[:s.offset(comment.Pos())]
	return strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:]) == ""
}

// placeAt finds the node that begins in a line.
func (s *source) placeAt(line int) place {
	lines := s.places.File(s.syntax.Pos())
	found := place{file: s, lineFrom: s.offset(lines.LineStart(line)), lineTo: len(s.text)}
	if line < lines.LineCount() {
		found.lineTo = s.offset(lines.LineStart(line + 1))
	}
	if marker := strings.Index(s.text[found.lineFrom:found.lineTo], markerPrefix); marker >= 0 {
		found.lineTo = found.lineFrom + marker
	}

	ast.Inspect(s.syntax, func(node ast.Node) bool {
		if node == nil || found.node != nil || s.line(node.End()) < line {
			return false
		}

		switch node.(type) {
		case *ast.File, *ast.BlockStmt, *ast.CommentGroup, *ast.FieldList:
			return true
		}

		if s.line(node.Pos()) == line {
			found.node = node
			return false
		}

		return true
	})
	ast.Inspect(s.syntax, func(node ast.Node) bool {
		for _, statement := range statements(node) {
			if statement == found.node {
				found.siblings = statements(node)
			}
		}
		return found.siblings == nil
	})

	return found
}

// statements returns the statements of a block or a case.
func statements(node ast.Node) []ast.Stmt {
	switch node := node.(type) {
	case *ast.BlockStmt:
		return node.List
	case *ast.CaseClause:
		return node.Body
	}
	return nil
}

func (p place) span(node ast.Node) (from, to int) {
	return p.file.offset(node.Pos()), p.file.offset(node.End())
}

// header returns the range of a statement without the block that it begins.
func (p place) header() (from, to int) {
	from, to = p.span(p.node)
	switch node := p.node.(type) {
	case *ast.IfStmt:
		to = p.file.offset(node.Body.Lbrace)
	case *ast.ForStmt:
		to = p.file.offset(node.Body.Lbrace)
	case *ast.RangeStmt:
		to = p.file.offset(node.Body.Lbrace)
	case *ast.CaseClause:
		to = p.file.offset(node.Colon)
	}

	return from, to
}

// without returns the module's files that the guard's changes affect, after these changes.
func (g guard) without(root string, places map[string][]place) (map[string]string, error) {
	texts := map[string]string{}
	files := map[string]*source{}
	edits := map[string][]edit{}
	for _, c := range g.changes {
		if c.kind == "text" {
			text, err := os.ReadFile(filepath.Join(root, c.file))
			if n := strings.Count(string(text), c.texts[0]); err != nil || n != 1 {
				return nil, fmt.Errorf("%s holds %d times: %s (%v)", c.file, n, c.texts[0], err)
			}
			texts[c.file] = strings.Replace(string(text), c.texts[0], c.texts[1], 1)
			continue
		}

		marked := places[c.marker(g.name)]
		if len(marked) != 1 {
			return nil, fmt.Errorf("%d markers in the code: %s%s", len(marked), markerPrefix, c.marker(g.name))
		}

		made, err := c.edits(marked[0])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %s: %w", marked[0].file.name,
				strings.Count(marked[0].file.text[:marked[0].lineFrom], "\n")+1, c.kind, err)
		}

		name := marked[0].file.name
		files[name] = marked[0].file
		edits[name] = append(edits[name], made...)
	}

	for name, file := range files {
		text, err := edited(file.text, edits[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if _, err := parse(name, text); err != nil {
			return nil, fmt.Errorf("without the guard this is no Go: %w", err)
		}

		texts[name] = text
	}

	return texts, nil
}
