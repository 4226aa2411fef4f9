package models

import (
	"strings"
	"unicode"
)

// This file turns what people paste into what they mean. Names and other free texts are not for it:
// a joiner is part of a Persian name, and such texts stay as they were given.

// TrimPasted returns text without the white space and the invisible characters around it.
func TrimPasted(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || Invisible(r) })
}

// PlainText returns text without invisible characters, and with ASCII for its full-width forms.
func PlainText(text string) string { return strings.Map(plainRune, text) }

// PlainNumber is PlainText for what has digits: those of any script become 0 to 9, every dash a hyphen,
// and every space a space. A line break stays, for it may stand between two numbers.
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
	// The full-width forms of ASCII, in its order.
	firstFullWidth, lastFullWidth = '\uFF01', '\uFF5E'
	firstNarrow                   = '!'
	// The full stops of Chinese and Japanese, which their keyboards write for a dot.
	fullStops = "\u3002\uFF61"
	// The long vowel marks of Japanese, which look like dashes and are typed for them.
	longVowels = "\u30FC\uFF70"
)

// plainRune returns the rune's ASCII form where it has one, and -1 for an invisible one.
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
