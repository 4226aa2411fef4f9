// Package fields reads the file of --fields: what customers may do with each field of their profile, and which
// attributes there are (docs/fields.md).
package fields

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

const (
	// maxFile limits the file, in bytes.
	maxFile = 1 << 20
	// maxLabel limits a label, in code points, and maxOptions the options of a choice.
	maxLabel   = 255
	maxOptions = 500
	// defaultLength is the maximum length of a text whose policy has none, in code points: that of the profile's texts.
	defaultLength = 255
	// longestText is the greatest maximum length. All attributes together have 16 KiB.
	longestText = 4096
	// exact is the greatest whole number that every client reads exactly, as a double.
	exact = 1<<53 - 1
)

// Read returns the policies of a file. The text of its error is one line that continues the name of the setting, and
// says all that is wrong.
func Read(text io.Reader) (*account.FieldPolicies, error) {
	limited, err := io.ReadAll(io.LimitReader(text, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	if len(limited) > maxFile {
		return nil, errors.New("is longer than 1 MiB")
	}

	root, err := parse(limited)
	if err != nil {
		return nil, fmt.Errorf("is wrong: %w", err)
	}

	r := &reader{profile: map[string]models.FieldPolicy{}}
	r.object(root, "the file", map[string]func(node, string){"fields": r.readFields, "attributes": r.readAttributes})
	if len(r.wrong) > 0 {
		return nil, errors.New("is wrong: " + strings.Join(r.wrong, "; "))
	}

	return account.NewFieldPolicies(r.profile, r.attributes), nil
}

// reader reads the tree of a file, and notes every mistake.
type reader struct {
	wrong      mistakes
	profile    map[string]models.FieldPolicy
	attributes []models.FieldPolicy
}

// object calls the function of each member of an object. It refuses members without one, and those that stand twice.
func (r *reader) object(of node, path string, members map[string]func(of node, path string)) {
	r.each(of, path, func(one member, path string) {
		read, known := members[one.name]
		if !known {
			r.wrong.add(one.line, path, "is not known here; known are %s", names(members))
			return
		}
		read(one.value, path)
	})
}

// each calls visit for each member of an object with its path.
func (r *reader) each(of node, path string, visit func(one member, path string)) {
	if of.kind != '{' {
		r.wrong.add(of.line, path, "must be an object")
		return
	}

	seen := map[string]bool{}
	for _, one := range of.members {
		below := printable(one.name)
		if path != "the file" {
			below = path + "." + below
		}
		if seen[one.name] {
			r.wrong.add(one.line, below, "stands there twice")
			continue
		}

		seen[one.name] = true
		visit(one, below)
	}
}

// names returns the sorted keys of a map, for an error.
func names[T any](of map[string]T) string {
	all := make([]string, 0, len(of))
	for name := range of {
		all = append(all, name)
	}
	slices.Sort(all)

	return strings.Join(all, ", ")
}

// printable returns a name from the file for an error: in quotes if it is not a plain word.
func printable(name string) string {
	const longest = 40
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest]) + "…"
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == 0x7F || r == utf8.RuneError }) {
		return strconv.Quote(name)
	}

	return name
}

// readFields reads the policies of the profile's fields.
func (r *reader) readFields(of node, path string) {
	known := account.FieldsWithPolicy()
	r.each(of, path, func(one member, path string) {
		switch {
		case one.name == "attributes":
			r.wrong.add(one.line, path, "has no policy here: each key has its own under attributes")
			return
		case !slices.Contains(known, one.name):
			r.wrong.add(one.line, path, "is no field of the profile; known are %s", strings.Join(known, ", "))
			return
		}

		policy := models.FieldPolicy{Access: models.AccessWrite}
		members := r.common(&policy)
		if account.LabelsOnly(one.name) {
			members = map[string]func(node, string){"label": members["label"]}
		}
		r.object(one.value, path, members)
		r.checkAccess(one.line, path, policy)
		r.profile[one.name] = policy
	})
}

// common returns the readers of what every policy has.
func (r *reader) common(policy *models.FieldPolicy) map[string]func(node, string) {
	return map[string]func(node, string){
		"access": func(of node, path string) {
			words := map[string]models.FieldAccess{
				"write": models.AccessWrite, "once": models.AccessOnce, "read": models.AccessRead,
				"hidden": models.AccessHidden,
			}
			policy.Access = choose(r, of, path, words, policy.Access)
		},
		"required": func(of node, path string) {
			if of.kind != 't' && of.kind != 'f' {
				r.wrong.add(of.line, path, "must be true or false")
			}
			policy.Required = of.kind == 't'
		},
		"label": func(of node, path string) { policy.Labels = r.labels(of, path) },
	}
}

// checkAccess refuses a field that customers must give and may not.
func (r *reader) checkAccess(line int, path string, policy models.FieldPolicy) {
	if policy.Required && (policy.Access == models.AccessRead || policy.Access == models.AccessHidden) {
		r.wrong.add(line, path+".required", "must not be true where customers can't write the field")
	}
}

// choose returns the value of one of some words.
func choose[T any](r *reader, of node, path string, words map[string]T, otherwise T) T {
	value, known := words[of.text]
	if of.kind != '"' || !known {
		r.wrong.add(of.line, path, "must be one of %s", names(words))
		return otherwise
	}
	return value
}

// labels reads the labels by language.
func (r *reader) labels(of node, path string) []models.Label {
	var labels []models.Label
	r.each(of, path, func(one member, path string) {
		language, err := models.ParseLanguage("", models.LanguageCode(one.name))
		if err != nil || string(language) != one.name {
			r.wrong.add(one.line, path, "must be a language as BCP 47 writes it, such as pl or pt-BR")
			return
		}
		if text, ok := r.text(one.value, path, maxLabel); ok {
			labels = append(labels, models.Label{Language: language, Text: text})
		}
	})

	return labels
}

// text reads a text that people can see.
func (r *reader) text(of node, path string, longest int) (string, bool) {
	if of.kind != '"' {
		r.wrong.add(of.line, path, "must be a text")
		return "", false
	}

	text, err := models.ParseText("", of.text, longest)
	if err != nil {
		r.wrong.add(of.line, path, "must be a text of 1 to %d characters, without control characters", longest)
		return "", false
	}

	return text, true
}

// whole reads a whole number between two others.
func (r *reader) whole(of node, path string, least, greatest float64) (float64, bool) {
	number, err := strconv.ParseFloat(of.text, 64)
	if of.kind != '0' || err != nil || number != math.Trunc(number) || number < least || number > greatest {
		r.wrong.add(of.line, path, "must be a whole number between %.0f and %.0f", least, greatest)
		return 0, false
	}
	return number, true
}
