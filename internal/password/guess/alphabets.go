package guess

import (
	"slices"
	"unicode"
)

// alphabet has letters that look like Latin ones.
type alphabet struct {
	script *unicode.RangeTable
	// alike are the letters, and latin what each looks like, in the same order. Small letters and capitals differ in it.
	alike, latin string
}

var alphabets = []alphabet{
	{unicode.Cyrillic, "аеорсухіјѕһԁԛԝкмтвнАВЕКМНОРСТУХІЈЅԚԜ", "aeopcyxijshdqwkmtbhABEKMHOPCTYXIJSQW"},
	{unicode.Greek, "αεικορτυνχωβγηςΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeikoptuvxwbynsABEZHIKMNOPTYX"},
}

// oneAlphabet writes a text of two alphabets in one of them, where the letters of the other look like some of it:
// the reader of "pаssword" does not see which of its letters is Cyrillic. What is left of two alphabets stays.
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

// respelt writes the letters from which others look the same as those. It fails unless
// the text had letters of the script, and has no letters of another afterwards.
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
