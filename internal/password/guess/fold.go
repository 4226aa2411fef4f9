// Package guess decides which passwords are guessed first: the common ones and their usual forms, the repetitive
// ones, and those that consist of personal data. Everything is linear in the length of the password.
package guess

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns a password in lower case, without accents, and in one alphabet if letters of two look the same.
func fold(password string) []rune {
	folded := make([]rune, 0, len(password))
	// guard: letters of another alphabet are the same letters
	for _, r := range oneAlphabet([]rune(norm.NFKD.String(password))) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		folded = append(folded, []rune(plain(unicode.ToLower(r)))...)
	}

	return folded
}

// plain returns how people write a letter that is not on the keyboard; Unicode only has this for accents.
func plain(r rune) string {
	switch r {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return string(r)
}

// leet returns the letter for which a digit or a sign stands. Letters with the same digit become one letter; any
// other character stays.
func leet(r rune) rune {
	switch r {
	case '0':
		return 'o'
	case '1', '!', '|', '¡', 'l':
		return 'i'
	case '2':
		return 'z'
	case '3', '€':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$', '§':
		return 's'
	case '6', '9':
		return 'g'
	case '7', '+':
		return 't'
	case '8':
		return 'b'
	}
	return r
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Skeleton returns the form of a password in which it is compared with words: see Words.
func Skeleton(password string) string { return string(skeleton(fold(password))) }

// skeleton returns what two spellings of one word have in common: the letters, with digits and signs read as the
// letters for which they stand, and without the sign between them.
func skeleton(text []rune) []rune {
	letters := unleet(text)
	if bones, ok := withoutSeparator(letters); ok {
		return bones
	}
	return letters
}

// unleet reads digits and signs as the letters for which they stand.
func unleet(text []rune) []rune {
	letters := make([]rune, len(text))
	for i, r := range text {
		letters[i] = leet(r) // guard: digits and signs are letters
	}
	return letters
}

// withoutSeparator returns the letters and digits of a text that one and the same sign separates. Signs of several
// kinds, or more signs than letters, are not separators.
func withoutSeparator(text []rune) ([]rune, bool) {
	words, separator := make([]rune, 0, len(text)), rune(0)
	for _, r := range text {
		switch {
		case isWordRune(r):
			words = append(words, r)
		case separator == 0 || separator == r: // guard: a sign between letters is no letter
			separator = r
		default:
			return nil, false
		}
	}

	return words, len(words)*2 >= len(text)
}
