package guess

import (
	"slices"
	"unicode"
)

// alphabet holds letters that look like Latin ones.
type alphabet struct {
	script *unicode.RangeTable
	// alike are the letters, and latin the letters that they look like, in the same order. Small letters and
	// capitals can look like different ones.
	alike, latin string
}

var alphabets = []alphabet{
	{unicode.Cyrillic, "аеорсухіјѕһԁԛԝкмтвнАВЕКМНОРСТУХІЈЅԚԜ", "aeopcyxijshdqwkmtbhABEKMHOPCTYXIJSQW"},
	{unicode.Greek, "αεικορτυνχωβγηςΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeikoptuvxwbynsABEZHIKMNOPTYX"},
}

// oneAlphabet writes a text of two alphabets in one of them if the letters of the other look like letters of it: a
// reader of "pаssword" does not see which letter is Cyrillic. A text that needs both alphabets is returned
// unchanged.
func oneAlphabet(text []rune) []rune {
	if !slices.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return text
	}

	for _, other := range alphabets {
		if written, ok := respelt(text, other.alike, other.latin, unicode.Latin); ok {
			return written
		}
		if written, ok := respelt(text, other.latin, other.alike, other.script); ok {
			return written
		}
	}

	return text
}

// respelt replaces the letters in from by the letters in to that look the same. It returns false unless the text
// had letters of the script, and has no letters of another script afterwards.
func respelt(text []rune, from, to string, script *unicode.RangeTable) ([]rune, bool) {
	letters, looks := []rune(from), []rune(to)
	written, had := slices.Clone(text), false
	for i, r := range text {
		at := slices.Index(letters, r)
		switch {
		case unicode.Is(script, r):
			had = true
		case at >= 0:
			written[i] = looks[at]
		case unicode.IsLetter(r):
			return nil, false
		}
	}

	return written, had
}
