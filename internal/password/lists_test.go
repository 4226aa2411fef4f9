package password

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go/data"

	"github.com/accountql/accountql/models"
)

// This file guards R-PWD9: passwords that are tried first are rejected. It checks this with lists from which the
// embedded list was not made, and with Django's, from which it was. guess/SOURCES.md says how independent they are.
// .ci/run installs them; the test of a missing list is skipped.

// publicLists are lists of passwords and words, in the order of their frequency or of the alphabet.
var publicLists = map[string]struct {
	file, from string
	read       func([]byte) ([]string, error)
}{
	"Django": {
		"/usr/lib/python3/dist-packages/django/contrib/auth/common-passwords.txt.gz", "Debian's python3-django",
		readCompressed,
	},
	"zxcvbn-ts": {
		"../../test/passwords/node_modules/@zxcvbn-ts/language-common/src/passwords.json", "npm ci in test/passwords",
		readJSON,
	},
	"cracklib": {
		"/usr/share/dict/cracklib-small", "Debian's cracklib-runtime", readLines,
	},
}

func publicList(t *testing.T, name string) []string {
	t.Helper()
	list := publicLists[name]
	text, err := os.ReadFile(list.file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not here: it comes with %s", list.file, list.from)
	}
	if err != nil {
		t.Fatal(err)
	}

	entries, err := list.read(text)
	if err != nil {
		t.Fatal(err)
	}

	return entries
}

func readLines(text []byte) ([]string, error) {
	var entries []string
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		entries = append(entries, lines.Text())
	}
	return entries, lines.Err()
}

func readCompressed(text []byte) ([]string, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	if text, err = io.ReadAll(unpacked); err != nil {
		return nil, err
	}

	return readLines(text)
}

func readJSON(text []byte) ([]string, error) {
	var entries []string
	return entries, json.Unmarshal(text, &entries)
}

// refused reports whether the policy rejects a password that is long enough.
func refused(t *testing.T, password string) bool {
	t.Helper()
	err := policy.Check("password", password)
	if err == nil {
		return false
	}

	var rejected *models.Error
	if !errors.As(err, &rejected) ||
		rejected.Reason != models.ReasonCommon && rejected.Reason != models.ReasonRepetitive {
		t.Errorf("%q is refused for another reason: %v", password, err)
	}

	return true
}

func TestPublicListsAreRefused(t *testing.T) {
	for name := range publicLists {
		t.Run(name, func(t *testing.T) {
			long, accepted := 0, []string{}
			for _, entry := range publicList(t, name) {
				if utf8.RuneCountInString(entry) < policy.MinLength || !utf8.ValidString(entry) {
					continue
				}
				long++
				if !refused(t, entry) {
					accepted = append(accepted, entry)
				}
			}

			t.Logf("%d of %d are refused: %.2f %%", long-len(accepted), long,
				100-100*float64(len(accepted))/float64(long))
			if long < 5000 || len(accepted)*100 > long {
				t.Errorf("%d of %d are accepted, more than 1 %%: %.20q …", len(accepted), long,
					accepted[:min(20, len(accepted))])
			}
		})
	}
}

// TestFormsOfTheFirstThousand guards that digits, signs and years around a common password, and digits and signs
// for its letters, do not turn it into a good one.
func TestFormsOfTheFirstThousand(t *testing.T) {
	leet := strings.NewReplacer("a", "@", "e", "3", "i", "1", "o", "0", "s", "$", "t", "7")
	digits := strings.NewReplacer("a", "4", "e", "3", "l", "1", "o", "0", "s", "5", "t", "+")
	title := func(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
	forms := map[string]func(string) string{
		"year":             func(word string) string { return word + "2026" },
		"year before":      func(word string) string { return "1987" + word },
		"title and year":   func(word string) string { return title(word) + "1994!" },
		"number":           func(word string) string { return word + "123" },
		"sign":             func(word string) string { return title(word) + "!" },
		"number and sign":  func(word string) string { return title(word) + "1!" },
		"sign and number":  func(word string) string { return word + "@123" },
		"signs around":     func(word string) string { return "!" + word + "!" },
		"upper case":       func(word string) string { return strings.ToUpper(word) + "007" },
		"leet":             leet.Replace,
		"leet and year":    func(word string) string { return title(leet.Replace(word)) + "2025" },
		"leet of digits":   digits.Replace,
		"digits and signs": func(word string) string { return digits.Replace(word) + "1!" },
		"twice":            func(word string) string { return word + word },
	}
	// More than six digits make another password, so these forms are for passwords without digits.
	formsOfLetters := map[string]func(string) string{
		"long number":    func(word string) string { return word + "12345678" },
		"digits around":  func(word string) string { return "12" + word + "99" },
		"date":           func(word string) string { return word + "01011990" },
		"year and signs": func(word string) string { return title(word) + "#1999!!" },
	}
	for _, name := range []string{"Django", "zxcvbn-ts"} {
		t.Run(name, func(t *testing.T) {
			words, tried := 0, 0
			for _, word := range publicList(t, name) {
				letters := countLetters(word)
				// A word with many digits and a year makes another password, and a word with signs is rejected only
				// by chance.
				if letters < 4 || len(word) > letters+3 || strings.ContainsFunc(word, func(r rune) bool {
					return !unicode.IsLetter(r) && !unicode.IsDigit(r)
				}) {
					continue
				}

				if words++; words > 1000 {
					break
				}

				forms := maps.Clone(forms)
				if letters == len(word) {
					maps.Copy(forms, formsOfLetters)
				}

				for form, of := range forms {
					password := of(word)
					// Digits that replaced a word are as good as other digits.
					if utf8.RuneCountInString(password) < policy.MinLength ||
						!strings.ContainsFunc(password, unicode.IsLetter) {
						continue
					}

					tried++
					if !refused(t, password) {
						t.Errorf("%s: %q is accepted, made of %q", form, password, word)
					}
				}
			}

			if tried < 10_000 {
				t.Errorf("only %d forms were tried", tried)
			}
		})
	}
}

func countLetters(word string) int {
	count := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			count++
		}
	}
	return count
}

// TestEveryWordIsTried guards that every password, frequent word and name in zxcvbn's lists is rejected.
func TestEveryWordIsTried(t *testing.T) {
	words := 0
	for _, name := range []string{"Passwords", "English", "MaleNames", "FemaleNames", "Surnames"} {
		var lists map[string][]string
		if err := json.Unmarshal(data.MustAsset("data/"+name+".json"), &lists); err != nil {
			t.Fatal(err)
		}

		for _, list := range lists {
			for _, word := range list {
				if utf8.RuneCountInString(word) < policy.MinLength {
					continue
				}
				if words++; !refused(t, word) {
					t.Errorf("%s: %q is accepted", name, word)
				}
			}
		}
	}

	if words < 20_000 {
		t.Errorf("only %d words were looked for", words)
	}
}
