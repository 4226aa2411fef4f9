package guess

import (
	"iter"
	"unicode"
)

const (
	// fewTries find the characters around a word, so that the password is a form of it: six digits, a date and two
	// digits, a year and three signs. More make another password.
	fewTries = 5_000_000
	// simpleTries find a whole password without a word in it. Eight digits that are not a date need more.
	simpleTries = 50_000_000
)

// Simple reports whether a password is a date, in the ways in which people write dates, or consists of few runs,
// years, digits and letters.
func Simple(password string) bool {
	return anySpelling(password, func(text []rune) bool { return tries(text) <= simpleTries })
}

// The tries that find a part of a password, by its kind.
const (
	digitTries  = 10
	signTries   = 33
	letterTries = 60
	runTries    = 50
	yearTries   = 120
	// shortYearTries find a year of two digits.
	shortYearTries = 100
	dayTries       = 366
	// mostTries is the largest estimate: more makes no difference, and the product of two does not overflow.
	mostTries = 1 << 30
)

// tries estimates how many tries find a text that is not a word: the smallest product over all ways to split it
// into parts.
func tries(text []rune) int {
	if len(text) > longestWord {
		return mostTries
	}

	least := make([]int, len(text)+1)
	least[len(text)] = 1

	for i := len(text) - 1; i >= 0; i-- {
		least[i] = mostTries
		for length, more := range parts(text[i:]) {
			least[i] = min(least[i], more*least[i+length])
		}
	}

	return least[0]
}

// parts yields the possible lengths of a text's first part, and how many tries find it.
func parts(text []rune) iter.Seq2[int, int] {
	return func(yield func(length, tries int) bool) {
		single := signTries
		switch {
		case unicode.IsDigit(text[0]):
			single = digitTries
		case unicode.IsLetter(text[0]):
			single = letterTries
		}

		more := yield(1, single)

		if length := run(text); more && length >= shortestRun {
			more = yield(length, runTries)
		}
		if more && len(text) >= 4 && isYear(text[:4]) {
			more = yield(4, yearTries)
		}
		if more && len(text) >= 4 && isDay(text[:4]) {
			more = yield(4, dayTries)
		}
		if more && len(text) >= 6 && isShortDate(text[:6]) {
			more = yield(6, dayTries*shortYearTries)
		}
		if more && len(text) >= 8 && isDate(text[:8]) {
			yield(8, dayTries*yearTries)
		}
	}
}

// isYear reports whether the text is a year in which people were born, or of which they think.
func isYear(text []rune) bool {
	year, ok := number(text)
	return ok && year >= 1930 && year < 2050
}

// isDate reports whether the text is a day, month and year in any usual order.
func isDate(text []rune) bool {
	return isYear(text[4:]) && isDay(text[:4]) || isYear(text[:4]) && isDay(text[4:])
}

// isShortDate reports whether the text is such a date with two digits for the year.
func isShortDate(text []rune) bool {
	_, ok := number(text)
	return ok && (isDay(text[:4]) || isDay(text[2:]))
}

// isDay reports whether the text is a day and a month, in any order.
func isDay(text []rune) bool {
	digits, ok := number(text)
	first, second := digits/100, digits%100
	day := func(n int) bool { return n >= 1 && n <= 31 }
	month := func(n int) bool { return n >= 1 && n <= 12 }
	return ok && (day(first) && month(second) || month(first) && day(second))
}

// number parses decimal digits.
func number(text []rune) (int, bool) {
	value := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
		value = value*10 + int(r-'0')
	}

	return value, true
}
