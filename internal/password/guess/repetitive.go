package guess

import (
	"iter"
	"strings"
	"unicode/utf8"
)

const (
	// shortestRun is how many neighbours are a run.
	shortestRun = 3
	// fewParts is the largest number of runs and single characters that is too simple.
	fewParts = 3
	// fewRuns is the same for a password that consists only of runs.
	fewRuns = 5
	// shortestUnit is how long a text must be to be good enough although it is repeated.
	shortestUnit = 8
)

// keyboards holds walks over the keys of keyboards and number pads; backwards they are walks as well.
const keyboards = "1234567890-= !@#$%^&*()_+ " +
	"qwertyuiop[] asdfghjkl;' zxcvbnm,./ qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn йцукенгшщзхъ фывапролджэ ячсмитьбю " +
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/ !qaz@wsx#edc$rfv%tgb^yhn 1q2w3e4r5t6y7u8i9o0p qawsedrftgyhujikolp azsxdcfvgbhnjmk " +
	"147258369 789456123 159 357"

// Repeated reports whether a password is the repetition of one short text.
func Repeated(password string) bool {
	return anySpelling(password, func(text []rune) bool {
		unit := period(text)
		return unit < shortestUnit && unit*2 <= len(text)
	})
}

// Monotonous reports whether a password consists of a few single characters and runs of equal characters, or of
// neighbours in the alphabet, among the digits or on a keyboard.
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

// anySpelling reports whether a password matches as it is, or without the sign that separates its parts.
func anySpelling(password string, matches func([]rune) bool) bool {
	text := fold(password)
	parts, separated := withoutSeparator(text)
	return matches(text) || separated && matches(parts)
}

// period returns the length of the shortest text whose repetition begins with the given one: the length itself,
// unless something is repeated (Knuth, Morris, Pratt).
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

// collapse replaces each sequence of equal characters with one of them.
func collapse(text []rune) []rune {
	single := make([]rune, 0, len(text))
	for i, r := range text {
		if i == 0 || r != text[i-1] {
			single = append(single, r)
		}
	}
	return single
}

// run returns how many of the first characters are equal, or neighbours in one direction.
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

// walk returns how many of the first characters are neighbours on a keyboard, in one direction.
func walk(text []rune) int {
	longest := min(len(text), 1)
	if len(text) < shortestRun {
		return longest
	}

	pair := string(text[:2])
	for at := range occurrences(pair) {
		length := 2
		for rest := keyboards[at+len(pair):]; length < len(text) && text[length] != ' ' &&
			strings.HasPrefix(rest, string(text[length])); length++ {
			rest = rest[utf8.RuneLen(text[length]):]
		}
		longest = max(longest, length)
	}

	for at := range occurrences(string([]rune{text[1], text[0]})) {
		length := 2
		for rest := keyboards[:at]; length < len(text) && text[length] != ' ' &&
			strings.HasSuffix(rest, string(text[length])); length++ {
			rest = rest[:len(rest)-utf8.RuneLen(text[length])]
		}
		longest = max(longest, length)
	}

	return longest
}

// occurrences yields the positions at which two keys are next to each other.
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
