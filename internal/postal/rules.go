// Package postal knows how addresses look in each country: which fields they need, how postal codes are made, which
// provinces there are, and in which order the lines of a label stand. SOURCES.md says where the rules are from.
package postal

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/accountql/accountql/models"
)

// rules is the whole file. It lies in the binary and is read in place, so that it takes no memory.
//
//go:embed rules.txt
var rules string

// country is what the file says of one country. Its fields are parts of the file.
type country struct {
	// format and latinFormat describe the label. latinFormat is "" where there is only one.
	format, latinFormat string
	// required are the letters of the fields that an address must have.
	required string
	// postalCode is the expression of a whole postal code, or "" if the country has none or any.
	postalCode string
	// provinces are the lines of the country's provinces.
	provinces string
}

// province is what the file says of one province.
type province struct {
	code string
	// label and latin are the forms in which a label has it. latin is "" where it is the same.
	label, latin string
	// postalCodes is the expression of how postal codes begin, or "".
	postalCodes string
	// names are further names.
	names []string
}

// countryOf returns the rules of a country. The first line of the file is that of any other country.
func countryOf(code models.CountryCode) country {
	at := strings.Index(rules, "\n"+string(code)+"\t") + 1
	line, rest, _ := strings.Cut(rules[at:], "\n")
	fields := strings.Split(line, "\t")

	return country{
		format: fields[1], latinFormat: fields[2], required: fields[3], postalCode: fields[4], provinces: rest,
	}
}

// eachProvince calls each for every province of the country, until each returns true.
func (c country) eachProvince(each func(province) bool) {
	for line := range strings.Lines(c.provinces) {
		text, is := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "\t")
		if !is {
			return
		}

		fields := strings.Split(text, "\t")
		if each(province{
			code: fields[0], label: fields[1], latin: fields[2], postalCodes: fields[3], names: fields[4:],
		}) {
			return
		}
	}
}

// province finds a province by its code or one of its names. listed reports whether the country's provinces are
// known at all.
func (c country) province(given string) (found province, ok, listed bool) {
	wanted := folded(given)
	c.eachProvince(func(one province) bool {
		listed = true
		ok = slices.ContainsFunc(append(one.names, one.code, one.label, one.latin), func(name string) bool {
			return name != "" && folded(name) == wanted
		})
		if ok {
			found = one
		}

		return ok
	})

	return found, ok, listed
}

// folded makes spellings comparable that differ in case, accents or full stops.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.TrimSpace(name)))
}

// matches reports whether a postal code, or its beginning, has the form of an expression of the file.
func matches(expression, code string, whole bool) bool {
	pattern := "^(?:" + expression + ")"
	if whole {
		pattern += "$"
	}
	return regexp.MustCompile(pattern).MatchString(code) // TestRules compiles each
}
