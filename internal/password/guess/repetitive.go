package guess

import (
	"iter"
	"strings"
	"unicode/utf8"
)

const (
	// shortestRun is how many neighbours make a run.
	shortestRun = 3
	// fewParts is of how few runs and single characters no good password is made.
	fewParts = 3
	// fewRuns is the same for a password that is made of runs alone.
	fewRuns = 5
	// shortestUnit is how long a text must be to be no weaker for being repeated.
	shortestUnit = 8
)

// keyboards are walks over the keys of keyboards and number pads; backwards they are walks, too.
const keyboards = "1234567890-= !@#$%^&*()_+ " +
	"qwertyuiop[] asdfghjkl;' zxcvbnm,./ qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn йцукенгшщзхъ фывапролджэ ячсмитьбю " +
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/ !qaz@wsx#edc$rfv%tgb^yhn 1q2w3e4r5t6y7u8i9o0p qawsedrftgyhujikolp azsxdcfvgbhnjmk " +
	"147258369 789456123 159 357"

// Repeated says whether a password is one short text over and over.
func Repeated(password string) bool {
	return anySpelling(password, func(text []rune) bool {
		unit := period(text)
		return unit < shortestUnit && unit*2 <= len(text)
	})
}

// Monotonous says whether a password is made of a few single characters and runs
// of equal ones, or of neighbours in the alphabet, among the digits or on a keyboard.
func Monotonous(password string) bool {
	return anySpelling(password, func(text []rune) bool {
		parts, singles := 0, 0
		for rest := collapse(text); len(rest) > 0; parts++ {
			length := run(rest)
			if length < shortestRun {
				length = 1
				singles++
			}
			rest = rest[length:]
		}
		return parts <= fewParts || singles == 0 && parts <= fewRuns
	})
}

// anySpelling tries a password as it is, and without the sign that separates its parts.
func anySpelling(password string, matches func([]rune) bool) bool {
	text := fold(password)
	parts, separated := withoutSeparator(text)
	return matches(text) || separated && matches(parts)
}

// period is the length of the shortest text that, over and over, begins with the
// given one: the length itself, unless something is repeated (Knuth, Morris, Pratt).
func period(text []rune) int {
	border := make([]int, len(text)+1)
	border[0] = -1
	for i, k := 0, -1; i < len(text); {
		for k >= 0 && text[i] != text[k] {
			k = border[k]
		}
		i++
		k++
		border[i] = k
	}
	return len(text) - border[len(text)]
}

// collapse writes one of each row of equal characters.
func collapse(text []rune) []rune {
	single := make([]rune, 0, len(text))
	for i, r := range text {
		if i == 0 || r != text[i-1] {
			single = append(single, r)
		}
	}
	return single
}

// run is how many of the first characters are equal, or neighbours in one direction.
func run(text []rune) int {
	longest := walk(text)
	for _, step := range []rune{0, 1, -1} {
		length := min(len(text), 1)
		for length < len(text) && text[length] == text[length-1]+step && (step == 0 || isWordRune(text[length])) {
			length++
		}
		longest = max(longest, length)
	}
	return longest
}

// walk is how many of the first characters are neighbours on a keyboard, in one direction.
func walk(text []rune) int {
	longest := min(len(text), 1)
	if len(text) < shortestRun {
		return longest
	}

	pair := string(text[:2])
	for at := range occurrences(pair) {
		length := 2
		for rest := keyboards[at+len(pair):]; length < len(text) && text[length] != ' ' && strings.HasPrefix(rest, string(text[length])); length++ {
			rest = rest[utf8.RuneLen(text[length]):]
		}
		longest = max(longest, length)
	}
	for at := range occurrences(string([]rune{text[1], text[0]})) {
		length := 2
		for rest := keyboards[:at]; length < len(text) && text[length] != ' ' && strings.HasSuffix(rest, string(text[length])); length++ {
			rest = rest[:len(rest)-utf8.RuneLen(text[length])]
		}
		longest = max(longest, length)
	}
	return longest
}

// occurrences yields where two keys are side by side.
func occurrences(pair string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for start := 0; !strings.Contains(pair, " "); {
			at := strings.Index(keyboards[start:], pair)
			if at < 0 || !yield(start+at) {
				return
			}
			start += at + 1
		}
	}
}
