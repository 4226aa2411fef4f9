package models

import (
	"testing"
	"unicode"
)

// This file guards invisible characters: a name of them is blank (R-C9), and in a pasted number they are dropped.

func TestIsBlank(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "space": " \t\r\n\v\f",
		"no-break spaces": "\u00a0\u202f\u2007", "other spaces": "\u1680\u2000\u200a\u2028\u2029\u205f\u3000\u0085",
		"zero width": "\u200b\u200c\u200d\u2060\ufeff", "soft hyphen": "\u00ad",
		"marks of direction": "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
		"Hangul fillers":     "\u115f\u1160\u3164\uffa0", "Braille blank": "\u2800",
		"variation selectors": "\ufe00\ufe0f\U000e0100\u180b\u180f", "Mongolian vowel separator": "\u180e",
		"grapheme joiner": "\u034f", "tags": "\U000e0001\U000e0041\U000e007f",
		"Khmer inherent vowels": "\u17b4\u17b5", "invisible operators": "\u2061\u2062\u2063\u2064",
		"deprecated formats": "\u206a\u206f", "annotations": "\ufff9\ufffa\ufffb",
		"music":     "\U0001d159\U0001d173\U0001d17a",
		"shorthand": "\U0001bca0\U0001bca3", "hieroglyphs": "\U00013441\U00013442\U00013430",
		"reserved as ignorable": "\u2065\ufff0\U000e0fff", "no characters": "\uffff\ufdd0\U0010fffe",
		"object": "\ufffc", "control": "\x00\x1b\x7f\u009b", "Khitan filler": "\U00016fe4",
		"several": " \u200b\u3164\ufe0f\u2800\u00a0",
	} {
		if !IsBlank(text) {
			t.Errorf("%s: %q can be seen", name, text)
		}

		for _, r := range text {
			if !IsBlank(string(r)) {
				t.Errorf("%s: %U can be seen", name, r)
			}
		}
	}

	for _, text := range []string{
		".", "a", " a ", "\u200ba", "á", "ж", "李", "ᄀ", "가", "👩🏽\u200d🚀", "علی\u200cرضا", "ප්\u200dරියා", "⠁", "-", "·",
		"ー", "’", "\u0301", "\u0600", "\u06dd", "\U000110bd", "\ue000", "\ufffd", "٠",
	} {
		if IsBlank(text) {
			t.Errorf("%q can't be seen", text)
		}
	}
}

// TestDefaultIgnorables compares Invisible with Unicode's own list, derived in the same way as
// Default_Ignorable_Code_Point.
func TestDefaultIgnorables(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		drawn := unicode.In(r, unicode.White_Space, unicode.Prepended_Concatenation_Mark)
		ignorable := !drawn &&
			unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Cf, unicode.Variation_Selector)
		if ignorable && !Invisible(r) {
			t.Errorf("%U is ignorable", r)
		}
		if Invisible(r) && unicode.In(r, unicode.White_Space, unicode.Nd, unicode.Pd, unicode.Sm) {
			t.Errorf("%U is space, a digit, a dash or a sign", r)
		}
	}
}

// TestDigitsOfEveryScript guards what decimal relies on: the digits of each script stand together, zero first.
func TestDigitsOfEveryScript(t *testing.T) {
	digits := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		if want := '0' + rune(digits%10); decimal(r) != want {
			t.Errorf("%U is %c, want %c", r, decimal(r), want)
		}
		digits++
	}

	for text, want := range map[string]string{
		"٠١٢٣٤٥٦٧٨٩": "0123456789", "۰۱۲۳۴۵۶۷۸۹": "0123456789", "०१२३४५६७८९": "0123456789", "၀၁၂၃၄၅၆၇၈၉": "0123456789",
		"០១២៣៤៥៦៧៨៩": "0123456789",
		"０１２３４５６７８９": "0123456789", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡": "0123456789", "𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙": "0123456789", "①²½Ⅷ四": "①²½Ⅷ四",
	} {
		if got := PlainNumber(text); got != want {
			t.Errorf("%s became %s", text, got)
		}
	}
}
