package fields

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a value of the file, and the line in which it ends.
type node struct {
	kind jsontext.Kind
	line int
	// text is the value of a string, or the digits of a number.
	text string
	// members are those of an object in their order, elements those of an array.
	members  []member
	elements []node
}

type member struct {
	name  string
	line  int
	value node
}

// parse returns the tree of a JSON text, or an error that says in which line it is not one.
func parse(text []byte) (node, error) {
	// Keys that stand twice are found in the tree, which says where.
	decoder := jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true))
	p := parser{text: text, decoder: decoder}
	root, err := p.value()
	if err != nil {
		return node{}, p.explain(err)
	}
	switch _, err := decoder.ReadToken(); {
	case err == nil:
		return node{}, fmt.Errorf("line %d: there must be nothing behind the object", p.line())
	case !errors.Is(err, io.EOF):
		return node{}, p.explain(err)
	}

	return root, nil
}

// parser reads tokens and knows where they stand.
type parser struct {
	text    []byte
	decoder *jsontext.Decoder
}

func (p *parser) line() int { return 1 + bytes.Count(p.text[:p.decoder.InputOffset()], []byte{'\n'}) }

// explain returns an error that names the line of a mistake, but not the text there.
func (p *parser) explain(err error) error {
	at := p.decoder.InputOffset()
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		at = syntax.ByteOffset
	}
	line := 1 + bytes.Count(p.text[:min(int(at), len(p.text))], []byte{'\n'})

	return fmt.Errorf("line %d: this is not JSON", line)
}

func (p *parser) value() (node, error) {
	token, err := p.decoder.ReadToken()
	if err != nil {
		return node{}, err
	}

	read := node{kind: token.Kind(), line: p.line()}
	switch read.kind {
	case '"', '0':
		read.text = token.String()
	case '[':
		for p.decoder.PeekKind() != ']' {
			element, err := p.value()
			if err != nil {
				return node{}, err
			}
			read.elements = append(read.elements, element)
		}
		_, err = p.decoder.ReadToken()
	case '{':
		for p.decoder.PeekKind() != '}' {
			name, err := p.decoder.ReadToken()
			if err != nil {
				return node{}, err
			}

			one := member{name: name.String(), line: p.line()}
			if one.value, err = p.value(); err != nil {
				return node{}, err
			}
			read.members = append(read.members, one)
		}
		_, err = p.decoder.ReadToken()
	}

	return read, err
}

// mistakes collects what is wrong with a file.
type mistakes []string

func (m *mistakes) add(line int, path, format string, values ...any) {
	*m = append(*m, strings.TrimSpace(fmt.Sprintf("line %d: %s ", line, path)+fmt.Sprintf(format, values...)))
}
