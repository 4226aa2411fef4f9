package guess

import (
	"iter"
	"slices"
	"strings"
	"unicode"
)

const (
	// shortestMisspelt is the shortest word whose misspellings are searched: shorter words are too close to each
	// other.
	shortestMisspelt = 6
	// vowels are the letters that a sign hides in a censored word.
	vowels = "aeiou"
)

// Misspelt returns the words of which a password may be a misspelling, as skeletons, without the digits and signs
// around it: one letter is doubled, two are swapped, w is written as vv, a sign hides a vowel, or the word is on
// both sides of a number.
func Misspelt(password string) iter.Seq[string] {
	return func(yield func(string) bool) {
		word, ok := between(fold(password))
		if !ok {
			return
		}

		letters := skeleton(word)
		_ = undoubled(letters, yield) && unswapped(letters, yield) && uncovered(unleet(word), yield) &&
			halved(word, yield) && yield(strings.ReplaceAll(string(letters), "vv", "w"))
	}
}

// between returns the part between the digits and signs at the ends of a text, if few tries find those.
func between(text []rune) ([]rune, bool) {
	head, tail := leading(text), trailing(text)
	if head > longestEnds || tail > longestEnds || head == len(text) {
		return nil, false
	}

	word := text[head : len(text)-tail]
	if len(word) < shortestMisspelt || len(word) > longestWord {
		return nil, false
	}

	return word, tries(text[:head])*tries(text[len(text)-tail:]) <= fewTries
}

// undoubled yields a word without one letter of each pair of equal letters.
func undoubled(letters []rune, yield func(string) bool) bool {
	for i := 1; i < len(letters); i++ {
		if letters[i] == letters[i-1] && !yield(string(slices.Delete(slices.Clone(letters), i, i+1))) {
			return false
		}
	}
	return true
}

// unswapped yields a word with two neighbours swapped, for each pair.
func unswapped(letters []rune, yield func(string) bool) bool {
	for i := 1; i < len(letters); i++ {
		if letters[i] == letters[i-1] {
			continue
		}

		swapped := slices.Clone(letters)
		swapped[i-1], swapped[i] = letters[i], letters[i-1]
		if !yield(string(swapped)) {
			return false
		}
	}
	return true
}

// uncovered yields a word with each vowel in place of its signs.
func uncovered(letters []rune, yield func(string) bool) bool {
	isSign := func(r rune) bool { return !isWordRune(r) && !unicode.IsSpace(r) }
	if !slices.ContainsFunc(letters, isSign) {
		return true
	}

	for _, vowel := range vowels {
		word := slices.Clone(letters)
		for i, r := range word {
			if isSign(r) {
				word[i] = leet(vowel)
			}
		}

		if !yield(string(word)) {
			return false
		}
	}

	return true
}

// halved yields the word that is on both sides of a number.
func halved(word []rune, yield func(string) bool) bool {
	letters := unleet(word)
	side := len(word) - period(letters)
	if side < shortestWord || side*2 >= len(word) {
		return true
	}
	middle := word[side : len(word)-side]
	return leading(middle) < len(middle) || tries(middle) > fewTries || yield(string(letters[:side]))
}
