package postal

import (
	"strings"
	"unicode"

	"github.com/accountql/accountql/models"
)

// Lines returns the address as the lines of a label, in the order of its country, without the country itself. A
// country with two orders has the one for Latin letters if the address is written in them.
func Lines(address *models.Address) []string {
	rules := countryOf(address.CountryCode)
	format, latin := rules.format, rules.latinFormat != "" && isLatin(address)
	if latin {
		format = rules.latinFormat
	}

	values := map[byte]string{
		'N': name(address), 'O': text(address.Company), 'C': text(address.City), 'Z': text(address.PostalCode),
		'A': joined("\n", address.Line1, text(address.Line2), text(address.Line3)),
	}
	if address.Province != nil {
		values['S'] = labelOf(rules, *address.Province, latin)
	}

	lines := []string{}
	for line := range strings.SplitSeq(format, "%n") {
		for text := range strings.SplitSeq(filled(line, values), "\n") {
			if text = strings.TrimSpace(text); text != "" {
				lines = append(lines, text)
			}
		}
	}

	return lines
}

// filled returns a line of a format with its values. What stands between two fields is left out if one of them is
// empty, and what stands before the first or behind the last field if that one is.
func filled(format string, values map[byte]string) string {
	fields := strings.Split(format, "%") // each begins with its letter, and ends with what stands behind it
	line, literal := "", fields[0]
	if len(fields) == 1 {
		return literal
	}

	for i, field := range fields[1:] {
		value := values[field[0]]
		if value != "" && (i == 0 || line != "") {
			line += literal
		}

		line += value
		literal = field[1:]
		if value != "" && i == len(fields)-2 {
			line += literal
		}
	}

	return line
}

// labelOf returns a province as a label has it.
func labelOf(rules country, stored string, latin bool) string {
	province, known, _ := rules.province(stored)
	switch {
	case !known:
		return stored
	case latin && province.latin != "":
		return province.latin
	}

	return province.label
}

// name returns the person's name: the family name first and without a space if it is written in an East Asian
// script.
func name(address *models.Address) string {
	first, last := text(address.FirstName), text(address.LastName)
	if isEastAsian(first) && isEastAsian(last) {
		return last + first
	}
	return joined(" ", first, last)
}

func isEastAsian(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}

// isLatin reports whether the street and the city are written in Latin letters.
func isLatin(address *models.Address) bool {
	return !strings.ContainsFunc(address.Line1+text(address.City), func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r)
	})
}

// joined joins the texts that are not empty.
func joined(separator string, texts ...string) string {
	var given []string
	for _, one := range texts {
		if one != "" {
			given = append(given, one)
		}
	}
	return strings.Join(given, separator)
}
