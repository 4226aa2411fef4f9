package guess

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// shortestOwn is how much of a password must be known words, so that it is made of them.
	shortestOwn = 4
	// fewOwnTries find the rest. They are more than of a listed word, for of one person few words are known.
	fewOwnTries = 100_000_000
)

// MadeOf says whether a password is made of words that are known of a person, in
// any order, with digits and signs for letters, and with a number, a date or a
// few signs around and between them.
func MadeOf(password string, words []string) bool {
	known := spellings(words)
	made := func(text []rune) bool {
		rest, letters := slices.Clone(text), unleet(text)
		covered := 0
		for _, word := range known {
			covered += blank(rest, letters, word)
		}
		return covered >= shortestOwn && restTries(rest) <= fewOwnTries
	}
	text := fold(password)
	return made(text) || made(lettersAndDigits(text))
}

// blanked stands for what is known in a password; no password has it.
const blanked = -1

// spellings returns the words and their parts, the longest first, with letters for digits and signs.
func spellings(words []string) [][]rune {
	var known [][]rune
	for _, word := range words {
		text := fold(word)
		parts := strings.FieldsFunc(string(text), func(r rune) bool { return !isWordRune(r) })
		for _, part := range append(parts, string(lettersAndDigits(text))) {
			if spelt := unleet([]rune(part)); len(spelt) > 1 {
				known = append(known, spelt)
			}
		}
	}
	slices.SortFunc(known, func(a, b []rune) int { return cmp.Or(cmp.Compare(len(b), len(a)), slices.Compare(a, b)) })
	return slices.CompactFunc(known, slices.Equal)
}

func lettersAndDigits(text []rune) []rune {
	return slices.DeleteFunc(slices.Clone(text), func(r rune) bool { return !isWordRune(r) })
}

// blank blanks a word wherever it stands in the letters, and the same place of the
// text that they were read from. It returns how much that was.
func blank(text, letters, word []rune) int {
	covered := 0
	for i := 0; i+len(word) <= len(letters); i++ {
		if !slices.Equal(letters[i:i+len(word)], word) {
			continue
		}
		for j := range word {
			text[i+j], letters[i+j] = blanked, blanked
		}
		covered += len(word)
		i += len(word) - 1
	}
	return covered
}

// restTries estimates the tries for what is not blanked.
func restTries(text []rune) int {
	product := 1
	for len(text) > 0 && product <= fewOwnTries {
		end := slices.Index(text, blanked)
		if end < 0 {
			end = len(text)
		}
		product *= tries(text[:end])
		text = text[min(end+1, len(text)):]
	}
	return product
}
