package web

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// message is an ICU message of the account page, compiled to what the page reads (packages/react/src/words.ts): a list of
// texts, [argument], [argument, type, options] and [tag, "tag", list].
type message struct {
	tokens []any
	// names has what stands in the message: its arguments, and its tags as "<tag>".
	names map[string]bool
	// plurals are the categories of each plural in it.
	plurals []map[string]bool
}

// compileMessage compiles an ICU message. It takes arguments, {n, number}, plural, selectordinal and select, and tags
// such as <link>, which have to be closed.
func compileMessage(text string) (*message, error) {
	p := &icuParser{text: text, message: message{names: map[string]bool{}}}
	tokens, err := p.list("", false)
	if err != nil {
		return nil, err
	}

	p.message.tokens = tokens

	return &p.message, nil
}

type icuParser struct {
	text    string
	at      int
	message message
}

// list reads tokens up to the end: "" for that of the text, "}" for that of an option, "</tag>" for that of a tag. In
// the options of a plural "#" is its number.
func (p *icuParser) list(end string, inPlural bool) ([]any, error) {
	tokens := []any{}
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			tokens = append(tokens, plain.String())
			plain.Reset()
		}
	}

	for p.at < len(p.text) {
		rest := p.text[p.at:]
		switch tag := tagAt(rest); {
		case end != "" && strings.HasPrefix(rest, end):
			p.at += len(end)
			flush()
			return tokens, nil
		case rest[0] == '}':
			return nil, errors.New("a } closes nothing")
		case strings.HasPrefix(tag, "</"):
			return nil, fmt.Errorf("%s closes nothing", tag)
		case rest[0] == '\'':
			plain.WriteString(p.quoted())
		case rest[0] == '{':
			flush()
			token, err := p.argument(inPlural)
			if err != nil {
				return nil, err
			}
			tokens = append(tokens, token)
		case tag != "":
			flush()
			p.at += len(tag)
			p.message.names[tag] = true
			inside, err := p.list("</"+tag[1:], inPlural)
			if err != nil {
				return nil, err
			}
			tokens = append(tokens, []any{strings.Trim(tag, "<>"), "tag", inside})
		case rest[0] == '#' && inPlural:
			flush()
			tokens = append(tokens, "#")
			p.at++
		default:
			plain.WriteByte(rest[0])
			p.at++
		}
	}

	if end != "" {
		return nil, fmt.Errorf("%s is missing", end)
	}
	flush()

	return tokens, nil
}

// quoted reads from an apostrophe: two are one, and before a brace it begins a text in which no brace counts, up to the
// next apostrophe. Any other is itself.
func (p *icuParser) quoted() string {
	rest := p.text[p.at+1:]
	switch {
	case strings.HasPrefix(rest, "'"):
		p.at += 2
		return "'"
	case rest == "" || rest[0] != '{' && rest[0] != '}':
		p.at++
		return "'"
	}

	inside, _, closed := strings.Cut(rest, "'")
	p.at += 1 + len(inside)
	if closed {
		p.at++
	}

	return inside
}

// tagAt returns the tag that the text begins with, such as "<link>" or "</link>", or "".
func tagAt(text string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(text, "<"), "/")
	letters := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz")
	if !strings.HasPrefix(text, "<") || letters == name {
		return ""
	}

	after := strings.TrimLeft(letters, "0123456789")
	if !strings.HasPrefix(after, ">") {
		return ""
	}

	return text[:len(text)-len(after)+1]
}

// argument reads {name}, {name, number} or {name, plural, …}.
func (p *icuParser) argument(inPlural bool) (any, error) {
	p.at++
	name, kind := p.word(), ""
	if name == "" {
		return nil, errors.New("a { has no name of an argument after it")
	}
	p.message.names[name] = true

	if p.skip(",") {
		kind = p.word()
		if kind != "number" && kind != "plural" && kind != "selectordinal" && kind != "select" {
			return nil, fmt.Errorf("%s: %q is no type: number, plural, selectordinal or select", name, kind)
		}
	}

	if kind == "" || kind == "number" {
		if !p.skip("}") {
			return nil, fmt.Errorf("%s: } is missing", name)
		}
		if kind == "" {
			return []any{name}, nil
		}
		return []any{name, kind}, nil
	}

	if !p.skip(",") {
		return nil, fmt.Errorf("%s: %s has no options", name, kind)
	}
	options, err := p.options(kind != "select", inPlural)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}

	return []any{name, kind, options}, nil
}

// options reads the cases of a choice up to its end. "other" has to be among them.
func (p *icuParser) options(plural, inPlural bool) (map[string]any, error) {
	options, categories := map[string]any{}, map[string]bool{}
	for !p.skip("}") {
		name := p.option()
		if _, twice := options[name]; twice || name == "" {
			return nil, fmt.Errorf("the option %q is empty or there twice", name)
		}
		if offset, found := strings.CutPrefix(name, "offset:"); found && plural {
			number, err := strconv.Atoi(offset)
			if err != nil {
				return nil, fmt.Errorf("the offset %q is no number", offset)
			}
			options["offset"] = number
			continue
		}

		if !p.skip("{") {
			return nil, fmt.Errorf("the option %s has no { after it", name)
		}
		inside, err := p.list("}", plural || inPlural)
		if err != nil {
			return nil, err
		}
		categories[name] = true
		options[strings.TrimPrefix(name, "=")] = inside
	}

	if !categories["other"] {
		return nil, errors.New("the option other is missing")
	}
	if plural {
		p.message.plurals = append(p.message.plurals, categories)
	}

	return options, nil
}

// skip goes over white space, and over the text if it comes then.
func (p *icuParser) skip(text string) bool {
	p.at = len(p.text) - len(strings.TrimLeft(p.text[p.at:], " \t\n"))
	if !strings.HasPrefix(p.text[p.at:], text) {
		return false
	}
	p.at += len(text)

	return true
}

// word reads a name of letters, digits and underscores.
func (p *icuParser) word() string {
	return p.until(func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

// option reads the name of an option, such as one, =0, offset:1 or a value.
func (p *icuParser) option() string {
	return p.until(func(r rune) bool { return strings.ContainsRune(" \t\n{}", r) })
}

func (p *icuParser) until(ends func(rune) bool) string {
	p.skip("")
	rest := p.text[p.at:]
	length := strings.IndexFunc(rest, ends)
	if length < 0 {
		length = len(rest)
	}
	p.at += length

	return rest[:length]
}
