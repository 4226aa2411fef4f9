package guess

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// shortestOwn is how many characters of a password must be known words before it counts as made of them.
	shortestOwn = 4
	// fewOwnTries find the rest. There are more than for a listed word, because few words are known about one
	// person.
	fewOwnTries = 100_000_000
)

// MadeOf reports whether a password is made of words that are known about a person, in any order, with digits and
// signs for letters, and with a number, a date or a few signs around and between them.
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

// blanked replaces the known parts of a password; no password contains it.
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

// blank blanks each occurrence of a word in the letters, and the same place in the text from which they were read.
// It returns the number of blanked characters.
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

// restTries estimates the tries for the characters that are not blanked.
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
