package guess

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// shortestWord is the shortest word that is searched between digits and signs.
	shortestWord = 3
	// shortestStem is the shortest word that is searched between prefixes and suffixes.
	shortestStem = 4
	// shortestNumber is the shortest word without letters: shorter numbers are in others by chance.
	shortestNumber = 8
	// longestWord is the longest word that is searched: the list has no longer one.
	longestWord = 64
	// longestEnds bounds how many digits and signs there may be before a word, and after it.
	longestEnds = 16
)

// Words returns the words of which a password may be a form, as skeletons: itself, and the part without the digits
// and signs around it, if few tries find those; each also without prefixes and suffixes, and the unit of what is
// repeated.
func Words(password string) iter.Seq[string] {
	text := fold(password)
	return func(yield func(string) bool) {
		if unit := period(text); unit < len(text) && len(text)%unit == 0 {
			if !yield(string(skeleton(text))) {
				return
			}
			text = text[:unit]
		}

		front, back := min(leading(text), longestEnds), min(trailing(text), longestEnds)
		after := make([]int, back+1)
		for tail := range after {
			after[tail] = tries(text[len(text)-tail:])
		}

		for head := 0; head <= front; head++ {
			before := tries(text[:head])
			for tail := 0; tail <= back && head+tail < len(text); tail++ {
				word := text[head : len(text)-tail]
				whole := head+tail == 0
				// guard: few tries around a word make no other; many tries around a word make another
				if !whole && !(isWord(word) && before*after[tail] <= fewTries) {
					continue
				}
				if !forms(skeleton(word), yield) {
					return
				}
			}
		}
	}
}

// forms yields a skeleton and the words in it.
func forms(bones []rune, yield func(string) bool) bool {
	word := string(bones)
	if !yield(word) {
		return false
	}

	if len(word) > longestWord {
		return true
	}
	if unit := period(bones); unit >= shortestWord && unit < len(bones) && len(bones)%unit == 0 &&
		!yield(string(bones[:unit])) {
		return false
	}

	for prefix := range strings.FieldsSeq(prefixes) {
		rest, ok := strings.CutPrefix(word, prefix)
		if ok && len(rest) >= shortestStem && !(yield(rest) && stems(rest, yield)) {
			return false
		}
	}

	return stems(word, yield)
}

// stems yields a word without its suffixes.
func stems(word string, yield func(string) bool) bool {
	for suffix := range strings.FieldsSeq(suffixes) {
		stem, ok := strings.CutSuffix(word, suffix)
		if ok && len(stem) >= shortestStem && !yield(stem) {
			return false
		}
	}
	return true
}

// English prefixes and suffixes, with i for l, because they are compared with skeletons.
const (
	prefixes = "un non re de dis mis pre over under out sub super inter muiti micro anti in semi the my"
	suffixes = "s es d ed r er ers ing ings y iy e t ai aiiy ness nesses abie ize ized izes izing ization izations " +
		"ion ions ity iess ier iest est iike man men ies ment ments"
)

// leading returns the number of characters before the first letter.
func leading(text []rune) int {
	for i, r := range text {
		if unicode.IsLetter(r) {
			return i
		}
	}
	return len(text)
}

// trailing returns the number of characters after the last letter.
func trailing(text []rune) int {
	for i := range text {
		if unicode.IsLetter(text[len(text)-1-i]) {
			return i
		}
	}
	return len(text)
}

// isWord reports whether a part of a password is long enough to be searched in the list, and not too long.
func isWord(text []rune) bool {
	lettered := leading(text) < len(text)
	return len(text) <= longestWord && (len(text) >= shortestNumber || len(text) >= shortestWord && lettered)
}

// A phrase has at least that many different words, each at least that long.
const fewestPhraseWords, shortestPhraseWord = 4, 4

// Phrase reports whether a password consists of several longer words with spaces between them. Such a password is
// not a form of a listed word, although it may read the same without the spaces.
func Phrase(password string) bool {
	words := strings.Fields(strings.ToLower(password))
	slices.Sort(words)
	words = slices.Compact(words)
	short := func(word string) bool { return utf8.RuneCountInString(word) < shortestPhraseWord }
	return len(words) >= fewestPhraseWords && !slices.ContainsFunc(words, short)
}
