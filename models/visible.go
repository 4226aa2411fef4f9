package models

import (
	"strings"
	"unicode"
)

// drawnEmpty are characters of other categories that fonts draw as nothing: the Braille pattern without a dot, the
// note without a head, the Egyptian hieroglyph blanks, the filler of the Khitan small script, and the placeholder
// of an object that was not copied.
const drawnEmpty = "\u2800\U0001D159\U00013441\U00013442\U00016FE4\uFFFC"

// Invisible reports whether the rune has no visible form: marks of direction, joiners, soft hyphens, fillers, tags,
// variation selectors, and code points without a character. White space and control characters are not included.
func Invisible(r rune) bool {
	switch {
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false // a format character by category, but visible
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
		unicode.Noncharacter_Code_Point):
		return true
	}
	return strings.ContainsRune(drawnEmpty, r)
}

// IsBlank reports whether text has no visible character.
func IsBlank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !Invisible(r) // guard: what nobody sees is blank
	})
}
