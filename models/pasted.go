package models

import (
	"strings"
	"unicode"
)

// This file normalizes text that people paste. Names and other free texts must not pass through it: a joiner is
// part of a Persian name, and such texts stay as they were given.

// TrimPasted returns text without leading and trailing white space and invisible characters.
func TrimPasted(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || Invisible(r) })
}

// PlainText returns text without invisible characters, and with ASCII instead of full-width forms.
func PlainText(text string) string { return strings.Map(plainRune, text) }

// PlainNumber is PlainText for text with digits: digits of any script become 0 to 9, every dash becomes a hyphen,
// and every space a space. A line break stays because it may separate two numbers.
func PlainNumber(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Nd, r):
			return decimal(r)
		case isDash(r):
			return '-'
		case unicode.Is(unicode.Zs, r) || r == '\t':
			return ' '
		}
		return plainRune(r)
	}, text)
}

const (
	// The first and the last full-width form. They are in the order of ASCII.
	firstFullWidth, lastFullWidth = '\uFF01', '\uFF5E'
	firstNarrow                   = '!'
	// The Chinese and Japanese full stops, which keyboards for these languages produce instead of a dot.
	fullStops = "\u3002\uFF61"
	// The long vowel marks of Japanese, which look like dashes and are typed instead of them.
	longVowels = "\u30FC\uFF70"
)

// plainRune returns the rune's ASCII form if it has one, and -1 if the rune is invisible.
func plainRune(r rune) rune {
	switch {
	case r >= firstFullWidth && r <= lastFullWidth:
		return r - firstFullWidth + firstNarrow
	case strings.ContainsRune(fullStops, r):
		return '.'
	case Invisible(r):
		return -1
	}
	return r
}

func isDash(r rune) bool { return unicode.Is(unicode.Dash, r) || strings.ContainsRune(longVowels, r) }

// decimal returns the ASCII form of a digit. Unicode keeps the ten digits of a script together and in order, so a
// run of digits, even of several scripts, begins with a zero.
func decimal(digit rune) rune {
	zero := digit
	for unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return '0' + (digit-zero)%10
}
