package models

import (
	"strings"
	"unicode"
)

// drawnEmpty are characters of other categories that fonts draw as nothing: the Braille pattern
// without a dot, the note without a head, the blanks of Egyptian hieroglyphs, the filler of the
// Khitan small script, and the place of an object that was not copied along.
const drawnEmpty = "\u2800\U0001D159\U00013441\U00013442\U00016FE4\uFFFC"

// Invisible reports characters that nobody sees, white space and control characters apart: marks of
// direction, joiners, soft hyphens, fillers, tags, variation selectors, and what Unicode has no character for.
func Invisible(r rune) bool {
	switch {
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false // of the category of format characters, but drawn
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
		unicode.Noncharacter_Code_Point):
		return true
	}
	return strings.ContainsRune(drawnEmpty, r)
}

// IsBlank reports text in which nobody sees anything, whichever characters it has.
func IsBlank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !Invisible(r) // guard: what nobody sees is blank
	})
}
